import { SecurityGroup, Subnet, Vpc } from "@pulumi/aws/ec2";
import { Provider } from "@pulumi/aws/provider";
import { Cache, type CacheArgs } from "../../components/aws/library";
import { readParts } from "../../components/readers";
import { plansIn, resourceGraph, type RedisCache, type Resource } from "../../model";
import { comparePlanned } from "../../policies";
import { ofType, one, recordProgram, refused } from "./a-service";

/** The least that a cache says. */
const least: CacheArgs = {
  entries: 200_000,
  keyBytes: 40,
  valueBytes: 500,
  load: { requestsPerSecond: { mean: 400, peak: 1200 } },
  network: { create: true, nat: "none", zones: ["us-east-1a", "us-east-1b"] },
  alerts: { emails: ["oncall@example.com"] },
};

const recordCache = (args: CacheArgs) =>
  recordProgram(() => {
    const { url, endpoint, replicas, costPerMonthUsd, availability } = new Cache("sessions", args);
    return { url, endpoint, replicas, costPerMonthUsd, availability };
  });

function planned(resources: readonly Resource[]) {
  const [found, ...others] = plansIn(resources);
  if (found === undefined || others.length > 0) throw new Error("one plan is expected");
  return found;
}

function partIn(resources: readonly Resource[]): RedisCache {
  const found = planned(resources).plan.parts.find((part) => part.kind === "redis-cache");
  if (found?.kind !== "redis-cache") throw new Error("no cache is planned");
  return found;
}

function differences(resources: readonly Resource[]) {
  const { parts, conflicts } = readParts("aws", resourceGraph(resources));
  return { ...comparePlanned(planned(resources).plan.parts, parts), conflicts };
}

describe("a cache in any program", () => {
  test("seven lines are planned, built, alarmed and read back as planned; no cluster, no balancer", async () => {
    const { resources, outputs } = await recordCache(least);
    expect(differences(resources)).toEqual({ mismatches: [], unread: [], conflicts: [] });
    expect(planned(resources).component).toBe("urn:pulumi:prod::shop::nines:aws:Cache::sessions");
    expect(partIn(resources)).toMatchObject({
      topology: { kind: "replicated", replicas: 1, failover: "automatic" },
      placement: { zones: ["us-east-1a", "us-east-1b"], spread: "hard" },
    });
    expect(outputs).toMatchObject({
      replicas: 2,
      url: { $unknown: "after-deploy" },
      endpoint: { $unknown: "after-deploy" },
    });
    expect(ofType(resources, "aws:cloudwatch/metricAlarm:MetricAlarm")).toHaveLength(3);
    expect(resources.filter(({ type }) => /^aws:(ecs|lb)\//.test(type))).toEqual([]);
  });

  test("its cost is what its Parts cost by themselves", async () => {
    const { resources, outputs } = await recordCache(least);
    const { costOf } = await import("../../cost");
    const { parts } = readParts("aws", resourceGraph(resources));
    expect(outputs["costPerMonthUsd"]).toBeCloseTo(costOf(parts, planned(resources).plan).perMonthUsd.expected, 1);
  });

  test("what it loses, it loses to its region and its failover; by itself in one zone, to the zone too; never to deploys", async () => {
    const causes = async (args: CacheArgs): Promise<readonly string[]> =>
      planned((await recordCache(args)).resources).plan.availability!.lostTo.map(({ cause }) => cause);
    expect(await causes(least)).toEqual(["region", "cache"]);
    expect(await causes({ ...least, tier: "dev" })).toEqual(["zones", "region", "cache"]);
    const { plan } = planned((await recordCache(least)).resources);
    const { failures, availability } = plan;
    // One shard, 30 s of failover for each failure of its primary.
    const cache = (failures.cacheNodeFailuresPerYear * (failures.cacheFailoverSeconds / 60)) / 525_600;
    expect(availability!.unavailability).toBeCloseTo(failures.regionUnavailability + cache, 12);
  });

  test("look-ups choose the shards: a look-up and a write for each miss, 50,000 operations a second and shard at worst", async () => {
    const { resources, outputs } = await recordCache({
      ...least,
      load: { requestsPerSecond: { mean: 10_000, peak: 60_000 } },
    });
    // 120,000 operations are 2.4 shards.
    expect(partIn(resources).topology).toEqual({ kind: "sharded", shards: 3, replicasPerShard: 1 });
    expect(outputs["replicas"]).toBe(6);
    expect(differences(resources).mismatches).toEqual([]);
  });

  test("nodes that one alarm cannot watch have several, ten a piece, and each node is in one of each signal", async () => {
    // 250,000 operations are five shards of two nodes; one look-up more is a sixth shard.
    const at = async (peak: number) => {
      const { resources, outputs } = await recordCache({
        ...least,
        load: { requestsPerSecond: { mean: 10_000, peak } },
      });
      expect(differences(resources)).toEqual({ mismatches: [], unread: [], conflicts: [] });
      const lag = ofType(resources, "aws:cloudwatch/metricAlarm:MetricAlarm").filter(({ urn }) => /lag/.test(urn));
      // Ids are known only after deploy, so their places are counted: a node that two alarms watch would be one too many.
      expect(lag.flatMap(({ inputs }) => inputs["metricQueries"])).toHaveLength(
        Number(outputs["replicas"]) + lag.length,
      );
      return planned(resources).plan.parts.flatMap((part) => (part.kind === "alert" ? [part] : []));
    };
    const watched = (alerts: Awaited<ReturnType<typeof at>>) =>
      alerts.map(({ workload, metrics }) => `${workload} ${metrics}`).sort();
    expect(watched(await at(125_000))).toEqual([
      "sessions-cache-evictions 10",
      "sessions-cache-memory 10",
      "sessions-cache-replication-lag 10",
    ]);
    expect(watched(await at(125_001))).toEqual([
      "sessions-cache-evictions 10",
      "sessions-cache-memory 10",
      "sessions-cache-replication-lag 10",
      "sessions-from-11-cache-evictions 2",
      "sessions-from-11-cache-memory 2",
      "sessions-from-11-cache-replication-lag 2",
    ]);
  });

  test("who may reach it is let in; ids may be known only after deploy", async () => {
    const { resources } = await recordProgram(() => {
      const provider = new Provider("elsewhere", { region: "us-east-1" });
      const vpc = new Vpc("main", { cidrBlock: "10.0.0.0/16" });
      const subnet = (zone: string) => new Subnet(zone, { vpcId: vpc.id, availabilityZone: zone }).id;
      const callers = [new SecurityGroup("web", { vpcId: vpc.id }).id];
      const privateSubnetIds = { "us-east-1a": subnet("us-east-1a"), "us-east-1b": subnet("us-east-1b") };
      const network = { existing: { vpcId: vpc.id, privateSubnetIds } };
      new Cache("sessions", { ...least, network, callers, tags: { team: "shop" } }, { providers: { aws: provider } });
    });
    const rule = one(resources, "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule");
    expect(rule.inputs).toMatchObject({ fromPort: 6379, toPort: 6379, tags: { team: "shop" } });
    expect(rule.propertyDependencies["referencedSecurityGroupId"]).toEqual([
      "urn:pulumi:prod::shop::aws:ec2/securityGroup:SecurityGroup::web",
    ]);
    expect(JSON.stringify(resources)).not.toMatch(/(vpc|subnet)-0000000/);
    // The program's own network is in no plan.
    expect(differences(resources).mismatches.map(({ key }) => key)).toEqual(["network/main/us-east-1"]);
  });

  test("a transform has the last word on one child", async () => {
    const { resources } = await recordCache({
      ...least,
      transform: { cache: { replicationGroup: { maintenanceWindow: "mon:05:00-mon:06:00" } } },
    });
    expect(one(resources, "aws:elasticache/replicationGroup:ReplicationGroup").inputs["maintenanceWindow"]).toBe(
      "mon:05:00-mon:06:00",
    );
  });
});

describe("mistakes", () => {
  test("all at once, by argument, before anything is registered", async () => {
    const message = await refused(() =>
      recordCache({
        ...least,
        entries: 0,
        load: { requestsPerSecond: { mean: 400, peak: 120 } },
        keyBytes: 0,
        image: "registry.example.com/web:1",
      } as unknown as CacheArgs),
    );
    expect(message).toMatch(/^4 mistakes in Cache "sessions"\n/);
    const keys = [...message.matchAll(/^ {2}(\S+) {3}got/gm)].map(([, key]) => key);
    expect(keys.sort()).toEqual(["entries", "image", "keyBytes", "load.requestsPerSecond.peak"]);
    expect(message).not.toMatch(/nines:|environments\.|systems\./);
  });

  test("an objective that one region cannot give is refused with what plans", async () => {
    const message = await refused(() => recordCache({ ...least, availability: 0.99999 }));
    expect(message).toMatch(/^Cache "sessions" cannot be planned/);
    expect(message).toMatch(/plans: .*availability/);
  });
});
