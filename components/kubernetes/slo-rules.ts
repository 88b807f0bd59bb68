import type { BurnWindow, Indicator } from "../../model";
import { decimal, duration, matchers } from "./promql";
import type { AlertingRule, RecordingRule, RuleGroup } from "./prometheus-rule";

/** An objective as rules need it. */
export interface SloRules {
  /** Names the rules: lower case letters, digits and dashes. */
  readonly name: string;
  /** Workload whose promise it is. */
  readonly service: string;
  readonly objective: number;
  readonly periodDays: number;
  readonly indicator: Indicator;
  readonly windows: readonly BurnWindow[];
}

const RATIO = "slo:sli_error:ratio_rate";

/**
 * Three groups: the share of bad calls over each window, what follows from it, and the alerts.
 *
 * The share has no value where there are no calls: 0 / 0 would be NaN, which no comparison matches, so that an outage which keeps all
 * calls away would look like none. `absent()` tells that apart. No bad call ever seen counts as none, not as no value.
 */
export function sloGroups(slo: SloRules): readonly RuleGroup[] {
  const labels = { slo: slo.name, service: slo.service };
  const seconds = [
    ...new Set(slo.windows.flatMap(({ shortSeconds, longSeconds }) => [shortSeconds, longSeconds])),
  ].sort((a, b) => a - b);
  const shares = seconds.map((window): RecordingRule => {
    const range = duration(window);
    return { record: RATIO + range, expr: share(slo.indicator, range), labels };
  });
  return [
    { name: `slo-${slo.name}-share`, interval: "30s", rules: [...shares, overPeriod(slo, labels, seconds[0] ?? 300)] },
    { name: `slo-${slo.name}-budget`, interval: "30s", rules: budget(slo, labels, seconds[0] ?? 300) },
    { name: `slo-${slo.name}-alerts`, interval: "30s", rules: alerts(slo, labels) },
  ];
}

/** Bad calls of all calls; no value without calls. */
function share(indicator: Indicator, range: string): string {
  const rate = (selector: string): string => `sum(rate(${selector.trim()}[${range}]))`;
  const total = rate(indicator.total);
  // A counter that nothing has raised yet may not be there at all.
  const bad =
    indicator.kind === "errors"
      ? `(${rate(indicator.errors)} or ${total} * 0)`
      : `(${total} - (${rate(indicator.within)} or ${total} * 0))`;
  return `${bad} / (${total} > 0)`;
}

/** What may fail: 1 - 0.9999995 leaves digits of its own behind, twelve places of it do not. */
function budgetOf(objective: number): number {
  return Number((1 - objective).toFixed(12));
}

type SloLabels = Readonly<Record<"slo" | "service", string>>;

/** Over the whole period as the mean of the shortest window: the calls themselves are too many to be read at once. */
function overPeriod(slo: SloRules, labels: SloLabels, shortest: number): RecordingRule {
  const series = `${RATIO}${duration(shortest)}${matchers(labels)}[${slo.periodDays}d]`;
  return {
    record: `${RATIO}${slo.periodDays}d`,
    expr: `sum_over_time(${series}) / count_over_time(${series})`,
    labels,
  };
}

function budget(slo: SloRules, labels: SloLabels, shortest: number): readonly RecordingRule[] {
  const by = matchers(labels);
  const constant = (record: string, value: number): RecordingRule => ({
    record,
    expr: `vector(${decimal(value)})`,
    labels,
  });
  const burn = (record: string, range: string): RecordingRule => ({
    record,
    expr: `${RATIO}${range}${by} / on (slo, service) slo:error_budget:ratio${by}`,
    labels,
  });
  return [
    constant("slo:objective:ratio", slo.objective),
    constant("slo:error_budget:ratio", budgetOf(slo.objective)),
    constant("slo:period:days", slo.periodDays),
    burn("slo:current_burn_rate:ratio", duration(shortest)),
    burn("slo:period_burn_rate:ratio", `${slo.periodDays}d`),
    { record: "slo:error_budget_remaining:ratio", expr: `1 - slo:period_burn_rate:ratio${by}`, labels },
  ];
}

function alerts(slo: SloRules, labels: SloLabels): readonly AlertingRule[] {
  const by = matchers(labels);
  const allowed = decimal(budgetOf(slo.objective));
  const burning = ({ shortSeconds, longSeconds, factor }: BurnWindow): string =>
    [shortSeconds, longSeconds]
      .map((window) => `${RATIO}${duration(window)}${by} > (${decimal(factor)} * ${allowed})`)
      .join(" and ");
  const severities = [...new Set(slo.windows.map(({ severity }) => severity))];
  const percent = `${decimal(slo.objective * 100)} % over ${slo.periodDays} days`;
  const fast = severities.map((severity): AlertingRule => {
    const own = slo.windows.filter((window) => window.severity === severity);
    const speeds = own.map(({ factor, longSeconds }) => `${decimal(factor)} times over ${duration(longSeconds)}`);
    return {
      alert: "SloErrorBudgetBurn",
      expr: own.map((window) => `(${burning(window)})`).join(" or "),
      labels: { ...labels, severity },
      annotations: {
        summary: `${slo.service} spends the error budget of ${slo.name} too fast`,
        description: `Objective ${percent}. Bad calls came faster than allowed: ${speeds.join(", or ")}; now {{ $value | humanizePercentage }} of calls.`,
      },
    };
  });
  const none: AlertingRule = {
    alert: "SloWithoutCalls",
    expr: `absent(${RATIO}${duration(Math.min(...slo.windows.map(({ shortSeconds }) => shortSeconds)))}${by})`,
    for: "10m",
    labels: { ...labels, severity: "ticket" },
    annotations: {
      summary: `${slo.service} has had no calls, so that ${slo.name} says nothing`,
      description: `Objective ${percent}. No call was counted: nobody calls, calls do not arrive, or the metrics are gone.`,
    },
  };
  return [...fast, none];
}
