import type { RegionPlace, Request, RequestedCluster, Waiver, Workload } from "../model";

/**
 * A request whose workloads are called by names that begin with a prefix, wherever it names one: all that is planned and built of it is then. Its
 * settings keep the words of the YAML, and variables of containers the text that somebody wrote.
 */
export function namedWithPrefix(request: Request, prefix: string): Request {
  const keyed = <T>(entries: Readonly<Record<string, T>>): Readonly<Record<string, T>> =>
    Object.fromEntries(Object.entries(entries).map(([name, value]) => [`${prefix}${name}`, value]));
  const workload = (facts: Workload): Workload => {
    if (facts.kind !== "service") return facts;
    const { calls, wires } = facts;
    return {
      ...facts,
      ...(calls === undefined ? {} : { calls: keyed(calls) }),
      ...(wires === undefined
        ? {}
        : {
            wires: Object.fromEntries(
              Object.entries(wires).map(([variable, wire]) => [variable, { ...wire, to: `${prefix}${wire.to}` }]),
            ),
          }),
    };
  };
  const place = <P extends RegionPlace | Request>(of: P): P => ({ ...of, kubernetes: clusterNamed(of.kubernetes) });
  const clusterNamed = (cluster: RequestedCluster | null): RequestedCluster | null =>
    cluster === null ? null : { ...cluster, serviceAccounts: keyed(cluster.serviceAccounts) };
  const words = new Set(Object.keys(request.workloads));
  const { caches, balancers, listeners } = request.existing;
  return {
    ...place(request),
    otherRegions: request.otherRegions.map(place),
    workloads: keyed(Object.fromEntries(Object.entries(request.workloads).map(([name, of]) => [name, workload(of)]))),
    images: keyed(request.images),
    existing: { caches: keyed(caches), balancers: keyed(balancers), listeners: keyed(listeners) },
    copies: keyed(request.copies),
    sizes: keyed(request.sizes),
    replicas: keyed(request.replicas),
    waivers: request.waivers.map((waiver) => waiverNamed(waiver, words, prefix)),
    namePrefix: prefix,
  };
}

/** A waiver names a workload, or a Part: its kind, its workload, its region. */
function waiverNamed(waiver: Waiver, words: ReadonlySet<string>, prefix: string): Waiver {
  if (waiver.part === undefined) return waiver;
  const steps = waiver.part.split("/");
  const at = steps.length === 1 ? 0 : 1;
  const part = steps.map((step, index) => (index === at && words.has(step) ? `${prefix}${step}` : step)).join("/");
  return { ...waiver, part };
}
