import type { Cluster, NodePool, ReplicaGroup, Volume } from "../../model";
import { partKey } from "../../model";
import type { Subject } from "../../policies";
import { balancer, group, of, region, resource, subject, zones } from "./fixture";

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

/** A pool of machines that carry others. */
export function pool(over: Partial<NodePool> = {}): NodePool {
  return {
    kind: "node-pool",
    key: partKey("node-pool", "workers", region),
    workload: "workers",
    region,
    placement: { kind: "zonal", zones: zones.slice(0, 2), spread: "best-effort" },
    scaling: { kind: "range", min: 1, max: 6, initial: 3, signals: [], schedule: [] },
    machine,
    cluster: cluster().key,
    runtime: { kind: "eks-node-group" },
    ...over,
  };
}

export function cluster(over: Partial<Cluster> = {}): Cluster {
  return {
    kind: "cluster",
    key: partKey("cluster", "main", region),
    workload: "main",
    region,
    placement: { kind: "regional" },
    version: "1.35",
    endpoint: { public: true, publicRanges: ["198.51.100.0/24"] },
    encryptsSecrets: true,
    logs: ["api", "audit", "authenticator", "controllerManager", "scheduler"],
    deletionProtection: true,
    support: "standard",
    runtime: { kind: "eks" },
    ...over,
  };
}

export function volume(over: Partial<Volume> = {}): Volume {
  return {
    kind: "volume",
    key: partKey("volume", "data", region),
    workload: "data",
    region,
    placement: { kind: "zonal", zones: zones.slice(0, 1), spread: "hard" },
    ...disk,
    runtime: { kind: "ebs" },
    ...over,
  };
}

const inOne = { kind: "zonal", zones: zones.slice(0, 1), spread: "best-effort" } as const;

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
  ["disks-encrypted", of([volume({ atRest: false })]), of([volume()])],
  ["disks-encrypted", of([pool({ machine: { ...machine, disks: [{ ...disk, atRest: false }] } })]), of([pool()])],
  ["metadata-needs-token", of([pool({ machine: { ...machine, metadataNeedsToken: false } })]), of([pool()])],
  ["single-zone", of([pool({ placement: inOne })]), of([pool()])],
  [
    "cluster-endpoint-closed",
    of([cluster({ endpoint: { public: true, publicRanges: ["0.0.0.0/0"] } })]),
    of([cluster()]),
  ],
  [
    "cluster-endpoint-closed",
    of([cluster({ endpoint: { public: true, publicRanges: ["::/0"] } })]),
    of([cluster({ endpoint: { public: false, publicRanges: [] } })]),
  ],
  ["cluster-secrets-encrypted", of([cluster({ encryptsSecrets: false })]), of([cluster()])],
  ["cluster-logs", of([cluster({ logs: ["api", "audit", "authenticator", "scheduler"] })]), of([cluster()])],
  ["cluster-version-supported", of([cluster({ support: "extended" })]), of([cluster()])],
  ["spot-not-alone", of([pool({ machine: { ...machine, spotShare: 1 } })]), of([pool()])],
  ["spot-not-alone", of([machines({ spotShare: 1 })]), of([machines({ spotShare: 0.9 })])],
  ["spot-not-alone", of([machines({ spotShare: 1 })]), of([machines({ spotShare: 1, onDemandBase: 1 })])],
  // Of six a third: 3.96 stay, or 4.02 of the four that the peak needs.
  ["spot-leaves-need", of([machines({ spotShare: 0.34 })]), of([machines({ spotShare: 0.33 })])],
  ["scaler-not-fought", scaled([]), scaled(["desiredCapacity"])],
];
