import { resourceGraph, type Report, type RuleResult } from "../model";
import type { Rule } from "../policies";
import { planOf, type Judges } from "./report";

/** Rules that look at more than one stack, and who judges by them. */
export interface AcrossStacks {
  readonly rulesAcross: readonly Rule[];
  readonly judgeAcross: (
    subject: Parameters<Judges["judge"]>[0] & {
      readonly beside: readonly { readonly stack: string; readonly parts: Report["built"] }[];
    },
  ) => readonly RuleResult[];
}

/** The reports of one preview, each judged again beside the others by the rules that look at more than one stack. */
export function acrossStacks(
  reports: readonly Report[],
  { rulesAcross, judgeAcross }: AcrossStacks,
): readonly Report[] {
  const routed = reports.filter(({ built }) => built.some(({ kind }) => kind === "balancer-route"));
  if (routed.length < 2) return reports;
  const ids = new Set(rulesAcross.map(({ id }) => id));
  return reports.map((report) => {
    if (!routed.includes(report)) return report;
    const plan = planOf(report);
    const beside = routed.filter((other) => other !== report).map(({ stack, built }) => ({ stack, parts: built }));
    const { built: parts, resources, cost, availability, conflicts, asOf } = report;
    const found = judgeAcross({
      parts,
      resources,
      graph: resourceGraph(resources),
      plan,
      basis: plan,
      cost,
      availability,
      conflicts,
      baseline: null,
      beside,
      asOf,
    });
    const first = report.rules.findIndex(({ id }) => ids.has(id));
    const others = report.rules.filter(({ id }) => !ids.has(id));
    const at = first < 0 ? others.length : first;
    return { ...report, rules: [...others.slice(0, at), ...found, ...others.slice(at)] };
  });
}
