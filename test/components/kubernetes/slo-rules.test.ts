import fc from "fast-check";
import { burnWindows } from "../../../capacity";
import { counterSelector } from "../../../model";
import { decimal, duration, literal } from "../../../components/kubernetes/promql";
import { prometheusRule, ruleFile } from "../../../components/kubernetes/prometheus-rule";
import { sloGroups, type SloRules } from "../../../components/kubernetes/slo-rules";
import { checkRules, promtoolSuite, testRules, type RuleCase } from "./promtool";

const errors: SloRules = {
  name: "model-availability",
  service: "model",
  objective: 0.999,
  periodDays: 30,
  indicator: {
    kind: "errors",
    errors: 'http_requests_total{job="model",code=~"5.."}',
    total: 'http_requests_total{job="model"}',
  },
  windows: burnWindows(30),
};
const slow: SloRules = {
  ...errors,
  name: "model-latency",
  objective: 0.99,
  indicator: {
    kind: "slow",
    within: 'http_request_duration_seconds_bucket{job="model",le="0.25"}',
    total: 'http_request_duration_seconds_count{job="model"}',
  },
};

const good = 'http_requests_total{job="model",code="200",instance="a"}';
const bad = 'http_requests_total{job="model",code="500",instance="a"}';
const bucket = 'http_request_duration_seconds_bucket{job="model",le="0.25",instance="a"}';
const count = 'http_request_duration_seconds_count{job="model",instance="a"}';
const page = "SloErrorBudgetBurn page";
const ticket = "SloErrorBudgetBurn ticket";
const none = "SloWithoutCalls ticket";

describe("numbers as a person would write them", () => {
  test.each([
    [1 - 0.999, "0.001"],
    [1 - 0.9999, "0.0001"],
    [5e-7, "0.0000005"],
    [14.4, "14.4"],
    [0.1 + 0.2, "0.3"],
    [99.95, "99.95"],
    [1e21, "1000000000000000000000"],
    [1.5e-7, "0.00000015"],
    [-1.5e-7, "-0.00000015"],
    [0, "0"],
    [3, "3"],
  ])("%d is %s", (value, written) => {
    expect(decimal(value)).toBe(written);
  });

  test("never an exponent, and read back it is the number to twelve digits", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(decimal(value)).toMatch(/^-?\d+(\.\d+)?$/);
        expect(Number(decimal(value))).toBe(Number(value.toPrecision(12)));
      }),
    );
    expect(() => decimal(NaN)).toThrow(/^decimal: /);
  });

  test.each([
    [300, "5m"],
    [1800, "30m"],
    [5400, "90m"],
    [7200, "2h"],
    [86_400, "1d"],
    [259_200, "3d"],
    [90, "90s"],
  ])("%d s are %s", (seconds, written) => {
    expect(duration(seconds)).toBe(written);
  });

  test("half seconds and none are refused", () => {
    expect(() => duration(0)).toThrow(/^duration: /);
    expect(() => duration(1.5)).toThrow(/^duration: /);
  });

  test("a name inside a regular expression stands for itself", () => {
    fc.assert(fc.property(fc.string(), (name) => expect(new RegExp(`^${literal(name)}$`, "s").test(name)).toBe(true)));
  });
});

describe("selectors", () => {
  test.each(["up", "a:b_total", 'http_requests_total{job="a",code=~"5.."}', 'm{x="{}[5m]"}', "m{x='a\"b'}", "m{}"])(
    "takes %s",
    (selector) => expect(selector).toMatch(counterSelector),
  );
  test.each(["", "rate(up[5m])", "up[5m]", "up{", 'up{a="b"} + 1', "5xx", 'up{a="b}', "sum(up)"])(
    "refuses %s",
    (selector) => expect(selector).not.toMatch(counterSelector),
  );
});

describe("burnWindows", () => {
  test("the workbook's at 30 days, Sloth's third with them; the same shares at 28", () => {
    expect(burnWindows(30)).toEqual([
      { severity: "page", shortSeconds: 300, longSeconds: 3600, factor: 14.4 },
      { severity: "page", shortSeconds: 1800, longSeconds: 21600, factor: 6 },
      { severity: "ticket", shortSeconds: 7200, longSeconds: 86400, factor: 3 },
      { severity: "ticket", shortSeconds: 21600, longSeconds: 259200, factor: 1 },
    ]);
    expect(burnWindows(28).map(({ factor }) => factor)).toEqual([13.44, 5.6, 2.8, 0.933333333333]);
    expect(() => burnWindows(6)).toThrow(/^periodDays: /);
  });
});

describe("sloGroups", () => {
  test("by hand: the share over five minutes, the page and what it is compared with", () => {
    const text = ruleFile(sloGroups(errors));
    const total = 'sum(rate(http_requests_total{job="model"}[5m]))';
    const wrong = 'sum(rate(http_requests_total{job="model",code=~"5.."}[5m]))';
    expect(text).toContain(`expr: (${wrong} or ${total} * 0) / (${total} > 0)\n`);
    const by = '{slo="model-availability",service="model"}';
    const share = `slo:sli_error:ratio_rate`;
    expect(text).toContain(
      `(${share}5m${by} > (14.4 * 0.001) and ${share}1h${by} > (14.4 * 0.001)) or (${share}30m${by} > (6 * 0.001) and ${share}6h${by} > (6 * 0.001))\n`,
    );
  });

  test("no number of any objective is written with more digits than it has", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 99_999 }), fc.constantFrom(7, 28, 30, 90), (missed, periodDays) => {
        const slo = {
          ...errors,
          objective: (100_000 - missed) / 100_000,
          periodDays,
          windows: burnWindows(periodDays),
        };
        expect(ruleFile(sloGroups(slo))).not.toMatch(/\d\.\d{13}/);
      }),
    );
  });

  test("an object for the operator holds the same groups, its labels those that it is selected by", () => {
    const rule = prometheusRule({
      name: "model",
      namespace: "prod",
      labels: { release: "monitoring" },
      groups: sloGroups(errors),
    });
    expect(rule.metadata).toEqual({ name: "model", namespace: "prod", labels: { release: "monitoring" } });
    expect(rule.spec.groups).toEqual(sloGroups(errors));
    expect(prometheusRule({ name: "model", labels: {}, groups: [] }).metadata).toEqual({ name: "model", labels: {} });
  });
});

promtoolSuite("promtool and the rules of an objective", () => {
  test.each([
    ["errors over 30 days", errors],
    ["slow calls", slow],
    ["28 days", { ...errors, periodDays: 28, windows: burnWindows(28) }],
    ["90 days and many nines", { ...errors, objective: 0.999999, periodDays: 90, windows: burnWindows(90) }],
  ])("check rules: %s", (_, slo) => {
    expect(checkRules(sloGroups(slo))).toBe("");
  });

  // 100 calls a minute. Of a budget of 0.1 %: 0.05 % is half of it, 0.5 % five times, 5 % fifty times.
  const cases: readonly RuleCase[] = [
    {
      name: "healthy",
      series: { [good]: "0+9995x70", [bad]: "0+5x70" },
      firing: [{ at: "1h", alerts: [] }],
      values: [
        { at: "1h", query: "slo:sli_error:ratio_rate5m", value: 0.0005 },
        { at: "1h", query: "slo:current_burn_rate:ratio", value: 0.5 },
        { at: "1h", query: "slo:error_budget:ratio", value: 0.001 },
      ],
    },
    {
      name: "no error has ever been counted",
      series: { [good]: "0+10000x70" },
      firing: [{ at: "1h", alerts: [] }],
      values: [{ at: "1h", query: "slo:sli_error:ratio_rate1h", value: 0 }],
    },
    {
      name: "no traffic: counters stand still",
      series: { [good]: "5000x60", [bad]: "100x60" },
      firing: [
        { at: "5m", alerts: [] },
        { at: "30m", alerts: [none] },
      ],
      values: [{ at: "30m", query: "slo:sli_error:ratio_rate5m", value: null }],
    },
    { name: "no traffic: no counter at all", series: {}, firing: [{ at: "30m", alerts: [none] }] },
    {
      name: "slow burn: five times",
      series: { [good]: "0+9950x70", [bad]: "0+50x70" },
      firing: [{ at: "1h", alerts: [ticket] }],
      values: [{ at: "1h", query: "slo:current_burn_rate:ratio", value: 5 }],
    },
    {
      name: "fast burn: fifty times, and an end",
      series: { [good]: "0+9500x60 580000+10000x45", [bad]: "0+500x60 30000+0x45" },
      firing: [
        { at: "1h", alerts: [page, ticket] },
        // Half an hour later both short windows of the page are clean.
        { at: "95m", alerts: [ticket] },
      ],
    },
  ];
  test.each(cases.map((one) => [one.name, one] as const))("test rules: %s", (_, one) => {
    expect(testRules(sloGroups(errors), [one])).toBe("");
  });

  test("test rules of slow calls: healthy, slow burn, fast burn, none", () => {
    const traffic = (slowShare: number): RuleCase["series"] => ({
      [count]: "0+10000x70",
      [bucket]: `0+${10_000 * (1 - slowShare)}x70`,
    });
    expect(
      testRules(sloGroups(slow), [
        { name: "healthy", series: traffic(0.005), firing: [{ at: "1h", alerts: [] }] },
        { name: "slow burn", series: traffic(0.04), firing: [{ at: "1h", alerts: [ticket] }] },
        { name: "fast burn", series: traffic(0.2), firing: [{ at: "1h", alerts: [page, ticket] }] },
        { name: "none within", series: { [count]: "0+10000x70" }, firing: [{ at: "1h", alerts: [page, ticket] }] },
        { name: "no traffic", series: {}, firing: [{ at: "1h", alerts: [none] }] },
      ]),
    ).toBe("");
  });
});
