import type { Alert, Part, RedisCache, ReplicaGroup, Request } from "../../model";
import { partKey, scalingFloor } from "../../model";
import type { GroupCount } from "../group-count";
import { clusterOfRequest } from "./cluster-of-request";

/** How often rules are evaluated: as often as Prometheus' own stack scrapes. */
const EVERY_SECONDS = 30;

type Shape = Pick<Alert, "signal" | "threshold" | "comparison" | "missingData"> & {
  readonly severity: "page" | "ticket";
  /** For how long before anyone is told. */
  readonly forSeconds: number;
};

/** Alerts of the pods of one service: count against need, and what they are about to run out of. */
export function podAlerts(request: Request, { demand, need }: GroupCount, group: ReplicaGroup): readonly Alert[] {
  const { scaling } = group;
  const alert = alertOf(request, group);
  return [
    alert({ signal: "all-replicas-down", threshold: 1, ...gone, forSeconds: 60 }),
    ...(need > 1 ? [alert({ signal: "healthy-below-need", threshold: need, ...gone, forSeconds: 180 })] : []),
    // Pods that nobody has asked for: an autoscaler that was changed by hand, a quota.
    alert({
      signal: "running-below-minimum",
      threshold: scalingFloor(scaling),
      ...gone,
      severity: "ticket",
      forSeconds: 300,
    }),
    ...(scaling.kind === "range"
      ? [alert({ signal: "at-maximum", threshold: scaling.max, comparison: ">=", ...near, forSeconds: 900 })]
      : []),
    alert({
      signal: "memory",
      threshold: Number(((demand.facts.criteria?.memoryShare ?? MEMORY_SHARE) * 100).toPrecision(10)),
      comparison: ">",
      ...near,
      forSeconds: 180,
    }),
  ];
}

/**
 * Alerts of members that keep data: none is left, too few for writes, one is missing for longer than a restart takes, and what they are about
 * to run out of.
 * @param need members without which it does not do its work, at least 1
 */
export function memberAlerts(request: Request, part: Watched, need: number): readonly Alert[] {
  const alert = alertOf(request, part);
  return [
    alert({ signal: "all-replicas-down", threshold: 1, ...gone, forSeconds: 60 }),
    ...(need > 1 ? [alert({ signal: "healthy-below-need", threshold: need, ...gone, forSeconds: 60 })] : []),
    alert({ signal: "unhealthy-replicas", threshold: 0, comparison: ">", ...near, forSeconds: 600 }),
    alert({ signal: "memory", threshold: MEMORY_SHARE * 100, comparison: ">", ...near, forSeconds: 180 }),
    alert({ signal: "volume", threshold: VOLUME_SHARE * 100, comparison: ">", ...near, forSeconds: 600 }),
  ];
}

/** Members of a cache that its primary needs to take writes: itself, and a replica that hears it. */
export function membersNeeded({ topology }: RedisCache): number {
  return topology.kind === "single" ? 1 : 2;
}

const gone = { comparison: "<", missingData: "breaching", severity: "page" } as const;
const near = { missingData: "not-breaching", severity: "ticket" } as const;
/** Of a container's limit. */
const MEMORY_SHARE = 0.9;
/** Of a volume: what is left lasts a while, and a volume takes a while to grow. */
const VOLUME_SHARE = 0.8;

type Watched = Pick<Part, "key" | "workload" | "region">;

function alertOf(request: Request, part: Watched): (shape: Shape) => Alert {
  const operator = clusterOfRequest(request).has.includes("prometheus-operator");
  const { key, workload, region } = part;
  return ({ severity, forSeconds, ...shape }) => ({
    kind: "alert",
    key: partKey("alert", `${workload}-${shape.signal}`, region),
    workload: `${workload}-${shape.signal}`,
    region,
    ...shape,
    watches: key,
    statistic: "last",
    periodSeconds: EVERY_SECONDS,
    evaluationPeriods: forSeconds / EVERY_SECONDS,
    datapointsToAlarm: forSeconds / EVERY_SECONDS,
    metrics: 0,
    notifies: true,
    runtime: { kind: operator ? "prometheus-rule" : "prometheus-file", severity },
  });
}
