import { known, unknown, type Leaf, type LoadBalancer, type ReadPart, type Resource } from "../../model";
import { inside, listOf, valueAt } from "../leaf.read";

type ReadDomain = ReadPart<LoadBalancer>["domain"];

const ISSUERS = ["cert-manager.io/cluster-issuer", "cert-manager.io/issuer"] as const;
/** What external-dns reads; the second before its v0.22.0. */
const NAMES = ["external-dns.kubernetes.io/hostname", "external-dns.alpha.kubernetes.io/hostname"] as const;

/** Does an object ask cert-manager for its certificate? */
function isIssued(object: Resource): boolean {
  return ISSUERS.some((key) => inside(valueAt(object, "metadata", "annotations"), key) !== undefined);
}

/** Is external-dns told to make a record of that name, by whichever of its words stand there? Several names stand in one with commas. */
function isRecorded(objects: readonly Resource[], name: string): boolean {
  const said = objects.flatMap((object) =>
    NAMES.flatMap((key) => inside(valueAt(object, "metadata", "annotations"), key) ?? []),
  );
  return (
    said.length > 0 &&
    said.every(
      (each) =>
        typeof each === "string" &&
        each
          .split(",")
          .map((one) => one.trim())
          .includes(name),
    )
  );
}

/** The first host name that routes answer to with TLS at their Gateway; null: none, or none that has TLS. */
export function readDoorDomain(
  gateway: Resource,
  routes: readonly Resource[],
  regions: readonly Leaf<string>[],
): ReadDomain {
  const secure = listOf(valueAt(gateway, "spec", "listeners")).filter((each) => inside(each, "protocol") === "HTTPS");
  const routed = routes.flatMap((route) => listOf(valueAt(route, "spec", "hostnames")));
  // Routes that name none answer to the names of their listeners.
  const names = routed.length > 0 ? routed : secure.map((each) => inside(each, "hostname") ?? null);
  const { name, ownName } = namesIn(names, regions);
  if (name === undefined || secure.length === 0) return known(null, gateway.urn, "default");
  const recorded = ownName ?? name;
  const answering = routes.filter((route) => listOf(valueAt(route, "spec", "hostnames")).includes(recorded));
  return domainOf(gateway, name, ownName, [gateway, ...(ownName === null ? routes : answering)]);
}

/** Of an Ingress: the first host that it has a certificate for. */
export function readIngressDomain(ingress: Resource, regions: readonly Leaf<string>[]): ReadDomain {
  const hosts = listOf(valueAt(ingress, "spec", "tls")).flatMap((each) => listOf(inside(each, "hosts")));
  const { name, ownName } = namesIn(hosts, regions);
  return name === undefined ? known(null, ingress.urn, "default") : domainOf(ingress, name, ownName, [ingress]);
}

/** Of a Service: the name that external-dns makes a record of; of its certificate it says nothing. */
export function readServiceDomain(service: Resource): ReadDomain {
  const { urn } = service;
  const [said] = NAMES.flatMap((key) => inside(valueAt(service, "metadata", "annotations"), key) ?? []);
  if (said === undefined) return known(null, urn, "default");
  const name = typeof said === "string" ? said.split(",")[0]?.trim() : undefined;
  const elsewhere = unknown(urn, "metadata.annotations", "elsewhere");
  return {
    name: name === undefined ? elsewhere : known(name, urn),
    ownName: known(null, urn, "default"),
    record: known(true, urn),
    certificate: elsewhere,
  };
}

/** The name that callers use; and the one with the door's region before it, where it answers to both. */
function namesIn(
  given: readonly unknown[],
  regions: readonly Leaf<string>[],
): { readonly name: string | undefined; readonly ownName: string | null } {
  const names = given.filter((each) => typeof each === "string");
  const region = regions.find((each) => each.known);
  const own = (name: string) => `${region?.known === true ? region.value : ""}.${name}`;
  const edge = names.find((name) => names.includes(own(name)));
  return edge === undefined ? { name: names[0], ownName: null } : { name: edge, ownName: own(edge) };
}

function domainOf(door: Resource, name: string, ownName: string | null, tellers: readonly Resource[]): ReadDomain {
  return {
    name: known(name, door.urn),
    ownName: known(ownName, door.urn),
    record: known(isRecorded(tellers, ownName ?? name), door.urn),
    certificate: known(isIssued(door) ? "created" : "existing", door.urn),
  };
}
