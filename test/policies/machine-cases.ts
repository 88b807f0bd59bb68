import type { ReplicaGroup } from "../../model";
import type { Subject } from "../../policies";
import { balancer, group, of, resource, subject } from "./fixture";

type Instances = Extract<ReplicaGroup["runtime"], { readonly kind: "instance-group" }>;

const disk = { gib: 30, type: "gp3", iops: null, mbPerSecond: null, atRest: true };
const machine: Instances["machine"] = {
  types: ["m7g.large"],
  spotShare: 0,
  disks: [disk],
  metadataNeedsToken: true,
  publicAddress: false,
};

/** A replica group of machines. */
export function machines(
  over: Partial<Instances["machine"]> = {},
  runtime: Partial<Instances> = {},
  rest: Partial<ReplicaGroup> = {},
): ReplicaGroup {
  return group({
    runtime: {
      kind: "instance-group",
      machine: { ...machine, ...over },
      healthCheck: "balancer",
      autohealingDelaySeconds: 300,
      ...runtime,
    },
    ...rest,
  });
}

const scaled = (ignoreChanges: readonly string[]): Subject => {
  const built = resource("aws:autoscaling/group:Group", { desiredCapacity: 3 }, {}, { ignoreChanges });
  const policy = resource("aws:autoscaling/policy:Policy", {}, { autoscalingGroupName: [built] });
  return subject({ resources: [built, policy] });
};

/** Rules of machines: what fails, and its neighbour that passes. */
export const machineCases: readonly (readonly [id: string, failing: Subject, passing: Subject])[] = [
  [
    "replaced-when-ill",
    of([machines({}, { healthCheck: "machine" }), balancer()], { plan: null }),
    of([machines(), balancer()], { plan: null }),
  ],
  [
    "machines-from-template",
    subject({ resources: [resource("aws:autoscaling/group:Group", { launchConfiguration: "old" })] }),
    subject({ resources: [resource("aws:autoscaling/group:Group", { launchTemplate: { id: "lt-1" } })] }),
  ],
  ["metadata-needs-token", of([machines({ metadataNeedsToken: false })]), of([machines()])],
  ["disks-encrypted", of([machines({ disks: [disk, { ...disk, atRest: false }] })]), of([machines()])],
  ["spot-not-alone", of([machines({ spotShare: 1 })]), of([machines({ spotShare: 0.9 })])],
  ["scaler-not-fought", scaled([]), scaled(["desiredCapacity"])],
];
