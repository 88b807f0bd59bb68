import type * as pulumi from "@pulumi/pulumi";
import * as lb from "@pulumi/aws/lb";
import type { BalancerRoute, LoadBalancer } from "../../model";
import { uniqueName } from "./load-balancer-name";
import { transformed, type Transform } from "../transform";

/** What a target group is made with: behind a balancer of ours, or behind a rule on somebody else's. */
interface TargetGroupFacts {
  readonly part: LoadBalancer | BalancerRoute;
  readonly name: string;
  readonly parent: pulumi.Resource;
  readonly network: { readonly vpcId: pulumi.Input<string> };
  readonly tags: Readonly<Record<string, string>>;
  readonly transform: { readonly targetGroup?: Transform<lb.TargetGroupArgs> };
}

/** AWS's own words: the declarations' camel-case ones are refused (Elastic Load Balancing API, target group attributes). */
const ALGORITHMS: Readonly<Record<LoadBalancer["routing"], string>> = {
  "least-outstanding": "least_outstanding_requests",
  "round-robin": "round_robin",
  random: "weighted_random",
};

/** Where requests go: replicas by address, each as long as it passes the probe. */
export function targetGroup(facts: TargetGroupFacts): lb.TargetGroup {
  const { part, name, parent, tags, transform, network } = facts;
  const [target] = part.targets;
  if (target === undefined || target.probe.check.kind !== "http")
    throw new RangeError(`targets of ${part.key}: one with an HTTP probe is needed`);
  const { probe } = target;
  return new lb.TargetGroup(
    name,
    transformed<lb.TargetGroupArgs>(
      {
        ...uniqueName(facts),
        vpcId: network.vpcId,
        targetType: "ip",
        protocol: "HTTP",
        port: target.port,
        healthCheck: {
          protocol: "HTTP",
          path: target.probe.check.path,
          interval: probe.intervalSeconds,
          timeout: probe.timeoutSeconds,
          unhealthyThreshold: probe.failures,
          healthyThreshold: probe.successes,
        },
        deregistrationDelay: target.drainSeconds,
        loadBalancingAlgorithmType: ALGORITHMS[part.routing],
        region: part.region,
        tags,
      },
      transform.targetGroup,
    ),
    { parent },
  );
}
