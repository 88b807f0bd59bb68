import { asReading, type Part, type ReadPart } from "../../model";
import { judge, type Subject } from "../../policies";
import { otherCases } from "./deployable-cases";
import { serviceCases } from "./deployable-service-cases";
import { cost, group, groupKey, lambda, of, rule, subject } from "./fixture";
import { cases } from "./rule-cases";

/** Words of nines' own configuration: in another's program nobody can set them. */
const own = /environment prod|in the environment|network\.nat|transform|minReplicas|logDays|alerts\.emails|nines:/;

const foreign = (fixes: readonly { readonly id: string; readonly fix: string }[]): readonly string[] =>
  [...new Set(fixes.map(({ id, fix }) => `${id}: ${fix}`))].filter((fix) => own.test(fix));

test("no fix for a program that nines did not plan speaks of nines' own configuration", () => {
  const said = cases.flatMap(([, failing]) => judge({ ...failing, plan: null }));
  expect(said.length).toBeGreaterThan(cases.length);
  expect(foreign(said)).toEqual([]);
});

test("nor does a fix of what a provider refuses", () => {
  const said = Object.entries({ ...serviceCases, ...otherCases }).flatMap(([id, programs]) =>
    programs.flatMap(([refused]) => {
      const stack: Subject = "graph" in refused ? refused : subject({ resources: refused });
      return judge({ ...stack, plan: null }, [rule(`deployable/${id}`)]).filter(({ verdict }) => verdict === "fail");
    }),
  );
  expect(said.length).toBeGreaterThan(100);
  expect(foreign(said)).toEqual([]);
});

describe("what has no price in another's program is told with what can be done", () => {
  const said = (parts: readonly Part[], why: string, over: Partial<Subject> = {}): string | undefined =>
    judge({ ...of(parts, { plan: null, cost: cost(1, [{ part: groupKey, item: "x", why }]), ...over }), basis: null }, [
      rule("everything-priced"),
    ])[0]?.fix;

  test("a demand file where it would give the use: a replica group is read, and nobody planned anything", () => {
    expect(said([group(), lambda()], "needs demand")).toBe("say what is used: --demand FILE");
    expect(said([group()], "no price known in us-east-1")).toBe("add them to the total by hand");
  });

  test("nodes that nobody told: a demand file tells them", () => {
    const unpriced = [{ part: groupKey, item: "nodes", why: "what a node holds and costs is not told" }];
    expect(said([group()], "", { cost: cost(1, unpriced) })).toBe(
      "say which nodes the pods stand on: cluster.nodes in a demand file, --demand FILE",
    );
  });

  test("no flag where no file can state it", () => {
    expect(said([lambda()], "needs demand")).toBe(
      "add them to the total by hand; their use follows no replica group, so no demand file can state it",
    );
    const nodes = { ...asReading(group()), kind: "node-pool" } as unknown as ReadPart;
    expect(said([], "needs demand", { parts: [nodes] })).toMatch(/what runs on the nodes, and its load/);
  });
});
