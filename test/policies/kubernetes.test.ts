import fc from "fast-check";
import { judge, type Subject } from "../../policies";
import { fullestZone } from "../../policies/kubernetes/spread";
import { calleesOpenCases } from "./callees-cases";
import { fallbackOpenCases, withoutFallback } from "./fallback-cases";
import { plan, rule, verdicts } from "./fixture";
import { openCases } from "./kubernetes-cases";
import { moreOpenCases } from "./kubernetes-more-cases";
import {
  budget,
  cluster,
  later,
  ofKind,
  pod,
  policy,
  running,
  scaler,
  service,
  spread,
  web,
  container,
  type Content,
} from "./manifests";

describe.each(
  [...openCases, ...moreOpenCases, ...fallbackOpenCases, ...calleesOpenCases].map(([id, given], index) => ({
    id,
    given,
    index,
  })),
)("$id ($index)", ({ id, given }) => {
  test("what is not known is undecided, never a pass", () => {
    expect(new Set(verdicts(id, given))).toEqual(new Set(["undecided"]));
  });
});

test.each(withoutFallback)("%s says nothing where nothing falls back", (id, given) => {
  expect(verdicts(id, given)).toEqual([]);
});

const said = (id: string, given: Parameters<typeof judge>[0]) =>
  judge(given, [rule(id)]).map(({ verdict, severity, part, message }) => [verdict, severity, part, message]);

test("one number by hand: 7 pods in 3 zones, skew 1, leave at most 3 in one; skew 3 lets it hold 4", () => {
  // 3+2+2; 4 beside 1 and 1 make 6, and a fifth in it would ask for 2 and 2.
  expect([fullestZone(7, 3, 1), fullestZone(7, 3, 3), fullestZone(7, 1, 1), fullestZone(0, 3, 1)]).toEqual([
    3, 4, 7, 0,
  ]);
});

test("no placement that the skew allows puts more into one zone", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 8 }), { minLength: 1, maxLength: 4 }),
      fc.integer({ min: 1, max: 5 }),
      (zones, skew) => {
        fc.pre(Math.max(...zones) - Math.min(...zones) <= skew);
        const pods = zones.reduce((sum, each) => sum + each, 0);
        expect(fullestZone(pods, zones.length, skew)).toBeGreaterThanOrEqual(Math.max(...zones));
      },
    ),
  );
});

test("rules of pods say nothing where there are none", () => {
  const given = cluster([ofKind("v1", "ConfigMap", {})]);
  for (const id of ["budget-there", "drain-possible", "selectors-find-pods", "requests-there", "scaler-not-fought"])
    expect(verdicts(id, given)).toEqual([]);
});

test("a lone pod needs no budget, and one that keeps it is named with the fix", () => {
  const given = cluster([web({ replicas: 1 }), budget({ minAvailable: 1 })]);
  expect(judge(given, [rule("drain-possible")])).toMatchObject([
    {
      verdict: "fail",
      part: "replica-group/web/cluster",
      message: "minAvailable 1 of 1 pod: a drain may take 0 at once",
      fix: "leave the budget out, or run 2 pods or more",
    },
  ]);
});

test("a StatefulSet has no Part yet is judged, and named", () => {
  const store = { ...web(), kind: "StatefulSet", metadata: { name: "db", namespace: "shop" } };
  const [found] = judge(cluster([store]), [rule("budget-there")]);
  expect(found?.message).toContain("3 pods, and no budget");
});

test("Recreate takes every pod away first: no number of rollingUpdate mends that", () => {
  const given = (strategy: Content) => cluster([web({ strategy })]);
  const [recreate] = judge(given({ type: "Recreate" }), [rule("rollout-keeps-need")]);
  expect(recreate).toMatchObject({
    verdict: "fail",
    fix: "start new pods first: strategy RollingUpdate with maxSurge 1 and maxUnavailable 0 (Recreate takes every pod away before it starts one)",
  });
  const [rolling] = judge(given({ rollingUpdate: { maxSurge: 0, maxUnavailable: 3 } }), [rule("rollout-keeps-need")]);
  expect(rolling?.fix).toContain("RollingUpdate");
  const [three] = judge(given({ rollingUpdate: { maxSurge: 1, maxUnavailable: 3 } }), [rule("rollout-keeps-need")]);
  expect(three?.fix).toBe("set strategy.rollingUpdate.maxUnavailable to 0");
});

test("images of what is no replica group: of a store and a job it counts, with a plan and without; of what nines chose itself it is advice", () => {
  const job = ofKind("batch/v1", "Job", { template: { spec: { containers: [{ name: "a", image: "a:1" }] } } }, "a");
  const store = ofKind("apps/v1", "StatefulSet", {
    selector: { matchLabels: { app: "db" } },
    template: { metadata: { labels: { app: "db" } }, spec: { containers: [{ name: "db", image: "db:1" }] } },
  });
  for (const over of [{}, { plan: plan() }])
    expect(
      said("image-pinned", cluster([job, store], over)).map(([verdict, severity, , message]) => [
        verdict,
        severity,
        message,
      ]),
    ).toEqual([
      ["fail", "mandatory", "db:1"],
      ["fail", "mandatory", "Job shop/a: a:1"],
    ]);
  const of = (image: string) =>
    ofKind("batch/v1", "Job", { template: { spec: { containers: [{ name: "a", image }] } } }, "a");
  for (const [image, severity] of [
    ["docker.io/library/haproxy:3.2", "advisory"],
    ["registry.example.com/haproxy:3.2", "mandatory"],
  ] as const)
    for (const over of [{}, { plan: plan() }])
      expect(judge(cluster([of(image)], over), [rule("image-pinned")])).toMatchObject([{ verdict: "fail", severity }]);
});

test("plain secrets of a job and a store are told as a replica group's are, without their value", () => {
  const env = [{ name: "PGPASSWORD", value: "plain-0001" }];
  const template = { metadata: { labels: { app: "db" } }, spec: { containers: [{ name: "db", image: "db:1", env }] } };
  const selector = { matchLabels: { app: "db" } };
  const given = cluster([
    ofKind("batch/v1", "CronJob", { jobTemplate: { spec: { template } } }, "dump"),
    ofKind("apps/v1", "StatefulSet", { selector, template }, "db"),
    running({ env }),
  ]);
  const found = judge(given, [rule("no-plain-secret")]);
  expect(found.map(({ verdict, message }) => [verdict, message])).toEqual([
    ["fail", "PGPASSWORD is named like a secret"],
    ["fail", "PGPASSWORD of db is named like a secret"],
    ["fail", "CronJob shop/dump: PGPASSWORD of db is named like a secret"],
  ]);
  for (const { fix } of found) expect(fix).toBe("keep it in a Secret, and take it from there: valueFrom.secretKeyRef");
});

test("zones that no object names are asked for in words of the demand file", () => {
  expect(judge(cluster([web()]), [rule("single-zone")])).toMatchObject([
    {
      verdict: "undecided",
      message: "no object says which zones its nodes are in",
      fix: "state cluster.zones in a demand file",
    },
  ]);
  const held = web({}, pod({ nodeSelector: { "topology.kubernetes.io/zone": "a" } }));
  expect(judge(cluster([held]), [rule("single-zone")])[0]?.fix).toBe("let it stand on nodes in 2 zones or more");
});

test("a lone store looks for nobody, and how others copy theirs is not guessed", () => {
  const store = (replicas: number) =>
    cluster([
      ofKind("apps/v1", "StatefulSet", {
        replicas,
        selector: { matchLabels: { app: "db" } },
        template: { metadata: { labels: { app: "db" } }, spec: { containers: [{ name: "db", image: "db:1" }] } },
      }),
    ]);
  expect(verdicts("store-members-find-each-other", store(1))).toEqual([]);
  expect(verdicts("store-members-find-each-other", store(2))).toEqual(["fail"]);
  expect(verdicts("store-snapshots", store(1))).toEqual(["undecided"]);
});

test("one Redis alone is not told to run more of itself, and whether it must not evict is not guessed", () => {
  const redis = (args: readonly string[], replicas = 1) =>
    cluster([
      web({ replicas }, pod({ containers: [{ name: "redis", image: "redis:7", args: ["redis-server", ...args] }] })),
    ]);
  expect(verdicts("three-pods", redis([]))).toEqual([]);
  expect(said("cache-eviction-fits", redis([])).map(([verdict, severity]) => [verdict, severity])).toEqual([
    ["undecided", "advisory"],
  ]);
  expect(verdicts("cache-eviction-fits", redis(["--maxmemory-policy", "allkeys-lru"]))).toEqual(["pass"]);
  expect(judge(redis([]), [rule("cache-asks-for-token")])).toMatchObject([
    { verdict: "fail", fix: "set requirepass and masterauth, from a Secret, or an aclfile" },
  ]);
});

test("only the trap of a rollout is advice; the others count", () => {
  const of = (over: Parameters<typeof spread>[0]) =>
    said("spread-survives-zone", cluster([web({}, pod({ topologySpreadConstraints: [spread(over)] }))]))[0]?.slice(
      0,
      2,
    );
  expect(of({ matchLabelKeys: null })).toEqual(["fail", "advisory"]);
  expect(of({ matchLabelKeys: null, nodeTaintsPolicy: "Ignore" })).toEqual(["fail", "mandatory"]);
});

test("a Service without a selector, of another name outside, or of pods in another namespace", () => {
  expect(verdicts("selectors-find-pods", cluster([service({ selector: null })]))).toEqual([]);
  expect(verdicts("selectors-find-pods", cluster([service({ type: "ExternalName" })]))).toEqual([]);
  const there = { ...service(), metadata: { name: "web", namespace: "other" } };
  expect(verdicts("selectors-find-pods", cluster([web(), there]))).toEqual(["fail"]);
});

test("labels that Kubernetes itself puts on pods are there without a template that writes them", () => {
  const template = { metadata: { labels: { app: "db" } }, spec: { containers: [{ name: "db", image: "db:1" }] } };
  const set = ofKind(
    "apps/v1",
    "StatefulSet",
    { replicas: 3, selector: { matchLabels: { app: "db" } }, template },
    "db",
  );
  const job = ofKind("batch/v1", "Job", { template }, "load");
  const chosen = (selector: Content) => verdicts("selectors-find-pods", cluster([set, job, service({ selector })]));
  const member = "statefulset.kubernetes.io/pod-name";
  expect(chosen({ app: "db", [member]: "db-0" })).toEqual(["pass"]);
  expect(chosen({ [member]: "db-2" })).toEqual(["pass"]);
  // A fourth of three, another's, and one with a slip.
  for (const name of ["db-3", "web-0", "db-00", "db"]) expect(chosen({ app: "db", [member]: name })).toEqual(["fail"]);
  expect(chosen({ app: "web", [member]: "db-0" })).toEqual(["fail"]);
  expect(chosen({ "apps.kubernetes.io/pod-index": "0" })).toEqual(["pass"]);
  expect(chosen({ "apps.kubernetes.io/pod-index": "3" })).toEqual(["fail"]);
  expect(chosen({ "batch.kubernetes.io/job-name": "load" })).toEqual(["pass"]);
  expect(chosen({ "batch.kubernetes.io/job-name": "other" })).toEqual(["fail"]);
  const expression = { key: member, operator: "In", values: ["db-7", "db-1"] };
  const one = budget({ maxUnavailable: 1, selector: { matchExpressions: [expression] } });
  expect(verdicts("selectors-find-pods", cluster([set, one]))).toEqual(["pass"]);
});

test("a probe asks a port by a name that its own container has, beside the main one too", () => {
  const beside = (port: string | number): Content => ({
    name: "proxy",
    image: "proxy:1",
    ports: [{ name: "admin", containerPort: 15000 }],
    readinessProbe: { httpGet: { path: "/ready", port } },
  });
  const given = (port: string | number): Subject =>
    cluster([web({}, pod({ containers: [container(), beside(port)] }))]);
  expect(verdicts("inputs-agree", given("http"))).toEqual(["fail"]);
  expect(given("admin").conflicts).toEqual([]);
  expect(given(15021).conflicts).toEqual([]);
});

test("what both probes ask of gRPC is said in one sentence, with its service or without", () => {
  const both = (grpc: Content): readonly string[] => {
    const probe = { grpc: { port: 9000, ...grpc } };
    return judge(cluster([running({ readinessProbe: probe, livenessProbe: probe })]), [rule("probes-differ")]).map(
      ({ message }) => message,
    );
  };
  expect(both({})).toEqual(["web asks gRPC on port 9000 for both"]);
  expect(both({ service: "ready" })).toEqual(["web asks gRPC ready on port 9000 for both"]);
});

test("a key that may be missing, and a Secret that is kept elsewhere, are nothing to tell", () => {
  const from = (ref: Content) => [{ name: "A", valueFrom: ref }];
  const given = (ref: Content) => verdicts("settings-there", cluster([running({ env: from(ref) })]));
  expect(given({ configMapKeyRef: { name: "a", key: "b", optional: true } })).toEqual([]);
  expect(given({ secretKeyRef: { name: "a", key: "b" } })).toEqual([]);
  expect(given({ configMapKeyRef: { name: "a", key: "b" } })).toEqual(["undecided"]);
  const secret = { ...ofKind("v1", "Secret", {}, "a"), stringData: { b: "x" } };
  const beside = (key: string) =>
    verdicts("settings-there", cluster([secret, running({ env: from({ secretKeyRef: { name: "a", key } }) })]));
  expect(beside("b")).toEqual(["pass"]);
  expect(beside("c")).toEqual(["fail"]);
});

test("settings taken whole and files mounted are followed to their Secret or ConfigMap", () => {
  const secret = { ...ofKind("v1", "Secret", {}, "api-keys"), stringData: { token: "x" } };
  const map = { ...ofKind("v1", "ConfigMap", {}, "api-files"), data: { "app.yaml": "a: 1" } };
  const given = (over: Content, podOver: Content = {}) =>
    verdicts("settings-there", cluster([secret, map, running(over, podOver)]));
  const whole = (name: string) => given({ envFrom: [{ secretRef: { name } }] });
  expect(whole("api-keys")).toEqual(["pass"]);
  // Kept elsewhere, as Secrets are; but for a letter it is the one beside it.
  expect(whole("other-keys")).toEqual([]);
  expect(whole("api-key")).toEqual(["undecided"]);
  const mounted = (...volumes: readonly Content[]) => given({}, { volumes });
  const items = (key: string) => [{ key, path: "x" }];
  expect(mounted({ name: "a", secret: { secretName: "api-keys", items: items("token") } })).toEqual(["pass"]);
  expect(mounted({ name: "a", secret: { secretName: "api-keys", items: items("tokn") } })).toEqual(["fail"]);
  expect(mounted({ name: "a", configMap: { name: "api-files", items: items("app.yml") } })).toEqual(["fail"]);
  expect(mounted({ name: "a", configMap: { name: "api-files" } })).toEqual(["pass"]);
  expect(mounted({ name: "a", configMap: { name: "elsewhere" } })).toEqual(["undecided"]);
  expect(mounted({ name: "a", configMap: { name: "elsewhere", optional: true } })).toEqual([]);
  const projected = (key: string) =>
    mounted({ name: "a", projected: { sources: [{ secret: { name: "api-keys", items: items(key) } }] } });
  expect([projected("token"), projected("tokn")]).toEqual([["pass"], ["fail"]]);
  expect(given({}, { volumes: later })).toEqual(["undecided"]);
});

test("a policy that leaves policyTypes out closes the way out only with rules for it", () => {
  const given = (over: Parameters<typeof policy>[0]) => cluster([web(), policy(over)]);
  expect(verdicts("names-resolve", given({ policyTypes: null, egress: null }))).toEqual([]);
  expect(verdicts("names-resolve", given({ policyTypes: null, egress: [] }))).toEqual(["fail"]);
  // Policies add up.
  expect(verdicts("names-resolve", cluster([web(), policy({ egress: [] }), policy({}, "dns")]))).toEqual(["pass"]);
});

test("an autoscaler of a share of CPU alone asks for no memory request", () => {
  const given = cluster([running({ resources: { requests: { cpu: "1" } } }), scaler()]);
  expect(verdicts("scaler-has-requests", given)).toEqual(["pass"]);
});

test("less than 99.99 % is not called critical", () => {
  expect(verdicts("critical-in-regions", cluster([web()]))).toEqual([]);
});

test("a surge in percent is one of the pods that stand: 4 and 1, then 20 and 5", () => {
  const rolling = { rollingUpdate: { maxSurge: "25%", maxUnavailable: 0 } };
  const given = (pods: number) =>
    cluster([
      web({ replicas: null, strategy: rolling }),
      scaler({ minReplicas: 4, maxReplicas: 20 }),
      ofKind("v1", "ResourceQuota", { hard: { pods } }),
    ]);
  const [short] = judge(given(24), [rule("quota-holds-pods")]);
  expect(short).toMatchObject({ verdict: "fail", severity: "advisory", fix: "raise pods to 25 pods" });
  expect(short?.message).toContain("5 pods are asked for at the floor and 25 pods at the ceiling");
  expect(verdicts("quota-holds-pods", given(25))).toEqual(["pass"]);
});

test("what stands fits and the scaler's last pods do not: advice", () => {
  const hard = ofKind("v1", "ResourceQuota", { hard: { pods: 5 } });
  const given = cluster([web({ replicas: null }), scaler(), hard]);
  expect(judge(given, [rule("quota-holds-pods")])).toMatchObject([{ verdict: "fail", severity: "advisory" }]);
});
