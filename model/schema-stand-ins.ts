import type { Path } from "./secret";
import { valueAt } from "./schema-slips";

/**
 * In the place of a fact that a workload must state and does not: it makes no mistake of its own, and what else is said of the workload
 * is checked in the same run. Nothing is ever planned with it.
 */
const STAND_INS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  service: { port: 1, serviceTimeMs: 1, memoryMiB: 1, startSeconds: 1, probes: { health: { path: "/" } } },
  cache: { entries: 1, keyBytes: 1, valueBytes: 1, hitRatio: 0.5 },
  store: {
    ports: { rest: 1 },
    memoryMiB: 1,
    readsPerSecondPerMember: 1,
    writesPerSecondPerLeader: 1,
    replicationBatchMs: 0,
    replicationLagMs: 0,
    startSeconds: 1,
    volumeGiB: 1,
    probes: { health: { path: "/" } },
  },
};
const OBJECTIVES: Readonly<Record<string, unknown>> = { availability: 0.9, survive: "replica" };

/** Of a system: what stands for the value that is missing at a path; undefined where its holder is taken out instead. */
export function standInOfSystem([first, second, third, ...deeper]: Path, system: unknown): unknown {
  if (deeper.length > 0) return undefined;
  if (first === "objectives") {
    if (second === undefined) return OBJECTIVES;
    return third === undefined ? valueAt(OBJECTIVES, [second]) : undefined;
  }
  if (first !== "workloads" || second === undefined || third === undefined) return undefined;
  const kind = valueAt(system, [first, second, "kind"]);
  return typeof kind === "string" ? valueAt(STAND_INS, [kind, third]) : undefined;
}
