import type { RuleResult } from "../../model";
import { reportOf } from "../../preview/report";
import { workings } from "../../preview/workings";
import { stacks } from "../components/kubernetes/stacks";

/** What another part of the environment decides: its alarms and prices. */
const elsewhere = ["alarms-notify", "need-watched", "everything-priced", "budget"];

/** Beside them: what fails or stays open in each stack, by what the stack asks for. */
const expected: Readonly<Record<string, readonly string[]>> = {
  // Of what nines' own words ask nothing that counts fails.
  prod: [],
  // One of its sidecars is named by a tag.
  "prod with sidecars, secrets and limits": ["fail image-pinned"],
  "prod with secrets of a store, in a namespace that is there, without metrics": ["fail image-pinned"],
};

describe.each(stacks.filter(([name]) => Object.hasOwn(expected, name)))("%s", (name, record) => {
  let results: readonly RuleResult[];
  beforeAll(async () => {
    const { resources } = await record();
    results = reportOf({ stack: "embedding-prod", resources, origin: "recorded", asOf: "2026-11-21" }, workings).rules;
  });

  test("what counts and does not pass is what was asked for", () => {
    const open = results.filter(
      ({ verdict, severity, id }) => verdict !== "pass" && severity === "mandatory" && !elsewhere.includes(id),
    );
    expect([...new Set(open.map(({ verdict, id }) => `${verdict} ${id}`))]).toEqual(expected[name]);
  });

  test("no fix speaks of another provider", () => {
    const words = results
      .map(({ message, fix }) => `${message} ${fix}`)
      .filter((each) => /deployment(CircuitBreaker|Minimum)|instanceRefresh|CloudWatch/i.test(each));
    expect(words).toEqual([]);
  });

  test("each pod is judged by the rules of pods", () => {
    const passed = new Set(results.filter(({ verdict }) => verdict === "pass").map(({ id }) => id));
    for (const id of [
      "budget-there",
      "drain-possible",
      "spread-survives-zone",
      "selectors-find-pods",
      "names-resolve",
      "grace-outlasts-stop",
      "startup-budget",
    ])
      expect(passed).toContain(id);
  });
});
