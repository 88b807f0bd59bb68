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

/**
 * Each assumption at its low and its high end, all others as they are; largest change in money first, then in replicas, then in minutes.
 * What nothing in the plan rests on is left out: a way out that it does not have, a cache that it does not build.
 */
export function withEffects(request: Request, plan: Plan): readonly Assumption[] {
  const asPlanned = rested(plan);
  return plan.assumptions
    .flatMap((assumption): readonly (Assumption & { readonly effect: NonNullable<Assumption["effect"]> })[] => {
      const [one, other] = [assumption.low, assumption.high].map((value) =>
        tried(request, { [assumption.name]: value }),
      ) as [Plan, Plan];
      const [low, high] = [outcomeOf(one), outcomeOf(other)];
      const effect = {
        perMonthUsd: high.perMonthUsd - low.perMonthUsd,
        replicas: high.replicas - low.replicas,
        minutesPerYear: high.minutesPerYear - low.minutesPerYear,
      };
      const moves = effect.perMonthUsd !== 0 || effect.replicas !== 0 || effect.minutesPerYear !== 0;
      const counts = moves || rested(one) !== asPlanned || rested(other) !== asPlanned;
      return counts ? [{ ...assumption, effect }] : [];
    })
    .sort(
      (a, b) =>
        Math.abs(b.effect.perMonthUsd) - Math.abs(a.effect.perMonthUsd) ||
        Math.abs(b.effect.replicas) - Math.abs(a.effect.replicas) ||
        Math.abs(b.effect.minutesPerYear) - Math.abs(a.effect.minutesPerYear) ||
        (a.name < b.name ? -1 : 1),
    );
}

/** All of a plan that a number can show in: what it only carries along (the model of failures, assumptions themselves) is none of it. */
function rested({ parts, demand, reasons, calls, availability, acrossRegions, sizingRules }: Plan): string {
  return JSON.stringify([parts, demand, reasons, calls, availability, acrossRegions, sizingRules]);
}
