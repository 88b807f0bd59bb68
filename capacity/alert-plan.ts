import type {
  Alert,
  AlertSignal,
  AlertTopic,
  BalancerRoute,
  Dashboard,
  LoadBalancer,
  Network,
  PartKey,
  RedisCache,
  ReplicaGroup,
  Request,
} from "../model";
import { partKey, scalingFloor, wordOfSystem } from "../model";
import type { ServiceDemand } from "./service-demand";

/** Burn rate that spends 2 % of a 30-day budget in an hour (SRE workbook, ch. 5): a page. */
const FAST_BURN = 14.4;

type Shape = Pick<
  Alert,
  | "signal"
  | "threshold"
  | "comparison"
  | "statistic"
  | "periodSeconds"
  | "evaluationPeriods"
  | "datapointsToAlarm"
  | "missingData"
> & {
  readonly metrics?: number;
};

function alert(request: Request, name: string, watches: PartKey, shape: Shape): Alert {
  const { metrics = 1, ...rest } = shape;
  return {
    kind: "alert",
    key: partKey("alert", `${name}-${shape.signal}`, request.region),
    workload: `${name}-${shape.signal}`,
    region: request.region,
    watches,
    metrics,
    notifies: true,
    runtime: { kind: "cloudwatch" },
    ...rest,
  };
}

/** Alerts of one service: the seed's criteria at its thresholds, the objective's burn, and the count against what is needed. */
export function serviceAlerts(
  request: Request,
  demand: ServiceDemand,
  group: ReplicaGroup,
  balancer: LoadBalancer | BalancerRoute | null,
  need: number,
): readonly Alert[] {
  const { workload, facts } = demand;
  const { objectives } = request.chosen;
  const latency = facts.latency ?? objectives.latency;
  const responseMs = facts.criteria?.responseMs ?? latency?.withinMs;
  const successShare = facts.criteria?.successShare ?? objectives.availability;
  const percentile = latency?.percentile ?? 99;
  // A registry without a proxy counts nobody's requests.
  const counts = balancer !== null || facts.reachedBy === "service-connect";
  const door = balancer?.key ?? group.key;
  const min = scalingFloor(group.scaling);
  const five = { periodSeconds: 300, evaluationPeriods: 3, datapointsToAlarm: 2 };
  const minute = { periodSeconds: 60, evaluationPeriods: 3, datapointsToAlarm: 3 };
  const of = (shape: Shape, watches: PartKey): Alert => alert(request, workload, watches, shape);
  const requests: readonly Alert[] = counts
    ? [
        of(
          {
            signal: "error-share",
            threshold: round(1 - successShare),
            comparison: ">",
            statistic: "Sum",
            ...five,
            missingData: "not-breaching",
            metrics: 2,
          },
          door,
        ),
        ...(responseMs === undefined
          ? []
          : [
              of(
                {
                  signal: "response-time",
                  threshold: round(responseMs / 1000),
                  comparison: ">",
                  statistic: `p${percentile}`,
                  ...five,
                  missingData: "not-breaching",
                },
                door,
              ),
            ]),
        of(
          {
            signal: "server-errors",
            threshold: Math.max(1, Math.ceil(demand.peakPerSecond.mid * 60 * (1 - successShare))),
            comparison: ">",
            statistic: "Sum",
            periodSeconds: 60,
            evaluationPeriods: 5,
            datapointsToAlarm: 5,
            missingData: "not-breaching",
          },
          door,
        ),
      ]
    : [];
  const hosts: readonly Alert[] = balancer
    ? [
        // What a shared balancer refuses, it refuses for everybody behind it: nobody's own budget burns.
        ...(balancer.kind === "balancer-route"
          ? []
          : [
              of(
                {
                  signal: "availability-burn",
                  threshold: round(Math.min(1, FAST_BURN * (1 - objectives.availability))),
                  comparison: ">",
                  statistic: "Sum",
                  periodSeconds: 3600,
                  evaluationPeriods: 1,
                  datapointsToAlarm: 1,
                  missingData: "not-breaching",
                  metrics: 3,
                },
                door,
              ),
            ]),
        ...(need > 1
          ? [
              of(
                {
                  signal: "healthy-below-need",
                  threshold: need,
                  comparison: "<",
                  statistic: "Minimum",
                  ...minute,
                  missingData: "breaching",
                },
                door,
              ),
            ]
          : []),
        of(
          {
            signal: "all-replicas-down",
            threshold: 1,
            comparison: "<",
            statistic: "Maximum",
            periodSeconds: 60,
            evaluationPeriods: 1,
            datapointsToAlarm: 1,
            missingData: "breaching",
          },
          door,
        ),
      ]
    : [];
  return [
    ...requests,
    ...hosts,
    of(
      {
        signal: "running-below-minimum",
        threshold: min,
        comparison: "<",
        statistic: "SampleCount",
        periodSeconds: 60,
        evaluationPeriods: 5,
        datapointsToAlarm: 5,
        missingData: "breaching",
      },
      group.key,
    ),
    ...(group.scaling.kind === "range"
      ? [
          of(
            {
              signal: "at-maximum",
              threshold: group.scaling.max,
              comparison: ">=",
              statistic: "SampleCount",
              periodSeconds: 60,
              evaluationPeriods: 15,
              datapointsToAlarm: 15,
              missingData: "not-breaching",
            },
            group.key,
          ),
        ]
      : []),
    of(
      {
        signal: "memory",
        threshold: round((facts.criteria?.memoryShare ?? 0.9) * 100),
        comparison: ">",
        statistic: "Maximum",
        ...minute,
        missingData: "not-breaching",
      },
      group.key,
    ),
  ];
}

/** Nodes that one alarm can watch: an alarm's expression takes ten metrics (CloudWatch API, PutMetricAlarm). */
const MOST_WATCHED = 10;

/** Nodes of a cache that are watched together, in their order. */
interface WatchedNodes {
  /** Start of the alerts' names. */
  readonly name: string;
  /** Of the first, from 0. */
  readonly first: number;
  readonly count: number;
}

/** Every node once, ten an alarm; the first ten keep their alarms' names however many there come to be. */
export function watchedNodes(cache: RedisCache): readonly WatchedNodes[] {
  const nodes = cacheNodesOf(cache);
  return Array.from({ length: Math.ceil(nodes / MOST_WATCHED) }, (_, index) => {
    const first = index * MOST_WATCHED;
    return {
      name: first === 0 ? cache.workload : `${cache.workload}-from-${first + 1}`,
      first,
      count: Math.min(MOST_WATCHED, nodes - first),
    };
  });
}

/** Alerts of a cache: full, evicting, copies behind. */
export function cacheAlerts(request: Request, cache: RedisCache): readonly Alert[] {
  return watchedNodes(cache).flatMap(({ name, count }) => {
    const five = { periodSeconds: 300, evaluationPeriods: 3, datapointsToAlarm: 3, metrics: count };
    const of = (shape: Shape): Alert => alert(request, name, cache.key, shape);
    return [
      of({
        signal: "cache-memory",
        threshold: 80,
        comparison: ">",
        statistic: "Maximum",
        ...five,
        missingData: "breaching",
      }),
      of({
        signal: "cache-evictions",
        threshold: 0,
        comparison: ">",
        statistic: "Sum",
        ...five,
        missingData: "not-breaching",
      }),
      ...(cache.topology.kind === "single"
        ? []
        : [
            of({
              signal: "cache-replication-lag",
              threshold: 1,
              comparison: ">",
              statistic: "Maximum",
              ...five,
              missingData: "not-breaching",
            }),
          ]),
    ];
  });
}

/** Nodes of a cache, copies counted. */
function cacheNodesOf({ topology }: RedisCache): number {
  switch (topology.kind) {
    case "single":
      return 1;
    case "replicated":
      return 1 + topology.replicas;
    case "sharded":
      return topology.shards * (1 + topology.replicasPerShard);
  }
}

/** Connections that any NAT gateway had no port for. */
export function networkAlerts(request: Request, network: Network): readonly Alert[] {
  if (network.natZones.length === 0) return [];
  return [
    alert(request, network.workload, network.key, {
      signal: "nat-ports",
      threshold: 0,
      comparison: ">",
      statistic: "Sum",
      periodSeconds: 300,
      evaluationPeriods: 3,
      datapointsToAlarm: 2,
      missingData: "not-breaching",
      metrics: network.natRegional === true ? 1 : network.natZones.length,
    }),
  ];
}

/** Where alerts go, where nines creates it. */
export function planTopic(request: Request): AlertTopic | null {
  if (!("emails" in request.alerts)) return null;
  const workload = wordOfSystem(request, "alerts");
  return {
    kind: "alert-topic",
    key: partKey("alert-topic", workload, request.region),
    workload,
    region: request.region,
    subscriptions: [...request.alerts.emails].sort().map((endpoint) => ({ protocol: "email", endpoint })),
    runtime: { kind: "sns" },
  };
}

export function planDashboard(request: Request): Dashboard {
  const workload = wordOfSystem(request, "overview");
  return {
    kind: "dashboard",
    key: partKey("dashboard", workload, request.region),
    workload,
    region: request.region,
    runtime: { kind: "cloudwatch" },
  };
}

/** Signals that stop a rollout: what a caller sees of the replicas. */
export const rolloutSignals: readonly AlertSignal[] = ["error-share", "response-time"];

/** Shares and seconds as a person writes them: 1 - 0.95 is 0.05. */
function round(value: number): number {
  return Number(value.toPrecision(10));
}
