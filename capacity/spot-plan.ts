import type { Needed, Reason, ReplicaGroup, Request } from "../model";
import { divided, divisionSource, standsWithoutSpot } from "../catalog";
import type { ServiceDemand } from "./service-demand";
import type { Counted } from "./replicas";

type Fargate = Extract<ReplicaGroup["runtime"], { readonly kind: "ecs-fargate" }>;

/** Share of a workload's replicas above what must stand that was asked for on Spot. */
export function spotShareOf(request: Request, demand: ServiceDemand): number {
  // Which nodes of a cluster are Spot its owner says.
  return request.target === "aws" ? (demand.facts.spotShare ?? request.chosen.spotShare) : 0;
}

/** What runs on Spot of a group where `onDemand` must stand without it. */
export function planSpot(spotShare: number, onDemand: number): Pick<Fargate, "spotShare" | "base"> {
  return spotShare === 0 ? { spotShare } : { spotShare, base: { replicas: onDemand, on: "on-demand" } };
}

/** Constraints that a group keeps by On-Demand alone. */
const promises: ReadonlySet<Needed["by"]> = new Set(["latency", "zone-loss", "replica-loss", "objective"]);

/** Why so many are On-Demand, and how the rest is divided; nothing where no Spot was asked for. */
export function spotReasons(
  request: Request,
  part: Reason["part"],
  spotShare: number,
  peak: Extract<Counted, { readonly ok: true }>,
  bounds: { readonly min: number; readonly max: number },
): readonly Reason[] {
  if (spotShare === 0) return [];
  const division = planSpot(spotShare, peak.stands);
  const both = (count: number): string => {
    const onDemand = standsWithoutSpot(count, division);
    return Number.isInteger(divided(count, division).spot)
      ? `${count}: ${onDemand} On-Demand, ${count - onDemand} Spot`
      : `${count}: at least ${onDemand} On-Demand, at most ${count - onDemand} Spot`;
  };
  const whole = request.chosen.headroom === "product";
  const needed = whole ? peak.needed : peak.needed.filter(({ by }) => promises.has(by));
  const percent = Number((spotShare * 100).toPrecision(4));
  const theirs = request.cluster;
  return [
    {
      part,
      field: "runtime.base.replicas",
      value: peak.stands,
      unit: "replicas On-Demand",
      binding: needed.find(({ value }) => value === peak.stands)?.by ?? "floor",
      needed: [
        ...needed,
        ...(needed.some(({ value }) => value === peak.stands)
          ? []
          : [
              {
                by: "floor" as const,
                value: peak.stands,
                label: "exact" as const,
                source: { title: "one a zone, where a zone must be survived", date: "stated" },
                because: "at least one in each zone",
              },
            ]),
      ],
      combined: [
        `what the peak needs when all Spot is taken at once; of the rest ${percent} % on Spot by weight [approx: ${divisionSource.title}, ${divisionSource.date}]`,
        `floor ${both(bounds.min)}`,
        `ceiling ${both(bounds.max)}`,
        ...(theirs === null
          ? []
          : [`cluster ${theirs.existing.name} is taken to have FARGATE and FARGATE_SPOT as capacity providers`]),
      ].join("; "),
    },
  ];
}
