import { StorageClass, type StorageClassArgs } from "@pulumi/kubernetes/storage/v1";
import type * as pulumi from "@pulumi/pulumi";
import type { RequestedCluster, Store } from "../../model";
import { transformed, type Transform } from "../transform";
import { objectLabels } from "./labels";

/** What makes volumes of a class. */
export interface Provisioner {
  readonly name: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/** Drivers of the platforms' own disks, encrypted where that is to be asked for; undefined: nobody knows which there is. */
export function provisionerOf(platform: RequestedCluster["nodes"]["platform"]): Provisioner | undefined {
  if (platform === "eks") return { name: "ebs.csi.aws.com", parameters: { type: "gp3", encrypted: "true" } };
  return platform === "gke" ? { name: "pd.csi.storage.gke.io", parameters: { type: "pd-balanced" } } : undefined;
}

export interface VolumeClassArgs {
  readonly volume: Pick<Store["volume"], "class" | "bindsLate">;
  /** Its volumes outlive their claims. */
  readonly kept: boolean;
  readonly stack: string;
  readonly workload: string;
  readonly provisioner: Provisioner | undefined;
  readonly transform: Transform<StorageClassArgs> | undefined;
}

/** The class of a workload's volumes, where it is one of its own: it waits for its pod before it chooses a zone. */
export function volumeClass(
  child: string,
  { volume, kept, stack, workload, provisioner, transform }: VolumeClassArgs,
  opts: pulumi.CustomResourceOptions,
): readonly StorageClass[] {
  if (volume.bindsLate !== true || volume.class === null || provisioner === undefined) return [];
  return [
    new StorageClass(
      child,
      transformed<StorageClassArgs>(
        {
          metadata: { name: volume.class, labels: objectLabels(stack, workload) },
          provisioner: provisioner.name,
          parameters: { ...provisioner.parameters },
          volumeBindingMode: "WaitForFirstConsumer",
          allowVolumeExpansion: true,
          // A namespace that is deleted takes its claims along, whatever the set says of them.
          reclaimPolicy: kept ? "Retain" : "Delete",
        },
        transform,
      ),
      opts,
    ),
  ];
}
