import fc from "fast-check";
import type { Report, ReportedResource, Value } from "../../model";
import { changesOf, settingChanges } from "../../preview/diff";
import { resourceChanges, type Replaces } from "../../preview/resource-changes";
import { aGroup, aPlan, aReport, aResource } from "./a-report";

const never = () => false as const;

const leaf: fc.Arbitrary<Value> = fc.oneof(
  fc.string(),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
  fc.constant({ $unknown: "after-deploy" } as const),
  fc.constant({ $unknown: "secret" } as const),
  fc.array(fc.integer()).map((list) => JSON.stringify(list)),
);
const value = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    leaf,
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom("a", "b", "c"), tie("value")),
  ),
})).value;
const resources: fc.Arbitrary<readonly ReportedResource[]> = fc
  .uniqueArray(fc.tuple(fc.constantFrom("x", "y", "z", "w"), fc.dictionary(fc.constantFrom("p", "q", "r"), value)), {
    selector: ([name]) => name,
  })
  .map((list) => list.map(([name, inputs]) => aResource(name, inputs)));

describe("changes between two recordings", () => {
  test("there are none between a recording and itself, whatever replaces", () => {
    fc.assert(
      fc.property(resources, (list) => {
        expect(resourceChanges(list, structuredClone(list), () => true)).toEqual([]);
      }),
    );
  });

  test("what is created one way is deleted the other; an update stays an update", () => {
    fc.assert(
      fc.property(resources, resources, (a, b) => {
        const there = resourceChanges(a, b, never);
        const back = resourceChanges(b, a, never);
        const mirrored = {
          create: "delete",
          delete: "create",
          import: "delete",
          update: "update",
          replace: "replace",
        } as const;
        expect(there.map((change) => [change.urn, change.op])).toEqual(
          back.map((change) => [change.urn, mirrored[change.op]]),
        );
      }),
    );
  });

  test("to say the region of its provider, or no longer, is no change; another region is", () => {
    const silent = { ...aResource("a", { size: 1 }), providerRegion: "us-east-1" };
    const said = aResource("a", { size: 1, region: "us-east-1" });
    const always = () => true as const;
    expect(resourceChanges([silent], [said], always)).toEqual([]);
    expect(resourceChanges([said], [silent], always)).toEqual([]);
    expect(resourceChanges([silent], [aResource("a", { size: 1, region: "eu-west-1" })], always)).toMatchObject([
      { op: "replace", forcedBy: "region", properties: [{ path: "region", from: "us-east-1", to: "eu-west-1" }] },
    ]);
    // Where nobody knows the provider's, it may be another.
    expect(resourceChanges([aResource("a", { size: 1 })], [said], always)).toMatchObject([{ op: "replace" }]);
  });

  test("each changed leaf shows, with its path and both values", () => {
    const before = [aResource("a", { size: { cpu: 1, zones: ["a", "b"] }, gone: true })];
    const after = [aResource("a", { size: { cpu: 2, zones: ["a", "c", "d"] }, come: "x" })];
    expect(resourceChanges(before, after, never)).toMatchObject([
      {
        op: "update",
        properties: [
          { path: "come", from: null, to: "x" },
          { path: "gone", from: true, to: null },
          { path: "size.cpu", from: 1, to: 2 },
          { path: "size.zones[1]", from: "b", to: "c" },
          { path: "size.zones[2]", from: null, to: "d" },
        ],
      },
    ]);
  });

  test("an amount of Kubernetes that is only written otherwise is no change, as the engine sees none", () => {
    const pod = (cpu: string, memory: string): ReportedResource => ({
      ...aResource("pod", { spec: { resources: { requests: { cpu, memory } }, hostname: cpu } }),
      type: "kubernetes:core/v1:Pod",
    });
    const paths = (from: ReportedResource, to: ReportedResource): readonly string[] =>
      resourceChanges([from], [to], never).flatMap(({ properties }) => properties.map(({ path }) => path));
    expect(paths(pod("1", "4Gi"), pod("1000m", "4096Mi"))).toEqual(["spec.hostname"]);
    expect(paths(pod("1", "4Gi"), pod("1", "4G"))).toEqual(["spec.resources.requests.memory"]);
    const elsewhere = (cpu: string): ReportedResource => ({ ...pod(cpu, "1Gi"), type: "acme:index:Pod" });
    expect(paths(elsewhere("1"), elsewhere("1000m"))).toContain("spec.resources.requests.cpu");
  });

  test("a JSON document is entered", () => {
    const definition = (image: string) => ({
      containerDefinitions: JSON.stringify([{ name: "a", image, essential: true }]),
    });
    expect(
      resourceChanges([aResource("a", definition("x:1"))], [aResource("a", definition("x:2"))], never)[0]?.properties,
    ).toEqual([{ path: "containerDefinitions[0].image", from: "x:1", to: "x:2" }]);
  });

  test("two unknowns are the same; a known value that becomes unknown is a change, except against state", () => {
    const unknown = { $unknown: "after-deploy" } as const;
    const a = [aResource("a", { arn: unknown })];
    expect(resourceChanges(a, [aResource("a", { arn: { $unknown: "secret" } })], never)).toEqual([]);
    expect(resourceChanges([aResource("a", { arn: "arn:1" })], a, never)).toHaveLength(1);
    expect(resourceChanges([aResource("a", { arn: "arn:1" })], a, never, "same")).toEqual([]);
  });

  test("an ignored input changes nothing; a replacement says at what count it starts", () => {
    const ignoring = { ignoreChanges: ["desiredCount"] };
    const before = [aResource("a", { desiredCount: 41, launchType: "EC2" }, ignoring)];
    expect(
      resourceChanges(before, [aResource("a", { desiredCount: 116, launchType: "EC2" }, ignoring)], never),
    ).toEqual([]);
    expect(
      resourceChanges(
        before,
        [aResource("a", { desiredCount: 116, launchType: "FARGATE" }, ignoring)],
        (_, path) => path === "launchType",
      ),
    ).toEqual([
      {
        urn: before[0]?.urn,
        type: before[0]?.type,
        op: "replace",
        forcedBy: "launchType",
        properties: [{ path: "launchType", from: "EC2", to: "FARGATE", forces: true }],
        note: "starts again at desiredCount 116 (changed)",
      },
    ]);
  });

  test("a service that keeps its name is gone before it is made anew; one that gets another, or none by itself, is not", () => {
    const forced = { replaceOnChanges: ["cluster"] };
    const lost = (before: object, after: object) =>
      resourceChanges(
        [aResource("a", { cluster: "x", ...before })],
        [aResource("a", { cluster: "y", ...after }, forced)],
        never,
      )[0]?.loss;
    expect(lost({ name: "web" }, { name: "web" })?.what).toContain("an outage: its name stays");
    expect(lost({ name: "web" }, { name: "shop" })).toBeUndefined();
    expect(lost({}, {})).toBeUndefined();
  });

  test("replaceOnChanges forces as the provider does", () => {
    const after = aResource("a", { name: "y" }, { replaceOnChanges: ["name"] });
    expect(resourceChanges([aResource("a", { name: "x" })], [after], never)[0]).toMatchObject({
      op: "replace",
      forcedBy: "name",
    });
  });

  test("an input that replaces only in some cases is an update that says so", () => {
    const [change] = resourceChanges(
      [aResource("a", { subnets: [1] })],
      [aResource("a", { subnets: [1, 2] })],
      () => "sometimes",
    );
    expect(change).toMatchObject({ op: "update", note: "subnets[1] replaces it in some cases" });
  });

  test("where both sides decide it, it is said for certain", () => {
    const lower: Replaces = (_, __, change) =>
      change === undefined ? "sometimes" : Number(change.after["v"]) < Number(change.before["v"]);
    const op = (from: number, to: number): string | undefined =>
      resourceChanges([aResource("a", { v: from })], [aResource("a", { v: to })], lower)[0]?.op;
    expect([op(8, 7), op(7, 8)]).toEqual(["replace", "update"]);
  });

  test("a protected resource that would go says that Pulumi refuses", () => {
    expect(resourceChanges([aResource("a", {}, { protect: true })], [], never)[0]?.note).toMatch(/^protected/);
  });

  test("what takes a replaced resource for an input that cannot change is replaced too, for any other it is updated; what is known or ignored stays", () => {
    const net = (cidr: string) => aResource("net", { cidr }, { type: "t:net" });
    const unknown = { $unknown: "after-deploy" } as const;
    const net0 = net("10.0.0.0/16");
    const subnet = aResource(
      "subnet",
      { vpcId: unknown },
      { type: "t:subnet", propertyDependencies: { vpcId: [net0.urn] } },
    );
    const nat = aResource(
      "nat",
      { subnetId: unknown },
      { type: "t:nat", propertyDependencies: { subnetId: [subnet.urn] } },
    );
    const alarm = aResource("alarm", { vpc: unknown }, { type: "t:alarm", propertyDependencies: { vpc: [net0.urn] } });
    const named = aResource("named", { vpc: "literal" }, { type: "t:a", propertyDependencies: { vpc: [net0.urn] } });
    const ignoring = aResource(
      "ignoring",
      { vpc: [unknown] },
      { type: "t:a", propertyDependencies: { vpc: [net0.urn] }, ignoreChanges: ["vpc"] },
    );
    const others = [subnet, nat, alarm, named, ignoring];
    const replaces = (_: string, path: string) => ["cidr", "vpcId", "subnetId"].includes(path);
    const found = resourceChanges([net0, ...others], [net("10.1.0.0/16"), ...others], replaces);
    expect(found.find((change) => change.op === "update")?.note).toBe("takes vpc from net, which is replaced");
    expect(found.map((change) => [change.urn.split("::").at(-1), change.op, change.forcedBy])).toEqual([
      ["alarm", "update", undefined],
      ["nat", "replace", "subnetId"],
      ["net", "replace", "cidr"],
      ["subnet", "replace", "vpcId"],
    ]);
  });
});

describe("changes of a stack", () => {
  const before = aReport();
  test("none against itself", () => {
    const changes = changesOf(before, structuredClone(before), "HEAD", never);
    expect(changes).toMatchObject({
      against: "HEAD",
      settings: [],
      resources: [],
      same: 1,
      perMonthUsd: { from: before.cost.perMonthUsd },
    });
    expect(changes.replicas.map(({ from, to }) => [from, to])).toEqual([
      [
        { min: 41, expected: 41, max: 62 },
        { min: 41, expected: 41, max: 62 },
      ],
      [
        { min: 2, expected: 2, max: 2 },
        { min: 2, expected: 2, max: 2 },
      ],
    ]);
  });

  test("settings, replicas by zone, cost and nines stand old beside new", () => {
    const plan = aPlan({
      parts: [aGroup("embedding", 116, 174)],
      settings: [{ key: "load", value: { requestsPerSecond: { mean: 400, peak: 3000 } }, from: "yaml" }],
    });
    const after = aReport({ cost: { ...before.cost, perMonthUsd: { min: 4000, expected: 4287, max: 6930 } } }, plan);
    const changes = changesOf(before, after, "HEAD", never);
    expect(changes.settings).toEqual([
      { key: "load.requestsPerSecond.peak", from: 1000, to: 3000 },
      { key: "minReplicas", from: 2, to: null },
    ]);
    expect(changes.replicas).toEqual([
      {
        part: "replica-group/embedding/us-east-1",
        from: { min: 41, expected: 41, max: 62 },
        to: { min: 116, expected: 116, max: 174 },
        zonesFrom: [14, 14, 13],
        zonesTo: [39, 39, 38],
      },
      {
        part: "redis-cache/vectors/us-east-1",
        from: { min: 2, expected: 2, max: 2 },
        to: null,
        zonesFrom: [1, 1, 0],
        zonesTo: null,
      },
    ]);
    expect(changes.perMonthUsd).toEqual({ from: before.cost.perMonthUsd, to: after.cost.perMonthUsd });
  });

  test("two sums of which one leaves out what the other has say so, by name", () => {
    const part = "replica-group/embedding/us-east-1" as const;
    const withoutPrice = (...items: readonly string[]) =>
      aReport({ cost: { ...before.cost, unpriced: items.map((item) => ({ part, item, why: "x" })) } });
    const unlike = (from: Report, to: Report) => changesOf(from, to, "HEAD", never).unlike;
    const item = "machine-hour on Spot";
    expect(unlike(withoutPrice(), withoutPrice(item))).toEqual([{ part, item, unpriced: "now" }]);
    expect(unlike(withoutPrice(item), withoutPrice())).toEqual([{ part, item, unpriced: "before" }]);
    // Left out on both sides, whatever the type.
    expect(unlike(withoutPrice(item), withoutPrice("machine-hour:u-6tb1.metal"))).toBeUndefined();
    // A Part that comes or goes is a change that the resources tell.
    const none = aReport({ cost: { ...before.cost, lines: [], unpriced: [] } });
    expect(unlike(none, withoutPrice(item))).toBeUndefined();
  });

  test("a new stack is created whole", () => {
    const changes = changesOf(null, before, "HEAD", never);
    expect(changes.resources.map((change) => change.op)).toEqual(["create"]);
    expect([changes.perMonthUsd.from, changes.unavailability.from, changes.same]).toEqual([null, null, 0]);
  });

  test("settings are compared by value", () => {
    expect(
      settingChanges([{ key: "a", value: [1, 2], from: "yaml" }], [{ key: "a", value: [1, 2], from: "default" }]),
    ).toEqual([]);
  });
});
