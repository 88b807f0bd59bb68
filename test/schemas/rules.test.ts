import type { RuleGroup } from "../../components/kubernetes/prometheus-rule";
import { checkRules, promtoolSuite } from "../components/kubernetes/promtool";
import { list, ofKind, renderedStacks, titleOf } from "./rendered";

promtoolSuite("promtool and the rules of every stack", () => {
  test("each file passes, lint included", async () => {
    const files = (await renderedStacks()).flatMap(({ stack, objects }) =>
      ofKind(objects, "PrometheusRule").map((object) => ({
        file: `${stack}: ${titleOf(object)}`,
        groups: list(object, "spec.groups") as readonly RuleGroup[],
      })),
    );
    expect(files.length).toBeGreaterThan(50);
    // Regions differ in their context alone, and have the same files.
    const different = new Map(files.map((each) => [JSON.stringify(each.groups), each]));
    const wrong = [...different.values()].map(({ file, groups }) => ({ file, said: checkRules(groups) }));
    expect(wrong.filter(({ said }) => said !== "")).toEqual([]);
  });

  test("what is no expression is told", () => {
    expect(checkRules([{ name: "g", rules: [{ record: "a:b", expr: "sum(" }] }])).toContain("could not parse");
  });
});
