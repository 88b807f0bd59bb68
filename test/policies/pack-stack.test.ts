import { plansIn, type Inputs } from "../../model";
import { rules } from "../../policies";
import { judgeStack, plainInputs, resourcesOf, violations, type EngineResource } from "../../policies/pack-stack";
import { groupKey, plan } from "./fixture";

// The SDK hands inputs in a proxy that throws where an unknown one is read.
const { unknownCheckingProxy, unknownStringValue } = jest.requireActual<{
  unknownCheckingProxy: <T>(value: T) => T;
  unknownStringValue: string;
}>("@pulumi/policy/proxy");

const later = { $unknown: "after-deploy" };
const engine = (type: string, props: Record<string, unknown>, over: Partial<EngineResource> = {}): EngineResource => ({
  urn: `urn:pulumi:s::p::${type}::web`,
  type,
  name: "web",
  props: unknownCheckingProxy(props),
  opts: { protect: false, ignoreChanges: [] },
  dependencies: [],
  propertyDependencies: {},
  ...over,
});

describe("plainInputs", () => {
  test("turns what the SDK refuses to read into unknown, at any depth", () => {
    const props = {
      name: "web",
      arn: unknownStringValue,
      list: ["a", unknownStringValue],
      deep: { inner: unknownStringValue, count: 2, off: false, none: null },
    };
    expect(plainInputs(unknownCheckingProxy(props))).toEqual({
      name: "web",
      arn: later,
      list: ["a", later],
      deep: { inner: later, count: 2, off: false, none: null },
    });
  });
  test("leaves out what the provider filled in by itself", () => {
    const props = { name: "web-1a2b3c4", timeout: 5, __defaults: ["name"], block: { a: 1, b: 2, __defaults: ["b"] } };
    expect(plainInputs(unknownCheckingProxy(props))).toEqual({ timeout: 5, block: { a: 1 } });
  });
});

describe("resourcesOf", () => {
  const queue = engine("aws:ecs/cluster:Cluster", { arn: unknownStringValue });
  const service = engine(
    "aws:ecs/service:Service",
    { desiredCount: 9, computed: unknownStringValue },
    { dependencies: [queue], propertyDependencies: { cluster: [queue] }, parent: { urn: "urn:root" } },
  );
  const inputs: Inputs = { desiredCount: 2 };
  const [first, second] = resourcesOf([queue, service], new Map([[service.urn, inputs]]));
  test("takes inputs as recorded, and where none were, what the engine shows", () => {
    expect(second?.inputs).toEqual({ desiredCount: 2 });
    expect(first?.inputs).toEqual({ arn: later });
  });
  test("keeps references, parents and options", () => {
    expect(second).toMatchObject({
      custom: true,
      parent: "urn:root",
      dependencies: [queue.urn],
      propertyDependencies: { cluster: [queue.urn] },
      ignoreChanges: [],
    });
    expect(
      resourcesOf([engine("nines:index:System", {}), engine("pulumi:pulumi:Stack", {})], new Map()).map(
        ({ custom }) => custom,
      ),
    ).toEqual([false, false]);
  });
});

describe("the plan", () => {
  const system = (props: Record<string, unknown>) => resourcesOf([engine("nines:index:System", props)], new Map());
  test("is found among the system's inputs", () => {
    expect(plansIn(system({ plan: plan() }))[0]?.plan.stack).toBe("web-prod");
  });
  test("that was kept away is said to be missing, and stops nothing", () => {
    const results = judgeStack(system({}), "2026-11-21");
    expect(plansIn(system({}))).toEqual([]);
    expect(violations(results, "mandatory")).toEqual([]);
    expect(violations(results, "advisory").join("\n")).toContain(
      "[plan-known] undecided: web was registered without its plan",
    );
  });
});

test("each violation carries its rule's id, and what is undecided is only said", () => {
  const shared = { id: "x", part: groupKey, message: "seen", fix: "do" };
  const results = [
    { ...shared, severity: "mandatory", verdict: "fail" },
    { ...shared, severity: "advisory", verdict: "fail" },
    { ...shared, severity: "mandatory", verdict: "undecided" },
    { ...shared, severity: "mandatory", verdict: "waived" },
    { ...shared, severity: "mandatory", verdict: "pass" },
  ] as const;
  expect(violations(results, "mandatory")).toEqual([`[x] ${groupKey}: seen; do`]);
  expect(violations(results, "advisory")).toEqual([`[x] ${groupKey}: seen; do`, `[x] undecided: ${groupKey}: seen`]);
});

test("a refused argument in another's program is a mandatory violation", () => {
  const group = engine("aws:lb/targetGroup:TargetGroup", { healthCheck: { interval: 5, timeout: 5 } });
  const found = violations(judgeStack(resourcesOf([group], new Map()), "2026-11-21"), "mandatory");
  expect(found.filter((line) => line.startsWith("[deployable/health-check-interval-over-timeout]"))).toHaveLength(1);
  expect(rules.length).toBeGreaterThan(30);
});
