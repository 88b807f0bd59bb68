import type * as pulumi from "@pulumi/pulumi";
import type * as appautoscaling from "@pulumi/aws/appautoscaling";
import type * as cloudwatch from "@pulumi/aws/cloudwatch";
import type * as ec2 from "@pulumi/aws/ec2";
import type * as ecs from "@pulumi/aws/ecs";
import type * as iam from "@pulumi/aws/iam";
import type * as secretsmanager from "@pulumi/aws/secretsmanager";
import type * as servicediscovery from "@pulumi/aws/servicediscovery";
import type * as ssm from "@pulumi/aws/ssm";
import type { Permission, ReplicaGroup as ReplicaGroupPart, SecretReference, SidecarFacts } from "../../model";
import type { ClusterHandle } from "./cluster";
import type { LogRouterFacts } from "./container";
import type { Wire } from "./container-secrets";
import type { Callee } from "./task-security-group";
import type { Transform } from "../transform";

/** What a replica group needs of the balancer in front of it. */
export interface BalancerHandle {
  readonly targetGroupArn: pulumi.Input<string>;
  readonly targetGroupArnSuffix: pulumi.Input<string>;
  readonly loadBalancerArnSuffix: pulumi.Input<string>;
  readonly securityGroupId: pulumi.Input<string>;
  /** ECS takes a target group only once a listener uses it, and no output says so; null: an existing balancer's stands already. */
  readonly listener: pulumi.Resource | null;
}

export interface ReplicaGroupArgs {
  readonly part: ReplicaGroupPart;
  /** Start of every physical name, literal: `embedding-prod`. */
  readonly stack: string;
  readonly cluster: ClusterHandle;
  readonly network: {
    readonly vpcId: pulumi.Input<string>;
    /** By zone; the Part's zones are taken. */
    readonly privateSubnetIds: Readonly<Record<string, pulumi.Input<string>>>;
  };
  /** In the place of the Part's, where it is known only after deploy. @default - the Part's */
  readonly image?: pulumi.Input<string>;
  /** From container start to the first passed probe, the longest that is believed. */
  readonly startSeconds: number;
  /** @default - none */
  readonly balancer?: BalancerHandle;
  /** Callees that are reached by Service Connect are among `callees`, and this is true. @default false */
  readonly joinsServiceConnect?: boolean;
  /** @default - none */
  readonly callees?: readonly Callee[];
  /** Ports of calls that leave the network; AWS' own services answer on 443. @default [443] */
  readonly leavesOn?: readonly number[];
  /** Literal names of the alarms that stop a rollout, and the alarms, which stand before the service. @default - none */
  readonly deploymentAlarms?: { readonly names: readonly string[]; readonly resources: readonly pulumi.Resource[] };
  /** By environment variable; with `wires`, exactly the Part's secrets. @default - none */
  readonly secrets?: Readonly<Record<string, SecretReference>>;
  /** @default - none */
  readonly wires?: readonly Wire[];
  /** @default - the image's own */
  readonly command?: readonly string[];
  /** Of the Part's sidecars, by name: what no Part holds. @default - the image's own command, no secrets */
  readonly sidecars?: Readonly<Record<string, Pick<SidecarFacts, "command" | "secrets">>>;
  /** ARN of the secret that opens the registry, by image; one for each image whose registry asks. @default - none */
  readonly registrySecrets?: Readonly<Record<string, string>>;
  /** Of Part's logs that a router sends on: what no Part holds. @default - there is no router */
  readonly logRouter?: LogRouterFacts;
  /** What the running container may do. @default - nothing */
  readonly permissions?: readonly Permission[];
  /** What Service Connect may understand of the traffic; its HTTP metrics need it. @default null: TCP, passed through */
  readonly protocol?: "http" | "http2" | "grpc" | null;
  /** The container may write outside /tmp. @default false */
  readonly writableRoot?: boolean;
  /** @default - none */
  readonly tags?: Readonly<Record<string, string>>;
  readonly transform?: ReplicaGroupTransform;
}

export interface ReplicaGroupTransform {
  readonly service?: Transform<ecs.ServiceArgs>;
  readonly taskDefinition?: Transform<ecs.TaskDefinitionArgs>;
  readonly logGroup?: Transform<cloudwatch.LogGroupArgs>;
  readonly executionRole?: Transform<iam.RoleArgs>;
  readonly taskRole?: Transform<iam.RoleArgs>;
  readonly securityGroup?: Transform<ec2.SecurityGroupArgs>;
  readonly scalingTarget?: Transform<appautoscaling.TargetArgs>;
  readonly scalingPolicy?: Transform<appautoscaling.PolicyArgs>;
  readonly secret?: Transform<secretsmanager.SecretArgs>;
  readonly parameter?: Transform<ssm.ParameterArgs>;
  readonly discoveryService?: Transform<servicediscovery.ServiceArgs>;
}
