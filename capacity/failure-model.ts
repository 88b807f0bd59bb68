import type { DeployPractice, FailureModel, Request, Source } from "../model";
import { BALANCER_CHECK, dnsFailoverSeconds, FAILOVER_TTL_SECONDS } from "../availability";
import { defaultDeploys, failures, type SourcedInterval, type TargetCatalog } from "../catalog";
import type { Assumptions } from "./assumptions";

/** The deploy practice of nobody in particular: what an environment that says nothing is counted with. */
export function defaultPractice(assumptions: Assumptions): DeployPractice {
  return {
    perWeek: assumptions.known(defaultDeploys.perWeek).mid,
    failureShare: assumptions.known(defaultDeploys.failureShare).mid,
    minutes: assumptions.known(defaultDeploys.minutes).mid,
    exposedShare: assumptions.known(defaultDeploys.exposedShare).mid,
  };
}

/** Caches that nobody takes over from by itself. @default - there are none */
export interface CachesAlone {
  /** Those left in their zones have no room for what was on a lost node: another is made first. */
  readonly nodeIsMade: boolean;
  /** A person promotes a replica of one of them. */
  readonly promoted: boolean;
}

/** Causes and rates that availability is computed with: the catalog's, but for what the environment measured itself. */
export function failureModel(
  request: {
    readonly chosen: Pick<Request["chosen"], "deploys">;
    readonly otherRegions?: Request["otherRegions"];
    readonly callersMoveSeconds?: number | null;
    readonly failover?: Request["failover"];
    readonly cachesAlone?: CachesAlone;
  },
  catalog: TargetCatalog,
  assumptions: Assumptions,
): FailureModel {
  const own = request.chosen.deploys;
  return {
    zoneUnavailability: assumptions.known(failures.zoneUnavailability).mid,
    regionUnavailability: assumptions.known(failures.regionUnavailability).mid,
    replicaFailuresPerYear: assumptions.known(failures.replicaFailuresPerYear).mid,
    replicaRepairMinutes: assumptions.known(catalog.lags.startSeconds).mid / 60,
    betaReplica: assumptions.known(failures.betaReplica).mid,
    zoneEventsPerYear: assumptions.known(failures.zoneEventsPerYear).mid,
    deploys: own ? ownPractice(own, assumptions) : defaultPractice(assumptions),
    deploysMeasured: own !== null,
    balancerUnavailability: assumptions.known(failures.balancerUnavailability).mid,
    natUnavailability: assumptions.known(failures.natUnavailability).mid,
    cacheFailoverSeconds: assumptions.known(catalog.lags.cacheFailoverSeconds).mid,
    cacheNodeFailuresPerYear: assumptions.known(failures.cacheNodeFailuresPerYear).mid,
    cacheAlone: cacheAlone(request.cachesAlone, catalog.lags, assumptions),
    ...betweenRegions(request, assumptions),
  };
}

/** What a cache by itself waits for; listed among the assumptions where there is one. */
function cacheAlone(
  there: CachesAlone | undefined,
  { cacheBackSeconds, cacheVolumeSeconds, cacheNodeSeconds }: TargetCatalog["lags"],
  assumptions: Assumptions,
): FailureModel["cacheAlone"] {
  const mid = (fact: SourcedInterval): number => (there === undefined ? fact : assumptions.known(fact)).mid;
  const sum = (facts: readonly SourcedInterval[]): number => facts.reduce((seconds, fact) => seconds + mid(fact), 0);
  const made = there?.nodeIsMade === false || cacheNodeSeconds === null ? [] : [cacheNodeSeconds];
  return {
    backSeconds: sum(cacheBackSeconds),
    volumeSeconds: sum([...made, ...cacheVolumeSeconds]),
    promoteMinutes: (there?.promoted === true ? assumptions.known(failures.humanFixMinutes) : failures.humanFixMinutes)
      .mid,
  };
}

const MEASURE = "take the first region's door away and take the time until 99 % of requests arrive in the next";

const STATED: Source = { title: "the stack's YAML", date: "stated" };
const ROUTE_53: Source = {
  title:
    "Amazon Route 53 Developer Guide, how health is determined: checks in a row that fail, and the TTL of 60 s that resolvers keep an answer; callers that keep it longer are not in it",
  url: "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover-determining-health-of-endpoints.html",
  date: "2026-11-21",
};

const EXTERNAL_DNS: Source = {
  title:
    "AWS Load Balancer Controller, Service annotations: three checks that fail, 10 s apart, and the 60 s that resolvers keep a balancer's addresses; callers that keep them longer are not in it",
  url: "https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/annotations/",
  date: "2026-11-22",
};

function ledAfter({ dns, checkSeconds, failures }: Request["failover"] & object): number {
  const check = dns === "external-dns" ? BALANCER_CHECK : { seconds: checkSeconds, failures };
  return dnsFailoverSeconds(check, FAILOVER_TTL_SECONDS);
}

/** What several regions add; nothing where there is one, or where nobody moves callers and no door hands on: then the others wait for nobody. */
function betweenRegions(
  {
    otherRegions = [],
    callersMoveSeconds = null,
    failover = null,
  }: {
    readonly otherRegions?: Request["otherRegions"];
    readonly callersMoveSeconds?: number | null;
    readonly failover?: Request["failover"];
  },
  assumptions: Assumptions,
): Pick<FailureModel, "betweenRegions"> {
  if (otherRegions.length === 0) return {};
  const dns = failover === null || failover.dns === "none" ? null : failover;
  if (dns === null && callersMoveSeconds === null && failover?.doors !== true) return {};
  const asked = (name: string, seconds: number, source: Source): number =>
    assumptions.asked(name, "seconds", seconds, MEASURE, source).mid;
  const moved = callersMoveSeconds === null ? null : asked("callersMoveSeconds", callersMoveSeconds, STATED);
  const source = dns?.dns === "external-dns" ? EXTERNAL_DNS : ROUTE_53;
  const seconds = dns === null ? moved : asked("DNS leads callers to the next region", ledAfter(dns), source);
  return {
    betweenRegions: {
      globalUnavailability: assumptions.known(failures.globalUnavailability).mid,
      regionEventsPerYear: assumptions.known(failures.regionEventsPerYear).mid,
      balancerEventsPerYear: assumptions.known(failures.balancerEventsPerYear).mid,
      natEventsPerYear: assumptions.known(failures.natEventsPerYear).mid,
      failoverSeconds: seconds,
      foundBy: dns === null && moved !== null ? "callers" : dns?.dns === "external-dns" ? "connections" : "checks",
      warmSeconds: 0,
    },
  };
}

/** The environment's own numbers, each still tried at +-25 %. */
function ownPractice(own: DeployPractice, assumptions: Assumptions): DeployPractice {
  const stated = { title: "the environment's own deploy practice", date: "stated" };
  const ask = (name: keyof DeployPractice, unit: string, measure: string): number =>
    assumptions.asked(`deploys.${name}`, unit, own[name], measure, stated).mid;
  return {
    perWeek: ask("perWeek", "deploys a week", "count of production deploys in the last 12 weeks, divided by 12"),
    failureShare: ask(
      "failureShare",
      "share of deploys",
      "deploys that were rolled back or fixed forward, divided by all",
    ),
    minutes: ask("minutes", "minutes", "from the deploy's start of errors to their end, mean over the failed ones"),
    exposedShare: ask(
      "exposedShare",
      "share of traffic",
      "share of requests that the new version had when it was undone",
    ),
  };
}
