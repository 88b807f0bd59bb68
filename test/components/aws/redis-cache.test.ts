import * as aws from "@pulumi/aws";
import fc from "fast-check";
import { cacheNodes, usableBytes } from "../../../catalog/aws/cache-nodes";
import { memberSuffixes, RedisCache } from "../../../components/aws/redis-cache";
import type { RedisCacheArgs } from "../../../components/aws/redis-cache-args";
import { redisCacheReader } from "../../../components/aws/redis-cache.read";
import {
  bareResource,
  plain,
  resourceGraph,
  roleOfEviction,
  type CacheTopology,
  type EvictionPolicy,
  type RedisCache as RedisCachePart,
  type Resource,
} from "../../../model";
import { recordInProcess } from "../../../preview/record";
import { checkEveryInput } from "../every-input";
import { differs, strip } from "../strip";

const region = "us-east-1";
const stack = "shop-prod";
const MIB = 1024 * 1024;
const CACHE = "aws:elasticache/replicationGroup:ReplicationGroup";
const PARAMETERS = "aws:elasticache/parameterGroup:ParameterGroup";

function nodeOf(name: string): RedisCachePart["node"] {
  const node = cacheNodes.get(name);
  if (node === undefined) throw new Error(`no node ${name}`);
  return { name, memoryMiB: Math.floor(node.maxmemoryBytes / MIB), usableMiB: Math.floor(usableBytes(node) / MIB) };
}

function zonal(letters: string, spread: "hard" | "best-effort"): RedisCachePart["placement"] {
  return { kind: "zonal", zones: letters.split(",").map((letter) => `${region}${letter}`), spread };
}

function cache(rest: Partial<RedisCachePart> = {}): RedisCachePart {
  const workload = rest.workload ?? "vectors";
  const eviction = rest.eviction ?? "allkeys-lru";
  return {
    kind: "redis-cache",
    key: `redis-cache/${workload}/${region}`,
    workload,
    region,
    engine: { name: "valkey", version: "8.0" },
    topology: { kind: "replicated", replicas: 1, failover: "automatic" },
    placement: zonal("a,b,c", "hard"),
    node: nodeOf("cache.r7g.large"),
    port: 6379,
    eviction,
    role: roleOfEviction(eviction),
    crossRegion: { kind: "none" },
    security: { atRest: true, inTransit: true, auth: true },
    snapshots: { everyHours: 24, keepDays: 7 },
    runtime: { kind: "elasticache", quorum: null },
    ...rest,
  };
}

const single = cache({
  workload: "sessions",
  topology: { kind: "single" },
  placement: zonal("a", "best-effort"),
  engine: { name: "redis", version: "6.x" },
  eviction: "noeviction",
  security: { atRest: false, inTransit: false, auth: false },
  snapshots: null,
});
const sharded = cache({
  workload: "features",
  topology: { kind: "sharded", shards: 3, replicasPerShard: 1 },
  eviction: "volatile-ttl",
});

interface Built {
  readonly resources: readonly Resource[];
  readonly caches: readonly RedisCache[];
}

async function build(parts: readonly RedisCachePart[], args: Partial<RedisCacheArgs> = {}): Promise<Built> {
  const caches: RedisCache[] = [];
  const program = () => {
    const opts = { provider: new aws.Provider("aws", { region }) };
    const vpc = new aws.ec2.Vpc(`network-${region}`, { cidrBlock: "10.0.0.0/16", region }, opts);
    const privateSubnetIds = Object.fromEntries(
      ["a", "b", "c"].map((letter) => {
        const zone = `${region}${letter}`;
        const subnet = new aws.ec2.Subnet(`private-${zone}`, { vpcId: vpc.id, availabilityZone: zone, region }, opts);
        return [zone, subnet.id];
      }),
    );
    for (const part of parts) {
      const name = `${part.workload}-${part.region}`;
      const network = { vpcId: vpc.id, privateSubnetIds };
      const made = new RedisCache(
        name,
        { part, stack, network, protect: true, tags: { system: "shop" }, ...args },
        opts,
      );
      caches.push(made);
      new aws.vpc.SecurityGroupIngressRule(
        `${name}-from-caller`,
        {
          securityGroupId: made.securityGroupId,
          cidrIpv4: "10.0.0.0/16",
          ipProtocol: "tcp",
          fromPort: made.port,
          toPort: made.port,
          region,
        },
        opts,
      );
    }
  };
  const { resources } = await recordInProcess(program, { project: "shop", stack });
  return { resources, caches };
}

function read(resources: readonly Resource[]) {
  const found = redisCacheReader.read(resourceGraph(resources));
  return { ...found, parts: found.parts.map(plain) };
}

function of(resources: readonly Resource[], type: string): Resource {
  const found = resources.find((resource) => resource.type === type);
  if (found === undefined) throw new Error(`no ${type}`);
  return found;
}

const evictions: readonly EvictionPolicy[] = [
  "noeviction",
  "allkeys-lru",
  "allkeys-lfu",
  "allkeys-random",
  "volatile-lru",
  "volatile-lfu",
  "volatile-random",
  "volatile-ttl",
];

const topologies: fc.Arbitrary<CacheTopology> = fc.oneof(
  fc.constant({ kind: "single" as const }),
  fc.record({
    kind: fc.constant("replicated" as const),
    replicas: fc.integer({ min: 1, max: 5 }),
    failover: fc.constantFrom("automatic" as const, "none" as const),
  }),
  fc.record({
    kind: fc.constant("sharded" as const),
    shards: fc.integer({ min: 1, max: 90 }),
    replicasPerShard: fc.integer({ min: 0, max: 5 }),
  }),
);

function spreads(topology: CacheTopology, zones: number): boolean {
  if (zones < 2 || topology.kind === "single") return false;
  return topology.kind === "sharded" ? topology.replicasPerShard > 0 : topology.failover === "automatic";
}

/** Any cache that ElastiCache can be. */
function anyCache(workload: string): fc.Arbitrary<RedisCachePart> {
  return fc
    .record({
      letters: fc.subarray(["a", "b", "c"], { minLength: 1 }),
      hard: fc.boolean(),
      engine: fc.constantFrom<RedisCachePart["engine"]>(
        { name: "redis", version: "6.x" },
        { name: "redis", version: "7.1" },
        { name: "valkey", version: "7.2" },
        { name: "valkey", version: "8.1" },
      ),
      topology: topologies,
      node: fc.constantFrom(...cacheNodes.keys()).map(nodeOf),
      port: fc.integer({ min: 1024, max: 65535 }),
      eviction: fc.constantFrom(...evictions),
      security: fc.constantFrom(
        { atRest: true, inTransit: true, auth: true },
        { atRest: false, inTransit: true, auth: false },
        { atRest: true, inTransit: false, auth: false },
      ),
      snapshots: fc.option(fc.record({ everyHours: fc.constant(24), keepDays: fc.integer({ min: 1, max: 35 }) })),
    })
    .map(({ letters, hard, ...rest }) =>
      cache({
        ...rest,
        workload,
        role: roleOfEviction(rest.eviction),
        placement: zonal(letters.join(), hard && spreads(rest.topology, letters.length) ? "hard" : "best-effort"),
      }),
    );
}

describe("any cache", () => {
  test("reads back as it was planned, without names, tags and components", async () => {
    const pair = fc.tuple(anyCache("vectors"), anyCache("features"));
    await fc.assert(
      fc.asyncProperty(pair, async (parts) => {
        const found = read(strip((await build(parts)).resources));
        expect(differs(parts, found.parts)).toBeUndefined();
        expect(found.conflicts).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });

  test("claims all that it makes once", async () => {
    const { resources } = await build([single, cache(), sharded]);
    const made = resources.filter(({ custom, type }) => custom && !/Provider|providers|ec2\/(vpc|subnet):/.test(type));
    const claims = redisCacheReader.read(resourceGraph(resources)).claims;
    expect(claims.map(({ urn }) => urn).sort()).toEqual(made.map(({ urn }) => urn).sort());
    expect(claims.map(({ part }) => part).every((part) => part?.startsWith("redis-cache/"))).toBe(true);
  });

  test("shows each input in the table", async () => {
    const { resources } = await build([single, cache(), sharded], { finalSnapshot: "last" });
    expect(checkEveryInput(strip(resources), redisCacheReader)).toEqual([]);
  });

  test("has the planned key", async () => {
    const { resources } = await build([cache(), sharded]);
    expect(read(resources).parts).toEqual(expect.arrayContaining([cache(), sharded]));
  });
});

describe("a built cache", () => {
  test("fails over to another zone, encrypts, and is protected", async () => {
    const { resources } = await build([cache()]);
    const group = of(resources, CACHE);
    expect(group.protect).toBe(true);
    expect(group.inputs).toMatchObject({
      description: "Cache vectors",
      engine: "valkey",
      engineVersion: "8.0",
      nodeType: "cache.r7g.large",
      numCacheClusters: 2,
      automaticFailoverEnabled: true,
      multiAzEnabled: true,
      atRestEncryptionEnabled: true,
      transitEncryptionEnabled: true,
      transitEncryptionMode: "required",
      snapshotRetentionLimit: 7,
      applyImmediately: true,
      autoMinorVersionUpgrade: false,
      region,
    });
    expect(group.inputs).not.toHaveProperty("numNodeGroups");
    expect(group.inputs).not.toHaveProperty("replicationGroupId");
    expect(of(resources, PARAMETERS).inputs).toMatchObject({
      family: "valkey8",
      parameters: [{ name: "maxmemory-policy", value: "allkeys-lru" }],
    });
    const firewall = of(resources, "aws:ec2/securityGroup:SecurityGroup").inputs;
    expect([firewall["ingress"], firewall["egress"]]).toEqual([undefined, undefined]);
  });

  test("in shards is in cluster mode and says no count of nodes", async () => {
    const { resources } = await build([sharded]);
    const { inputs } = of(resources, CACHE);
    expect(inputs).toMatchObject({ numNodeGroups: 3, replicasPerNodeGroup: 1, automaticFailoverEnabled: true });
    expect(inputs).not.toHaveProperty("numCacheClusters");
    expect(of(resources, PARAMETERS).inputs["parameters"]).toEqual([
      { name: "cluster-enabled", value: "yes" },
      { name: "maxmemory-policy", value: "volatile-ttl" },
    ]);
  });

  test("keeps its token in a secret with a literal name, of characters that ElastiCache takes", async () => {
    const { resources, caches } = await build([cache()]);
    expect(of(resources, "random:index/randomPassword:RandomPassword").inputs).toMatchObject({
      length: 64,
      overrideSpecial: "!&#$^<>-",
    });
    expect(of(resources, "aws:secretsmanager/secret:Secret").inputs["name"]).toBe("shop-prod/vectors/token");
    expect(caches[0]?.tokenSecretName).toBe("shop-prod/vectors/token");
    expect(caches[0]?.tokenResources).toHaveLength(2);
  });

  test("that asks for no token makes none", async () => {
    const { resources, caches } = await build([single]);
    expect(resources.filter(({ type }) => /secret|random/i.test(type) && !type.startsWith("pulumi:"))).toEqual([]);
    expect([caches[0]?.tokenSecretName, caches[0]?.tokenResources]).toEqual([null, []]);
    const { inputs } = of(resources, CACHE);
    expect(inputs).not.toHaveProperty("transitEncryptionMode");
    expect(inputs).not.toHaveProperty("snapshotWindow");
  });

  test("names its nodes as ElastiCache does", () => {
    expect(memberSuffixes({ kind: "single" })).toEqual(["001"]);
    expect(memberSuffixes({ kind: "replicated", replicas: 2, failover: "automatic" })).toEqual(["001", "002", "003"]);
    expect(memberSuffixes({ kind: "sharded", shards: 2, replicasPerShard: 1 })).toEqual([
      "0001-001",
      "0001-002",
      "0002-001",
      "0002-002",
    ]);
  });

  test("with a long name keeps 32 characters and its region", async () => {
    // 22 and the region are 32; 23 are one too many.
    for (const [workload, name] of [
      ["w".repeat(22), /^w{22}-us-east-1$/],
      ["w".repeat(23), /^w{14}-[0-9a-f]{7}-us-east-1$/],
    ] as const) {
      const group = of((await build([cache({ workload })])).resources, CACHE);
      expect(group.name).toMatch(name);
      expect(group.name).toHaveLength(32);
    }
  });

  test("takes a transform as the last word", async () => {
    const { resources } = await build([cache()], {
      transform: { replicationGroup: { maintenanceWindow: "mon:01:00-mon:02:00" } },
    });
    expect(of(resources, CACHE).inputs["maintenanceWindow"]).toBe("mon:01:00-mon:02:00");
  });

  test.each<[string, Partial<RedisCachePart>, RegExp]>([
    ["role", { role: "capacity-cache" }, /^role of redis-cache\/vectors\/us-east-1: capacity-cache with allkeys-lru/],
    ["patch version", { engine: { name: "valkey", version: "8.0.1" } }, /^engine of /],
    ["node of no known memory", { node: { name: "cache.r8g.large", memoryMiB: 1, usableMiB: 1 } }, /^node of /],
    ["node of another memory", { node: { ...nodeOf("cache.r7g.large"), usableMiB: 1 } }, /^node of /],
    ["6 replicas", { topology: { kind: "replicated", replicas: 6, failover: "automatic" } }, /^topology of /],
    ["no replicas", { topology: { kind: "replicated", replicas: 0, failover: "automatic" } }, /^topology of /],
    ["no shards", { topology: { kind: "sharded", shards: 0, replicasPerShard: 1 } }, /^topology of /],
    ["hard spread of one node", { topology: { kind: "single" } }, /^placement of /],
    ["hard spread in one zone", { placement: zonal("a", "hard") }, /^placement of /],
    ["zones that nobody names", { placement: { kind: "regional" } }, /^placement of /],
    ["zone without a subnet", { placement: zonal("a,d", "hard") }, /no private subnet in us-east-1d/],
    ["token in the clear", { security: { atRest: true, inTransit: false, auth: true } }, /^security of /],
    ["hourly snapshots", { snapshots: { everyHours: 1, keepDays: 7 } }, /^snapshots of /],
    ["snapshots of 36 days", { snapshots: { everyHours: 24, keepDays: 36 } }, /^snapshots of /],
    [
      "another runtime",
      {
        runtime: {
          kind: "sentinel",
          sentinels: null,
          quorum: 2,
          downAfterSeconds: 5,
          minReplicasToWrite: 1,
          volume: { gib: 4, class: null, bindsLate: null },
        },
      },
      /^runtime of /,
    ],
  ])("is refused with %s", async (_, wrong, message) => {
    await expect(build([cache(wrong)])).rejects.toThrow(message);
  });
});

let serial = 0;

/** A resource as another's program registers it. */
function custom(
  type: string,
  inputs: Resource["inputs"],
  refers: Readonly<Record<string, readonly Resource[]>> = {},
): Resource {
  const name = `their-${serial++}`;
  const propertyDependencies = Object.fromEntries(
    Object.entries(refers).map(([key, list]) => [key, list.map(({ urn }) => urn)]),
  );
  return { ...bareResource({ urn: `urn:pulumi:s::p::${type}::${name}`, type, name, inputs }), propertyDependencies };
}

function theirs(inputs: Resource["inputs"], ...others: readonly Resource[]) {
  const parameters = others.filter(({ type }) => type === PARAMETERS);
  const group = custom(CACHE, inputs, parameters.length > 0 ? { parameterGroupName: parameters } : {});
  const found = read([group, ...others]);
  return { ...found, part: found.parts[0] as Readonly<Record<string, unknown>> };
}

const later = { $unknown: "after-deploy" } as const;

describe("another's cache", () => {
  test("with next to nothing said is read through defaults, and what has none is unknown with its reason", () => {
    expect(theirs({ description: "cache", nodeType: "cache.t3.micro" }).part).toMatchObject({
      engine: { name: "redis", version: { known: false, why: "no-default-known" } },
      topology: { kind: "single" },
      placement: { zones: { known: false, why: "elsewhere" }, spread: "best-effort" },
      // 402653184 of 536870912 bytes (AWS knowledge page on the memory of a node).
      node: { name: "cache.t3.micro", memoryMiB: 512, usableMiB: 384 },
      port: 6379,
      eviction: "volatile-lru",
      role: "capacity-cache",
      crossRegion: { kind: "none" },
      security: { atRest: false, inTransit: false, auth: false },
      snapshots: null,
      region: { known: false, why: "no-default-known" },
    });
    expect(theirs({ engine: "valkey" }).part["security"]).toMatchObject({ atRest: true });
  });

  test("as SST makes it: cluster mode by the parameter group, one shard, nothing to fail over to", () => {
    const parameters = custom(PARAMETERS, {
      family: "redis7",
      parameters: [{ name: "cluster-enabled", value: "yes" }],
    });
    const sst = {
      engine: "redis",
      engineVersion: "7.1",
      nodeType: "cache.t4g.micro",
      numNodeGroups: 1,
      replicasPerNodeGroup: 0,
      automaticFailoverEnabled: true,
      parameterGroupName: later,
      authToken: { $unknown: "secret" },
      transitEncryptionEnabled: true,
    } as const;
    const { part, conflicts } = theirs(sst, parameters);
    expect(part).toMatchObject({
      topology: { kind: "sharded", shards: 1, replicasPerShard: 0 },
      security: { inTransit: true, auth: true },
      eviction: "volatile-lru",
    });
    expect(conflicts).toEqual([]);
  });

  test("counts replicas of one shard without cluster mode", () => {
    expect(theirs({ numNodeGroups: 1, replicasPerNodeGroup: 2 }).part["topology"]).toEqual({
      kind: "replicated",
      replicas: 2,
      failover: "none",
    });
    expect(theirs({ numCacheClusters: 2, automaticFailoverEnabled: true }).part["topology"]).toEqual({
      kind: "replicated",
      replicas: 1,
      failover: "automatic",
    });
    expect(theirs({ numCacheClusters: later }).part["topology"]).toMatchObject({ known: false, why: "after-deploy" });
  });

  test("with a group that AWS keeps is read by its name, and with a group that is elsewhere is unknown", () => {
    const group = (parameterGroupName: string) =>
      theirs({ numNodeGroups: 2, replicasPerNodeGroup: 1, automaticFailoverEnabled: true, parameterGroupName });
    expect(group("default.valkey8.cluster.on").part).toMatchObject({
      topology: { kind: "sharded", shards: 2, replicasPerShard: 1 },
      eviction: "volatile-lru",
    });
    expect(group("default.valkey8.cluster.on").conflicts).toEqual([]);
    expect(group("default.valkey8").conflicts.map(({ field }) => field)).toEqual(["topology"]);
    expect(group("ours").part).toMatchObject({
      topology: { kind: "sharded", shards: 2 },
      eviction: { known: false, why: "elsewhere" },
      role: { known: false, why: "elsewhere" },
    });
  });

  test("has the shards that it states where no group is named, and disagrees with nothing that is not set", () => {
    const shards = (more: Resource["inputs"]) => theirs({ numNodeGroups: 3, replicasPerNodeGroup: 1, ...more });
    const on = shards({ automaticFailoverEnabled: true });
    expect(on.part).toMatchObject({ topology: { kind: "sharded", shards: 3, replicasPerShard: 1 } });
    expect(on.conflicts).toEqual([]);
    expect(shards({}).conflicts).toEqual([]);
    expect(theirs({ numNodeGroups: 1 }).part).toMatchObject({ topology: { kind: "single" } });
    // What is stated still has to agree.
    const said = (more: Resource["inputs"]) =>
      shards(more).conflicts.flatMap(({ says }) => says.map(({ property }) => property));
    expect(said({ automaticFailoverEnabled: false })).toEqual(["automaticFailoverEnabled", "numNodeGroups"]);
    expect(said({ automaticFailoverEnabled: true, clusterMode: "disabled" })).toEqual(["numNodeGroups", "clusterMode"]);
  });

  test("honours the share that the parameter group keeps back", () => {
    const reserved = (value: string) => {
      const parameters = custom(PARAMETERS, { parameters: [{ name: "reserved-memory-percent", value }] });
      return theirs({ nodeType: "cache.t3.micro", parameterGroupName: later }, parameters).part["node"];
    };
    expect(reserved("50")).toMatchObject({ memoryMiB: 512, usableMiB: 256 });
    expect(reserved("0")).toMatchObject({ usableMiB: 512 });
    expect(reserved("100")).toMatchObject({ usableMiB: { known: false, why: "unreadable" } });
  });

  test("that also answers in the clear is not encrypted in transit", () => {
    const mode = (transitEncryptionMode: string) =>
      theirs({ transitEncryptionEnabled: true, transitEncryptionMode }).part["security"];
    expect(mode("required")).toMatchObject({ inTransit: true });
    expect(mode("preferred")).toMatchObject({ inTransit: false });
  });

  test("that fails over with nobody to fail over to conflicts with itself", () => {
    const conflicts = (inputs: Resource["inputs"]) => theirs(inputs).conflicts.map(({ field }) => field);
    expect(conflicts({ numCacheClusters: 1, automaticFailoverEnabled: true })).toEqual(["topology"]);
    expect(conflicts({ numCacheClusters: 2, automaticFailoverEnabled: true })).toEqual([]);
  });

  test("of a global datastore is elsewhere", () => {
    expect(theirs({ globalReplicationGroupId: "ldgnf-vectors" }).part["crossRegion"]).toMatchObject({
      known: false,
      why: "elsewhere",
    });
  });
});

describe("whatever a program says", () => {
  test("the reader does not throw and claims nothing twice", async () => {
    const resources = strip((await build([single, cache(), sharded])).resources);
    const junk = fc.oneof(fc.constant(later), fc.jsonValue()) as fc.Arbitrary<Resource["inputs"][string]>;
    const change = fc.record({ at: fc.nat(), property: fc.nat(), value: junk, cut: fc.boolean(), gone: fc.boolean() });
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 12 }), (changes) => {
        const broken = new Map(resources.map((resource) => [resource.urn, resource]));
        for (const { at, property, value, cut, gone } of changes) {
          const resource = resources[at % resources.length];
          if (resource === undefined) continue;
          const keys = Object.keys(resource.inputs);
          const inputs = { ...resource.inputs, [keys[property % Math.max(1, keys.length)] ?? "any"]: value };
          if (gone) broken.delete(resource.urn);
          else
            broken.set(resource.urn, {
              ...resource,
              inputs,
              propertyDependencies: cut ? {} : resource.propertyDependencies,
            });
        }
        const claims = read([...broken.values()]).claims.map(({ urn }) => urn);
        expect(new Set(claims).size).toBe(claims.length);
      }),
      { numRuns: 500 },
    );
  });
});
