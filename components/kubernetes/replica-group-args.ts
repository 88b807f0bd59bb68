import type { DeploymentArgs } from "@pulumi/kubernetes/apps/v1";
import type { HorizontalPodAutoscalerArgs } from "@pulumi/kubernetes/autoscaling/v2";
import type { ServiceArgs } from "@pulumi/kubernetes/core/v1";
import type { NetworkPolicyArgs } from "@pulumi/kubernetes/networking/v1";
import type { PodDisruptionBudgetArgs } from "@pulumi/kubernetes/policy/v1";
import type * as pulumi from "@pulumi/pulumi";
import type { ReplicaGroup as ReplicaGroupPart } from "../../model";
import type { Transform } from "../transform";
import type { SecretKey, SidecarWords } from "./container";
import type { Reached } from "./reaches";

/** Who may send to the pods, and where they may send to. */
export interface Neighbours {
  /** Workloads of the namespace that call this one; anywhere: a door outside the namespace leads here. */
  readonly callers: readonly string[] | "anywhere";
  /** Workloads of the namespace that it calls, with their ports. */
  readonly callees: readonly { readonly name: string; readonly ports: readonly number[] }[];
  /** Port that Prometheus scrapes. @default - none */
  readonly scrapedOn?: number | null;
  /** What else it calls, of its namespace or not. @default - nothing */
  readonly reaches?: readonly Reached[];
  /** Ports outside the namespace that it calls. */
  readonly leavesOn: readonly number[];
}

export interface ReplicaGroupArgs {
  readonly part: ReplicaGroupPart;
  /** Whose objects they are, literal: `embedding-prod`. */
  readonly stack: string;
  readonly namespace: pulumi.Input<string>;
  /** In the place of the Part's, where it is known only after deploy. @default - the Part's */
  readonly image?: pulumi.Input<string>;
  readonly neighbours: Neighbours;
  /** By environment variable: exactly the Part's secrets. @default - none */
  readonly secrets?: Readonly<Record<string, SecretKey>>;
  /** Of the Part's sidecars, by name: what no Part holds. @default - the image's own command, no secrets */
  readonly sidecars?: Readonly<Record<string, SidecarWords>>;
  /** @default - the image's own */
  readonly command?: readonly string[];
  /** Annotations of the service account: a cloud's role. @default - none */
  readonly accountAnnotations?: Readonly<Record<string, string>>;
  /** @default - the namespace's default */
  readonly priorityClass?: string | null;
  /** The container may write outside /tmp. @default false */
  readonly writableRoot?: boolean;
  readonly transform?: ReplicaGroupTransform;
}

export interface ReplicaGroupTransform {
  readonly deployment?: Transform<DeploymentArgs>;
  readonly service?: Transform<ServiceArgs>;
  readonly autoscaler?: Transform<HorizontalPodAutoscalerArgs>;
  readonly disruptionBudget?: Transform<PodDisruptionBudgetArgs>;
  readonly networkPolicy?: Transform<NetworkPolicyArgs>;
}
