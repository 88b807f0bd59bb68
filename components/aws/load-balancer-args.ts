import type * as pulumi from "@pulumi/pulumi";
import type * as acm from "@pulumi/aws/acm";
import type * as ec2 from "@pulumi/aws/ec2";
import type * as lb from "@pulumi/aws/lb";
import type * as route53 from "@pulumi/aws/route53";
import type * as s3 from "@pulumi/aws/s3";
import type { LoadBalancer as LoadBalancerPart } from "../../model";
import type { NetworkHandle } from "./network-args";
import type { BalancerHandle } from "./replica-group-args";
import type { Transform } from "../transform";

/** What neighbours need of a balancer, created or existing. */
export interface LoadBalancerHandle extends BalancerHandle {
  readonly dnsName: pulumi.Input<string>;
  /** The port that callers inside come to; null: the workload's own. */
  readonly callerPort: number | null;
  /** Where callers go: the domain's where there is one. */
  readonly url: pulumi.Output<string>;
}

export interface LoadBalancerArgs {
  readonly part: LoadBalancerPart;
  readonly network: NetworkHandle;
  /** Route 53 hosted zone of the Part's domain. @default - there is no domain */
  readonly zoneId?: pulumi.Input<string>;
  /** An existing certificate, for the domain or for TLS under the provider's name. @default - created for the domain */
  readonly certificateArn?: pulumi.Input<string>;
  /** Days that access logs are kept, where the Part has them. @default 30 */
  readonly accessLogDays?: number;
  /** Neither the balancer nor its logs can be deleted without a second step. @default the Part's deletion protection */
  readonly protect?: boolean;
  /** @default - none */
  readonly tags?: Readonly<Record<string, string>>;
  readonly transform?: LoadBalancerTransform;
}

export interface LoadBalancerTransform {
  readonly loadBalancer?: Transform<lb.LoadBalancerArgs>;
  readonly targetGroup?: Transform<lb.TargetGroupArgs>;
  readonly listener?: Transform<lb.ListenerArgs>;
  readonly securityGroup?: Transform<ec2.SecurityGroupArgs>;
  readonly certificate?: Transform<acm.CertificateArgs>;
  readonly record?: Transform<route53.RecordArgs>;
  readonly accessLogBucket?: Transform<s3.BucketArgs>;
}

/** What each part of a balancer is made with. */
export interface LoadBalancerFacts extends LoadBalancerArgs {
  readonly name: string;
  readonly parent: pulumi.Resource;
  readonly protect: boolean;
  readonly tags: Readonly<Record<string, string>>;
  readonly transform: LoadBalancerTransform;
}
