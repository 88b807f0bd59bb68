import { asReading } from "../../model";
import { judge } from "../../policies";
import { balancer, group, hidden, of, resource, rule, subject, target, verdicts } from "./fixture";
import { cluster, machines, pool } from "./machine-cases";

describe("a group of machines", () => {
  test("is not asked what only containers can answer", () => {
    const parts = [hidden(machines(), "logs", "elsewhere")];
    for (const id of ["logs-kept", "no-plain-secret", "zones-rebalanced"])
      expect(verdicts(id, subject({ parts, plan: null }))).toEqual([]);
    expect(verdicts("logs-kept", of([group()]))).toEqual(["pass"]);
  });

  test("whose rollout is another tool's leaves it open, as advice", () => {
    const parts = [hidden(machines(), "rollout", "elsewhere")];
    for (const id of ["rollout-rolls-back", "rollout-keeps-need", "rollout-watches-alarms"])
      expect(judge(subject({ parts, plan: null }), [rule(id)])).toMatchObject([
        { verdict: "undecided", severity: "advisory" },
      ]);
    const stays = machines({}, {}, { rollout: { ...group().rollout, rollsBack: false } });
    expect(judge(of([stays]), [rule("rollout-rolls-back")])).toMatchObject([
      { verdict: "fail", severity: "advisory", fix: "set instanceRefresh.preferences.autoRollback" },
    ]);
  });

  test("whose image is looked up leaves it open, as advice; one by a name that moves fails", () => {
    const severity = (part: Parameters<typeof hidden>[0]) =>
      judge(subject({ parts: [hidden(part, "image.reference")], plan: null }), [rule("image-pinned")])[0]?.severity;
    expect([severity(machines()), severity(group())]).toEqual(["advisory", "mandatory"]);
    const moves = machines({}, {}, { image: { reference: "resolve:ssm:/aws/x", pinned: false } });
    expect(judge(of([moves]), [rule("image-pinned")])[0]?.fix).toBe("name the image by its id: ami-...");
  });

  test("that no balancer sends to may look at the machine alone", () => {
    const alone = machines({}, { healthCheck: "machine" });
    expect(verdicts("replaced-when-ill", of([alone], { plan: null }))).toEqual([]);
    expect(verdicts("replaced-when-ill", of([alone, balancer({ targets: [] })]))).toEqual([]);
    expect(verdicts("replaced-when-ill", of([alone, balancer({ targets: [target()] })]))).toEqual(["fail"]);
  });

  test("is ended after its balancers have let go of it: its drain never disagrees", () => {
    expect(verdicts("drain-agrees", of([machines({}, {}, { drainSeconds: 31 }), balancer()]))).toEqual([]);
  });

  test.each([
    ["metadata-needs-token", "runtime.machine.metadataNeedsToken"],
    ["disks-encrypted", "runtime.machine.disks"],
    ["spot-not-alone", "runtime.machine.spotShare"],
  ])("%s is undecided where %s is unknown", (id, path) => {
    expect(verdicts(id, subject({ parts: [hidden(machines(), path)] }))).toEqual(["undecided"]);
  });

  test("replaced-when-ill is undecided where the health check is unknown", () => {
    const parts = [hidden(machines(), "runtime.healthCheck"), asReading(balancer())];
    expect(verdicts("replaced-when-ill", subject({ parts }))).toEqual(["undecided"]);
  });

  test("that nothing scales may be given its count at every deploy", () => {
    const built = resource("aws:autoscaling/group:Group", { desiredCapacity: 3 });
    expect(verdicts("scaler-not-fought", subject({ resources: [built] }))).toEqual([]);
  });
});

describe("severity of what stands beside others", () => {
  const severity = (id: string, given: Parameters<typeof judge>[0]) => judge(given, [rule(id)])[0]?.severity;
  const inOne = { kind: "zonal", zones: ["us-east-1a"], spread: "hard" } as const;
  const one = { scaling: { kind: "fixed", count: 1 }, placement: inOne } as const;

  test("a lone machine that nothing is sent to is advice; behind a balancer, or planned, it counts", () => {
    const lone = machines({}, {}, one);
    for (const id of ["two-replicas", "single-zone"]) {
      expect(severity(id, of([lone], { plan: null }))).toBe("advisory");
      expect(severity(id, of([lone, balancer()], { plan: null }))).toBe("mandatory");
      expect(severity(id, of([lone]))).toBe("mandatory");
      expect(severity(id, of([group(one)], { plan: null }))).toBe("mandatory");
    }
  });

  test("where a balancer's targets are not known, a lone machine may be one of them", () => {
    const parts = [asReading(machines({}, {}, one)), hidden(balancer(), "targets")];
    expect(severity("two-replicas", subject({ parts, plan: null }))).toBe("mandatory");
  });

  test("a pool in one zone counts unless its cluster has others; on Spot alone it is advice", () => {
    const alone = pool({ placement: inOne });
    const other = pool({ key: "node-pool/others/us-east-1", placement: inOne });
    expect(severity("single-zone", of([alone], { plan: null }))).toBe("mandatory");
    expect(severity("single-zone", of([alone, other], { plan: null }))).toBe("advisory");
    expect(severity("single-zone", of([alone, { ...other, cluster: null }], { plan: null }))).toBe("mandatory");
    expect(severity("spot-not-alone", of([pool()], { plan: null }))).toBe("advisory");
  });

  test("a cluster that keeps who did what is only told of the rest", () => {
    expect(severity("cluster-logs", of([cluster({ logs: ["api", "audit"] })], { plan: null }))).toBe("advisory");
    expect(severity("cluster-logs", of([cluster({ logs: ["api"] })], { plan: null }))).toBe("mandatory");
  });

  test.each([
    ["cluster-endpoint-closed", "endpoint.public"],
    ["cluster-endpoint-closed", "endpoint.publicRanges"],
    ["cluster-secrets-encrypted", "encryptsSecrets"],
    ["cluster-logs", "logs"],
    ["cluster-version-supported", "support"],
  ])("%s is undecided where %s is unknown", (id, path) => {
    expect(verdicts(id, subject({ parts: [hidden(cluster(), path)] }))).toEqual(["undecided"]);
  });
});

test("a program without a plan is told what to do in words that hold without nines", () => {
  const small = group({ scaling: { kind: "fixed", count: 1 } });
  expect(judge(of([small], { plan: null }), [rule("two-replicas")])[0]?.fix).toBe("run 2 or more");
  expect(judge(of([small]), [rule("two-replicas")])[0]?.fix).toBe("set minReplicas: 2");
});
