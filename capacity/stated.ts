import type {
  Basis,
  Call,
  DemandFile,
  Interval,
  ReadPart,
  ServiceWorkload,
  Source,
  StatedWorkload,
  Target,
  WorkloadDemand,
} from "../model";
import { listAt, numberAt, textAt } from "../model";
import { takeoverOf } from "../availability";
import { catalogOf } from "../catalog";
import { applicationStart } from "../catalog/starts";
import { Assumptions } from "./assumptions";
import { nodeFactsOf } from "./kubernetes/nodes";
import { withNodeRoom } from "./node-loss";
import { nodeCanGo } from "./node-pools";
import { clusterSlips } from "./kubernetes/stated-cluster-slips";
import type { ServiceDemand } from "./service-demand";
import { serviceDemand } from "./service-demand";
import { expectedTries, failingTries } from "./tries";
import { type CachesAlone, failureModel } from "./failure-model";
import { priceSlips } from "./stated-prices";
import { storeSlips, writesOf } from "./stated-store";
import { carrying, withinCeiling } from "./replicas";
import { defaultChoices } from "./request-settings";
import { serviceBeyond } from "./service-time";
import { measuredIn } from "./stated-measures";
import { namedParts, type NamedParts, type StatedSlip } from "./stated-names";

export type StatedBasis =
  { readonly ok: true; readonly basis: Basis } | { readonly ok: false; readonly slips: readonly StatedSlip[] };

const stated: Source = { title: "the demand file, as stated", date: "stated" };

/**
 * What a program that nobody planned must carry: its demand file beside its Parts as read. Rates follow the calls, callers before
 * callees; what is needed at the peak is the planner's own arithmetic; what the file does not say is an assumption, listed.
 */
export function statedBasis(file: DemandFile, parts: readonly ReadPart[], target: Target): StatedBasis {
  const found = namedParts(file, parts);
  const circles = circleSlips(found);
  const slips: StatedSlip[] = [
    ...found.slips,
    ...circles,
    ...entrySlips(file, found),
    ...clusterSlips(file),
    ...storeSlips(file, found.groups),
    ...priceSlips(file, target),
  ];
  // Nobody's rate is known in a circle.
  if (circles.length > 0) return { ok: false, slips };
  const assumptions = new Assumptions();
  const tier = file.tier ?? "prod";
  const defaults = defaultChoices(tier, 1, catalogOf(target));
  const demand: WorkloadDemand[] = [];
  const rates = new Map<string, { peak: Interval; mean: number }>();
  for (const name of callersFirst(found)) {
    const facts = file.workloads[name];
    const group = found.groups.get(name);
    if (facts === undefined || group === undefined) continue;
    const rate = ownRate(name, facts, assumptions) ?? rates.get(name) ?? { peak: nothing, mean: 0 };
    const entry = facts.entry ?? !found.called.has(name);
    const writes = writesOf(name, facts, group, rate, assumptions);
    const reads = writes?.reads ?? rate;
    // Listed first, so that the planner's arithmetic does not take it for the file's word.
    if (facts.startSeconds === undefined) assumptions.known(applicationStart.node, `${name}.startSeconds`);
    const counted = serviceDemand(
      {
        workloads: {},
        existing: { caches: {}, balancers: {}, listeners: {} },
        chosen: { utilisationCeiling: defaults.utilisationCeiling },
      },
      name,
      serviceFacts(facts, group),
      reads.peak,
      reads.mean,
      entry,
      assumptions,
      stated,
    );
    const service: ServiceDemand = { ...counted, statedPeakPerSecond: reads.peak.mid };
    const front = frontOf(parts, group);
    const latency = facts.latency ?? file.objectives.latency;
    const own = latency === undefined ? 0 : serviceBeyond(latency.withinMs, service.workedMs, service.variation);
    if (latency !== undefined && own >= 1 - latency.percentile / 100) {
      const beyond = `${(own * 100).toPrecision(3)} % of requests take longer than ${latency.withinMs} ms with nobody before them`;
      slips.push({
        path: ["workloads", name, "serviceTimeMs"],
        given: facts.serviceTimeMs,
        allowed: `${beyond}, and ${Number((100 - latency.percentile).toPrecision(6))} % are allowed`,
        fix: "allow more time, or state how little it varies (serviceTimeVariation)",
      });
      continue;
    }
    const replicas = (erlangs: number): number => carrying(service, latency, erlangs, front.pooled)?.replicas ?? 1;
    demand.push({
      workload: group.workload,
      part: group.key,
      requestsPerSecond: { mean: reads.mean, peak: reads.peak.mid },
      erlangs: service.erlangs,
      need: replicas(service.erlangs.high),
      replicasAtMean: withinCeiling(
        service,
        service.meanErlangs,
        replicas(service.meanErlangs),
        defaults.utilisationCeiling,
      ),
      requestBytes: service.requestBytes,
      responseBytes: service.responseBytes,
      logBytesPerRequest: service.logBytesPerRequest,
      startSeconds: service.startSeconds.high,
      ...(facts.restMemoryMiB === undefined ? {} : { restMemoryMiB: facts.restMemoryMiB }),
      entry,
      callsLeave: facts.callsLeave ?? false,
      behind: front.behind,
      detectSeconds: front.detectSeconds,
      existingCaches: [],
      ...(writes === undefined ? {} : { store: writes.store }),
    });
    for (const [callee, call] of Object.entries(facts.calls ?? {})) {
      const to = found.workloadOf(callee);
      if (to === undefined) continue;
      const failing = failingTries(name, callee, undefined, call.tries ?? 1, assumptions);
      const before = rates.get(to) ?? { peak: nothing, mean: 0 };
      const times = (share: number): number => call.perRequest * expectedTries(share, call.tries ?? 1);
      rates.set(to, {
        peak: {
          low: before.peak.low + rate.peak.low * times(failing.low),
          mid: before.peak.mid + rate.peak.mid * times(failing.mid),
          high: before.peak.high + rate.peak.high * times(failing.high),
        },
        mean: before.mean + rate.mean * times(failing.mid),
      });
    }
  }
  if (slips.length > 0) return { ok: false, slips };
  const { nodes } = nodesOf(file);
  const failures = failureModel(
    { chosen: { deploys: file.deploys ?? null }, ...cachesAlone(parts, nodes) },
    catalogOf(target),
    assumptions,
  );
  return {
    ok: true,
    basis: {
      tier,
      objectives: file.objectives,
      budgetPerMonthUsd: file.budget?.perMonthUsd ?? null,
      replicaDropShare: defaults.replicaDropShare,
      quotas: quotasOf(file),
      calls: callsOf(file, found),
      demand: withNodeRoom(demand, parts, nodes),
      ...nodesOf(file),
      ...(file.cluster === undefined ? {} : { nodeZones: { [file.cluster.region]: file.cluster.zones } }),
      failures,
      settings: [],
      assumptions: measuredIn(target, assumptions.list()),
      waivers: file.waivers ?? [],
      prices: file.prices ?? [],
    },
  };
}

/** Caches that nobody takes over from by itself, and whether the nodes left in a zone have room for one. */
function cachesAlone(parts: readonly ReadPart[], nodes: Basis["nodes"]): { readonly cachesAlone?: CachesAlone } {
  const takeovers = parts.flatMap((part) => (part.kind === "redis-cache" ? [takeoverOf(part)] : []));
  if (takeovers.every((takeover) => takeover === "by itself")) return {};
  const room = Object.entries(nodes ?? {}).every(([region, facts]) => nodeCanGo(parts, region, facts));
  return { cachesAlone: { nodeIsMade: !room, promoted: takeovers.includes("by hand") } };
}

/** What a node holds and costs, where the file says what nodes there are. */
function nodesOf({ cluster }: DemandFile): Pick<Basis, "nodes"> {
  if (cluster?.nodes === undefined) return {};
  return { nodes: { [cluster.region]: nodeFactsOf({ nodes: cluster.nodes }, cluster.region, "nodes") } };
}

/** What the file says was raised; the others are the provider's defaults. */
function quotasOf({ quotas = {} }: DemandFile): Readonly<Record<string, number>> {
  return Object.fromEntries(
    Object.entries(quotas).filter((entry): entry is [string, number] => typeof entry[1] === "number"),
  );
}

const nothing: Interval = { low: 0, mid: 0, high: 0 };

function ownRate(name: string, facts: StatedWorkload, assumptions: Assumptions) {
  if (facts.requestsPerSecond === undefined) return undefined;
  const { mean, peak } = facts.requestsPerSecond;
  return {
    peak: assumptions.asked(
      `${name}.requestsPerSecond.peak`,
      "requests/s",
      peak,
      "highest minute of RequestCount at the balancer in the last 15 days, divided by 60",
      stated,
    ),
    mean: assumptions.asked(
      `${name}.requestsPerSecond.mean`,
      "requests/s",
      mean,
      "sum of RequestCount over 30 days, divided by their 2,592,000 seconds",
      stated,
    ).mid,
  };
}

/** The planner's facts of a service: what the file states, and of the rest what was read. */
function serviceFacts(facts: StatedWorkload, group: ReadPart): ServiceWorkload {
  const { low, mid, high } = applicationStart.node;
  return {
    kind: "service",
    port: numberAt(group, "ports", 0) ?? 0,
    memoryMiB: numberAt(group, "size", "memoryMiB") ?? 0,
    probes: { health: {} },
    serviceTimeMs: facts.serviceTimeMs,
    slotsPerReplica: facts.slotsPerReplica ?? 1,
    startSeconds: facts.startSeconds ?? { low, mid, high },
    ...given({
      serviceTimeVariation: facts.serviceTimeVariation,
      requestBytes: facts.requestBytes,
      responseBytes: facts.responseBytes,
      logBytesPerRequest: facts.logBytesPerRequest,
    }),
  };
}

/** Without the keys that hold nothing. */
function given<T extends object>(facts: T): { readonly [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as {
    readonly [K in keyof T]?: Exclude<T[K], undefined>;
  };
}

/** How requests come to a group's replicas, as far as its balancer is read. */
function frontOf(parts: readonly ReadPart[], group: ReadPart) {
  for (const balancer of parts) {
    if (balancer.kind !== "load-balancer") continue;
    for (const target of listAt(balancer, "targets") ?? []) {
      if (textAt(target, "part") !== group.key) continue;
      const seconds = numberAt(target, "probe", "intervalSeconds");
      const failed = numberAt(target, "probe", "failures");
      const read = seconds !== undefined && failed !== undefined;
      return {
        behind: read ? ("balancer" as const) : ("existing-balancer" as const),
        detectSeconds: read ? seconds * failed : UNREAD_PROBE_SECONDS,
        // Round robin, and what is not known, is counted as one queue a replica: the safe bound.
        pooled: textAt(balancer, "routing") === "least-outstanding",
      };
    }
  }
  return { behind: "registry" as const, detectSeconds: UNREAD_PROBE_SECONDS, pooled: false };
}

/** A target group's own defaults: every 30 s, 3 in a row. */
const UNREAD_PROBE_SECONDS = 90;

function callsOf(file: DemandFile, found: NamedParts): readonly Call[] {
  return Object.entries(file.workloads).flatMap(([name, { calls }]) =>
    Object.entries(calls ?? {}).flatMap(([callee, call]): readonly Call[] => {
      const [from, to] = [found.groups.get(name), found.callees.get(callee)];
      if (from === undefined || to === undefined) return [];
      const { perRequest, tries, required } = call;
      return [{ from: from.key, to: to.key, perRequest, tries: tries ?? 1, required: required ?? true }];
    }),
  );
}

/** Every caller before its callees. */
function callersFirst(found: NamedParts): readonly string[] {
  const order: string[] = [];
  const visited = new Set<string>();
  const visit = (name: string): void => {
    if (visited.has(name)) return;
    visited.add(name);
    for (const callee of found.calledBy(name)) visit(callee);
    order.unshift(name);
  };
  [...found.groups.keys()].sort().forEach(visit);
  return order;
}

function circleSlips(found: NamedParts): readonly StatedSlip[] {
  const slips: StatedSlip[] = [];
  const done = new Set<string>();
  const visit = (name: string, above: readonly string[]): void => {
    if (above.includes(name)) {
      const circle = [...above.slice(above.indexOf(name)), name];
      slips.push({
        path: ["workloads", above.at(-1) ?? name, "calls"],
        given: circle.join(" -> "),
        allowed: "calls may not come back to their caller",
        fix: "leave one of these calls out",
      });
      return;
    }
    if (done.has(name)) return;
    done.add(name);
    for (const callee of found.calledBy(name)) visit(callee, [...above, name]);
  };
  for (const name of found.groups.keys()) visit(name, []);
  return slips;
}

/** An entry's rate is nobody else's to know; a mean above the peak is a slip; somewhere requests arrive. */
function entrySlips(file: DemandFile, found: NamedParts): readonly StatedSlip[] {
  const slips: StatedSlip[] = [];
  const entries = Object.entries(file.workloads).filter(([name, { entry }]) => entry ?? !found.called.has(name));
  if (entries.length === 0 && Object.keys(file.workloads).length > 0)
    slips.push({
      path: ["workloads"],
      given: undefined,
      allowed: "requests must arrive at one of them",
      fix: "write entry: true at that workload",
    });
  for (const [name, facts] of entries) {
    if (facts.requestsPerSecond === undefined)
      slips.push({
        path: ["workloads", name, "requestsPerSecond"],
        given: undefined,
        allowed: "an entry needs { mean, peak }: nobody calls it, so nothing says how much arrives",
        fix: "requestsPerSecond: { mean: 40, peak: 120 }",
      });
  }
  for (const [name, { requestsPerSecond }] of Object.entries(file.workloads)) {
    if (requestsPerSecond === undefined || requestsPerSecond.peak >= requestsPerSecond.mean) continue;
    slips.push({
      path: ["workloads", name, "requestsPerSecond", "peak"],
      given: requestsPerSecond.peak,
      allowed: `at least the mean of ${requestsPerSecond.mean}`,
      fix: "swapped?",
    });
  }
  if (Object.keys(file.workloads).length === 0)
    slips.push({
      path: ["workloads"],
      given: undefined,
      allowed: "at least one workload",
      fix: `there are ${found.known.join(", ") || "no replica groups in this program"}`,
    });
  return slips;
}
