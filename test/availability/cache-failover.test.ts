import { availabilityOf } from "../../availability";
import { failoverSeconds, sentinelTiming } from "../../catalog/kubernetes";
import { asReading, type RedisCache } from "../../model";
import { cache, plan } from "../policies/fixture";

const replicated = { kind: "replicated", replicas: 2, failover: "automatic" } as const;

/** Minutes a year that a cache by itself is away because a node of it failed. */
function minutesOf(runtime: RedisCache["runtime"]): number {
  const parts = [asReading(cache({ topology: replicated, runtime }))];
  const told = availabilityOf(parts, plan({ parts: [], demand: [] }));
  const found = told?.lostTo.find(({ cause }) => cause === "cache");
  if (found === undefined) throw new Error("no cause");
  return found.minutesPerYear;
}

describe("a cache whose master fails", () => {
  const sentinel = {
    kind: "sentinel",
    sentinels: null,
    quorum: 2,
    downAfterSeconds: 5,
    minReplicasToWrite: 1,
    volume: { gib: 4, class: null, bindsLate: null },
  } as const;

  test("is away for what its Sentinels are set to, not for what a managed one takes", () => {
    const { failures } = plan();
    const managed = minutesOf({ kind: "elasticache", quorum: null });
    expect(managed).toBeCloseTo((failures.cacheNodeFailuresPerYear * failures.cacheFailoverSeconds) / 60, 9);
    const { high } = failoverSeconds(sentinelTiming, "silence");
    expect(minutesOf(sentinel)).toBeCloseTo((failures.cacheNodeFailuresPerYear * high) / 60, 9);
  });

  test("is away longer the later Sentinels see it, and longer where it needs a replica to take writes", () => {
    const base = minutesOf(sentinel);
    expect(minutesOf({ ...sentinel, downAfterSeconds: 6 })).toBeGreaterThan(base);
    expect(minutesOf({ ...sentinel, minReplicasToWrite: 0 })).toBeLessThan(base);
  });
});
