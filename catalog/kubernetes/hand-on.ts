import type { Source } from "../../model";

/** What a door does with targets of a later priority. */
interface HandOn {
  /**
   * Requests that stay are this times the share of healthy replicas, at most all: with 1.4 nothing is handed on while 1/1.4 = 71.4 % are healthy, which its
   * documentation rounds to 72 %.
   */
  readonly overprovisioning: number;
  /** How many priorities it tells apart; null: one a region. */
  readonly levels: number | null;
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
    levels: null,
    source: {
      title: "Istio API, DestinationRule, LocalityLoadBalancerSetting; Envoy, overprovisioning factor",
      url: "https://github.com/istio/api/blob/master/networking/v1alpha3/destination_rule.proto",
      date: "2026-11-21",
    },
  },
};

/** Share of requests that stay with a door's own replicas while that share of them is healthy. */
export function shareThatStays(healthy: number, overprovisioning: number): number {
  return Math.min(1, healthy * overprovisioning);
}
