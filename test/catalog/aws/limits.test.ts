import { allLimits, awsLags, ecsScalerLag, limit, limits, matchesForm, quotaLimits, slas } from "../../../catalog/aws";

describe("limits of AWS", () => {
  test("each has a bound or a form, a unit, a quote and a dated source", () => {
    expect(allLimits().length).toBeGreaterThan(110);
    for (const row of allLimits()) {
      expect([row.id, row.min ?? row.max ?? row.values ?? row.pattern]).not.toEqual([row.id, undefined]);
      if (row.min !== undefined && row.max !== undefined) expect(row.max).toBeGreaterThanOrEqual(row.min);
      expect(row.unit).not.toBe("");
      expect(row.quote.length).toBeGreaterThan(4);
      expect(row.source.date).toMatch(/^\d{4}-\d{2}(-\d{2})?$/);
    }
  });

  test("those of the reference that builders lean on most", () => {
    expect([limits["fargate-vcpus"].max, limits["fargate-vcpus"].raisable]).toEqual([6, true]);
    expect([limits["health-check-interval"].min, limits["health-check-interval"].max]).toEqual([5, 300]);
    expect([limits["stop-timeout"].max, limits["deregistration-delay"].max, limits["idle-timeout"].max]).toEqual([
      120, 3600, 4000,
    ]);
    expect([
      limits["tasks-per-service"].max,
      limits["service-connect-tasks"].max,
      limits["targets-per-group"].max,
    ]).toEqual([5000, 1000, 1000]);
    expect([limits["cache-clusters"].max, limits["cache-snapshot-days"].max]).toEqual([6, 35]);
  });

  test("a number that was not found in a text says so", () => {
    expect(
      allLimits()
        .filter((row) => row.verified === false)
        .map((row) => row.id),
    ).toEqual(["elastic-ips-per-region", "nat-gateways-per-zone", "firelens-routers"]);
    for (const id of Object.values(quotaLimits)) expect(limit(id).raisable).toBe(true);
  });

  test.each([
    ["target-group-name", "a".repeat(32), true],
    ["target-group-name", "a".repeat(33), false],
    ["target-group-name", "-a", false],
    ["target-group-name", "a-", false],
    ["balancer-name", "internal-a", false],
    ["balancer-name", "internals", true],
    ["replication-group-id", "a".repeat(40), true],
    ["replication-group-id", "a".repeat(41), false],
    ["replication-group-id", "a--b", false],
    ["replication-group-id", "1a", false],
    ["replication-group-id", "a-", false],
    ["cache-auth-token", "a".repeat(15), false],
    ["cache-auth-token", "a!&#$^<>-".padEnd(16, "b"), true],
    ["cache-auth-token", "a@".padEnd(16, "b"), false],
    ["valkey-version", "8.1", true],
    ["valkey-version", "8.1.0", false],
    ["alarm-query-id", "e1", true],
    ["alarm-query-id", "E1", false],
    ["service-connect-name", "Embedding", false],
    ["stop-timeout", "anything", true],
  ] as const)("%s takes %j: %s", (id, value, taken) => {
    expect(matchesForm(id, value)).toBe(taken);
  });
});

describe("lags of AWS", () => {
  const parts = (end: "low" | "mid" | "high", fast: boolean) => {
    const lag = ecsScalerLag(end, fast, 26);
    return { trigger: lag.metricPeriodSeconds * lag.evaluationPeriods + lag.decideSeconds, lag };
  };

  test("metric periods and decision add up to the measured time to trigger, at every end", () => {
    for (const end of ["low", "mid", "high"] as const) {
      expect(parts(end, false).trigger).toBe(awsLags.triggerSeconds.standard[end]);
      expect(parts(end, true).trigger).toBe(awsLags.triggerSeconds.fast[end]);
    }
    expect([parts("mid", false).trigger, parts("mid", true).trigger]).toEqual([363, 86]);
  });

  // 363 + 57 + start 6 + two 10 s checks = 446; with 20 s metrics 169.
  test("with a start of 6 s and two checks of 10 s the whole is 446 s, and 169 s with fast metrics", () => {
    for (const [fast, whole] of [
      [false, 446],
      [true, 169],
    ] as const) {
      const { trigger, lag } = parts("mid", fast);
      expect(trigger + lag.scheduleSeconds + lag.startSeconds + lag.warmUpSeconds).toBe(whole);
    }
  });
});

test("published SLAs are percents of a month with a source", () => {
  expect(slas["compute-region"].percent).toBe(99.99);
  expect(slas["elasticache-single-zone"].percent).toBe(99.5);
  for (const sla of Object.values(slas)) {
    expect(sla.percent).toBeGreaterThan(99);
    expect(sla.percent).toBeLessThanOrEqual(100);
    expect(sla.source.title).not.toBe("");
  }
});
