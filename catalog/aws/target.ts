import type { Limit } from "./limit";
import type { PricedNode, Quota, TargetCatalog } from "../target";
import { cacheFamilies, cacheNodesByPrice, parameterGroupFamily, usableBytes } from "./cache-nodes";
import { awsLags } from "./lags";
import { limits } from "./limits";
import { checkPriceOverrides, price, regionsWithPrices } from "./prices";
import { fargateSizeProblem } from "./size-problem";
import { cpuMillisOf, leastFargateSize } from "./sizes";

const MIB = 1024 * 1024;
const HOURS_PER_MONTH = 730;

function quota(limit: Limit & { readonly max: number }, name: string, raisedBy: string | null): Quota {
  return { name, value: limit.max, raisedBy, source: limit.source };
}

/** ECS rounds the maximum percent down and wants it whole: the surge is what the least sufficient percent gives, never above `share`. */
function surge(count: number, share: number): number {
  for (let percent = 100 + Math.floor(share * 100); percent > 100; percent -= 1) {
    const more = Math.floor((count * percent) / 100) - count;
    if (more >= 1) return more;
  }
  // A share too small for one replica: one more all the same, or the rollout could not start.
  return 1;
}

/** What the planner must know of AWS. */
export const awsTarget: TargetCatalog = {
  target: "aws",
  regions: regionsWithPrices(),
  zoneProblem: (region, zone) =>
    new RegExp(`^${region}[a-h]$`).test(zone) ? null : `zones of ${region} are called ${region}a to ${region}h`,
  reachedBy: ["balancer", "service-connect", "cloud-map"],
  sellsSizes: true,
  leastSize(asked) {
    const size = leastFargateSize(asked);
    return size === null ? null : { cpuMillis: cpuMillisOf(size.cpuUnits), memoryMiB: size.memoryMiB };
  },
  sizeProblem: fargateSizeProblem,
  engineProblem({ name, version }) {
    if (parameterGroupFamily(name, version) !== null) return null;
    return `ElastiCache takes ${name} ${cacheFamilies
      .filter((family) => family.engine === name)
      .map((family) => family.says)
      .join(", ")}`;
  },
  priceProblems: (prices) => checkPriceOverrides(prices),
  surgeShare: 1,
  surge,
  lags: {
    startSeconds: awsLags.fargateStartSeconds,
    cacheFailoverSeconds: awsLags.cacheFailoverSeconds,
    cacheBackSeconds: [awsLags.cacheReplacedSeconds],
    cacheVolumeSeconds: [],
    cacheNodeSeconds: null,
  },
  quotas: {
    vcpus: quota(limits["fargate-vcpus"], "Fargate On-Demand vCPUs", "fargateVcpus"),
    replicasPerGroup: quota(limits["tasks-per-service"], "ECS tasks per service", "tasksPerService"),
    targetsPerBalancer: quota(limits["targets-per-group"], "targets per target group", "targetsPerGroup"),
    registryReplicas: quota(
      limits["service-connect-tasks"],
      "tasks of a service in Service Connect or Cloud Map",
      null,
    ),
    cacheNodesPerRegion: quota(limits["cache-nodes-per-region"], "ElastiCache nodes per region", "cacheNodesPerRegion"),
    cacheNodesPerCluster: quota(limits["cache-nodes-per-cluster"], "nodes of one ElastiCache cluster", null),
    cacheReplicasPerShard: quota(limits["cache-replicas-per-shard"], "ElastiCache replicas per shard", null),
  },
  cacheNodes(region, engine): readonly PricedNode[] {
    return cacheNodesByPrice(engine, region).map(({ node, price: row }) => ({
      name: node.name,
      memoryMiB: Math.floor(node.maxmemoryBytes / MIB),
      usableMiB: Math.floor(usableBytes(node) / MIB),
      perHourUsd: row.usd,
      burstable: node.burstable,
    }));
  },
  pullsPrivately: (image, region) =>
    new RegExp(`^\\d{12}\\.dkr\\.ecr\\.${region}\\.amazonaws\\.com(\\.cn)?/`).test(image),
  chooses: { network: true, processor: true },
  severalRegions: false,
  balancerCounts: 2,
  balancerZones: limits["balancer-zones"].min,
  endpointWorthGb(region, zones) {
    const hour = price("interface-endpoint-hour", region);
    const endpointGb = price("interface-endpoint-gb", region);
    const natGb = price("nat-gb", region);
    if (!hour || !endpointGb || !natGb || natGb.usd <= endpointGb.usd) return null;
    return (hour.usd * HOURS_PER_MONTH * zones) / (natGb.usd - endpointGb.usd);
  },
  pricesRegionalNat: (region) => price("nat-regional-hour", region) !== null,
  stores: false,
  privateEndpoints: [
    { service: "s3", kind: "gateway" },
    { service: "ecr.api", kind: "interface" },
    { service: "ecr.dkr", kind: "interface" },
    { service: "logs", kind: "interface" },
    { service: "secretsmanager", kind: "interface" },
    { service: "ssm", kind: "interface" },
  ],
};
