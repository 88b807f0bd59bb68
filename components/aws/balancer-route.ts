import * as pulumi from "@pulumi/pulumi";
import * as lb from "@pulumi/aws/lb";
import type { BalancerRoute as BalancerRoutePart } from "../../model";
import type { LoadBalancerHandle } from "./load-balancer-args";
import { targetGroup } from "./target-group";
import { transformed, type Transform } from "../transform";

/** A listener of an Application Load Balancer that somebody else builds. */
export interface ListenerHandle {
  readonly listenerArn: pulumi.Input<string>;
  /** Of the balancer: where its requests come from. It must let out to the target's port. */
  readonly securityGroupId: pulumi.Input<string>;
  /** Where callers go. */
  readonly url: pulumi.Input<string>;
}

export interface BalancerRouteArgs {
  readonly part: BalancerRoutePart;
  readonly network: { readonly vpcId: pulumi.Input<string> };
  readonly listener: ListenerHandle;
  /** The port that callers inside come to; null: none does. */
  readonly callerPort: number | null;
  /** @default - none */
  readonly tags?: Readonly<Record<string, string>>;
  readonly transform?: BalancerRouteTransform;
}

export interface BalancerRouteTransform {
  readonly targetGroup?: Transform<lb.TargetGroupArgs>;
  readonly rule?: Transform<lb.ListenerRuleArgs>;
}

/** A rule on somebody else's listener, and the target group that it leads to. */
export class BalancerRoute extends pulumi.ComponentResource implements LoadBalancerHandle {
  readonly loadBalancerArnSuffix: pulumi.Input<string>;
  readonly targetGroupArn: pulumi.Output<string>;
  readonly targetGroupArnSuffix: pulumi.Output<string>;
  /** ECS takes the target group once the rule uses it. */
  readonly listener: lb.ListenerRule;
  readonly securityGroupId: pulumi.Input<string>;
  readonly dnsName: pulumi.Output<string>;
  readonly callerPort: number | null;
  readonly url: pulumi.Output<string>;

  /** @throws RangeError for a Part that a rule cannot be */
  constructor(name: string, args: BalancerRouteArgs, opts?: pulumi.ComponentResourceOptions) {
    super("nines:aws:BalancerRoute", name, {}, opts);
    const { part, tags = {}, transform = {} } = args;
    const { listenerArn, securityGroupId, url } = args.listener;
    refuseRoute(part);
    const child = `${part.workload}-${part.region}`;
    const group = targetGroup({ part, name: child, parent: this, network: args.network, tags, transform });
    this.listener = new lb.ListenerRule(
      child,
      transformed<lb.ListenerRuleArgs>(
        {
          listenerArn,
          priority: part.priority,
          conditions: [
            ...(part.hosts.length === 0 ? [] : [{ hostHeader: { values: [...part.hosts] } }]),
            ...(part.paths.length === 0 ? [] : [{ pathPattern: { values: [...part.paths] } }]),
          ],
          actions: [{ type: "forward", targetGroupArn: group.arn }],
          region: part.region,
          tags,
        },
        transform.rule,
      ),
      { parent: this },
    );
    this.loadBalancerArnSuffix =
      typeof listenerArn === "string"
        ? balancerOfListener(listenerArn)
        : pulumi.output(listenerArn).apply(balancerOfListener);
    this.targetGroupArn = group.arn;
    this.targetGroupArnSuffix = group.arnSuffix;
    this.securityGroupId = securityGroupId;
    this.url = pulumi.output(url);
    this.dnsName = this.url.apply((known) => new URL(known).hostname);
    this.callerPort = args.callerPort;
    this.registerOutputs({ url: this.url });
  }
}

/** `...:listener/app/<name>/<id>/<listener>` is a listener of what CloudWatch calls app/<name>/<id>. */
function balancerOfListener(listenerArn: string): string {
  return listenerArn.slice(listenerArn.indexOf("app/")).split("/").slice(0, 3).join("/");
}

function refuseRoute({ key, hosts, paths, targets }: BalancerRoutePart): void {
  const [target, ...others] = targets;
  if (hosts.length + paths.length === 0) throw new RangeError(`${key}: a rule needs hosts or paths`);
  if (others.length > 0 || target?.weight !== 1 || target.priority !== 1)
    throw new RangeError(`targets of ${key}: one with weight and priority 1 is built, got ${targets.length}`);
  if (target.probe.role !== "balancer" || target.probe.check.kind !== "http")
    throw new RangeError(`targets of ${key}: a balancer's probe asks for an HTTP path`);
}
