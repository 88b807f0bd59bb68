import { nodePoolsOf } from "../../capacity/node-pools";
import { readersOf, readParts } from "../../components/readers";
import { plain, resourceGraph, type ReadPart, type Target } from "../../model";
import { comparePlanned } from "../../policies";
import type { RecordedStack } from "../stacks";
import { checkEveryInput } from "./every-input";
import { differs, strip } from "./strip";

/**
 * The law: what is built reads back as what was planned, by one reader each, and by every input.
 * @param shownElsewhere problems of inputs whose effect this stack cannot show, and others do
 * @returns what was recorded, for tests of a target's own
 */
export function theLaw(
  target: Target,
  record: () => Promise<RecordedStack>,
  shownElsewhere: readonly string[],
): () => RecordedStack {
  let recorded: RecordedStack;
  beforeAll(async () => {
    recorded = await record();
  });
  const read = () => readParts(target, resourceGraph(recorded.resources));
  /** What is read, and the nodes that it needs. */
  const partsOf = (resources: RecordedStack["resources"]): readonly ReadPart[] => {
    const { parts } = readParts(target, resourceGraph(resources));
    return [...parts, ...nodePoolsOf(parts, recorded.plan.nodes)];
  };

  test("what is built reads back as what was planned", () => {
    expect(comparePlanned(recorded.plan.parts, partsOf(recorded.resources)).mismatches).toEqual([]);
    expect(differs(recorded.plan.parts, partsOf(strip(recorded.resources)).map(plain))).toBeUndefined();
  });

  test("with its names, each Part comes back under its own key", () => {
    const keys = partsOf(recorded.resources).map(({ key }) => key);
    expect([...keys].sort()).toEqual(recorded.plan.parts.map(({ key }) => key).sort());
  });

  test("no input conflicts with another", () => {
    expect(read().conflicts).toEqual([]);
  });

  test("each resource is claimed by one reader and no more", () => {
    const claimed = read().claims.map(({ urn }) => urn);
    expect([...claimed].sort()).toEqual([...new Set(claimed)].sort());
    const custom = recorded.resources
      .filter(({ custom: own, type }) => own && !type.startsWith("pulumi:providers:"))
      .map(({ urn }) => urn);
    expect(custom.filter((urn) => !claimed.includes(urn))).toEqual([]);
  });

  test("each input is in its reader's table: it changes its field, makes a conflict, or is ignored for a reason", () => {
    const stripped = strip(recorded.resources);
    const claimed = new Set<string>();
    const problems = readersOf(target).flatMap((reader) => {
      const before = new Set(claimed);
      for (const { urn } of reader.read(resourceGraph(stripped), before).claims) claimed.add(urn);
      return checkEveryInput(stripped, reader, before);
    });
    expect(problems.filter((problem) => !shownElsewhere.includes(problem))).toEqual([]);
  });

  test("names are stable: another recording registers the same", async () => {
    expect((await record()).resources.map(({ urn }) => urn)).toEqual(recorded.resources.map(({ urn }) => urn));
  });

  return () => recorded;
}
