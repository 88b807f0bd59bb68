import { interval, withZones, wordOfWorkload, type Infeasible, type Request } from "../model";
import { catalogOf, type TargetCatalog } from "../catalog";
import { planCost } from "./effects";
import { choosing } from "./options";
import { certainPlan } from "./plan";

interface Candidate {
  readonly set: Readonly<Record<string, unknown>>;
  readonly request: Request;
}

/** Adds to each refusal what would plan instead: every alternative is planned before it is offered, and priced. */
export function withAlternatives(request: Request, infeasible: readonly Infeasible[]): readonly Infeasible[] {
  return infeasible.map((refusal) => ({
    ...refusal,
    alternatives: candidates(request, refusal).flatMap(offered),
  }));
}

function offered({ set, request }: Candidate): Infeasible["alternatives"] {
  const planned = certainPlan(request);
  return planned.ok ? [{ set, perMonthUsd: planCost(planned.plan).perMonthUsd }] : [];
}

function plans(request: Request): boolean {
  return certainPlan(request).ok;
}

/** The largest value that plans, between one that does and one that does not, to three digits; undefined where none does. */
function largest(high: number, tryValue: (value: number) => boolean): number | undefined {
  let low = 0;
  let top = high;
  for (let i = 0; i < 24; i += 1) {
    const middle = (low + top) / 2;
    if (tryValue(middle)) low = middle;
    else top = middle;
  }
  if (low === 0) return undefined;
  const digits = 10 ** Math.max(0, Math.floor(Math.log10(low)) - 2);
  const rounded = digits >= 1 && low >= 100 ? Math.floor(low / digits) * digits : Math.floor(low * 1e3) / 1e3;
  return rounded > 0 && tryValue(rounded) ? rounded : undefined;
}

function withPeak(request: Request, peak: number): Request {
  const mean = Math.min(request.load.requestsPerSecond.mean, peak);
  return { ...request, load: { ...request.load, requestsPerSecond: { mean, peak } } };
}

function lowerPeak(request: Request): readonly Candidate[] {
  const peak = largest(request.load.requestsPerSecond.peak, (value) => plans(withPeak(request, value)));
  if (peak === undefined) return [];
  const mean = Math.min(request.load.requestsPerSecond.mean, peak);
  const set =
    mean < request.load.requestsPerSecond.mean
      ? { "load.requestsPerSecond": { mean, peak } }
      : { "load.requestsPerSecond.peak": peak };
  return [{ set, request: withPeak(request, peak) }];
}

interface Raise {
  readonly quota: string;
  readonly value: number;
}

/**
 * Replicas or nodes beyond that many times the limit are no answer: assumed, no text of a provider's says how far a raise goes. vCPUs start
 * at next to nothing, and are raised with the replicas.
 */
const MOST_RAISED = 50;

/** The quota whose raise lets a refusal pass; undefined where none does. */
function raiseOf({ field, asked, limit }: Infeasible, { quotas }: TargetCatalog): Raise | undefined {
  const one = ({ raisedBy }: { readonly raisedBy: string | null }): Raise | undefined =>
    raisedBy === null || asked <= 0 || asked > limit.value * MOST_RAISED
      ? undefined
      : { quota: raisedBy, value: asked };
  switch (field) {
    case "vCPU":
      return quotas.vcpus.raisedBy === null ? undefined : { quota: quotas.vcpus.raisedBy, value: Math.ceil(asked) };
    case "scaling.min": {
      const quota = [quotas.targetsPerBalancer, quotas.replicasPerGroup].find(({ name }) => name === limit.name);
      return quota && one(quota);
    }
    case "topology":
      return one(quotas.cacheNodesPerRegion);
    default:
      return undefined;
  }
}

/** With one quota raised the next may be short: as many as it takes, together. */
function raised(request: Request, refusal: Infeasible): readonly Candidate[] {
  const catalog = catalogOf(request.target);
  let open: readonly Infeasible[] = [refusal];
  let candidate: Candidate = { set: {}, request };
  // There are as many rounds as quotas: each raises another one.
  for (let round = 0; round < Object.keys(catalog.quotas).length; round += 1) {
    for (const each of open) {
      const raise = raiseOf(each, catalog);
      if (raise === undefined) return [];
      const { quota, value } = raise;
      candidate = {
        set: { ...candidate.set, [`quotas.${quota}`]: value },
        request: choosing(candidate.request, { quotas: { ...candidate.request.chosen.quotas, [quota]: value } }),
      };
    }
    const planned = certainPlan(candidate.request);
    if (planned.ok) return [candidate];
    open = planned.infeasible;
  }
  return [];
}

function candidates(request: Request, refusal: Infeasible): readonly Candidate[] {
  const { objectives } = request.chosen;
  switch (refusal.field) {
    case "vCPU":
      return [
        ...raised(request, refusal),
        ...[0.5, 0.25, 0.1]
          .map((surgeShare) => ({ set: { surgeShare }, request: choosing(request, { surgeShare }) }))
          .filter(({ request: other }) => plans(other))
          .slice(0, 1),
        ...lowerPeak(request),
      ];
    case "scaling.min":
      return [...raised(request, refusal), ...lowerPeak(request)];
    case "scaling.max": {
      const [, workload = ""] = refusal.part.split("/");
      const replicas = { ...request.replicas, [workload]: { ...request.replicas[workload], max: refusal.asked } };
      return [
        {
          set: { [`replicas.${wordOfWorkload(request, workload)}.max`]: refusal.asked },
          request: { ...request, replicas },
        },
        ...lowerPeak(request),
      ];
    }
    case "topology":
      return [...raised(request, refusal), ...fewerEntries(request, refusal)];
    case "latency":
      return slower(request, refusal);
    case "scaling-law":
      return lowerPeak(request);
    case "availability":
      return lessAvailable(request, refusal, objectives.availability);
    case "writes":
      return [...fewerWrites(request, refusal), ...lowerPeak(request)];
    case "zones":
      return [
        ...moreZones(request),
        {
          set: { "objectives.survive": "replica" },
          request: choosing(request, { objectives: { ...objectives, survive: "replica" } }),
        },
      ];
    case "addressRange":
      return "create" in request.network
        ? [
            {
              set: { "network.addressRange": "10.0.0.0/16" },
              request: { ...request, network: { ...request.network, addressRange: "10.0.0.0/16" } },
            },
          ]
        : [];
    default:
      return [];
  }
}

/** All zones that the network spans, where fewer are used. */
function moreZones(request: Request): readonly Candidate[] {
  const { networkZones } = request;
  if (request.zones.length >= networkZones.length) return [];
  return [
    {
      set: { zones: networkZones.length },
      request: choosing(withZones(request, networkZones.length), { zones: networkZones.length }),
    },
  ];
}

/** Fewer of the requests write. */
function fewerWrites(request: Request, refusal: Infeasible): readonly Candidate[] {
  const [, workload = ""] = refusal.part.split("/");
  const facts = request.workloads[workload];
  if (facts?.kind !== "store") return [];
  const having = (writeShare: number): Request => ({
    ...request,
    workloads: { ...request.workloads, [workload]: { ...facts, writeShare } },
  });
  const share = largest(interval(facts.writeShare ?? 0).high, (value) => plans(having(value)));
  return share === undefined
    ? []
    : [{ set: { [`workloads.${wordOfWorkload(request, workload)}.writeShare`]: share }, request: having(share) }];
}

function fewerEntries(request: Request, refusal: Infeasible): readonly Candidate[] {
  const [, workload = ""] = refusal.part.split("/");
  const facts = request.workloads[workload];
  if (facts?.kind !== "cache") return [];
  const having = (entries: number): Request => ({
    ...request,
    workloads: { ...request.workloads, [workload]: { ...facts, entries: Math.max(1, Math.floor(entries)) } },
  });
  const entries = largest(facts.entries, (value) => plans(having(value)));
  return entries === undefined
    ? []
    : [
        {
          set: { [`workloads.${wordOfWorkload(request, workload)}.entries`]: Math.floor(entries) },
          request: having(entries),
        },
      ];
}

/** A longer time that plans, or a smaller share that must be within it. */
function slower(request: Request, refusal: Infeasible): readonly Candidate[] {
  const [, workload = ""] = refusal.part.split("/");
  const facts = request.workloads[workload];
  if (facts?.kind !== "service") return [];
  const own = facts.latency !== undefined;
  const latency = facts.latency ?? request.chosen.objectives.latency;
  if (!latency) return [];
  const key = own ? `workloads.${wordOfWorkload(request, workload)}.latency` : "objectives.latency";
  const having = (changed: { readonly percentile: number; readonly withinMs: number }): Request =>
    own
      ? { ...request, workloads: { ...request.workloads, [workload]: { ...facts, latency: changed } } }
      : choosing(request, { objectives: { ...request.chosen.objectives, latency: changed } });
  const times = [1.25, 1.5, 2, 3, 5, 10, 20].map((factor) => ({
    ...latency,
    withinMs: Math.ceil(latency.withinMs * factor),
  }));
  const shares = [99, 95, 90, 80, 50]
    .filter((percentile) => percentile < latency.percentile)
    .map((percentile) => ({ ...latency, percentile }));
  const firstThatPlans = (choices: readonly (typeof latency)[]): readonly Candidate[] =>
    choices
      .filter((changed) => plans(having(changed)))
      .slice(0, 1)
      .map((changed) => ({ set: { [key]: changed }, request: having(changed) }));
  return [...firstThatPlans(times), ...firstThatPlans(shares)];
}

/** The objective that is reached, rounded down to what people write; or deploys that fewer see; or more zones. */
function lessAvailable(request: Request, refusal: Infeasible, asked: number): readonly Candidate[] {
  const promise = (availability: number): Request =>
    choosing(request, { objectives: { ...request.chosen.objectives, availability } });
  const reached = [0.99999, 0.9999, 0.9995, 0.999, 0.995, 0.99, 0.95, 0.9]
    .filter((availability) => availability < asked && availability <= refusal.limit.value)
    .slice(0, 1);
  const practice = request.chosen.deploys ?? { perWeek: 5, failureShare: 0.05, minutes: 30, exposedShare: 0.25 };
  const safer = [0.5, 0.25, 0.1, 0.05, 0.02, 0.01]
    .map((exposedShare) => ({ ...practice, exposedShare }))
    .filter(({ exposedShare }) => exposedShare < practice.exposedShare);
  const withDeploys = safer
    .map((deploys): Candidate => ({ set: { deploys }, request: choosing(request, { deploys }) }))
    .filter((candidate) => plans(candidate.request))
    .slice(0, 1);
  return [
    ...reached.map((availability) => ({
      set: { "objectives.availability": availability },
      request: promise(availability),
    })),
    ...withDeploys,
    ...moreZones(request),
  ];
}
