import type { DemandColumn, Option, Plan, Request, StoreWorkload, Workload } from "../model";
import { interval, scalingFloor, withZones } from "../model";
import { catalogOf } from "../catalog";
import { Assumptions } from "./assumptions";
import { outcomeOf, planCost } from "./effects";
import { defaultPractice } from "./failure-model";
import { certainPlan } from "./plan";

/** Planned as asked, but for one choice; a partial plan (an objective missed) still has its figures. */
function outcome(request: Request): { readonly perMonthUsd: number; readonly minutesPerYear: number } | null {
  const planned = certainPlan(request);
  const plan = planned.ok ? planned.plan : planned.partial;
  if (plan.availability === null) return null;
  return outcomeOf(plan);
}

/** A request with other choices. */
export function choosing(request: Request, choices: Partial<Request["chosen"]>): Request {
  return { ...request, chosen: { ...request.chosen, ...choices } };
}

interface Alternative {
  readonly choice: string;
  readonly chosen: boolean;
  readonly request: Request;
}

/** Each choice that costs minutes or money, every arm with its price and its minutes a year. */
export function optionsOf(request: Request): readonly Option[] {
  const hasReplicas = Object.values(request.workloads).some(({ kind }) => kind === "service");
  const { network, processor } = catalogOf(request.target).chooses;
  // What a cache by itself may choose is where it stands.
  const about: Readonly<Record<string, readonly Alternative[]>> = {
    ...(network ? { "way out (NAT)": natAlternatives(request) } : {}),
    ...(hasReplicas && processor ? { processor: processorAlternatives(request) } : {}),
    "zones for replicas": zoneAlternatives(request),
    ...(hasReplicas
      ? {
          "deploy practice": deployAlternatives(request),
          headroom: (["largest", "product"] as const).map((headroom) => ({
            choice: headroom,
            chosen: request.chosen.headroom === headroom,
            request: choosing(request, { headroom }),
          })),
          floor: [false, true].map((elastic) => ({
            choice: elastic
              ? "elastic: the mean, and the burst until the scaler has caught up"
              : "static: the peak with what must be survived lost",
            chosen: request.chosen.elastic === elastic,
            request: choosing(request, { elastic }),
          })),
        }
      : {}),
  };
  return Object.entries({ ...about, ...spotAlternatives(request) }).flatMap(([name, alternatives]) =>
    alternatives.map(({ choice, chosen, request: other }) => {
      const found = outcome(other);
      return {
        about: name,
        choice,
        chosen,
        perMonthUsd: found?.perMonthUsd ?? null,
        minutesPerYear: found?.minutesPerYear ?? null,
      };
    }),
  );
}

function processorAlternatives(request: Request): readonly Alternative[] {
  return (["x86_64", "arm64"] as const).map((architecture) => ({
    choice: architecture,
    chosen: request.chosen.architecture === architecture,
    request: choosing(request, { architecture }),
  }));
}

/** Nothing on Spot beside what was asked for; nothing to choose where nobody asked. */
function spotAlternatives(request: Request): Readonly<Record<string, readonly Alternative[]>> {
  if (request.target !== "aws") return {};
  const workloads = Object.entries(request.workloads);
  const shares = workloads.flatMap(([, facts]) =>
    facts.kind === "service" ? [facts.spotShare ?? request.chosen.spotShare] : [],
  );
  if (shares.every((share) => share === 0)) return {};
  const without = Object.fromEntries(
    workloads.map(([name, facts]) => [name, facts.kind === "service" ? { ...facts, spotShare: 0 } : facts]),
  );
  const said = [...new Set(shares)].sort().map((share) => `${Number((share * 100).toPrecision(4))} %`);
  return {
    "Spot above what must stand": [
      { choice: "none", chosen: false, request: { ...request, workloads: without } },
      { choice: said.join(", "), chosen: true, request },
    ],
  };
}

function natAlternatives(request: Request): readonly Alternative[] {
  const { network } = request;
  if (!("create" in network)) return [];
  const catalog = catalogOf(request.target);
  // Without a way out, images must be near and calls must stay inside.
  const closed =
    [
      ...Object.values(request.images),
      ...Object.values(request.workloads).flatMap((workload) =>
        workload.kind === "service" ? Object.values(workload.sidecars ?? {}).map(({ image }) => image) : [],
      ),
    ].every((image) => catalog.pullsPrivately(image, request.region)) &&
    !Object.values(request.workloads).some((workload) => workload.kind === "service" && workload.callsLeave);
  const regional = network.nat === "regional" || catalog.pricesRegionalNat(request.region);
  const ways = [
    ...(closed ? (["none"] as const) : []),
    "one" as const,
    "per-zone" as const,
    ...(regional ? (["regional"] as const) : []),
  ];
  return ways.map((nat) => ({
    choice: nat,
    chosen: network.nat === nat,
    request: { ...request, network: { ...network, nat } },
  }));
}

function zoneAlternatives(request: Request): readonly Alternative[] {
  return request.networkZones.map((_, i) => {
    const survive =
      i === 0 && ["zone", "region"].includes(request.chosen.objectives.survive)
        ? { objectives: { ...request.chosen.objectives, survive: "replica" as const } }
        : {};
    return {
      choice: `${i + 1}`,
      chosen: request.zones.length === i + 1,
      request: choosing(withZones(request, i + 1), { zones: i + 1, ...survive }),
    };
  });
}

/** The environment's own practice, and the one that nobody measured. */
function deployAlternatives(request: Request): readonly Alternative[] {
  const stated = request.chosen.deploys;
  const fallback = defaultPractice(new Assumptions());
  const words = (practice: typeof fallback): string =>
    `${practice.perWeek} a week, ${Number((practice.failureShare * 100).toPrecision(3))} % fail for ${practice.minutes} min, ${Number((practice.exposedShare * 100).toPrecision(3))} % see it`;
  return [
    ...(stated ? [{ choice: `as stated: ${words(stated)}`, chosen: true, request }] : []),
    {
      choice: `default: ${words(fallback)}`,
      chosen: stated === null,
      request: choosing(request, { deploys: fallback }),
    },
  ];
}

/** Replicas and money at the low, mid and high end of the demand: load, service times, start-up times and hit ratios together. */
export function demandColumns(request: Request, plan: Plan): readonly DemandColumn[] {
  return (["low", "mid", "high"] as const).map((demand) => {
    const workloads: Request["workloads"] = Object.fromEntries(
      Object.entries(request.workloads).map(([name, workload]): [string, Workload] =>
        workload.kind === "service"
          ? [
              name,
              {
                ...workload,
                serviceTimeMs: interval(workload.serviceTimeMs)[demand],
                startSeconds: interval(workload.startSeconds)[demand],
              },
            ]
          : workload.kind === "store"
            ? [name, storeAt(workload, demand)]
            : // Few hits are high demand.
              [
                name,
                {
                  ...workload,
                  hitRatio: interval(workload.hitRatio)[opposite[demand]],
                },
              ],
      ),
    );
    const spread = request.load.uncertainty;
    const factor = demand === "low" ? 1 - spread : demand === "high" ? 1 + spread : 1;
    const { mean, peak } = request.load.requestsPerSecond;
    const shares = Object.fromEntries(
      plan.assumptions
        .filter(({ name }) => name.endsWith(".failingShare"))
        .map((assumption) => [assumption.name, assumption[demand]]),
    );
    const planned = certainPlan(
      {
        ...request,
        workloads,
        load: { ...request.load, uncertainty: 0, requestsPerSecond: { mean, peak: peak * factor } },
      },
      shares,
    );
    const tried = planned.ok ? planned.plan : planned.partial;
    return {
      demand,
      replicas: tried.parts.flatMap((part) =>
        part.kind === "replica-group" || part.kind === "store"
          ? [{ part: part.key, replicas: scalingFloor(part.scaling) }]
          : [],
      ),
      perMonthUsd: planCost(tried).perMonthUsd,
    };
  });
}

const opposite = { low: "high", mid: "mid", high: "low" } as const;

/** Members that can do less are high demand. */
function storeAt(store: StoreWorkload, demand: DemandColumn["demand"]): StoreWorkload {
  return {
    ...store,
    readsPerSecondPerMember: interval(store.readsPerSecondPerMember)[opposite[demand]],
    writesPerSecondPerLeader: interval(store.writesPerSecondPerLeader)[opposite[demand]],
    startSeconds: interval(store.startSeconds)[demand],
  };
}
