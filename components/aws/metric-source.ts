import type * as pulumi from "@pulumi/pulumi";

/** What CloudWatch watches. */
export type MetricSource =
  | {
      readonly kind: "balancer";
      readonly loadBalancerArnSuffix: pulumi.Input<string>;
      readonly targetGroupArnSuffix: pulumi.Input<string>;
    }
  | { readonly kind: "service"; readonly clusterName: pulumi.Input<string>; readonly serviceName: pulumi.Input<string> }
  /** Literal, so that the alarm can stand before the service. */
  | { readonly kind: "service-connect"; readonly discoveryName: string }
  /** Every node: a cache has no figure for all of them. */
  | { readonly kind: "cache"; readonly memberIds: readonly pulumi.Input<string>[] }
  | { readonly kind: "nat"; readonly gatewayIds: readonly pulumi.Input<string>[] };

/** One metric of one thing. */
export interface Metric {
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: Readonly<Record<string, pulumi.Input<string>>>;
}

/** CloudWatch's metric for a source: one a node or gateway, else one. */
export function metricsOf(source: MetricSource, metricName: string): readonly Metric[] {
  switch (source.kind) {
    case "balancer":
      return [{ namespace: "AWS/ApplicationELB", metricName, dimensions: balancerDimensions(source, metricName) }];
    case "service":
      return [
        {
          namespace: "AWS/ECS",
          metricName,
          dimensions: { ClusterName: source.clusterName, ServiceName: source.serviceName },
        },
      ];
    case "service-connect":
      return [{ namespace: "AWS/ECS", metricName, dimensions: connectDimensions(source.discoveryName, metricName) }];
    case "cache":
      return source.memberIds.map((id) => ({
        namespace: "AWS/ElastiCache",
        metricName,
        dimensions: { CacheClusterId: id },
      }));
    case "nat":
      return source.gatewayIds.map((id) => ({
        namespace: "AWS/NATGateway",
        metricName,
        dimensions: { NatGatewayId: id },
      }));
  }
}

/** What the balancer itself answered has no target group (Application Load Balancers User Guide, CloudWatch metrics). */
function balancerDimensions(
  source: Extract<MetricSource, { kind: "balancer" }>,
  metricName: string,
): Metric["dimensions"] {
  const balancer = { LoadBalancer: source.loadBalancerArnSuffix };
  return metricName.startsWith("HTTPCode_ELB_") ? balancer : { ...balancer, TargetGroup: source.targetGroupArnSuffix };
}

/**
 * Requests are counted where they arrive, answers where they were asked for (Amazon ECS Developer Guide, Service Connect
 * metrics): the first by DiscoveryName, the second by TargetDiscoveryName, both without the calling service.
 */
function connectDimensions(name: string, metricName: string): Metric["dimensions"] {
  return metricName === "RequestCount" ? { DiscoveryName: name } : { TargetDiscoveryName: name };
}
