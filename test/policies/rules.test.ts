import type { Part } from "../../model";
import { asReading, partKey } from "../../model";
import { judge, rules } from "../../policies";
import type { Subject } from "../../policies";
import { leftWithoutFullestZone } from "../../policies/availability";
import { looksSecret } from "../../policies/replica-group";
import {
  alert,
  allParts,
  balancer,
  cache,
  conflict,
  cost,
  demand,
  group,
  groupKey,
  hidden,
  network,
  of,
  plan,
  resource,
  rule,
  subject,
  target,
  topic,
  verdicts,
  zones,
} from "./fixture";

const two = zones.slice(0, 2);
const one = zones.slice(0, 1);
const zonal = (list: readonly string[]) => ({ kind: "zonal" as const, zones: list, spread: "hard" as const });
const range = (min: number, max: number, initial: number | null = min) => ({
  kind: "range" as const,
  min,
  max,
  initial,
  signals: [{ metric: "cpu" as const, target: 70 }],
  schedule: [],
});
const withEnvironment = (name: string, value: string): Part => group({ environment: [{ name, value }] });
const probe = (intervalSeconds: number, timeoutSeconds: number, failures: number) =>
  balancer({ targets: [target({ probe: { ...target().probe, intervalSeconds, timeoutSeconds, failures } })] });
const unprobed = balancer({ targets: [target({ probe: { ...target().probe, check: { kind: "tcp" } } })] });
const plain = { port: 80, tlsFloor: null, redirects: false };
const service = (inputs: Parameters<typeof resource>[1], ignoreChanges: readonly string[]): Subject => {
  const built = resource("aws:ecs/service:Service", { name: "web", ...inputs }, {}, { ignoreChanges });
  return subject({
    resources: [
      built,
      resource(
        "aws:appautoscaling/target:Target",
        { resourceId: { $unknown: "after-deploy" } },
        { resourceId: [built] },
      ),
    ],
  });
};
const bucket = (fences: boolean): Subject => {
  const built = resource("aws:s3/bucket:Bucket", {});
  const block = resource(
    "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
    { blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: fences },
    { bucket: [built] },
  );
  return subject({ resources: [built, block] });
};
const dropped = (floor: number): Subject =>
  of([group({ scaling: range(floor, 20) })], {
    baseline: { parts: [asReading(group({ scaling: range(10, 20) }))], cost: cost(1) },
  });
const objective = (unavailability: number): Subject =>
  subject({ availability: { unavailability, lostTo: [], label: "assumed", servedFraction: 1 } });
const lone = (seconds: number): Subject =>
  of([group({ scaling: range(1, 3) }), balancer()], {
    plan: plan({ objectives: { availability: 0.99, survive: "nothing", recoverySeconds: seconds } }),
  });
const calling = plan({ demand: [demand({ callsLeave: true })] });
const elastic = plan({ settings: [{ key: "elastic", value: true, from: "environment" }] });

/** Each rule: what fails, and its neighbour that passes. */
const cases: readonly (readonly [id: string, failing: Subject, passing: Subject])[] = [
  ["two-replicas", of([group({ scaling: range(1, 3) })]), of([group({ scaling: range(2, 3) })])],
  [
    "two-replicas",
    of([group({ scaling: { kind: "fixed", count: 1 } })]),
    of([group({ scaling: { kind: "fixed", count: 2 } })]),
  ],
  ["single-zone", of([group({ placement: zonal(one) })]), of([group({ placement: zonal(two) })])],
  ["single-zone", of([group({ scaling: range(1, 3) })]), of([group({ scaling: range(2, 3) })])],
  [
    "single-zone",
    of([group({ placement: { kind: "one-host", labels: ["a", "b"] } })]),
    of([group({ placement: { kind: "regional" } })]),
  ],
  ["single-zone", of([cache({ topology: { kind: "single" } })]), of([cache()])],
  ["zones-promised", of([group({ placement: zonal(two) })]), of([group()])],
  ["zones-promised", of([cache({ topology: { kind: "single" } })]), of([cache()])],
  ["zone-loss-carried", of([group({ scaling: range(5, 12) })]), of([group({ scaling: range(6, 12) })])],
  [
    "zone-loss-carried",
    of([group({ scaling: range(3, 5) })], { plan: elastic }),
    of([group({ scaling: range(3, 6) })], { plan: elastic }),
  ],
  ["objective-met", objective(1.0001e-4), objective(1e-4)],
  ["targets-probed", of([unprobed]), of([balancer()])],
  ["targets-probed", of([balancer({ targets: [] })]), of([balancer()])],
  ["probes-sane", of([probe(5, 5, 3)]), of([probe(6, 5, 3)])],
  ["probes-sane", of([probe(30, 5, 1)]), of([probe(30, 5, 2)])],
  ["probes-sane", of([probe(99, 4, 3)]), of([probe(99, 3, 3)])],
  ["recovery-in-time", of([probe(30, 5, 4)]), of([probe(29, 4, 4)])],
  ["recovery-in-time", lone(134), lone(135)],
  ["recovery-in-time", of([cache({ topology: { kind: "replicated", replicas: 1, failover: "none" } })]), of([cache()])],
  ["image-pinned", of([group({ image: { reference: "web:1", pinned: false } })]), of([group()])],
  ["rollout-rolls-back", of([group({ rollout: { ...group().rollout, rollsBack: false } })]), of([group()])],
  [
    "rollout-keeps-need",
    of([group({ rollout: { ...group().rollout, unavailable: 3 } })]),
    of([group({ rollout: { ...group().rollout, unavailable: 2 } })]),
  ],
  ["rollout-watches-alarms", of([group({ rollout: { ...group().rollout, watchesAlarms: false } })]), of([group()])],
  ["logs-kept", of([group({ logs: null })]), of([group({ logs: { keepDays: 1 } })])],
  ["logs-kept", of([group({ logs: { keepDays: 0 } })]), of([group()])],
  [
    "zones-rebalanced",
    of([group({ runtime: { kind: "ecs-fargate", architecture: "arm64", spotShare: 0, rebalancing: false } })]),
    of([group()]),
  ],
  [
    "spot-not-alone",
    of([group({ runtime: { kind: "ecs-fargate", architecture: "arm64", spotShare: 1, rebalancing: true } })]),
    of([group({ runtime: { kind: "ecs-fargate", architecture: "arm64", spotShare: 0.9, rebalancing: true } })]),
  ],
  [
    "no-plain-secret",
    of([withEnvironment("DB_PASSWORD", "hunter22")]),
    of([withEnvironment("DB_PASSWORD_FILE", "/run/secrets/db")]),
  ],
  [
    "no-plain-secret",
    of([withEnvironment("ID", "AKIAABCDEFGHIJKLMNOP")]),
    of([withEnvironment("ID", "AKIAABCDEFGHIJKLMNO")]),
  ],
  ["no-plain-secret", of([withEnvironment("URL", "redis://u:pass@h:1")]), of([withEnvironment("URL", "redis://h:1")])],
  ["ceiling-carries-burst", of([group({ scaling: range(4, 5) })]), of([group({ scaling: range(4, 6) })])],
  ["floor-carries-peak", of([group({ scaling: range(3, 8) })]), of([group({ scaling: range(4, 8) })])],
  ["scales-by-itself", of([group({ scaling: { kind: "fixed", count: 4 } })]), of([group()])],
  ["scales-by-itself", of([group({ scaling: range(4, 4) })]), of([group({ scaling: range(4, 5) })])],
  ["scaler-bounds-agree", of([group({ scaling: range(4, 8, 3) })]), of([group({ scaling: range(4, 8, 4) })])],
  ["scaler-bounds-agree", of([group({ scaling: range(4, 8, 9) })]), of([group({ scaling: range(4, 8, 8) })])],
  ["scaler-not-fought", service({ desiredCount: 3 }, []), service({ desiredCount: 3 }, ["desiredCount"])],
  [
    "cache-fails-over",
    of([cache({ topology: { kind: "replicated", replicas: 0, failover: "automatic" } })]),
    of([cache()]),
  ],
  [
    "cache-fails-over",
    of([cache({ topology: { kind: "sharded", shards: 2, replicasPerShard: 0 } })]),
    of([cache({ topology: { kind: "sharded", shards: 2, replicasPerShard: 1 } })]),
  ],
  ["cache-encrypted-at-rest", of([cache({ security: { atRest: false, inTransit: true, auth: true } })]), of([cache()])],
  [
    "cache-encrypted-in-transit",
    of([cache({ security: { atRest: true, inTransit: false, auth: true } })]),
    of([cache()]),
  ],
  ["cache-asks-for-token", of([cache({ security: { atRest: true, inTransit: true, auth: false } })]), of([cache()])],
  ["cache-snapshots", of([cache({ snapshots: null })]), of([cache({ snapshots: { everyHours: 24, keepDays: 1 } })])],
  ["cache-eviction-fits", of([cache({ eviction: "noeviction" })]), of([cache({ eviction: "volatile-lru" })])],
  [
    "cache-eviction-fits",
    of([cache({ eviction: "volatile-lru", role: "latency-cache" })]),
    of([cache({ eviction: "allkeys-lru", role: "latency-cache" })]),
  ],
  [
    "balancer-deletion-protected",
    of([balancer({ protection: { ...balancer().protection, deletion: false } })]),
    of([balancer()]),
  ],
  ["balancer-logs", of([balancer({ protection: { ...balancer().protection, logs: false } })]), of([balancer()])],
  [
    "tls-floor",
    of([balancer({ listeners: [plain] })]),
    of([balancer({ listeners: [{ port: 443, tlsFloor: "1.2", redirects: false }] })]),
  ],
  [
    "http-redirects",
    of([balancer({ listeners: [plain] })]),
    of([balancer({ listeners: [{ ...plain, redirects: true }] })]),
  ],
  [
    "invalid-headers-dropped",
    of([balancer({ protection: { ...balancer().protection, dropsInvalidHeaders: false } })]),
    of([balancer()]),
  ],
  [
    "internet-rate-limited",
    of([balancer({ protection: { ...balancer().protection, rateLimitPerSecond: null } })]),
    of([balancer()]),
  ],
  ["balancer-zonal-shift", of([balancer({ zonalShift: false })]), of([balancer()])],
  ["drain-agrees", of([group({ drainSeconds: 31 }), balancer()]), of([group({ drainSeconds: 30 }), balancer()])],
  ["flow-logs", of([network({ flowLogs: null })]), of([network()])],
  ["nat-per-zone", of([network({ natZones: two })]), of([network()])],
  ["way-out", of([network({ natZones: [] })], { plan: calling }), of([network({ natZones: one })], { plan: calling })],
  [
    "network-zones",
    of([network({ subnets: network().subnets.filter(({ zone }) => zone !== zones[2]) })]),
    of([network()]),
  ],
  ["buckets-private", bucket(false), bucket(true)],
  ["alarms-notify", of([group(), alert({ notifies: false })]), of([group(), alert()])],
  [
    "alarms-notify",
    of([group(), balancer({ targets: [] }), alert({ watches: balancer().key })]),
    of([group(), balancer(), alert({ watches: balancer().key })]),
  ],
  ["no-silent-alarm", of([alert({ notifies: false })]), of([alert()])],
  ["silence-read-right", of([alert({ missingData: "missing" })]), of([alert()])],
  [
    "silence-read-right",
    of([alert({ signal: "server-errors" })]),
    of([alert({ signal: "server-errors", missingData: "not-breaching" })]),
  ],
  ["topic-subscribed", of([topic({ subscriptions: [] })]), of([topic()])],
  ["need-watched", of([group(), alert({ signal: "cpu" })]), of([group(), alert()])],
  ["budget", subject({ cost: cost(1000.01) }), subject({ cost: cost(1000) })],
  [
    "everything-priced",
    subject({ cost: cost(1, [{ part: groupKey, item: "x", why: "y" }]) }),
    subject({ cost: cost(1) }),
  ],
  [
    "built-as-planned",
    of(allParts.map((part) => (part.kind === "replica-group" ? group({ drainSeconds: 31 }) : part))),
    subject(),
  ],
  ["built-as-planned", of(allParts.slice(1)), subject()],
  ["replicas-not-dropped", dropped(4), dropped(5)],
];

describe.each(cases.map(([id, failing, passing], index) => ({ id, failing, passing, index })))(
  "$id ($index)",
  ({ id, failing, passing }) => {
    test("fails, saying what was seen and what to do", () => {
      const failed = judge(failing, [rule(id)]).filter(({ verdict }) => verdict === "fail");
      expect(failed.length).toBeGreaterThan(0);
      for (const { message, fix } of failed) expect([message, fix]).not.toContain("");
    });
    test("passes on the other side of the threshold", () => {
      expect(new Set(verdicts(id, passing))).toEqual(new Set(["pass"]));
    });
  },
);

test("every rule that is not about a provider's limit has a failing and a passing case", () => {
  const tried = new Set(cases.map(([id]) => id));
  // They have tests of their own below.
  for (const id of ["plan-known", "inputs-agree"]) tried.add(id);
  expect(rules.map(({ id }) => id).filter((id) => !id.startsWith("deployable/") && !tried.has(id))).toEqual([]);
});

test("ids are kebab-case and used once, and each rule says why", () => {
  const ids = rules.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const { id, about, title } of rules) {
    expect(id).toMatch(/^(deployable\/)?[a-z0-9]+(-[a-z0-9]+)*$/);
    expect(about.length).toBeGreaterThan(20);
    expect(title).not.toBe("");
  }
});

test("a stack that has all that is asked fails nothing", () => {
  expect(judge(subject()).filter(({ verdict }) => verdict !== "pass")).toEqual([]);
});

describe("what is unknown is undecided, never a pass", () => {
  const unknowns: readonly (readonly [string, Part, string])[] = [
    ["two-replicas", group(), "scaling.min"],
    ["two-replicas", group(), "scaling"],
    ["single-zone", group(), "placement.zones"],
    ["single-zone", group(), "placement"],
    ["zones-promised", group(), "placement"],
    ["zone-loss-carried", group(), "scaling.min"],
    ["targets-probed", balancer(), "targets"],
    ["probes-sane", balancer(), "targets"],
    ["recovery-in-time", balancer(), "targets"],
    ["image-pinned", group(), "image"],
    ["rollout-rolls-back", group(), "rollout.rollsBack"],
    ["rollout-keeps-need", group(), "rollout.unavailable"],
    ["logs-kept", group(), "logs"],
    ["no-plain-secret", group(), "environment"],
    ["ceiling-carries-burst", group(), "scaling.max"],
    ["floor-carries-peak", group(), "scaling.min"],
    ["scaler-bounds-agree", group(), "scaling.initial"],
    ["cache-fails-over", cache(), "topology.replicas"],
    ["cache-encrypted-at-rest", cache(), "security.atRest"],
    ["cache-encrypted-in-transit", cache(), "security"],
    ["cache-asks-for-token", cache(), "security.auth"],
    ["cache-snapshots", cache(), "snapshots"],
    ["cache-eviction-fits", cache(), "eviction"],
    ["cache-eviction-fits", cache(), "role"],
    ["balancer-deletion-protected", balancer(), "protection.deletion"],
    ["balancer-logs", balancer(), "protection.logs"],
    ["tls-floor", balancer(), "listeners"],
    ["http-redirects", balancer(), "listeners"],
    ["invalid-headers-dropped", balancer(), "protection"],
    ["internet-rate-limited", balancer(), "exposure"],
    ["flow-logs", network(), "flowLogs"],
    ["nat-per-zone", network(), "natZones"],
    ["no-silent-alarm", alert(), "notifies"],
    ["silence-read-right", alert(), "signal"],
    ["topic-subscribed", topic(), "subscriptions"],
    ["built-as-planned", group(), "drainSeconds"],
  ];
  test.each(unknowns)("%s: %p", (id, part, path) => {
    const parts = allParts.map((known) => (known.kind === part.kind ? hidden(part, path) : asReading(known)));
    const found = new Set(verdicts(id, subject({ parts })));
    expect(found.has("undecided")).toBe(true);
    expect(found.has("fail")).toBe(false);
  });
  test("alarms that watch something unknown leave open whom they tell", () => {
    expect(verdicts("alarms-notify", subject({ parts: [asReading(group()), hidden(alert(), "watches")] }))).toEqual([
      "undecided",
    ]);
    expect(verdicts("need-watched", subject({ parts: [asReading(group()), hidden(alert(), "watches")] }))).toEqual([
      "undecided",
    ]);
  });
  test("a budget that only holds without what is unpriced", () => {
    const unpriced = [{ part: groupKey, item: "x", why: "y" }];
    expect(verdicts("budget", subject({ cost: cost(999, unpriced) }))).toEqual(["undecided"]);
    expect(verdicts("budget", subject({ cost: cost(1001, unpriced) }))).toEqual(["fail"]);
  });
  test("an objective that could not be computed", () => {
    expect(verdicts("objective-met", subject({ availability: null }))).toEqual(["undecided"]);
  });
});

describe("severity", () => {
  const by = (tier: "dev" | "staging" | "prod") =>
    judge(of([group({ scaling: range(1, 3) })], { plan: plan({ tier }) }), [rule("single-zone")])[0];
  test("dev's single zone fails there, advisory, and is never hidden", () => {
    expect(by("dev")).toMatchObject({ verdict: "fail", severity: "advisory" });
    expect(by("prod")).toMatchObject({ verdict: "fail", severity: "mandatory" });
  });
  test("a program without a plan is judged as prod", () => {
    expect(judge(of([group({ scaling: range(1, 3) })], { plan: null }), [rule("two-replicas")])[0]).toMatchObject({
      severity: "mandatory",
    });
  });
  test("plain HTTP is advice inside a private network, and mandatory on the internet", () => {
    const severity = (exposure: "internet" | "private") =>
      judge(of([balancer({ exposure, listeners: [plain] })]), [rule("tls-floor")])[0]?.severity;
    expect([severity("private"), severity("internet")]).toEqual(["advisory", "mandatory"]);
  });
  test("a latency cache without failover is advice", () => {
    const single = (role: "latency-cache" | "capacity-cache") =>
      judge(of([cache({ role, topology: { kind: "single" } })]), [rule("cache-fails-over")])[0]?.severity;
    expect([single("latency-cache"), single("capacity-cache")]).toEqual(["advisory", "mandatory"]);
  });
});

describe("waivers", () => {
  const failing = of([group({ image: { reference: "web:1", pinned: false } })]);
  const judged = (
    waiver: { readonly reason?: string; readonly until?: string; readonly rule?: string; readonly part?: string },
    asOf = "2026-11-21",
  ) =>
    judge(
      {
        ...failing,
        asOf,
        plan: plan({
          waivers: [{ rule: "image-pinned", reason: "moving registries", until: "2026-11-30", ...waiver }],
        }),
      },
      [rule("image-pinned")],
    )[0];
  test("cover a finding through their last day, and not the day after", () => {
    expect(judged({}, "2026-11-30")).toMatchObject({
      verdict: "waived",
      waiver: { reason: "moving registries", until: "2026-11-30" },
    });
    const after = judged({}, "2026-12-01");
    expect(after?.verdict).toBe("fail");
    expect(after?.message).toContain("its waiver ended on 2026-11-30");
  });
  test("need a reason, and an end that is a date", () => {
    expect(judged({ reason: " " })).toMatchObject({
      verdict: "fail",
      message: expect.stringContaining("no reason") as string,
    });
    expect(judged({ until: "2026-11-31" })).toMatchObject({
      verdict: "fail",
      message: expect.stringContaining("is no date") as string,
    });
    expect(judged({ until: "never" })?.verdict).toBe("fail");
  });
  test("cover one rule, and where they say so one part or workload", () => {
    expect(judged({ part: "web" })?.verdict).toBe("waived");
    expect(judged({ part: groupKey })?.verdict).toBe("waived");
    expect(judged({ part: "storage" })?.verdict).toBe("fail");
    expect(judged({ rule: "logs-kept" })?.verdict).toBe("fail");
  });
});

describe("plan-known", () => {
  test("says which rules had nothing to go by", () => {
    const hiddenPlan = resource("nines:index:System", {}, {}, { custom: false, name: "web" });
    const [judged] = judge(subject({ plan: null, resources: [hiddenPlan] }), [rule("plan-known")]);
    expect(judged).toMatchObject({
      verdict: "undecided",
      severity: "advisory",
      fix: "unset PULUMI_NODEJS_SKIP_COMPONENT_INPUTS",
    });
    expect(verdicts("plan-known", subject())).toEqual(["pass"]);
  });
  test("another's program is judged by what stands there alone", () => {
    for (const id of [
      "zones-promised",
      "zone-loss-carried",
      "objective-met",
      "budget",
      "recovery-in-time",
      "built-as-planned",
    ])
      expect(verdicts(id, subject({ plan: null }))).toEqual([]);
  });
});

test("inputs-agree names both sides of a conflict", () => {
  const [judged] = judge(subject({ conflicts: [conflict()] }), [rule("inputs-agree")]);
  expect(judged).toMatchObject({ verdict: "fail", part: groupKey, message: "drainSeconds: a.x says 1, b.y says 2" });
  expect(verdicts("inputs-agree", subject())).toEqual([]);
});

test("replicas-not-dropped counts a group that is gone as all of it, and a first deploy as nothing", () => {
  expect(
    verdicts("replicas-not-dropped", of([], { baseline: { parts: [asReading(group())], cost: cost(1) } })),
  ).toEqual(["fail"]);
  expect(verdicts("replicas-not-dropped", subject())).toEqual([]);
});

test("leftWithoutFullestZone: 41 over three zones are 14, 14, 13, and leave 27", () => {
  expect(leftWithoutFullestZone(41, 3)).toBe(27);
  expect(leftWithoutFullestZone(1, 1)).toBe(0);
});

describe("looksSecret", () => {
  test.each([
    ["API_TOKEN", "abc"],
    ["STRIPE_SECRET_KEY", "abc"],
    ["PASSWORD", "x"],
    ["X", "-----BEGIN RSA PRIVATE KEY-----"],
    ["X", "wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY"],
    ["X", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b"],
  ])("%s=%s does", (name, value) => expect(looksSecret(name, value)).not.toBeNull());
  test.each([
    ["MAX_TOKENS", "100"],
    ["TOKEN_TTL", "3600"],
    ["KEYBOARD", "de"],
    ["EMBEDDING_SERVICE_URLS", "http://embedding:8888"],
    ["LOG_LEVEL", "info"],
    ["PASSWORD_FILE", "/run/secrets/x"],
    ["AUTH", "true"],
    ["NAME", "registry-example-com-service"],
    ["TOKEN", ""],
  ])("%s=%s does not", (name, value) => expect(looksSecret(name, value)).toBeNull());
  test("its value is never printed", () => {
    const [judged] = judge(of([withEnvironment("DB_PASSWORD", "hunter22")]), [rule("no-plain-secret")]);
    expect(JSON.stringify(judged)).not.toContain("hunter22");
  });
});

test("a rule over many stacks' keys keeps to its own part", () => {
  const other = group({ key: partKey("replica-group", "other", "us-east-1"), workload: "other", scaling: range(1, 2) });
  expect(judge(of([group(), other]), [rule("two-replicas")]).map(({ part, verdict }) => [part, verdict])).toEqual([
    [groupKey, "pass"],
    [other.key, "fail"],
  ]);
});
