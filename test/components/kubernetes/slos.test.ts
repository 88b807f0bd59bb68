import { bareResource, plain, resourceGraph, type Inputs, type Resource, type Slo } from "../../../model";
import { prometheusRule, ruleFile } from "../../../components/kubernetes/prometheus-rule";
import { sloReader } from "../../../components/kubernetes/slo.read";
import { sloGroups } from "../../../components/kubernetes/slo-rules";
import { burnWindows } from "../../../capacity";
import type { RecordedStack } from "../../stacks";
import { checkRules, promtoolSuite, testRules } from "./promtool";
import { stacks } from "./stacks";

const object = (type: string, name: string, inputs: Inputs): Resource =>
  bareResource({
    urn: `urn:${type}:${name}`,
    type: `kubernetes:${type}`,
    name,
    inputs: { metadata: { name }, ...inputs },
  });
const read = (...resources: readonly Resource[]) => sloReader.read(resourceGraph(resources));
const rules = (spec: Inputs): Resource => object("monitoring.coreos.com/v1:PrometheusRule", "rules", { spec });
const model = object("apps/v1:Deployment", "model", {
  spec: { template: { spec: { nodeSelector: { "topology.kubernetes.io/region": "eu-west-1" } } } },
});

/** As Sloth 0.16 writes an objective of 99.9 % over 30 days, shortened. */
const sloth: Inputs = (() => {
  const labels = { sloth_id: "model-requests", sloth_service: "model", sloth_slo: "requests-availability" };
  const by = '{sloth_id="model-requests", sloth_service="model", sloth_slo="requests-availability"}';
  const share = (window: string) => ({
    record: `slo:sli_error:ratio_rate${window}`,
    expr: `(sum(rate(http_requests_total{code=~"5.."}[${window}])))\n/\n(sum(rate(http_requests_total[${window}])))\n`,
    labels,
  });
  return {
    groups: [
      { name: "sli", rules: ["5m", "30m", "1h", "6h"].map(share) },
      {
        name: "meta",
        rules: [
          { record: "slo:objective:ratio", expr: "vector(0.9990000000000001)", labels },
          { record: "slo:time_period:days", expr: "vector(30)", labels },
        ],
      },
      {
        name: "alerts",
        rules: [
          {
            alert: "HighErrorRate",
            expr: `(slo:sli_error:ratio_rate5m${by} > (14.4 * 0.0009999999999999432)) and ignoring (sloth_window) (slo:sli_error:ratio_rate1h${by} > (14.4 * 0.0009999999999999432))`,
            labels: { sloth_severity: "page" },
          },
        ],
      },
    ],
  };
})();

describe("objectives that others recorded", () => {
  test("Sloth's: objective, period, windows and whose it is; how it counts bad calls is not read", () => {
    const [part] = read(model, rules(sloth)).parts.map(plain);
    expect(part).toMatchObject({
      key: "slo/model-requests-availability/eu-west-1",
      watches: "replica-group/model/eu-west-1",
      objective: 0.9990000000000001,
      periodDays: 30,
      indicator: { known: false, why: "unreadable" },
      windows: [{ severity: "page", shortSeconds: 300, longSeconds: 3600, factor: 14.4 }],
    });
  });

  test("without its Deployment it is unknown where and of whom it is", () => {
    const [part] = read(rules(sloth)).parts.map(plain);
    expect(part).toMatchObject({
      key: "slo/model-requests-availability/cluster",
      watches: { known: false, why: "elsewhere" },
    });
  });

  test("ours reads back, of an object and of a file", () => {
    const slo = {
      name: "model-errors",
      service: "model",
      objective: 0.9995,
      periodDays: 28,
      indicator: { kind: "errors" as const, errors: 'e{a="}"}', total: "t" },
      windows: burnWindows(28),
    };
    const said = { objective: 0.9995, periodDays: 28, indicator: slo.indicator, windows: slo.windows };
    const { spec } = prometheusRule({ name: "r", labels: {}, groups: sloGroups(slo) });
    expect(read(rules(JSON.parse(JSON.stringify(spec)) as Inputs)).parts.map(plain)).toMatchObject([said]);
    const file = object("core/v1:ConfigMap", "rules", { data: { "rules.yaml": ruleFile(sloGroups(slo)) } });
    expect(read(file).parts.map(plain)).toMatchObject([{ ...said, runtime: { kind: "prometheus-file" } }]);
  });

  test("rules without objectives are nobody's here; a monitor is known and carries nothing", () => {
    expect(read(rules({ groups: [{ name: "g", rules: [{ record: "a:b", expr: "up" }] }] })).claims).toEqual([]);
    const monitor = object("monitoring.coreos.com/v1:ServiceMonitor", "m", { spec: {} });
    expect(read(monitor)).toEqual({
      parts: [],
      claims: [{ urn: monitor.urn, part: null, carries: "nothing" }],
      conflicts: [],
    });
  });
});

promtoolSuite("objectives of a planned stack", () => {
  let recorded: RecordedStack;
  let slos: readonly Slo[];
  beforeAll(async () => {
    recorded = await stacks.find(([name]) => name === "prod with sidecars, secrets and limits")![1]();
    slos = recorded.plan.parts.filter((part): part is Slo => part.kind === "slo");
  });

  test("by hand: all series are those of this namespace and Service", () => {
    expect(slos.map(({ indicator }) => indicator)).toEqual([
      {
        kind: "errors",
        errors: 'http_requests_total{namespace="embedding-prod",job="embedding",code=~"5.."}',
        total: 'http_requests_total{namespace="embedding-prod",job="embedding"}',
      },
      {
        kind: "slow",
        within: 'http_request_duration_seconds_bucket{namespace="embedding-prod",job="embedding",le="0.1"}',
        total: 'http_request_duration_seconds_count{namespace="embedding-prod",job="embedding"}',
      },
    ]);
    expect(slos[0]?.objective).toBe(recorded.plan.objectives.availability);
  });

  test("the monitor names a port of the Service, which lets Prometheus in", () => {
    const of = (kind: string) => recorded.resources.find(({ type }) => type.endsWith(`:${kind}`))?.inputs;
    expect(of("ServiceMonitor")).toMatchObject({
      metadata: { name: "embedding", namespace: "embedding-prod" },
      spec: { endpoints: [{ port: "port-9091", path: "/stats", interval: "30s" }] },
    });
    const policy = recorded.resources.find(
      ({ type, name }) => type.endsWith(":NetworkPolicy") && name.startsWith("embedding"),
    );
    expect(JSON.stringify(policy?.inputs)).toContain('"port":9091');
  });

  test("check rules and test rules of each: no traffic, healthy, slow burn, fast burn", () => {
    for (const slo of slos) {
      const groups = sloGroups({ ...slo, name: slo.workload, service: "embedding" });
      expect(checkRules(groups)).toBe("");
      const allowed = 1 - slo.objective;
      const minutes = "x70";
      const bad = (times: number): Readonly<Record<string, string>> => {
        const share = Math.min(1, allowed * times);
        const { indicator } = slo;
        const series = `,instance="a"}`;
        const total = indicator.total.replace("}", series);
        const other = (
          indicator.kind === "errors" ? indicator.errors.replace('=~"5.."', '="500"') : indicator.within
        ).replace("}", series);
        const counted = indicator.kind === "errors" ? share : 1 - share;
        return { [total]: `0+1000000${minutes}`, [other]: `0+${Math.round(1e6 * counted)}${minutes}` };
      };
      const burns = (severity: string): string => `SloErrorBudgetBurn ${severity}`;
      expect(
        testRules(groups, [
          { name: "no traffic", series: {}, firing: [{ at: "1h", alerts: ["SloWithoutCalls ticket"] }] },
          { name: "healthy", series: bad(0.5), firing: [{ at: "1h", alerts: [] }] },
          { name: "slow burn", series: bad(5), firing: [{ at: "1h", alerts: [burns("ticket")] }] },
          { name: "fast burn", series: bad(20), firing: [{ at: "1h", alerts: [burns("page"), burns("ticket")] }] },
        ]),
      ).toBe("");
    }
  });
});
