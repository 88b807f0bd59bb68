import { parse } from "yaml";
import { isRecord, type Resource, type ResourceGraph, type Value } from "../../model";
import { asText, inside, listOf, valueAt } from "../leaf.read";

export const PROMETHEUS_RULE = "kubernetes:monitoring.coreos.com/v1:PrometheusRule";
export const CONFIG_MAP = "kubernetes:core/v1:ConfigMap";

/** Groups of rules, and the object that carries them. */
export interface RulesRead {
  readonly resource: Resource;
  readonly runtime: "prometheus-rule" | "prometheus-file";
  readonly groups: readonly Value[];
}

/** Every object that carries rules: those of the operator, and ConfigMaps that hold a rule file. */
export function rulesIn(graph: ResourceGraph, claimed: ReadonlySet<string>): readonly RulesRead[] {
  const objects = graph.ofType(PROMETHEUS_RULE).map((resource): RulesRead => ({
    resource,
    runtime: "prometheus-rule",
    groups: listOf(valueAt(resource, "spec", "groups")),
  }));
  const files = graph.ofType(CONFIG_MAP).flatMap((resource): RulesRead[] => {
    const groups = filesOf(resource).flatMap((text) => listOf(inside(parsed(text), "groups")));
    return groups.length === 0 ? [] : [{ resource, runtime: "prometheus-file", groups }];
  });
  return [...objects, ...files].filter(({ resource }) => !claimed.has(resource.urn));
}

/** Texts of a ConfigMap that may be rule files: others are not parsed, however large. */
function filesOf(resource: Resource): readonly string[] {
  const data = valueAt(resource, "data");
  if (!isRecord(data)) return [];
  return Object.values(data).filter((text): text is string => typeof text === "string" && /^groups:/m.test(text));
}

function parsed(text: string): Value | undefined {
  try {
    return parse(text) as Value;
  } catch {
    return undefined;
  }
}

/** Alerting rules of a group, each with the text of its query. */
export function alertsOf(
  group: Value,
): readonly { readonly rule: Value; readonly expr: string; readonly alert: string }[] {
  return listOf(inside(group, "rules")).flatMap((rule) => {
    const alert = asText(inside(rule, "alert") ?? null);
    const expr = inside(rule, "expr");
    if (alert === undefined || (typeof expr !== "string" && typeof expr !== "number")) return [];
    return [{ rule, alert, expr: String(expr).trim() }];
  });
}

const unitSeconds: Readonly<Record<string, number>> = {
  y: 31_536_000,
  w: 604_800,
  d: 86_400,
  h: 3_600,
  m: 60,
  s: 1,
  ms: 0.001,
};

/** Seconds of a duration of Prometheus: 5m, 1h30m, 90s; undefined for anything else. */
export function secondsOf(value: Value): number | undefined {
  if (typeof value !== "string" || !/^(\d+(y|w|d|h|ms|m|s))+$/.test(value))
    return value === "0" || value === 0 ? 0 : undefined;
  return [...value.matchAll(/(\d+)(ms|[ywdhms])/g)].reduce(
    (sum, [, count, unit]) => sum + Number(count) * (unitSeconds[unit ?? "s"] ?? 0),
    0,
  );
}
