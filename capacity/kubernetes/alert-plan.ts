import type { Alert, ReplicaGroup, Request } from "../../model";
import { partKey } from "../../model";
import type { GroupCount } from "../group-count";
import { clusterOfRequest } from "./group-plan";

/** How often rules are evaluated: as often as Prometheus' own stack scrapes. */
const EVERY_SECONDS = 30;

type Shape = Pick<Alert, "signal" | "threshold" | "comparison" | "missingData"> & {
  readonly severity: "page" | "ticket";
  /** For how long before anyone is told. */
  readonly forSeconds: number;
};

/** Alerts of the pods of one service: count against need, and what they are about to run out of. */
export function podAlerts(request: Request, { demand, need }: GroupCount, group: ReplicaGroup): readonly Alert[] {
  const operator = clusterOfRequest(request).has.includes("prometheus-operator");
  const { scaling, workload } = group;
  const min = scaling.kind === "range" ? scaling.min : scaling.count;
  const alert = ({ severity, forSeconds, ...shape }: Shape): Alert => ({
    kind: "alert",
    key: partKey("alert", `${workload}-${shape.signal}`, group.region),
    workload: `${workload}-${shape.signal}`,
    region: group.region,
    ...shape,
    watches: group.key,
    statistic: "last",
    periodSeconds: EVERY_SECONDS,
    evaluationPeriods: forSeconds / EVERY_SECONDS,
    datapointsToAlarm: forSeconds / EVERY_SECONDS,
    metrics: 0,
    notifies: true,
    runtime: { kind: operator ? "prometheus-rule" : "prometheus-file", severity },
  });
  const gone = { comparison: "<", missingData: "breaching", severity: "page" } as const;
  const near = { missingData: "not-breaching", severity: "ticket" } as const;
  return [
    alert({ signal: "all-replicas-down", threshold: 1, ...gone, forSeconds: 60 }),
    ...(need > 1 ? [alert({ signal: "healthy-below-need", threshold: need, ...gone, forSeconds: 180 })] : []),
    // Pods that nobody has asked for: an autoscaler that was changed by hand, a quota.
    alert({ signal: "running-below-minimum", threshold: min, ...gone, severity: "ticket", forSeconds: 300 }),
    ...(scaling.kind === "range"
      ? [alert({ signal: "at-maximum", threshold: scaling.max, comparison: ">=", ...near, forSeconds: 900 })]
      : []),
    alert({
      signal: "memory",
      threshold: Number(((demand.facts.criteria?.memoryShare ?? 0.9) * 100).toPrecision(10)),
      comparison: ">",
      ...near,
      forSeconds: 180,
    }),
  ];
}
