import { requestOf } from "../../capacity";
import { configured, tables } from "../stacks";

function mistakesOf(replicas: unknown) {
  const file = configured("embedding-prod", { replicas });
  const asked = requestOf({
    stack: file.stack,
    file: file.file,
    config: file.config,
    systems: tables.systems,
    environments: tables.environments,
  });
  return asked.ok ? [] : asked.mistakes;
}

describe("bounds of the scaler", () => {
  test.each([
    ["min above max", { embedding: { min: 5, max: 4 } }, "nines:replicas.embedding.max", 4],
    ["a workload that is not there", { embeding: { min: 2 } }, "nines:replicas.embeding", "embeding"],
    ["less than one", { embedding: { min: 0 } }, "nines:replicas.embedding.min", 0],
    ["a part of a replica", { embedding: { min: 1.5 } }, "nines:replicas.embedding.min", 1.5],
  ])("%s is a mistake", (_, replicas, key, given) => {
    expect(mistakesOf(replicas)).toEqual([expect.objectContaining({ key, given })]);
  });

  test("a cache has none", () => {
    expect(mistakesOf({ vectors: { min: 2 } })).toHaveLength(1);
  });

  test("min equal to max is not", () => {
    expect(mistakesOf({ embedding: { min: 50, max: 50 } })).toEqual([]);
  });
});
