import type { StatefulSetArgs } from "@pulumi/kubernetes/apps/v1";
import type { HorizontalPodAutoscalerArgs } from "@pulumi/kubernetes/autoscaling/v2";
import type { CronJobArgs } from "@pulumi/kubernetes/batch/v1";
import type { ConfigMapArgs, ServiceArgs } from "@pulumi/kubernetes/core/v1";
import type { NetworkPolicyArgs } from "@pulumi/kubernetes/networking/v1";
import type { PodDisruptionBudgetArgs } from "@pulumi/kubernetes/policy/v1";
import type { StorageClassArgs } from "@pulumi/kubernetes/storage/v1";
import type * as pulumi from "@pulumi/pulumi";
import type { Store as StorePart } from "../../model";
import type { Transform } from "../transform";
import type { SecretKey } from "./container";
import type { Neighbours } from "./replica-group-args";
import type { Provisioner } from "./volume-class";

/** The job that takes snapshots. */
export interface SnapshotArgs {
  readonly image: string;
  /** Of an object-store job. @default - the script that takes a VolumeSnapshot */
  readonly command?: readonly string[];
  /** @default - the driver's default */
  readonly snapshotClass?: string;
  /** Secrets that open the registry of its image. @default - none */
  readonly pullSecrets?: readonly string[];
}

export interface StoreArgs {
  readonly part: StorePart;
  /** Whose objects they are, literal: `vectordb-prod`. */
  readonly stack: string;
  /** Literal: what reads the objects must not wait for the cluster to say it. */
  readonly namespace: string;
  /** The members' objects cannot be deleted without a second step. */
  readonly protect: boolean;
  readonly neighbours: Neighbours;
  /** By environment variable: exactly the Part's secrets. @default - none */
  readonly secrets?: Readonly<Record<string, SecretKey>>;
  /** In the place of the Part's: known only after deploy. @default - the Part's */
  readonly image?: pulumi.Input<string>;
  readonly command?: readonly string[];
  /** Where the volume is mounted. @default /data */
  readonly dataPath?: string;
  /** What makes the volumes of a class that is built here. @default - the class is there */
  readonly provisioner?: Provisioner;
  readonly snapshots?: SnapshotArgs;
  /** Labels of a ServiceMonitor. @default - none is built */
  readonly monitorLabels?: Readonly<Record<string, string>>;
  readonly accountAnnotations?: Readonly<Record<string, string>>;
  readonly priorityClass?: string | null;
  readonly transform?: StoreTransform;
}

export interface StoreTransform {
  readonly statefulSet?: Transform<StatefulSetArgs>;
  readonly configMap?: Transform<ConfigMapArgs>;
  /** Each of the Services. */
  readonly service?: Transform<ServiceArgs>;
  readonly storageClass?: Transform<StorageClassArgs>;
  readonly autoscaler?: Transform<HorizontalPodAutoscalerArgs>;
  readonly disruptionBudget?: Transform<PodDisruptionBudgetArgs>;
  readonly networkPolicy?: Transform<NetworkPolicyArgs>;
  readonly snapshots?: Transform<CronJobArgs>;
}
