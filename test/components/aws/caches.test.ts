import * as aws from "@pulumi/aws";
import { loneCacheReader } from "../../../components/aws/lone-cache.read";
import { serverlessCacheReader } from "../../../components/aws/serverless-cache.read";
import { costOf } from "../../../cost";
import { resourceGraph, type PartReader, type Resource } from "../../../model";
import { checkEveryInput } from "../every-input";
import { strip } from "../strip";
import { aNetwork, holdsWhateverIsSaid, readBy, recorded, region } from "./data-program";

const zones = ["us-east-1a", "us-east-1b", "us-east-1c"];

function program() {
  const { opts, vpc, subnetIds } = aNetwork();
  const firewall = new aws.ec2.SecurityGroup("cache", { vpcId: vpc.id }, opts);
  const group = new aws.elasticache.SubnetGroup("cache", { subnetIds }, opts);
  const parameters = new aws.elasticache.ParameterGroup(
    "cache",
    { family: "redis7", parameters: [{ name: "maxmemory-policy", value: "allkeys-lru" }] },
    opts,
  );
  const common = { engine: "redis", engineVersion: "7.1", nodeType: "cache.t4g.micro" } as const;
  new aws.elasticache.Cluster(
    "sessions",
    {
      ...common,
      numCacheNodes: 1,
      port: 6380,
      subnetGroupName: group.name,
      parameterGroupName: parameters.name,
      securityGroupIds: [firewall.id],
      snapshotRetentionLimit: 3,
      region,
    },
    opts,
  );
  new aws.elasticache.Cluster("pinned", { ...common, availabilityZone: "us-east-1b" }, opts);
  new aws.elasticache.Cluster("pages", { engine: "memcached", nodeType: "cache.t4g.micro", numCacheNodes: 2 }, opts);
  new aws.elasticache.Cluster("member", { replicationGroupId: "group" }, opts);
  new aws.elasticache.ServerlessCache(
    "by-use",
    {
      engine: "valkey",
      majorEngineVersion: "8",
      subnetIds,
      securityGroupIds: [firewall.id],
      cacheUsageLimits: { dataStorage: { maximum: 10, unit: "GB" } },
      userGroupId: "callers",
      snapshotRetentionLimit: 1,
      region,
    },
    opts,
  );
  new aws.elasticache.ServerlessCache("plain", { engine: "redis" }, opts);
  new aws.elasticache.ServerlessCache("pages-by-use", { engine: "memcached" }, opts);
}

const readers: readonly (readonly [string, PartReader])[] = [
  ["lone", loneCacheReader],
  ["serverless", serverlessCacheReader],
];

describe("a program's caches", () => {
  let resources: readonly Resource[];
  beforeAll(async () => {
    resources = await recorded(program);
  });
  const named = (reader: PartReader, workload: string) =>
    readBy(reader, resources).parts.find((part) => part["workload"] === workload);

  test("a lone node of Redis", () => {
    expect(named(loneCacheReader, "sessions")).toEqual({
      kind: "redis-cache",
      key: "redis-cache/sessions/us-east-1",
      workload: "sessions",
      region,
      engine: { name: "redis", version: "7.1" },
      topology: { kind: "single" },
      placement: { kind: "zonal", zones, spread: "best-effort" },
      // 536870912 bytes, three quarters of them for data.
      node: { name: "cache.t4g.micro", memoryMiB: 512, usableMiB: 384 },
      port: 6380,
      eviction: "allkeys-lru",
      role: "latency-cache",
      crossRegion: { kind: "none" },
      security: { atRest: false, inTransit: false, auth: false },
      snapshots: { everyHours: 24, keepDays: 3 },
      runtime: { kind: "elasticache", quorum: null },
    });
    expect(named(loneCacheReader, "pinned")).toMatchObject({
      placement: { zones: ["us-east-1b"] },
      port: 6379,
      eviction: "volatile-lru",
      snapshots: null,
    });
  });

  test("Memcached, and a node that joins a group, are claimed by nobody", () => {
    const claimed = readers.flatMap(([, reader]) => readBy(reader, resources).claims.map(({ urn }) => urn));
    const left = resources.filter(({ type, urn }) => type.startsWith("aws:elasticache/") && !claimed.includes(urn));
    expect(left.map(({ name }) => name).sort()).toEqual(["member", "pages", "pages-by-use"]);
  });

  test("a serverless cache fails over and encrypts by itself, and is billed by use", () => {
    expect(named(serverlessCacheReader, "by-use")).toMatchObject({
      engine: { name: "valkey", version: "8" },
      topology: { kind: "replicated", replicas: 1, failover: "automatic" },
      placement: { kind: "zonal", zones, spread: "hard" },
      node: { name: "serverless", memoryMiB: 10240 },
      security: { atRest: true, inTransit: true, auth: true },
      snapshots: { everyHours: 24, keepDays: 1 },
      runtime: { kind: "elasticache-serverless" },
    });
    expect(named(serverlessCacheReader, "plain")).toMatchObject({
      engine: { name: "redis", version: { known: false } },
      node: { memoryMiB: { known: false } },
      security: { auth: false },
      snapshots: null,
    });
    const parts = serverlessCacheReader.read(resourceGraph(resources)).parts.slice(0, 1);
    const { lines, unpriced } = costOf(parts, null);
    expect([lines, unpriced.map(({ item, why }) => [item, why])]).toEqual([
      [],
      [
        ["elasticache serverless data", "needs demand"],
        ["elasticache serverless ECPU", "needs demand"],
      ],
    ]);
  });

  test.each(readers)("%s: each input sets the field that the table says", (_, reader) => {
    expect(checkEveryInput(strip(resources), reader)).toEqual([]);
  });

  test.each(readers)("%s: whatever a program says, the reader does not throw", (_, reader) => {
    holdsWhateverIsSaid(resources, reader);
  });
});
