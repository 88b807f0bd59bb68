import type { Source } from "../../model";

/** What a door does with targets of a later priority. */
interface HandOn {
  /**
   * Requests that stay are this times the share of healthy replicas, at most all: with 1.4 nothing is handed on while 1/1.4 = 71.4 % are healthy, which its
   * documentation rounds to 72 %.
   */
  readonly overprovisioning: number;
  /** How many priorities it tells apart, its own replicas' among them; of the last, each takes its share without an order. */
  readonly levels: number;
  readonly source: Source;
}

/** By implementation. Replicas that have left the door's list, as those that are not ready do, count neither as healthy nor as ill. */
export const handOn: Readonly<Record<"envoy-gateway" | "istio", HandOn>> = {
  "envoy-gateway": {
    overprovisioning: 1.4,
    levels: 2,
    source: {
      title: "Envoy Gateway v1.9.0, api/v1alpha1/backend_types.go, fallback; Envoy, overprovisioning factor",
      url: "https://github.com/envoyproxy/gateway/blob/v1.9.0/api/v1alpha1/backend_types.go",
      date: "2026-11-21",
    },
  },
  istio: {
    // Envoy's own; Istio sets none.
    overprovisioning: 1.4,
    // By failoverPriority of the region alone. By failover from one region to another there are five, and zones are among them: the door's own zone would take all
    // requests while 72 % of its replicas are healthy.
    levels: 2,
    source: {
      title:
        "Istio, LocalityLoadBalancerSetting and pilot/pkg/networking/core/loadbalancer (2026-08-22); Envoy, overprovisioning factor",
      url: "https://github.com/istio/istio/blob/master/pilot/pkg/networking/core/loadbalancer/loadbalancer.go",
      date: "2026-11-21",
    },
  },
};

/** The switch of Envoy Gateway that its Backend objects need, which is off where nobody turns it on. */
export const backendSwitch = {
  name: "extensionApis.enableBackend",
  where: "ConfigMap envoy-gateway-config in envoy-gateway-system, or config.envoyGateway of its chart",
  source: {
    title: "Envoy Gateway v1.9.0, documentation: Backend Routing, Enable Backend",
    url: "https://github.com/envoyproxy/gateway/blob/v1.9.0/site/content/en/latest/tasks/traffic/backend.md",
    date: "2026-11-21",
  },
} as const;

/** Share of requests that stay with a door's own replicas while that share of them is healthy. */
export function shareThatStays(healthy: number, overprovisioning: number): number {
  return Math.min(1, healthy * overprovisioning);
}
