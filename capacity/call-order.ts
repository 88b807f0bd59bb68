import type { Workload } from "../model";

/** Workloads in the order of calls: every caller before its callees. The request has no cycle. */
export function callOrder(workloads: Readonly<Record<string, Workload>>): readonly string[] {
  const order: string[] = [];
  const visited = new Set<string>();
  const visit = (name: string): void => {
    if (visited.has(name)) return;
    visited.add(name);
    const workload = workloads[name];
    if (workload?.kind === "service") Object.keys(workload.calls ?? {}).forEach(visit);
    order.unshift(name);
  };
  Object.keys(workloads).sort().forEach(visit);
  return order;
}

/** Services and stores that nobody calls: where the load arrives. */
export function entries(workloads: Readonly<Record<string, Workload>>): readonly string[] {
  const called = new Set(
    Object.values(workloads).flatMap((workload) =>
      workload.kind === "service" ? Object.keys(workload.calls ?? {}) : [],
    ),
  );
  return Object.entries(workloads)
    .filter(([name, workload]) => workload.kind !== "cache" && !called.has(name))
    .map(([name]) => name);
}
