import type { Assumption, Plan, Request } from "../model";
import { asReading, scalingFloor } from "../model";
import { MINUTES_PER_YEAR } from "../availability";
import { costOf } from "../cost";
import type { Overrides } from "./assumptions";
import { certainPlan } from "./plan";

/** The three figures that a choice is judged by. */
export interface Outcome {
  readonly perMonthUsd: number;
  readonly replicas: number;
  readonly minutesPerYear: number;
}

/** Floors of all groups added up. */
export function replicasOf(plan: Plan): number {
  return plan.parts.reduce(
    (sum, part) => sum + (part.kind === "replica-group" || part.kind === "store" ? scalingFloor(part.scaling) : 0),
    0,
  );
}

/** What a plan costs a month, as planned. */
export function planCost(plan: Plan) {
  return costOf(
    plan.parts.map((part) => asReading(part)),
    plan,
  );
}

export function outcomeOf(plan: Plan): Outcome {
  return {
    perMonthUsd: planCost(plan).perMonthUsd.expected,
    replicas: replicasOf(plan),
    minutesPerYear: (plan.availability?.unavailability ?? 0) * MINUTES_PER_YEAR,
  };
}

/** A plan, or as much of one as there is where an objective is missed: an effect is worth knowing either way. */
function tried(request: Request, overrides: Overrides): Plan {
  const planned = certainPlan(request, overrides);
  return planned.ok ? planned.plan : planned.partial;
}

/** Each assumption at its low and its high end, all others as they are; largest change in money first, then in replicas, then in minutes. */
export function withEffects(request: Request, plan: Plan): readonly Assumption[] {
  return plan.assumptions
    .map((assumption) => {
      const low = outcomeOf(tried(request, { [assumption.name]: assumption.low }));
      const high = outcomeOf(tried(request, { [assumption.name]: assumption.high }));
      return {
        ...assumption,
        effect: {
          perMonthUsd: high.perMonthUsd - low.perMonthUsd,
          replicas: high.replicas - low.replicas,
          minutesPerYear: high.minutesPerYear - low.minutesPerYear,
        },
      };
    })
    .sort(
      (a, b) =>
        Math.abs(b.effect.perMonthUsd) - Math.abs(a.effect.perMonthUsd) ||
        Math.abs(b.effect.replicas) - Math.abs(a.effect.replicas) ||
        Math.abs(b.effect.minutesPerYear) - Math.abs(a.effect.minutesPerYear) ||
        (a.name < b.name ? -1 : 1),
    );
}
