import { readFileSync } from "node:fs";
import * as path from "node:path";
import type { Part } from "../../model";
import { asReading, looksSecret, partKey } from "../../model";
import { judge, rules } from "../../policies";
import { leftWithoutFullestZone } from "../../policies/availability";
import {
  alert,
  allParts,
  balancer,
  bucket,
  cdn,
  cache,
  conflict,
  cost,
  group,
  groupKey,
  hidden,
  lambda,
  network,
  of,
  plan,
  queue,
  resource,
  rule,
  subject,
  topic,
  verdicts,
} from "./fixture";
import { range, withEnvironment, plain, cases } from "./rule-cases";

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
  // And those of stores in stores.test.ts.
  const stores = readFileSync(path.join(__dirname, "stores.test.ts"), "utf8");
  for (const { id } of rules) if (id.startsWith("store-") && stores.includes(`"${id}"`)) tried.add(id);
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
    ["bucket-versioned", bucket(), "versioned"],
    ["bucket-versions-expire", bucket(), "versioned"],
    ["bucket-versions-expire", bucket(), "hasLifecycle"],
    ["bucket-tls", bucket(), "inTransit"],
    ["bucket-kept", bucket(), "forceDestroy"],
    ["queue-dead-letter", queue(), "deadLetter"],
    ["queue-encrypted", queue(), "atRest"],
    ["queue-tls", queue(), "inTransit"],
    ["cdn-tls-floor", cdn(), "tlsFloor"],
    ["cdn-tls-floor", cdn(), "redirectsToTls"],
    ["cdn-origin-failover", cdn(), "originFailover"],
    ["cdn-origin-failover", cdn(), "origins"],
    ["cdn-logs", cdn(), "logs"],
    ["cdn-firewall", cdn(), "firewall"],
    ["function-keeps-failures", lambda(), "keepsFailures"],
  ];
  test.each(unknowns)("%s: %p", (id, part, path) => {
    const others = allParts.filter((known) => known.kind !== part.kind).map((known) => asReading(known));
    const parts = [...others, hidden(part, path)];
    const found = new Set(verdicts(id, subject({ parts })));
    expect(found.has("undecided")).toBe(true);
    expect(found.has("fail")).toBe(false);
  });
  test("a function that may run for a time that is not known, before a queue", () => {
    const parts = [asReading(queue()), hidden(lambda(), "timeoutSeconds")];
    expect(verdicts("queue-outlasts-function", subject({ parts }))).toEqual(["undecided"]);
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
    const said = (spotShare: number) => {
      const runtime = { kind: "ecs-fargate", architecture: "arm64", spotShare, rebalancing: true } as const;
      const of = subject({ parts: [asReading(group({ runtime }))], availability: null });
      return judge(of, [rule("objective-met")]).map(({ verdict, message }) => [verdict, message]);
    };
    const spot = "web has enough only with Spot, and how often all of that is taken nobody says";
    // Of six four are needed: half leaves three, a third four.
    expect(said(0.5)).toEqual([["undecided", spot]]);
    expect(said(1 / 3)).toEqual([["undecided", "availability could not be computed on what was built"]]);
  });
});

test("lines that nobody keeps, and a group that somebody else keeps, are advice everywhere", () => {
  const found = (logs: ReturnType<typeof group>["logs"]) =>
    judge(subject({ parts: [asReading(group({ logs }))] }), [rule("logs-kept")])[0];
  expect(found(null)).toMatchObject({ verdict: "fail", severity: "advisory", message: "no logs" });
  expect(found({ kind: "existing", group: "/shared", region: "us-east-1" })).toMatchObject({
    verdict: "undecided",
    severity: "advisory",
    message: "retention of /shared belongs to something outside this program",
  });
  expect(found({ kind: "group", keepDays: 0 })).toMatchObject({ verdict: "fail", severity: "mandatory" });
});

test("flow logs that are kept for a time that is not known are flow logs", () => {
  const kept = hidden(network(), "flowLogs.keepDays", "elsewhere");
  expect(verdicts("flow-logs", subject({ parts: [kept] }))).toEqual(["pass"]);
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
  test("broken TLS is mandatory inside a private network too: a certificate is there", () => {
    const old = { port: 443, tlsFloor: "1.1", redirects: false } as const;
    for (const listeners of [[old], [old, plain]])
      expect(judge(of([balancer({ exposure: "private", listeners })]), [rule("tls-floor")])).toMatchObject([
        { verdict: "fail", severity: "mandatory", message: "port 443 accepts TLS 1.1" },
      ]);
  });
  test("logs without versions are advice, data is not", () => {
    const severity = (holds: "data" | "logs") =>
      judge(of([bucket({ versioned: false, holds })], { plan: null }), [rule("bucket-versioned")])[0]?.severity;
    expect([severity("logs"), severity("data")]).toEqual(["advisory", "mandatory"]);
  });
  test("a bucket without a block of its own is advice: AWS fences new ones", () => {
    const bare = resource("aws:s3/bucket:Bucket", {}, {}, { name: "images" });
    const judged = judge(subject({ resources: [bare] }), [rule("buckets-private")]);
    expect(judged).toMatchObject([{ verdict: "fail", severity: "advisory" }]);
    const account = resource("aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock", {
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    expect(verdicts("buckets-private", subject({ resources: [bare, account] }))).toEqual(["pass"]);
  });
  test("what a network balancer passes on is nobody's plain text; what it ends itself is judged", () => {
    const passing = (listeners: Parameters<typeof balancer>[0]) =>
      of([balancer({ runtime: { kind: "nlb", crossZone: true }, ...listeners })]);
    const given = passing({ listeners: [plain] });
    expect(verdicts("tls-floor", given)).toEqual(["pass"]);
    for (const id of ["http-redirects", "invalid-headers-dropped", "internet-rate-limited"])
      expect(verdicts(id, given)).toEqual([]);
    expect(verdicts("tls-floor", passing({ listeners: [{ ...plain, tlsFloor: "1.1" }] }))).toEqual(["fail"]);
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
        basis: plan({
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
    verdicts("replicas-not-dropped", of([], { baseline: { parts: [asReading(group())], cost: cost(1), changes: [] } })),
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
    ["ROOT_PASSWORD", "123456"],
    ["ALLOW_EMPTY_PASSWORD", "maybe"],
    ["DB_PASS", "x"],
    ["JAVA_OPTS", "-Xmx1g -Ddb.password=hunter22"],
    ["DATABASE_URL", "postgres://app:hunter22@db/app"],
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
    ...["yes", "no", "true", "False", "1", "0", "on", "off"].flatMap((value) => [
      ["ALLOW_EMPTY_PASSWORD", value],
      ["MYSQL_ALLOW_EMPTY_PASSWORD", value],
    ]),
    ["DATABASE_URL", "postgres://app:$(PGPASSWORD)@db/app"],
    ["PASSWORD", "$(OTHER)"],
    ["GOOGLE_APPLICATION_CREDENTIALS", "/var/run/key.json"],
    ["AUTH_TYPE", "basic"],
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

test("a fix is in nines' words where nines planned, and in the provider's where somebody else wrote the program", () => {
  const parts = [network({ flowLogs: null })];
  const fixes = [of(parts), of(parts, { plan: null })].map((given) => judge(given, [rule("flow-logs")])[0]?.fix);
  expect(fixes).toEqual(["set network.flowLogDays", "add a flow log of the VPC"]);
});
