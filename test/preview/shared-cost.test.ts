import fc from "fast-check";
import type { Report } from "../../model";
import { sharedCosts, sharedLines } from "../../preview/shared-cost";
import { aPlan, aReport } from "./a-report";

const cost = (expected: number): Report["cost"] => ({
  perMonthUsd: { min: expected, expected, max: expected },
  partial: false,
  lines: [],
  unpriced: [],
});

function stack(name: string, mean: number | null, references: readonly string[] = []): Report {
  const plan = aPlan();
  const [entry] = plan.demand;
  if (entry === undefined) throw new Error("the plan has a demand");
  const demand = [{ ...entry, entry: true, requestsPerSecond: { mean: mean ?? 0, peak: 2 * (mean ?? 0) } }];
  return {
    ...aReport(),
    stack: name,
    planned: mean === null ? null : { ok: true, plan: { ...plan, demand } },
    cost: cost(90),
    references,
  };
}

const platform = stack("platform", null);

test("a stack that others refer to is shared by their mean requests", () => {
  // 90 USD for 40 and 20 requests a second: 60 and 30.
  const [shared, ...more] = sharedCosts([
    stack("web", 40, ["organization/shop/platform"]),
    platform,
    stack("orders", 20, ["platform"]),
    stack("alone", 80),
  ]);
  expect(more).toEqual([]);
  expect(shared).toEqual({
    stack: "platform",
    perMonthUsd: 90,
    by: "requests",
    shares: [
      { stack: "web", perMonthUsd: 60 },
      { stack: "orders", perMonthUsd: 30 },
    ],
  });
});

test("where one's requests are not known it is shared evenly, and says so", () => {
  const reports = [stack("web", 40, ["a/b/platform"]), stack("legacy", null, ["a/b/platform"]), platform];
  expect(sharedLines(reports)).toEqual([
    "shared    platform, 90 USD/month in the total once; shares evenly, since not all requests are known:",
    "          web 45, legacy 45",
  ]);
});

test("nothing is shared where nobody refers to a stack of the preview, or only a stack to itself", () => {
  expect(sharedCosts([platform, stack("web", 40, ["a/b/other"]), stack("self", 1, ["a/b/self"])])).toEqual([]);
});

test("shares add up to the whole", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 1e6 }), { minLength: 1, maxLength: 6 }), (means) => {
      const users = means.map((mean, index) => stack(`s${index}`, mean, ["platform"]));
      const [shared] = sharedCosts([platform, ...users]);
      expect(shared?.shares.reduce((sum, share) => sum + share.perMonthUsd, 0)).toBeCloseTo(90, 9);
    }),
  );
});
