import type { Tier } from "./environment";
import type { DemandColumn, Plan, Range } from "./plan";

/** Most careful first. */
const tiers: readonly Tier[] = ["prod", "staging", "dev"];

/**
 * Plans of several systems of one program as one, to be shown: lists are put together, settings and assumptions carry the system's
 * name, and what is one system's own (what it promises, its availability, its next nine) is left to `systems` of the report. A single
 * plan stays as it is.
 */
export function plansTogether(plans: readonly [Plan, ...Plan[]], stack: string): Plan {
  const [first, ...others] = plans;
  if (others.length === 0) return first;
  const lacks = distinct(plans.flatMap((plan) => plan.lacks ?? []));
  const budgets = plans.map((plan) => plan.budgetPerMonthUsd);
  return {
    ...first,
    stack,
    system: plans.map(({ system }) => system).join(", "),
    tier: tiers.find((tier) => plans.some((plan) => plan.tier === tier)) ?? first.tier,
    region: distinct(plans.map(({ region }) => region)).join(", "),
    zones: [...distinct(plans.flatMap(({ zones }) => zones))].sort(),
    budgetPerMonthUsd: budgets.reduce((sum, each) => (sum === null || each === null ? null : sum + each)),
    replicaDropShare: Math.min(...plans.map((plan) => plan.replicaDropShare)),
    // Nodes that they share are one Part in the plan of each.
    parts: [...new Set(plans.flatMap((plan) => plan.parts))],
    calls: plans.flatMap((plan) => plan.calls),
    demand: plans.flatMap((plan) => plan.demand),
    ...(plans.every((plan) => plan.acrossRegions === undefined)
      ? {}
      : { acrossRegions: plans.flatMap((plan) => plan.acrossRegions ?? []) }),
    reasons: plans.flatMap((plan) => plan.reasons),
    ...(lacks.length === 0 ? {} : { lacks }),
    sizingRules: plans.flatMap((plan) => plan.sizingRules),
    settings: plans.flatMap(({ system, settings }) =>
      settings.map((setting) => ({ ...setting, key: `${system}.${setting.key}` })),
    ),
    assumptions: plans
      .flatMap(({ system, assumptions }) =>
        assumptions.map((assumption) => ({ ...assumption, name: `${system}: ${assumption.name}` })),
      )
      .sort((a, b) => Math.abs(b.effect?.perMonthUsd ?? 0) - Math.abs(a.effect?.perMonthUsd ?? 0)),
    availability: null,
    options: plans.flatMap(({ system, options }) =>
      options.map((option) => ({ ...option, about: `${system}: ${option.about}` })),
    ),
    demandColumns: columnsTogether(plans),
    nextNine: null,
    waivers: distinct(plans.flatMap((plan) => plan.waivers)),
    prices: distinct(plans.flatMap((plan) => plan.prices)),
  };
}

function columnsTogether(plans: readonly Plan[]): readonly DemandColumn[] {
  return (["low", "mid", "high"] as const).flatMap((demand) => {
    const columns = plans.flatMap((plan) => plan.demandColumns.filter((column) => column.demand === demand));
    if (columns.length === 0) return [];
    const sums = columns.map((column) => column.perMonthUsd);
    return [
      {
        demand,
        replicas: columns.flatMap((column) => column.replicas),
        perMonthUsd: sums.reduce((sum, each) => (sum === null || each === null ? null : rangesTogether(sum, each))),
      },
    ];
  });
}

/** The sum of two ranges, end by end. */
export function rangesTogether(a: Range, b: Range): Range {
  return { min: a.min + b.min, expected: a.expected + b.expected, max: a.max + b.max };
}

/** Each once, by what it says, in the order of first sight. */
function distinct<T>(values: readonly T[]): readonly T[] {
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
}
