import type { Resource } from "../../../model";
import { alert, everyAlert, group, topic } from "./parts";
import { record, region, stack } from "./system";

const connected = group("ranker", {
  registry: { kind: "service-connect", name: "ranker" },
  scaling: { kind: "fixed", count: 3 },
  rollout: { surge: 3, unavailable: 0, rollsBack: true, watchesAlarms: false },
});
const built = (alerts = everyAlert("embedding", "ranker")) =>
  record({ groups: [connected, group("embedding")], alerts, topic, balanced: "embedding" });
const alarms = (resources: readonly Resource[]) =>
  new Map(
    resources
      .filter((resource) => resource.type === "aws:cloudwatch/metricAlarm:MetricAlarm")
      .map((alarm) => [alarm.name, alarm.inputs]),
  );

describe("an alarm", () => {
  test("returns exactly one figure, and says no metric beside its queries", async () => {
    for (const inputs of alarms(await built()).values()) {
      const queries = inputs["metricQueries"] as readonly { readonly returnData: boolean }[] | undefined;
      if (queries === undefined) continue;
      expect(queries.filter(({ returnData }) => returnData)).toHaveLength(1);
      expect(
        ["metricName", "namespace", "statistic", "extendedStatistic", "period", "dimensions"].filter(
          (word) => word in inputs,
        ),
      ).toEqual([]);
    }
  });

  test("takes errors that nobody made as none, and hosts that nobody counted as lost", async () => {
    const inputs = alarms(await built());
    expect(inputs.get(`embedding-server-errors-${region}`)?.["treatMissingData"]).toBe("notBreaching");
    expect(inputs.get(`embedding-all-replicas-down-${region}`)?.["treatMissingData"]).toBe("breaching");
  });

  test("says a percentile as such", async () => {
    const { statistic, extendedStatistic } = alarms(await built()).get(`embedding-response-time-${region}`) ?? {};
    expect([statistic, extendedStatistic]).toEqual([undefined, "p99"]);
  });

  test("has a literal name, and tells of its end too", async () => {
    const inputs = alarms(await built()).get(`embedding-memory-${region}`);
    expect(inputs?.["name"]).toBe(`${stack}-embedding-memory`);
    expect(inputs?.["okActions"]).toEqual(inputs?.["alarmActions"]);
    expect(alarms(await built()).get(`embedding-cpu-${region}`)?.["alarmActions"]).toBeUndefined();
  });

  test("is refused on what does not measure it", async () => {
    const unwatched = { surge: 6, unavailable: 0, rollsBack: true, watchesAlarms: false };
    const built = (alerts: readonly ReturnType<typeof alert>[]) =>
      record({ groups: [connected, group("embedding", { rollout: unwatched })], alerts, topic, balanced: "embedding" });
    await expect(built([alert("availability-burn", `redis-cache/vectors/${region}`)])).rejects.toThrow(
      /measured on balancer, got cache/,
    );
    await expect(built([alert("nat-ports", `load-balancer/embedding/${region}`)])).rejects.toThrow(
      /measured on nat, got balancer/,
    );
  });
});

describe("the topic", () => {
  test("is encrypted with a key of its own, which alarms may use", async () => {
    const resources = await built();
    const found = resources.find((resource) => resource.type === "aws:sns/topic:Topic");
    const [key] = resources.filter((resource) => resource.type === "aws:kms/key:Key");
    expect(found?.propertyDependencies["kmsMasterKeyId"]).toEqual([key?.urn]);
    expect(String(key?.inputs["policy"])).toContain("cloudwatch.amazonaws.com");
    expect(key?.inputs["enableKeyRotation"]).toBe(true);
  });
});
