import type { Target, Workload } from "../model";
import { entries } from "./call-order";

/**
 * How callers reach the replicas where the target knows only one way. Inside a cluster of Kubernetes every service has a name of its own,
 * whatever a system says of other targets; the door is the entry's.
 */
export function insideReached(
  target: Target,
  workloads: Readonly<Record<string, Workload>>,
): Readonly<Record<string, Workload>> {
  if (target !== "kubernetes") return workloads;
  const outside = entries(workloads);
  return Object.fromEntries(
    Object.entries(workloads).map(([name, facts]): [string, Workload] => [
      name,
      facts.kind !== "service" || outside.includes(name) ? facts : { ...facts, reachedBy: "cluster-ip" },
    ]),
  );
}
