import { MINUTES_PER_YEAR } from "../availability";
import { scalingFloor, withZones, type Plan, type Request } from "../model";
import { planCost } from "./effects";
import { choosing } from "./options";
import { certainPlan } from "./plan";

/** Whole nines of an availability: 0.9999 has four. */
export function wholeNines(availability: number): number {
  return Math.floor(-Math.log10(1 - availability) + 1e-9);
}

/** Causes that one region cannot do without, whatever is built in it. */
const regional = new Set(["region", "balancer", "NAT"]);

/** What the next nine would take: tried, not guessed. First the same region with safer deploys; where the region itself is too much, that is said. */
export function nextNineOf(request: Request, plan: Plan): Plan["nextNine"] {
  if (!plan.availability) return null;
  const nines = wholeNines(1 - plan.availability.unavailability) + 1;
  const objective = 1 - 10 ** -nines;
  const percent = `${(objective * 100).toFixed(Math.max(0, nines - 2))} %`;
  const allowedMinutes = 10 ** -nines * MINUTES_PER_YEAR;
  const minutesOf = (cause: (name: string) => boolean): number =>
    plan.availability?.lostTo.filter((lost) => cause(lost.cause)).reduce((sum, lost) => sum + lost.minutesPerYear, 0) ??
    0;
  const stuck = minutesOf((cause) => regional.has(cause));
  const cost = planCost(plan).perMonthUsd;
  if (stuck >= allowedMinutes) {
    const twice = { min: cost.min * 2, expected: cost.expected * 2, max: cost.max * 2 };
    return {
      needs: `${percent} allows ${allowedMinutes.toFixed(1)} minutes a year and is not to be had in one region: the region and what it offers cost ${stuck.toFixed(1)} (${plan.availability.lostTo
        .filter((lost) => regional.has(lost.cause))
        .map((lost) => `${lost.cause} ${lost.minutesPerYear.toFixed(1)}`)
        .join(
          ", ",
        )}). Two regions that each carry the peak, at about twice the cost, and deploys that reach one region at a time`,
      perMonthUsd: twice,
      availability: null,
    };
  }
  // A cache by itself is in as many zones as there are, and no deploy of its callers is its own.
  if (plan.demand.length === 0) return null;
  const practice = plan.failures.deploys;
  for (const share of [1, 0.5, 0.25, 0.1, 0.05, 0.02, 0.01]) {
    const deploys = { ...practice, exposedShare: practice.exposedShare * share };
    for (const zones of [request.zones, request.networkZones]) {
      const tried = certainPlan(
        choosing(withZones(request, zones.length), {
          deploys,
          objectives: { ...request.chosen.objectives, availability: objective },
        }),
      );
      if (!tried.ok) continue;
      const count = tried.plan.parts
        .flatMap((part) =>
          part.kind === "replica-group" || part.kind === "store"
            ? [`${part.workload} ${scalingFloor(part.scaling)}`]
            : [],
        )
        .join(", ");
      const canary =
        share === 1
          ? ""
          : `; deploys seen by ${Number((deploys.exposedShare * 100).toPrecision(2))} % of traffic instead of ${Number((practice.exposedShare * 100).toPrecision(2))} %`;
      return {
        needs: `${percent} takes ${count} in ${zones.length} ${zones.length === 1 ? "zone" : "zones"}${canary}`,
        perMonthUsd: planCost(tried.plan).perMonthUsd,
        availability: tried.plan.availability ? 1 - tried.plan.availability.unavailability : null,
      };
    }
  }
  const [worst] = plan.availability.lostTo;
  return {
    needs: `${percent} allows ${allowedMinutes.toFixed(1)} minutes a year; ${worst?.cause ?? "other causes"} alone cost ${worst?.minutesPerYear.toFixed(1) ?? "more"}, and neither replicas, zones nor smaller canaries bring that below`,
    perMonthUsd: null,
    availability: null,
  };
}
