import type { Quota, SizeProblem, TargetCatalog } from "../target";
import { clusterPriceProblems } from "./cluster-prices";
import { kubernetesLags } from "./lags";
import { kubernetesLimits } from "./limits";

/** Versions of the images that cache members run, Sentinels among them. */
const engines: Readonly<Record<"redis" | "valkey", readonly string[]>> = {
  redis: ["7.0", "7.2", "7.4", "8.0"],
  valkey: ["7.2", "8.0", "8.1", "9.0"],
};

const pods: Quota = { ...kubernetesLimits.podsPerCluster, raisedBy: null };

/** The scheduler takes any size; a container needs a little of each to start at all. */
function sizeProblem(
  size: { readonly cpuMillis?: number | undefined; readonly memoryMiB?: number | undefined },
  workload: { readonly name: string; readonly memoryMiB: number },
): SizeProblem | null {
  const { memoryMiB } = size;
  if (memoryMiB === undefined || memoryMiB >= workload.memoryMiB) return null;
  return {
    key: "memoryMiB",
    given: memoryMiB,
    allowed: `${workload.name} needs ${workload.memoryMiB} MiB`,
    fix: "raise it, or leave it out",
  };
}

/** What the planner must know of Kubernetes. What nodes hold and cost, the environment says. */
export const kubernetesTarget: TargetCatalog = {
  target: "kubernetes",
  regions: null,
  zoneProblem: () => null,
  reachedBy: ["balancer", "cluster-ip", "service-connect", "cloud-map"],
  sellsSizes: false,
  leastSize: ({ cpuMillis, memoryMiB }) => ({ cpuMillis: Math.ceil(cpuMillis), memoryMiB: Math.ceil(memoryMiB) }),
  sizeProblem,
  engineProblem: ({ name, version }) =>
    engines[name].some((known) => version === known || version.startsWith(`${known}.`))
      ? null
      : `images of ${name} ${engines[name].join(", ")}`,
  priceProblems: clusterPriceProblems,
  // A quarter, which is what a Deployment does where nobody says.
  surgeShare: 0.25,
  // A whole number of replicas: a percent of few rounds to nothing, or to a deadlock.
  surge: (count, share) => Math.max(1, Math.floor(count * share)),
  lags: {
    startSeconds: kubernetesLags.pullSeconds,
    cacheFailoverSeconds: kubernetesLags.sentinelFailoverSeconds,
    cacheBackSeconds: [kubernetesLags.nodeGivenUpSeconds, kubernetesLags.pullSeconds],
    cacheVolumeSeconds: [kubernetesLags.volumeMovedSeconds],
    cacheNodeSeconds: kubernetesLags.nodeSeconds.clusterAutoscaler,
  },
  quotas: {
    vcpus: {
      name: "vCPUs",
      value: Number.POSITIVE_INFINITY,
      source: kubernetesLimits.podsPerCluster.source,
      raisedBy: null,
    },
    replicasPerGroup: pods,
    targetsPerBalancer: pods,
    registryReplicas: pods,
    cacheNodesPerRegion: pods,
    cacheNodesPerCluster: pods,
    cacheReplicasPerShard: pods,
  },
  cacheNodes: () => [],
  pullsPrivately: () => true,
  chooses: { network: false, processor: false },
  severalRegions: true,
  balancerCounts: 1,
  balancerZones: 1,
  endpointWorthGb: () => null,
  pricesRegionalNat: () => false,
  stores: true,
  privateEndpoints: [],
};
