import { certainPlan } from "../../capacity";
import { describeInfeasible, type Infeasible, type Planned, type Report } from "../../model";
import { infeasibleText } from "../../preview/infeasible";
import { configured, requestFor } from "../stacks";
import { aReport } from "./a-report";

const load = { "nines:load": { requestsPerSecond: { mean: 2_000_000, peak: 20_000_000 } } };

function refused(planned: Planned): Extract<Planned, { readonly ok: false }> {
  if (planned.ok) throw new Error("plans");
  return planned;
}
const three = refused(certainPlan(requestFor(configured("model-serving-prod", load))));
const report = (planned: Planned): Report => ({ ...aReport(), stack: "model-serving-prod", planned });
const flat = (text: string): string => text.replaceAll(/\s+/g, " ");

describe("what three regions cannot have", () => {
  test("is said once, with the regions, the number first and then whose it is", () => {
    const text = flat(infeasibleText(report(three)));
    expect(text).toContain(
      "replica group model-server in eu-west-1, us-east-1, us-west-2 needs 780,003 replicas (scaling.min); 150,000 at most: pods of one cluster (",
    );
    expect(text.match(/pods of one cluster/g)).toHaveLength(1);
    expect(text.match(/redis cache features/g)).toHaveLength(1);
  });

  test("what one of them alone cannot have names it", () => {
    const [, last] = [three.infeasible[0], three.infeasible.at(-1)];
    const text = flat(infeasibleText(report({ ...three, infeasible: [last as Infeasible] })));
    expect(text).toContain("in eu-west-1 needs");
  });

  test("a program's error says each limit once, too", () => {
    const text = describeInfeasible("model-serving-prod", three.infeasible);
    expect(text.match(/pods of one cluster/g)).toHaveLength(1);
    expect(text).toContain("replica-group/model-server/us-east-1, replica-group/model-server/us-west-2");
    expect(text).toContain("need 780,003 replicas");
  });

  test("an objective is asked of all regions together", () => {
    const asked = { "nines:objectives": { survive: "region", availability: 0.999999 } };
    const found = refused(certainPlan(requestFor(configured("model-serving-prod", asked))));
    expect(flat(infeasibleText(report(found)))).toMatch(
      /99\.9999 % of the time is asked \(availability\); 99\.\d+ % at most: what 3 regions give here/,
    );
  });
});

test("one region is not named", () => {
  const planned = refused(certainPlan(requestFor(configured("embedding-prod", load))));
  expect(infeasibleText(report(planned))).not.toContain(" in us-east-1 needs");
});

test("of one component: numbers are grouped, what is asked of the time is not rounded, and what can be had is never more than said", () => {
  const source = { title: "a", date: "2026-11-21" };
  const limit = { name: "most", source, raisable: false };
  const told = (refusal: Pick<Infeasible, "field" | "asked" | "unit"> & { readonly most: number }): string => {
    const { most, ...rest } = refusal;
    const alternatives = [{ set: { load: 1 }, perMonthUsd: { min: 1, expected: 4_786_707.4, max: 1 } }];
    return describeInfeasible("web", [
      { part: "replica-group/web/us-east-1", ...rest, limit: { ...limit, value: most }, alternatives },
    ]);
  };
  const replicas = told({ field: "scaling.min", asked: 54_000_000_000, unit: "replicas", most: 150_000 });
  expect(replicas).toContain("needs 54,000,000,000 replicas; most: 150,000");
  expect(replicas).toContain("(4,786,707 USD/month)");
  const time = { field: "availability", unit: "share of time" };
  expect(told({ ...time, asked: 0.9999999, most: 0.99978 })).toContain(
    "99.99999 % of the time is asked (availability); most: 99.978 %",
  );
  expect(told({ ...time, asked: 0.999, most: 0.9999999 })).toContain("most: 99.9999 %");
});
