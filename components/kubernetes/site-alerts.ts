import type { Part, ReplicaGroup, ServiceWorkload } from "../../model";
import { partsOf } from "../plan-parts";
import { Alerts, type AlertsArgs } from "./alert";
import { portsOf } from "./container";
import { serviceMonitor } from "./service-monitor";
import type { Site } from "./site";
import { Slo } from "./slo";

type WatchedPart = Pick<Part, "key" | "workload" | "region">;

/** Alerts of what has pods; `scales`: an autoscaler moves their count. */
export function buildAlerts(site: Site, watched: WatchedPart, owner: AlertsArgs["owner"], scales: boolean): void {
  const { plan, cluster, transform, namespace, opts } = site;
  const parts = partsOf(plan, "alert").filter(({ watches }) => watches === watched.key);
  if (parts.length === 0) return;
  const { workload, region } = watched;
  const own = transform.alerts?.[workload];
  new Alerts(
    `${workload}-alerts-${region}`,
    {
      parts,
      workload,
      region,
      stack: plan.stack,
      namespace,
      owner,
      scales,
      labels: cluster.prometheusLabels,
      ...(own === undefined ? {} : { transform: own }),
    },
    opts,
  );
}

export function buildObjectives({ plan, cluster, transform, namespace, opts }: Site, group: ReplicaGroup): void {
  for (const part of partsOf(plan, "slo").filter(({ watches }) => watches === group.key)) {
    const own = transform.slo?.[part.workload];
    new Slo(
      `${part.workload}-slo-${part.region}`,
      {
        part,
        service: group.workload,
        stack: plan.stack,
        namespace,
        labels: cluster.prometheusLabels,
        ...(own === undefined ? {} : { transform: own }),
      },
      opts,
    );
  }
}

/** Where Prometheus finds the pods; without its operator, its own configuration says so. */
export function buildMonitor(site: Site, group: ReplicaGroup, { metrics }: ServiceWorkload): void {
  const { plan, cluster, transform, namespace, opts } = site;
  if (metrics === undefined || !cluster.has.includes("prometheus-operator")) return;
  const port = metrics.port ?? group.ports[0];
  const named = portsOf(group.ports).find((each) => each.port === port);
  if (named === undefined) throw new RangeError(`metrics.port of ${group.key}: one of its ports; got ${String(port)}`);
  const own = transform.serviceMonitor?.[group.workload];
  serviceMonitor(
    `${group.workload}-${group.region}`,
    {
      workload: group.workload,
      stack: plan.stack,
      namespace,
      labels: cluster.prometheusLabels,
      port: named.name,
      path: metrics.path ?? "/metrics",
      ...(own === undefined ? {} : { transform: own }),
    },
    opts,
  );
}
