import { existingPlace } from "../../capacity";
import type { Request, ServiceWorkload, Workload } from "../../model";
import { SENTINEL_PORT } from "./redis-part-settings";
import type { Neighbours } from "./replica-group-args";
import { cacheSecret, secretKeyOf, secretKeysOf } from "./secrets";

/** Where each secret of a workload is, by environment variable; a token is where its cache keeps it. */
export function secretsOf(request: Request, workload: string, facts: ServiceWorkload) {
  const own = Object.entries(secretKeysOf(workload, facts.secrets));
  const tokens = Object.entries(facts.wires ?? {}).flatMap(([variable, { to, as }]) => {
    if (as !== "token") return [];
    const there = request.existing.caches[to]?.tokenSecretName;
    return [
      [variable, there === undefined ? cacheSecret(to) : secretKeyOf(workload, variable, { existing: there })] as const,
    ];
  });
  return Object.fromEntries([...own, ...tokens].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Who calls a workload, and what it calls. What is reached outside the cluster has no labels: its port is let out to. */
export function neighboursOf(request: Request, workload: string, facts: ServiceWorkload, hasDoor: boolean): Neighbours {
  const callers = callersOf(request, workload);
  const callees = Object.keys(facts.calls ?? {}).sort();
  const outside = callees.flatMap((name) => existingPlace(request.existing, name)?.port ?? []);
  return {
    // A door's own pods are in a namespace of theirs.
    callers: hasDoor || callers.length === 0 ? "anywhere" : callers,
    callees: callees
      .filter((name) => existingPlace(request.existing, name) === undefined)
      .map((name) => {
        const callee = request.workloads[name];
        return { name, ports: portsCalled(callee) };
      }),
    scrapedOn: facts.metrics === undefined ? null : (facts.metrics.port ?? facts.port),
    leavesOn: [...new Set([...outside, ...(facts.callsLeave === true ? [443] : [])])].sort((a, b) => a - b),
  };
}

/** Services that call a workload. */
export function callersOf(request: Request, workload: string): readonly string[] {
  return Object.entries(request.workloads)
    .filter(([, each]) => each.kind === "service" && Object.hasOwn(each.calls ?? {}, workload))
    .map(([name]) => name)
    .sort();
}

/** Of a cache: what leads to its master, and Sentinels for callers who ask them themselves. */
const CACHE_PORTS = [6379, SENTINEL_PORT];

/** Ports that callers of a workload use. */
function portsCalled(callee: Workload | undefined): readonly number[] {
  if (callee?.kind === "service") return [callee.port];
  if (callee?.kind === "store")
    return [callee.ports.rest, ...(callee.ports.grpc === undefined ? [] : [callee.ports.grpc])];
  return CACHE_PORTS;
}
