import { bareResource, known, resourceGraph, type PartReader } from "../../model";
import { checkEveryInput } from "./every-input";

const resource = bareResource({
  urn: "urn:1",
  type: "t",
  name: "one",
  inputs: { count: 3, document: '{"size":[{"of":"m"}]}', words: "any" },
});

function reader(fields: Readonly<Record<string, string>>, ignored: Readonly<Record<string, string>>): PartReader {
  return {
    read: (graph) => ({
      parts: graph.ofType("t").map(({ urn, inputs }) => ({
        kind: "dashboard" as const,
        key: "dashboard/one/r",
        workload: "one",
        region: known(`${String(inputs["count"])} ${String(inputs["document"])}`, urn),
        runtime: { kind: "cloudwatch" as const },
      })),
      claims: graph.ofType("t").map(({ urn }) => ({ urn, part: null, carries: "fields" as const })),
      conflicts: [],
    }),
    inputs: { t: { fields, ignored } },
  };
}

describe("checkEveryInput", () => {
  const told = { count: "region", "document.size[].of": "region" };

  test("finds nothing where each input is told or ignored with a reason", () => {
    expect(checkEveryInput([resource], reader(told, { words: "words" }))).toEqual([]);
  });

  test("finds an input in no table, one ignored without a reason, and one that sets another field", () => {
    expect(checkEveryInput([resource], reader(told, {}))).toEqual(["t words is in no table"]);
    expect(checkEveryInput([resource], reader(told, { words: "" }))).toEqual(["t words is ignored without a reason"]);
    expect(checkEveryInput([resource], reader({ ...told, count: "runtime" }, { words: "words" }))).toEqual([
      "t count: changing it does not change runtime",
    ]);
    expect(resourceGraph([resource]).ofType("t")).toHaveLength(1);
  });
});
