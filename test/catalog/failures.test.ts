import { applicationStart, defaultDeploys, failures, modelLoad, type SourcedInterval } from "../../catalog";

function intervals(value: object): SourcedInterval[] {
  return Object.values(value).flatMap((row: object) => ("measure" in row ? [row as SourcedInterval] : intervals(row)));
}
const all = [failures, applicationStart, modelLoad].flatMap(intervals);

describe("failure rates and lags, whichever provider", () => {
  test("every interval is ordered, positive, named, measurable and dated", () => {
    expect(all.length).toBeGreaterThan(30);
    for (const row of all) {
      expect(row.low).toBeGreaterThan(0);
      expect(row.mid).toBeGreaterThanOrEqual(row.low);
      expect(row.high).toBeGreaterThanOrEqual(row.mid);
      expect(row.measure).toMatch(/^[A-Z].*\.$/);
      expect(row.source.title).not.toBe("");
      expect(row.source.date).toMatch(/^\d{4}-\d{2}(-\d{2})?$/);
      if (row.unit === "probability" || row.unit === "share") expect(row.high).toBeLessThanOrEqual(1);
    }
    expect(new Set(all.map((row) => row.name)).size).toBe(all.length);
  });

  test("what says assumed in its label says so, or why, in its source", () => {
    const zone = failures.zoneUnavailability;
    expect([zone.low, zone.mid, zone.high]).toEqual([1.4e-5, 4e-5, 2e-4]);
    expect(zone.label).toBe("approx");
    expect(failures.betaZone.label).toBe("assumed");
    expect(failures.cacheNodeFailuresPerYear.source.title).toContain(
      "no failure rate of managed cache nodes was found",
    );
  });

  test("the replica's machine part is its rate times its repair", () => {
    const minutesPerYear = 525_600;
    for (const end of ["low", "mid", "high"] as const) {
      const u = (failures.replicaFailuresPerYear[end] * failures.replicaRepairMinutes[end]) / minutesPerYear;
      expect(u / failures.replicaMachineUnavailability[end]).toBeCloseTo(1, 0.8);
    }
  });

  // 5 x .05 x 30 x .25 / 10,080 = 1.86e-4, which is 98 minutes a year.
  test("the default deploy practice costs 98 minutes a year", () => {
    const { perWeek, failureShare, minutes, exposedShare } = defaultDeploys;
    const u = (perWeek.mid * failureShare.mid * minutes.mid * exposedShare.mid) / 10_080;
    expect(u * 525_600).toBeCloseTo(97.8, 1);
    expect(failures.deploys).toBe(defaultDeploys);
  });

  // ELB 180 minutes and NAT 475 minutes in 63 region-years.
  test("balancer and NAT follow from their counted minutes", () => {
    expect(failures.balancerUnavailability.mid).toBeCloseTo(180 / 63 / 525_600, 6);
    expect(failures.natUnavailability.mid).toBeCloseTo(475 / 63 / 525_600, 6);
  });
});
