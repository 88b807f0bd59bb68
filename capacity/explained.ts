import type { Planned, Request } from "../model";
import { withAlternatives } from "./alternatives";
import { withEffects } from "./effects";
import { nextNineOf } from "./next-nine";
import { demandColumns, optionsOf } from "./options";
import { certainPlan } from "./plan";

/**
 * The plan of a request, with what must be planned again to be known: the effect of each assumption, the price of each choice, the next nine;
 * or the limits that forbid it, each with alternatives that do plan. Pure and deterministic.
 */
export function plan(request: Request): Planned {
  const planned = certainPlan(request);
  if (!planned.ok) {
    const [first, ...rest] = withAlternatives(request, planned.infeasible);
    return first ? { ok: false, infeasible: [first, ...rest], partial: planned.partial } : planned;
  }
  return {
    ok: true,
    plan: {
      ...planned.plan,
      assumptions: withEffects(request, planned.plan),
      options: optionsOf(request),
      demandColumns: demandColumns(request, planned.plan),
      nextNine: nextNineOf(request, planned.plan),
    },
  };
}
