import * as path from "node:path";
import type { Inputs, Resource } from "../../model";
import { judgeStack, violations } from "../../policies/pack-stack";
import { previewStack } from "../../preview/stack";
import { workings } from "../../preview/workings";
import { configured, recordStack, shipped, tables } from "../stacks";
import { SECRET_VALUE, startPack, type Diagnostic, type Pack } from "./policy-engine";

const root = path.join(__dirname, "../..");
const today = new Date().toISOString().slice(0, 10);
const SLOW = 60_000;

let pack: Pack;
beforeAll(async () => {
  pack = await startPack(path.join(root, "dist/policy-pack"));
}, SLOW);
afterAll(() => pack.stop());

const said = (diagnostics: readonly Diagnostic[], mandatory: boolean): readonly string[] =>
  diagnostics
    .filter((each) => each.mandatory === mandatory)
    .map(({ message }) => message)
    .sort();

async function previewed(
  stack: string,
): Promise<{ readonly mandatory: readonly string[]; readonly advisory: readonly string[] }> {
  const found = await previewStack(
    configured(stack, {}),
    { ...tables },
    { project: "nines", asOf: today, baseline: null },
    workings,
  );
  if (!found.ok) throw new Error(JSON.stringify(found.mistakes));
  const { rules } = found.report;
  return { mandatory: [...violations(rules, "mandatory")].sort(), advisory: [...violations(rules, "advisory")].sort() };
}

test("says who it is", async () => {
  expect(await pack.info()).toEqual({
    name: "nines",
    version: "0.1.0",
    policies: ["nines-inputs", "nines-mandatory", "nines-advisory"],
  });
});

describe("the policy pack of dist/, asked as the engine asks it", () => {
  test.each(shipped.map(({ stack }) => stack))(
    "%s: the verdicts of the preview",
    async (stack) => {
      const { resources } = await recordStack(configured(stack, {}));
      const found = await pack.judge(resources);
      const expected = await previewed(stack);
      expect(said(found, true)).toEqual(expected.mandatory);
      expect(said(found, true)).toEqual([]);
      expect(said(found, false)).toEqual(expected.advisory);
      expect(JSON.stringify(found)).not.toContain(SECRET_VALUE);
    },
    SLOW,
  );

  test(
    "what somebody changed behind the plan's back is a mandatory violation, by the rule's id",
    async () => {
      const { resources } = await recordStack(configured("embedding-prod", {}));
      const broken = resources.map(weakened);
      expect(broken.filter((each, index) => each !== resources[index]).length).toBeGreaterThanOrEqual(3);
      const found = await pack.judge(broken);
      const ids = new Set(said(found, true).map((message) => /^\[([^\]]+)\]/.exec(message)?.[1]));
      for (const id of ["image-pinned", "built-as-planned"]) expect(ids).toContain(id);
      // A cache that only makes answers faster may do without; that it was promised is the mandatory part.
      expect(said(found, true).join("\n")).toContain('topology.failover: "automatic" planned, "none" built');
      expect(said(found, false).join("\n")).toContain("[cache-fails-over] redis-cache/vectors/us-east-1");
      const results = judgeStack(broken, today);
      expect(said(found, true)).toEqual([...violations(results, "mandatory")].sort());
      expect(said(found, false)).toEqual([...violations(results, "advisory")].sort());
      // The next stack is judged afresh.
      expect(said(await pack.judge(resources), true)).toEqual([]);
    },
    SLOW,
  );

  test(
    "a count that a scaler moved, and that the engine therefore hands over as it was, stops nothing",
    async () => {
      const { resources } = await recordStack(configured("embedding-prod", {}));
      const live = resources.map((resource) =>
        resource.type === "aws:ecs/service:Service" ? changed(resource, { desiredCount: 3 }) : resource,
      );
      const found = await pack.judge(live);
      expect(said(found, true)).toEqual([]);
      expect(said(found, false).join("\n")).toMatch(
        /^\[scaler-bounds-agree\] undecided: .*first 3,.*changes of desiredCount are ignored/m,
      );
      // What is not ignored fails as ever.
      expect(said(await pack.judge(live.map(weakened)), true).join("\n")).toContain("[image-pinned]");
      const heeded = live.map((resource) => ({ ...resource, ignoreChanges: [] }));
      expect(said(await pack.judge(heeded), true).join("\n")).toMatch(/^\[scaler-bounds-agree\]/m);
    },
    SLOW,
  );

  test(
    "without its plan a stack is still held to what its resources show, and the plan's own rules are undecided",
    async () => {
      const { resources } = await recordStack(configured("embedding-prod", {}));
      const bare = resources.map((resource) =>
        resource.type === "nines:index:System" ? { ...resource, inputs: {} } : resource,
      );
      const found = await pack.judge(bare);
      expect(said(found, false).join("\n")).toContain("[plan-known] undecided");
      expect(said(await pack.judge(bare.map(weakened)), true).join("\n")).toContain("[image-pinned]");
    },
    SLOW,
  );
});

function changed(resource: Resource, inputs: Inputs): Resource {
  return { ...resource, inputs: { ...resource.inputs, ...inputs } };
}

/** A tag in place of a digest, and a cache that stays down. */
function weakened(resource: Resource): Resource {
  if (resource.type === "aws:elasticache/replicationGroup:ReplicationGroup")
    return changed(resource, { automaticFailoverEnabled: false, multiAzEnabled: false });
  const containers = resource.inputs["containerDefinitions"];
  if (resource.type === "aws:ecs/taskDefinition:TaskDefinition" && typeof containers === "string")
    return changed(resource, { containerDefinitions: containers.replace(/@sha256:[0-9a-f]{64}/g, ":latest") });
  return resource;
}
