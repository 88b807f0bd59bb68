import type { AlertSignal } from "../../../model";
import { alertQuery, type Watched } from "../../../components/kubernetes/alert-queries";
import { thresholdRules, upRules, type ThresholdRule } from "../../../components/kubernetes/alert-rules";
import type { AlertingRule, RuleGroup } from "../../../components/kubernetes/prometheus-rule";
import { checkRules, promtoolSuite, testRules } from "./promtool";

const model: Watched = { namespace: "prod", owner: "Deployment", name: "model", autoscaler: "model" };
const cache: Watched = { namespace: "prod", owner: "StatefulSet", name: "features", autoscaler: null };
const group = (rules: readonly AlertingRule[]): readonly RuleGroup[] => [{ name: "model", interval: "30s", rules }];

function rule(signal: AlertSignal, watched: Watched, change: Partial<ThresholdRule> = {}): readonly AlertingRule[] {
  const found = alertQuery(signal, watched);
  if (found === null) throw new Error(signal);
  return thresholdRules({
    name: signal.replace(/(^|-)([a-z])/g, (_, __, letter: string) => letter.toUpperCase()),
    service: watched.name,
    query: found.query,
    comparison: ">",
    threshold: 90,
    forSeconds: 120,
    severity: "page",
    summary: signal,
    absent: found.absent,
    ...change,
  });
}

describe("alertQuery", () => {
  test("by hand: available pods of the Deployment, ready ones of the StatefulSet", () => {
    expect(alertQuery("healthy-below-need", model)?.query).toBe(
      'kube_deployment_status_replicas_available{namespace="prod",deployment="model"}',
    );
    expect(alertQuery("healthy-below-need", cache)?.query).toBe(
      'kube_statefulset_status_replicas_ready{namespace="prod",statefulset="features"}',
    );
  });

  test("what has no metric on Kubernetes has no query", () => {
    expect(alertQuery("nat-ports", model)).toBeNull();
    expect(alertQuery("availability-burn", model)).toBeNull();
    expect(alertQuery("at-maximum", cache)).toBeNull();
  });

  test("a name with a dot matches itself alone", () => {
    expect(alertQuery("cpu", { ...model, name: "model.v2" })?.query).toContain('pod=~"model\\\\.v2-.+"');
  });
});

describe("thresholdRules", () => {
  test("absence is told where the metric is always there, and not otherwise", () => {
    expect(rule("healthy-below-need", model).map(({ alert }) => alert)).toEqual([
      "HealthyBelowNeed",
      "HealthyBelowNeedUnseen",
    ]);
    expect(rule("cpu", model).map(({ alert }) => alert)).toEqual(["Cpu"]);
  });

  test("a threshold is written as a person would; no waiting is no `for`", () => {
    const [first] = rule("cpu", model, { threshold: 0.1 + 0.2, forSeconds: 0 });
    expect(first?.expr.endsWith(" > 0.3")).toBe(true);
    expect(first && "for" in first).toBe(false);
  });
});

promtoolSuite("promtool and alerts", () => {
  const signals = [
    "healthy-below-need",
    "all-replicas-down",
    "unhealthy-replicas",
    "running-below-minimum",
    "at-maximum",
    "cpu",
    "memory",
    "cache-memory",
    "cache-evictions",
    "cache-replication-lag",
  ] as const;

  test("check rules: every signal of both kinds of owner, and scrapes", () => {
    const rules = signals.flatMap((signal) =>
      [model, cache].flatMap((watched) => (alertQuery(signal, watched) === null ? [] : rule(signal, watched))),
    );
    expect(rules.length).toBeGreaterThan(20);
    expect(checkRules(group([...rules, ...upRules({ service: "model", target: { job: "model" } })]))).toBe("");
  });

  test("what is wrong is found: a query that does not parse, a comparison that never is, a rule twice", () => {
    expect(checkRules(group(rule("cpu", model, { query: "sum(up" })))).toMatch(/exit 1/);
    expect(checkRules(group([...rule("cpu", model), ...rule("cpu", model)]))).toMatch(/duplicate/);
    const up = group(upRules({ service: "model", target: { job: "model" } }));
    expect(testRules(up, [{ name: "wrong", series: {}, firing: [{ at: "10m", alerts: [] }] }])).toMatch(/exit 1/);
  });

  const pod = 'namespace="prod",pod="model-1",container="model"';
  const used = `container_memory_working_set_bytes{${pod}}`;
  const limit = `kube_pod_container_resource_limits{${pod},resource="memory"}`;
  const available = 'kube_deployment_status_replicas_available{namespace="prod",deployment="model"}';

  test("test rules: pods below need, and nobody who says so", () => {
    const need = group(rule("healthy-below-need", model, { comparison: "<", threshold: 3 }));
    expect(
      testRules(need, [
        { name: "enough", series: { [available]: "3x20" }, firing: [{ at: "15m", alerts: [] }] },
        {
          name: "too few",
          series: { [available]: "2x20" },
          firing: [
            { at: "1m", alerts: [] },
            { at: "3m", alerts: ["HealthyBelowNeed page"] },
          ],
        },
        { name: "no metric", series: {}, firing: [{ at: "15m", alerts: ["HealthyBelowNeedUnseen page"] }] },
      ]),
    ).toBe("");
  });

  test("test rules: memory of the fullest pod against its own limit", () => {
    const other = (metric: string): string => metric.replace("model-1", "model-2");
    const memory = group(rule("memory", model));
    expect(
      testRules(memory, [
        { name: "no pods", series: {}, firing: [{ at: "10m", alerts: [] }] },
        { name: "no limit", series: { [used]: "95x20" }, firing: [{ at: "10m", alerts: [] }] },
        {
          name: "half",
          series: { [used]: "50x20", [limit]: "100x20", [other(used)]: "90x20", [other(limit)]: "100x20" },
          firing: [{ at: "10m", alerts: [] }],
        },
        {
          name: "one of two",
          series: { [used]: "50x20", [limit]: "100x20", [other(used)]: "91x20", [other(limit)]: "100x20" },
          firing: [{ at: "10m", alerts: ["Memory page"] }],
        },
      ]),
    ).toBe("");
  });

  test("test rules: a cache without maxmemory is no full cache", () => {
    const redis = (name: string): string => `redis_memory_${name}_bytes{namespace="prod",pod="features-0"}`;
    const full = group(rule("cache-memory", cache));
    expect(
      testRules(full, [
        {
          name: "no limit",
          series: { [redis("used")]: "95x20", [redis("max")]: "0x20" },
          firing: [{ at: "10m", alerts: [] }],
        },
        {
          name: "low",
          series: { [redis("used")]: "89x20", [redis("max")]: "100x20" },
          firing: [{ at: "10m", alerts: [] }],
        },
        {
          name: "full",
          series: { [redis("used")]: "95x20", [redis("max")]: "100x20" },
          firing: [{ at: "10m", alerts: ["CacheMemory page"] }],
        },
      ]),
    ).toBe("");
  });

  test("test rules: one target down, all down, all gone", () => {
    const up = group(upRules({ service: "model", target: { job: "model" } }));
    const target = (instance: string): string => `up{job="model",instance="${instance}"}`;
    expect(
      testRules(up, [
        { name: "up", series: { [target("a")]: "1x20", [target("b")]: "1x20" }, firing: [{ at: "10m", alerts: [] }] },
        {
          name: "one",
          series: { [target("a")]: "1x20", [target("b")]: "0x20" },
          firing: [{ at: "10m", alerts: ["TargetDown ticket"] }],
        },
        {
          name: "all",
          series: { [target("a")]: "0x20" },
          firing: [{ at: "10m", alerts: ["TargetDown ticket", "AllTargetsDown page"] }],
        },
        { name: "gone", series: {}, firing: [{ at: "10m", alerts: ["AllTargetsDown page"] }] },
      ]),
    ).toBe("");
  });
});
