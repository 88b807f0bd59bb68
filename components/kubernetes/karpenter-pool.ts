import { CustomResource } from "@pulumi/kubernetes/apiextensions";
import type * as pulumi from "@pulumi/pulumi";
import { karpenterLimits } from "../../capacity";
import { machineTypes } from "../../catalog/aws/machines";
import type { NodePool } from "../../model";
import { physicalName } from "../names";

export interface KarpenterPoolArgs {
  readonly part: NodePool;
  readonly stack: string;
  /** Of its name. */
  readonly prefix: string;
  /** EC2NodeClass that is there. */
  readonly nodeClass: string;
}

/** Nodes of Karpenter: of the machine that was planned with, on demand, in the zones of the pods. */
export function karpenterPool(
  child: string,
  { part, stack, prefix, nodeClass }: KarpenterPoolArgs,
  opts: pulumi.CustomResourceOptions,
): CustomResource {
  const { cpu, memoryMiB } = karpenterLimits(part);
  const zones = part.placement.kind === "zonal" ? part.placement.zones : [];
  const arm = machineTypes().get(part.machine.types[0] ?? "")?.architecture === "arm64";
  const among = (key: string, values: readonly string[]) => ({ key, operator: "In", values: [...values] });
  return new CustomResource(
    child,
    {
      apiVersion: "karpenter.sh/v1",
      kind: "NodePool",
      metadata: {
        name: physicalName([`${prefix}${stack}`, part.workload], 63),
        labels: { "app.kubernetes.io/part-of": stack, "app.kubernetes.io/managed-by": "nines" },
      },
      spec: {
        template: {
          spec: {
            nodeClassRef: { group: "karpenter.k8s.aws", kind: "EC2NodeClass", name: nodeClass },
            requirements: [
              among("topology.kubernetes.io/zone", zones),
              among("node.kubernetes.io/instance-type", part.machine.types),
              among("karpenter.sh/capacity-type", ["on-demand"]),
              among("kubernetes.io/arch", [arm ? "arm64" : "amd64"]),
            ],
            // Nodes of one rollout would end together, in every zone: no budget holds an expiry back. New images come by drift, which one does.
            expireAfter: "Never",
          },
        },
        limits: { cpu: String(cpu), memory: `${memoryMiB}Mi` },
        disruption: {
          // A node with pods is left alone: what it saves is less than what their restarts cost.
          consolidationPolicy: "WhenEmpty",
          consolidateAfter: "10m",
          // One node at a time, so one zone at a time.
          budgets: [{ nodes: "1" }],
        },
      },
    },
    opts,
  );
}
