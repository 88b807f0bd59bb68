import type { Source } from "../../model";
import type { SourcedInterval } from "../interval";

const read = "2026-11-21";
const benchmark: Source = {
  title:
    "AWS benchmark of ECS target tracking as reported by classmethod and devopscloudconsult: trigger after 363 s (60 s metrics), 86 s (20 s metrics)",
  date: "2026-06",
};
const threePeriods: Source = {
  title: "ECS adds tasks after about 3 minutes above the target (AWS, quoted by a third-party guide)",
  date: read,
};
const scaleInGuide: Source = {
  title: "ECS removes tasks after about 15 minutes below the target (AWS, quoted by a third-party guide); ends assumed",
  date: read,
};
const elasticscale: Source = {
  title: "Fargate start of a 413 MB image without lazy loading, ten runs, elasticscale",
  date: "2024-04",
};
const pull: Source = {
  title:
    "Paper quoted by AWS: 76 % of a container's start is the pull; low is lazy loading's typical gain of 50 % (CON307)",
  date: read,
};
const cacheFailover: Source = {
  title: "AWS Database Blog: test failover about 30 s (engine 3.2.4); AWS guide: usually a few seconds; ends assumed",
  date: read,
};
const cacheReplaced: Source = {
  title: 'AWS Database Blog: a lost ElastiCache node is replaced in "a few minutes"; how many is assumed',
  date: read,
};
const balancerDns: Source = {
  title: "Elastic Load Balancing: an alias record to a balancer answers with a TTL of 60 s",
  date: "2026-11-20",
};

const exactly = (name: string, unit: string, value: number, source: Source, measure: string): SourcedInterval => ({
  name,
  unit,
  low: value,
  mid: value,
  high: value,
  label: "exact",
  source,
  measure,
});

const scalerMeasure =
  "Step the load of a test service to twice its target and take the time until its desired count rises.";

/** How long AWS takes. The parts fit `autoscalerLag`: metric period x evaluation periods + decide is the measured time to trigger. */
export const awsLags = {
  /** Metric period of ECS service metrics: 60 s, or 20 s for the HighResolution ones. */
  metricPeriodSeconds: {
    standard: exactly(
      "period of ECS service metrics",
      "seconds",
      60,
      benchmark,
      "Read the period of the scaling policy's alarms.",
    ),
    fast: exactly(
      "period of high-resolution ECS service metrics",
      "seconds",
      20,
      benchmark,
      "Read the period of the scaling policy's alarms.",
    ),
  },
  /** Periods above the target before target tracking acts. */
  evaluationPeriods: exactly(
    "periods above the target before ECS adds tasks",
    "periods",
    3,
    threePeriods,
    "Read evaluationPeriods of the scaling policy's high alarm.",
  ),
  /** What the measured time to trigger holds beyond three metric periods: 363 - 3 x 60, 86 - 3 x 20. */
  decideSeconds: {
    standard: {
      name: "ECS decides after its metrics show it, 60 s metrics",
      unit: "seconds",
      low: 0,
      mid: 183,
      high: 240,
      label: "approx",
      source: benchmark,
      measure: scalerMeasure,
    },
    fast: {
      name: "ECS decides after its metrics show it, 20 s metrics",
      unit: "seconds",
      low: 0,
      mid: 26,
      high: 60,
      label: "approx",
      source: benchmark,
      measure: scalerMeasure,
    },
  },
  /** Load step to trigger, whole: metric periods and decision together. */
  triggerSeconds: {
    standard: {
      name: "ECS target tracking, load step to trigger, 60 s metrics",
      unit: "seconds",
      low: 180,
      mid: 363,
      high: 420,
      label: "approx",
      source: benchmark,
      measure: scalerMeasure,
    },
    fast: {
      name: "ECS target tracking, load step to trigger, 20 s metrics",
      unit: "seconds",
      low: 60,
      mid: 86,
      high: 120,
      label: "approx",
      source: benchmark,
      measure: scalerMeasure,
    },
  },
  /** Fargate's start is timed from the API call, so placement is in it; the high end is the benchmark's trigger-to-provisioned gap (386 - 363 = 109 - 86 = 23 s). */
  scheduleSeconds: {
    name: "ECS places a task on Fargate, beyond its start",
    unit: "seconds",
    low: 0,
    mid: 0,
    high: 23,
    label: "assumed",
    source: benchmark,
    measure: "Take createdAt to pullStartedAt of new tasks.",
  },
  /** Task asked for to container running, image of about 400 MB. */
  fargateStartSeconds: {
    name: "Fargate starts a task with a 413 MB image",
    unit: "seconds",
    low: 53,
    mid: 57,
    high: 62,
    label: "approx",
    source: elasticscale,
    measure: "Take createdAt to startedAt of ten tasks of the service.",
  },
  /** Share of a container's start that is the pull of its image. */
  pullShare: {
    name: "share of a container's start that is the image's pull",
    unit: "share",
    low: 0.5,
    mid: 0.76,
    high: 0.76,
    label: "approx",
    source: pull,
    measure: "Take pullStartedAt to pullStoppedAt over createdAt to startedAt.",
  },
  /** Below the target until ECS removes tasks. */
  scaleInSeconds: {
    name: "ECS target tracking, load drop to removal",
    unit: "seconds",
    low: 900,
    mid: 900,
    high: 1200,
    label: "assumed",
    source: scaleInGuide,
    measure: "Drop the load of a test service and take the time until its desired count falls.",
  },
  /** ElastiCache promotes a replica. */
  cacheFailoverSeconds: {
    name: "ElastiCache promotes a replica",
    unit: "seconds",
    low: 5,
    mid: 30,
    high: 60,
    label: "approx",
    source: cacheFailover,
    measure: "Start TestFailover and take the time in which writes fail.",
  },
  /** ElastiCache makes a new node in the place of one that no replica takes over from, in its zone. */
  cacheReplacedSeconds: {
    name: "ElastiCache replaces a node",
    unit: "seconds",
    low: 120,
    mid: 300,
    high: 900,
    label: "assumed",
    source: cacheReplaced,
    measure: "Take the node-replacement events of a cache of one node: from the first to the last.",
  },
  /** TTL of the balancer's own name: a zone leaves DNS no sooner. */
  balancerDnsSeconds: exactly(
    "TTL of a load balancer's name",
    "seconds",
    60,
    balancerDns,
    "Resolve the balancer's name and read the TTL.",
  ),
} as const satisfies Record<
  string,
  SourcedInterval | { readonly standard: SourcedInterval; readonly fast: SourcedInterval }
>;

/**
 * The six inputs of `autoscalerLag` for a service on Fargate, in seconds (periods for evaluationPeriods).
 * @param end which end of every interval; high is the slow one
 * @param fastMetrics 20-second metrics
 * @param warmUpSeconds the application's own start and first passed probes
 */
export function ecsScalerLag(end: "low" | "mid" | "high", fastMetrics: boolean, warmUpSeconds: number) {
  const speed = fastMetrics ? "fast" : "standard";
  return {
    metricPeriodSeconds: awsLags.metricPeriodSeconds[speed][end],
    evaluationPeriods: awsLags.evaluationPeriods[end],
    decideSeconds: awsLags.decideSeconds[speed][end],
    scheduleSeconds: awsLags.scheduleSeconds[end],
    startSeconds: awsLags.fargateStartSeconds[end],
    warmUpSeconds,
  } as const;
}
