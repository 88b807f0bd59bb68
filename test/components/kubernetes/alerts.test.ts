import {
  bareResource,
  plain,
  resourceGraph,
  type Alert,
  type Inputs,
  type Request,
  type Resource,
} from "../../../model";
import { alertGroups } from "../../../components/kubernetes/alert";
import { alertReader } from "../../../components/kubernetes/alert.read";
import { ruleFile, type RuleGroup } from "../../../components/kubernetes/prometheus-rule";
import { memberAlerts } from "../../../capacity/kubernetes/alert-plan";
import { secondsOf } from "../../../components/kubernetes/rules.read";
import { configured, recordStack, tables } from "../../stacks";
import { checkRules, promtoolSuite, testRules } from "./promtool";

const region = "us-east-1";
const object = (kind: string, name: string, inputs: Inputs, type = `kubernetes:${kind}`): Resource =>
  bareResource({
    urn: `urn:${kind}:${name}`,
    type,
    name,
    inputs: { metadata: { name, namespace: "prod" }, ...inputs },
  });
const deployment = (name: string): Resource =>
  object("apps/v1:Deployment", name, {
    spec: { template: { spec: { nodeSelector: { "topology.kubernetes.io/region": region } } } },
  });
const ruleObject = (...rules: readonly Inputs[]): Resource =>
  object("monitoring.coreos.com/v1:PrometheusRule", "rules", {
    spec: { groups: [{ name: "g", interval: "1m", rules }] },
  });
const read = (...resources: readonly Resource[]) =>
  alertReader.read(resourceGraph([deployment("model"), ...resources]));
const only = (rule: Inputs) => {
  const [part, ...others] = read(ruleObject(rule)).parts;
  expect(others).toEqual([]);
  return part && plain(part);
};
const available = 'kube_deployment_status_replicas_available{namespace="prod",deployment="model"}';

describe("rules that others wrote", () => {
  test("by hand: a count below three for five minutes, critical", () => {
    expect(
      only({ alert: "TooFew", expr: `${available} < 3`, for: "5m", labels: { severity: "critical" } }),
    ).toMatchObject({
      key: `alert/model-healthy-below-need/${region}`,
      signal: "healthy-below-need",
      watches: `replica-group/model/${region}`,
      threshold: 3,
      comparison: "<",
      periodSeconds: 60,
      evaluationPeriods: 5,
      missingData: "not-breaching",
      notifies: true,
      runtime: { kind: "prometheus-rule", severity: "page" },
    });
  });

  test.each([
    [`${available} == 0`, "all-replicas-down"],
    [`${available} < 1`, "all-replicas-down"],
    [`${available} <= 1`, "healthy-below-need"],
    ['kube_deployment_status_replicas{deployment="model"} < 3', "running-below-minimum"],
    ['kube_deployment_status_replicas_unavailable{deployment="model"} > 0', "unhealthy-replicas"],
    ['sum(container_memory_working_set_bytes{pod=~"model-.*"}) > 1e9', "memory"],
    ['rate(container_cpu_usage_seconds_total{pod=~"model-.+"}[5m]) > 0.9', "cpu"],
    ['sum(rate(http_requests_total{code=~"5.."}[5m])) / sum(rate(http_requests_total[5m])) > 0.05', "error-share"],
    ["histogram_quantile(0.99, sum by (le) (rate(latency_bucket[5m]))) > 0.25", "response-time"],
    ["redis_memory_used_bytes / redis_memory_max_bytes * 100 > 90", "cache-memory"],
  ])("%s is %s", (expr, signal) => {
    expect(only({ alert: "A", expr })).toMatchObject({ signal });
  });

  test.each([
    "up == 0",
    "vector(1)",
    `${available} == 2`,
    `absent(${available})`,
    "predict_linear(node_filesystem_free_bytes[1h], 4 * 3600) < 0",
    "",
  ])("%s is left unread, and its object unclaimed", (expr) => {
    expect(read(ruleObject({ alert: "A", expr }))).toEqual({ parts: [], claims: [], conflicts: [] });
  });

  test.each([
    ['kube_statefulset_status_replicas_ready{statefulset="features"} < 2', "healthy-below-need"],
    [
      'kube_statefulset_status_replicas{statefulset="features"} - kube_statefulset_status_replicas_ready{statefulset="features"} > 0',
      "unhealthy-replicas",
    ],
    [
      'max(1 - kubelet_volume_stats_available_bytes{persistentvolumeclaim=~".+-features-[0-9]+"} / kubelet_volume_stats_capacity_bytes) * 100 > 80',
      "volume",
    ],
    ['kubelet_volume_stats_used_bytes{persistentvolumeclaim=~"data-features-.*"} > 1e9', "volume"],
    ['max(container_memory_working_set_bytes{pod=~"features-.+"}) > 1e9', "memory"],
  ])("members of a cache or a store: %s is %s", (expr, signal) => {
    const features = (image: string) =>
      object("apps/v1:StatefulSet", "features", {
        spec: {
          template: {
            spec: { nodeSelector: { "topology.kubernetes.io/region": region }, containers: [{ name: "a", image }] },
          },
        },
      });
    const found = (image: string) =>
      alertReader.read(resourceGraph([features(image), ruleObject({ alert: "A", expr })])).parts.map(plain);
    expect(found("docker.io/valkey/valkey:8.0")).toMatchObject([{ signal, watches: `redis-cache/features/${region}` }]);
    expect(found("postgres:17")).toMatchObject([{ signal, watches: `store/features/${region}` }]);
  });

  test("silence is heard where absence has an alert of its own", () => {
    const rules = [
      { alert: "A", expr: `${available} < 3` },
      { alert: "B", expr: `absent(${available})` },
    ];
    expect(read(ruleObject(...rules)).parts.map(plain)).toMatchObject([{ missingData: "breaching" }]);
  });

  test("two of one sort have keys of their own; a name of another namespace is no watch of this one", () => {
    const other = available.replace("prod", "staging");
    const rules = [`${available} < 3`, `${available} < 2`, `${other} < 3`].map((expr) => ({ alert: "A", expr }));
    const found = read(ruleObject(...rules)).parts;
    expect(found.map(({ key }) => key)).toEqual([
      `alert/model-healthy-below-need/${region}`,
      `alert/model-healthy-below-need-2/${region}`,
      "alert/A-healthy-below-need/cluster",
    ]);
    expect(found[2]?.kind === "alert" && "watches" in found[2] && found[2].watches).toMatchObject({
      known: false,
      why: "elsewhere",
    });
  });

  test("what is not said is unknown, and what cannot be read is said to be", () => {
    const bare = object("monitoring.coreos.com/v1:PrometheusRule", "rules", {
      spec: { groups: [{ name: "g", rules: [{ alert: "A", expr: `${available} < 3`, for: "soon" }] }] },
    });
    expect(read(bare).parts[0]).toMatchObject({
      periodSeconds: { known: false, why: "elsewhere" },
      evaluationPeriods: { known: false, why: "unreadable" },
      notifies: { known: false, why: "elsewhere" },
    });
  });

  test("a ConfigMap with a rule file is read as the object is; others are nobody's", () => {
    const groups: readonly RuleGroup[] = [
      {
        name: "g",
        interval: "1m",
        rules: [{ alert: "A", expr: `${available} < 3`, labels: { severity: "page" }, annotations: {} }],
      },
    ];
    const map = (data: Inputs) => object("core/v1:ConfigMap", "rules", { data });
    expect(read(map({ "any.yml": ruleFile(groups) })).parts.map(plain)).toMatchObject([
      { signal: "healthy-below-need", runtime: { kind: "prometheus-file", severity: "page" } },
    ]);
    for (const data of [{ "app.yaml": "groups: []" }, { text: "groups:\n\t- [" }, { a: "b" }])
      expect(read(map(data)).claims).toEqual([]);
  });

  test.each([
    ["5m", 300],
    ["1h30m", 5400],
    ["1d", 86_400],
    ["500ms", 0.5],
    [0, 0],
    ["5 m", undefined],
    ["", undefined],
    [5, undefined],
  ])("a duration of %j is %j s", (text, seconds) => {
    expect(secondsOf(text)).toBe(seconds);
  });

  test("a value that is known only later is unknown, and never throws", () => {
    const later = object("monitoring.coreos.com/v1:PrometheusRule", "rules", { spec: { $unknown: "after-deploy" } });
    expect(read(later).parts).toEqual([]);
  });
});

promtoolSuite("promtool and alerts of members", () => {
  const key = `redis-cache/features/${region}` as const;
  const cluster = { namespace: { name: "prod" }, has: ["prometheus-operator"] };
  const parts = memberAlerts({ kubernetes: cluster } as unknown as Request, { key, workload: "features", region }, 2);
  const groups = alertGroups({ parts, workload: "features", namespace: "prod", owner: "StatefulSet", scales: false });
  const of = (name: string): string =>
    `kube_statefulset_status_replicas${name}{namespace="prod",statefulset="features"}`;
  const volume = (name: string): string =>
    `kubelet_volume_stats_${name}_bytes{namespace="prod",persistentvolumeclaim="data-features-0"}`;
  const state = (ready: number): Readonly<Record<string, string>> => ({
    [of("")]: "3x40",
    [of("_ready")]: `${ready}x40`,
  });

  test("check rules", () => expect(checkRules(groups)).toBe(""));

  test("test rules: all there, one missing, one left, a full volume", () => {
    expect(
      testRules(groups, [
        { name: "three", series: state(3), firing: [{ at: "15m", alerts: [] }] },
        { name: "two", series: state(2), firing: [{ at: "15m", alerts: ["UnhealthyReplicas ticket"] }] },
        {
          name: "one",
          series: state(1),
          firing: [{ at: "15m", alerts: ["HealthyBelowNeed page", "UnhealthyReplicas ticket"] }],
        },
        {
          name: "a volume at 79 and at 81 %",
          series: { ...state(3), [volume("available")]: "21x20 19x20", [volume("capacity")]: "100x40" },
          firing: [
            { at: "20m", alerts: [] },
            { at: "35m", alerts: ["Volume ticket"] },
          ],
        },
      ]),
    ).toBe("");
  });
});

promtoolSuite("promtool and the rules of a planned stack", () => {
  let groups: readonly RuleGroup[];
  let alerts: readonly Alert[];
  beforeAll(async () => {
    const prod = tables.environments["prod"]!;
    const { plan } = await recordStack(
      configured("embedding-prod", {
        target: "kubernetes",
        existing: { vectors: { address: "cache.example.internal:6379", tls: true, tokenSecretName: "shared/token" } },
      }),
      { systems: { embedding: tables.systems["embedding"]! }, environments: { prod } },
    );
    alerts = plan.parts.filter(
      (part): part is Alert => part.kind === "alert" && part.watches.startsWith("replica-group/embedding/"),
    );
    groups = alertGroups({
      parts: alerts,
      workload: "embedding",
      namespace: "embedding-prod",
      owner: "Deployment",
      scales: true,
    });
  });

  test("check rules", () => {
    expect(alerts.map(({ signal }) => signal).sort()).toEqual([
      "all-replicas-down",
      "at-maximum",
      "healthy-below-need",
      "memory",
      "running-below-minimum",
    ]);
    expect(checkRules(groups)).toBe("");
  });

  test("test rules: healthy, none ready, a zone's pods gone, nothing known", () => {
    const of = (kind: string): string =>
      `kube_deployment_status_${kind}{namespace="embedding-prod",deployment="embedding"}`;
    const need = alerts.find(({ signal }) => signal === "healthy-below-need")?.threshold ?? 0;
    const min = alerts.find(({ signal }) => signal === "running-below-minimum")?.threshold ?? 0;
    expect(need).toBeGreaterThan(1);
    const state = (ready: number, running: number): Readonly<Record<string, string>> => ({
      [of("replicas_available")]: `${ready}x20`,
      [of("replicas")]: `${running}x20`,
    });
    expect(
      testRules(groups, [
        { name: "healthy", series: state(min, min), firing: [{ at: "15m", alerts: [] }] },
        { name: "at need", series: state(need, min), firing: [{ at: "15m", alerts: [] }] },
        {
          name: "below need",
          series: state(need - 1, min),
          firing: [{ at: "15m", alerts: ["HealthyBelowNeed page"] }],
        },
        {
          name: "none",
          series: state(0, min),
          firing: [
            { at: "2m", alerts: ["AllReplicasDown page"] },
            { at: "15m", alerts: ["AllReplicasDown page", "HealthyBelowNeed page"] },
          ],
        },
        {
          name: "nothing known",
          series: {},
          firing: [
            {
              at: "15m",
              alerts: ["AllReplicasDownUnseen page", "HealthyBelowNeedUnseen page", "RunningBelowMinimumUnseen ticket"],
            },
          ],
        },
      ]),
    ).toBe("");
  });
});
