import type * as pulumi from "@pulumi/pulumi";
import { gatewayClassNames } from "../../catalog/kubernetes";
import type { LoadBalancer as LoadBalancerPart, Plan, RequestedCluster } from "../../model";
import type { EdgePlace } from "./door-annotations";
import { partOf, partsOf } from "../plan-parts";
import { LoadBalancer } from "./load-balancer";
import type { Transforms } from "./transforms";

interface DoorSite {
  readonly plan: Plan;
  readonly cluster: RequestedCluster;
  readonly transform: Transforms;
  readonly namespace: string;
  readonly opts: pulumi.ComponentResourceOptions;
}

/** The Gateway or Ingress before a workload's pods, where it has one. */
export function buildDoor(
  { plan, cluster, transform, namespace, opts }: DoorSite,
  workload: string,
): LoadBalancer | undefined {
  const part = partOf(plan, "load-balancer", workload);
  if (part === undefined) return undefined;
  const { door, nodes, certificate } = cluster;
  const own = transform.loadBalancer?.[workload];
  return new LoadBalancer(
    `${workload}-door-${part.region}`,
    {
      part,
      stack: plan.stack,
      namespace,
      className: "ingress" in door ? door.ingress.className : (door.className ?? gatewayClassNames[door.gateway]),
      platform: nodes.platform,
      certificate,
      edge: edgeOf(plan, part),
      ...(own === undefined ? {} : { transform: own }),
    },
    opts,
  );
}

/** Which place a door is where external-dns leads callers; null: it leads nobody. */
function edgeOf(plan: Plan, door: LoadBalancerPart): EdgePlace | null {
  const targets = partsOf(plan, "dns-failover")
    .filter(({ runtime }) => runtime.kind === "external-dns")
    .flatMap((failover) => failover.targets);
  const place = targets.find(({ part }) => part === door.key);
  return place === undefined ? null : { identifier: door.region, weight: place.priority === 1 ? 1 : 0 };
}
