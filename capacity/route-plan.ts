import type { BalancerRoute, ExistingListener, PartKey, Request } from "../model";
import { partKey } from "../model";
import { targetOf } from "./balancer-plan";
import type { ServiceDemand } from "./service-demand";

/** What a rule matches, as one text: two rules of a listener that say the same are one too many. Host names are the same in small and capital letters. */
export function conditionsOf({ hosts = [], paths = [] }: Pick<ExistingListener, "hosts" | "paths">): string {
  return JSON.stringify([[...hosts].map((host) => host.toLowerCase()).sort(), [...paths].sort()]);
}

/** The rule on somebody else's listener that leads to a service, and its target group; null where it has none. */
export function planRoute(request: Request, demand: ServiceDemand, target: PartKey): BalancerRoute | null {
  const { workload } = demand;
  const { listeners } = request.existing;
  const there = Object.hasOwn(listeners, workload) ? listeners[workload] : undefined;
  if (there === undefined) return null;
  return {
    kind: "balancer-route",
    key: partKey("balancer-route", workload, request.region),
    workload,
    region: request.region,
    listener: there.listenerArn,
    priority: there.priority,
    hosts: [...(there.hosts ?? [])].sort(),
    paths: [...(there.paths ?? [])].sort(),
    targets: [targetOf(demand, target)],
    routing: "least-outstanding",
    runtime: { kind: "alb" },
  };
}
