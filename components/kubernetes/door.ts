import type * as pulumi from "@pulumi/pulumi";
import { gatewayClassNames } from "../../catalog/kubernetes";
import type { Plan, RequestedCluster } from "../../model";
import { partOf } from "../plan-parts";
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
      ...(own === undefined ? {} : { transform: own }),
    },
    opts,
  );
}
