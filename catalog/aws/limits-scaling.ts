import { type Limit, limitSources as from } from "./limit";

/** What moves a count of replicas: Application Auto Scaling. */
export const scalingLimits = {
  "scaling-target-id": {
    applies: "appautoscaling.Target resourceId of a service",
    pattern: "service/[A-Za-z0-9_-]+/[A-Za-z0-9_-]+",
    unit: "form",
    raisable: false,
    quote: "service/<cluster name>/<service name>: names, not ARNs",
    source: from.autoscaling,
  },
  "scaling-resource-label": {
    applies: "predefinedMetricSpecification.resourceLabel",
    pattern: "app/[^/]+/[^/]+/targetgroup/[^/]+/[^/]+",
    unit: "form",
    raisable: false,
    quote:
      "app/<balancer>/<id>/targetgroup/<group>/<id>, for ALBRequestCountPerTarget only; one target group; requests a target and minute",
    source: from.autoscaling,
  },
  "scaling-policies-per-metric": {
    applies: "target-tracking policies of one service for one metric",
    max: 1,
    unit: "policies",
    raisable: false,
    quote: "one policy for each metric; scales out if any asks, in only if all agree; no scaling on missing data",
    source: from.autoscaling,
  },
  "scaling-minimum": {
    applies: "appautoscaling.Target minCapacity",
    min: 0,
    unit: "tasks",
    raisable: false,
    quote: "0 is allowed, but then there are no metrics",
    source: from.autoscaling,
  },
} as const satisfies Record<string, Limit>;
