import * as pulumi from "@pulumi/pulumi";
import * as ec2 from "@pulumi/aws/ec2";
import * as elasticache from "@pulumi/aws/elasticache";
import { parameterGroupFamily } from "../../catalog/aws/cache-nodes";
import { placeOfCache } from "../../capacity";
import type { CacheTopology, ExistingCache, RedisCache as RedisCachePart } from "../../model";
import { cacheToken, type CacheToken } from "./cache-token";
import { physicalName } from "../names";
import type { RedisCacheArgs, RedisCacheHandle } from "./redis-cache-args";
import { refuseUnbuildable, zonesOf } from "./redis-cache-refusal";
import { transformed } from "../transform";

/** ElastiCache keeps 40 characters for the id; Pulumi's own ending takes eight. */
const ID_LIMIT = 32;
/** UTC, an hour each, not at the same time, as ElastiCache asks; which hours are quiet is assumed. */
const SNAPSHOT_WINDOW = "03:00-04:00";
const MAINTENANCE_WINDOW = "sun:05:00-sun:06:00";

/** A cache on ElastiCache that speaks Redis' protocol, alone, with replicas or in shards. */
export class RedisCache extends pulumi.ComponentResource implements RedisCacheHandle {
  readonly url: pulumi.Output<string>;
  readonly address: pulumi.Output<string>;
  readonly port: number;
  readonly securityGroupId: pulumi.Output<string>;
  readonly replicationGroup: elasticache.ReplicationGroup;
  /** Ids of the nodes, as metrics speak of them. */
  readonly memberIds: readonly pulumi.Output<string>[];
  readonly tokenSecretName: string | null;
  readonly tokenResources: readonly pulumi.Resource[];

  /** @throws RangeError for a Part that ElastiCache cannot be */
  constructor(name: string, args: RedisCacheArgs, opts?: pulumi.ComponentResourceOptions) {
    super("nines:aws:RedisCache", name, {}, opts);
    const { part } = args;
    refuseUnbuildable(part);
    const child = cacheName(part);
    const subnets = subnetGroup(args, child, this);
    const parameters = parameterGroup(args, child, this);
    const firewall = securityGroup(args, child, this);
    const token = part.security.auth ? cacheToken(args, child, this) : null;
    const group = replicationGroup(args, { subnets, parameters, firewall, token }, child, this);

    const host = part.topology.kind === "sharded" ? group.configurationEndpointAddress : group.primaryEndpointAddress;
    this.replicationGroup = group;
    this.port = part.port;
    this.address = pulumi.interpolate`${host}:${part.port}`;
    this.url = pulumi.interpolate`${part.security.inTransit ? "rediss" : "redis"}://${this.address}`;
    this.securityGroupId = firewall.id;
    this.memberIds = memberSuffixes(part.topology).map((suffix) => pulumi.interpolate`${group.id}-${suffix}`);
    this.tokenSecretName = token?.secretName ?? null;
    this.tokenResources = token?.resources ?? [];
    this.registerOutputs({ url: this.url });
  }
}

/** A cache that is there already; nothing is built, and nothing of it is read. */
export function existingRedisCache(existing: ExistingCache): RedisCacheHandle {
  const { urls, address, port } = placeOfCache(existing);
  return {
    url: pulumi.output(urls),
    address: pulumi.output(address),
    port,
    securityGroupId: existing.securityGroupId === undefined ? null : pulumi.output(existing.securityGroupId),
    replicationGroup: null,
    tokenSecretName: existing.tokenSecretName ?? null,
    tokenResources: [],
  };
}

/** Logical name of the children: the workload is cut where the id that is made of it would be too long, the region stays. */
function cacheName({ workload, region }: RedisCachePart): string {
  return `${physicalName([workload], ID_LIMIT - region.length - 1)}-${region}`;
}

/** Endings that ElastiCache gives its nodes: 001, or shard and node: 0001-001. */
export function memberSuffixes(topology: CacheTopology): readonly string[] {
  const numbers = (count: number, digits: number) =>
    Array.from({ length: count }, (_, index) => String(index + 1).padStart(digits, "0"));
  if (topology.kind !== "sharded") return numbers(topology.kind === "single" ? 1 : 1 + topology.replicas, 3);
  return numbers(topology.shards, 4).flatMap((shard) =>
    numbers(1 + topology.replicasPerShard, 3).map((node) => `${shard}-${node}`),
  );
}

function subnetGroup(args: RedisCacheArgs, name: string, parent: pulumi.Resource): elasticache.SubnetGroup {
  const { part, network, tags = {}, transform } = args;
  const subnetIds = zonesOf(part).map((zone) => {
    const subnet = network.privateSubnetIds[zone];
    if (subnet === undefined)
      throw new RangeError(`placement of ${part.key}: the network has no private subnet in ${zone}`);
    return subnet;
  });
  return new elasticache.SubnetGroup(
    name,
    transformed<elasticache.SubnetGroupArgs>(
      { description: `Cache ${part.workload}`, subnetIds, region: part.region, tags },
      transform?.subnetGroup,
    ),
    { parent },
  );
}

function parameterGroup(args: RedisCacheArgs, name: string, parent: pulumi.Resource): elasticache.ParameterGroup {
  const { part, tags = {}, transform } = args;
  const family = parameterGroupFamily(part.engine.name, part.engine.version);
  if (family === null) throw new RangeError(`engine of ${part.key}: ${part.engine.name} ${part.engine.version}`);
  return new elasticache.ParameterGroup(
    name,
    transformed<elasticache.ParameterGroupArgs>(
      {
        family,
        description: `Cache ${part.workload}`,
        parameters: [
          ...(part.topology.kind === "sharded" ? [{ name: "cluster-enabled", value: "yes" }] : []),
          { name: "maxmemory-policy", value: part.eviction },
        ],
        region: part.region,
        tags,
      },
      transform?.parameterGroup,
    ),
    { parent },
  );
}

/** Callers add their own way in; a cache calls nobody. */
function securityGroup(args: RedisCacheArgs, name: string, parent: pulumi.Resource): ec2.SecurityGroup {
  const { part, network, tags = {}, transform } = args;
  return new ec2.SecurityGroup(
    `${name}-cache`,
    transformed<ec2.SecurityGroupArgs>(
      { description: `Cache ${part.workload}`, vpcId: network.vpcId, region: part.region, tags },
      transform?.securityGroup,
    ),
    { parent },
  );
}

interface Neighbours {
  readonly subnets: elasticache.SubnetGroup;
  readonly parameters: elasticache.ParameterGroup;
  readonly firewall: ec2.SecurityGroup;
  readonly token: CacheToken | null;
}

function replicationGroup(
  args: RedisCacheArgs,
  { subnets, parameters, firewall, token }: Neighbours,
  name: string,
  parent: pulumi.Resource,
): elasticache.ReplicationGroup {
  const { part, protect, finalSnapshot, tags = {}, transform } = args;
  return new elasticache.ReplicationGroup(
    name,
    transformed<elasticache.ReplicationGroupArgs>(
      {
        description: `Cache ${part.workload}`,
        engine: part.engine.name,
        engineVersion: part.engine.version,
        nodeType: part.node.name,
        port: part.port,
        ...nodes(part),
        clusterMode: part.topology.kind === "sharded" ? "enabled" : "disabled",
        subnetGroupName: subnets.name,
        parameterGroupName: parameters.name,
        securityGroupIds: [firewall.id],
        atRestEncryptionEnabled: part.security.atRest,
        transitEncryptionEnabled: part.security.inTransit,
        ...(part.security.inTransit ? { transitEncryptionMode: "required" } : {}),
        ...(token === null ? {} : { authToken: token.value }),
        snapshotRetentionLimit: part.snapshots?.keepDays ?? 0,
        ...(part.snapshots === null ? {} : { snapshotWindow: SNAPSHOT_WINDOW }),
        ...(finalSnapshot === undefined ? {} : { finalSnapshotIdentifier: finalSnapshot }),
        maintenanceWindow: MAINTENANCE_WINDOW,
        // What a preview shows happens in that deployment, not on the next Sunday.
        applyImmediately: true,
        // A version that rises by itself would be lowered by the next deployment, and that replaces the cache.
        autoMinorVersionUpgrade: false,
        region: part.region,
        tags,
      },
      transform?.replicationGroup,
    ),
    // AWS takes a live group into cluster mode by way of "compatible" and clients that follow; a new one is said to be a new one.
    { parent, protect, replaceOnChanges: ["clusterMode"] },
  );
}

function nodes({ topology, placement }: RedisCachePart): Partial<elasticache.ReplicationGroupArgs> {
  const multiAzEnabled = placement.kind === "zonal" && placement.spread === "hard";
  switch (topology.kind) {
    case "single":
      return { numCacheClusters: 1, automaticFailoverEnabled: false, multiAzEnabled };
    case "replicated":
      return {
        numCacheClusters: 1 + topology.replicas,
        automaticFailoverEnabled: topology.failover === "automatic",
        multiAzEnabled,
      };
    case "sharded":
      // Cluster mode asks for failover even where a shard has nothing to fail over to.
      return {
        numNodeGroups: topology.shards,
        replicasPerNodeGroup: topology.replicasPerShard,
        automaticFailoverEnabled: true,
        multiAzEnabled,
      };
  }
}
