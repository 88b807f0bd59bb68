import { CustomResource, type CustomResourceArgs } from "@pulumi/kubernetes/apiextensions";
import type { LoadBalancer } from "../../model";
import { transformed } from "../transform";
import type { DoorFacts } from "./load-balancer-args";

const seconds = (value: number): string => `${value}s`;
const percent = (share: number): number => Math.round(share * 100);

const ROUTING: Readonly<Record<LoadBalancer["routing"], string>> = {
  "least-outstanding": "LEAST_REQUEST",
  "round-robin": "ROUND_ROBIN",
  random: "RANDOM",
};

/** What only Istio understands: which pods are sent to, how many requests at once, and that they are logged. */
export function istioPolicies({ part, child, service, metadata, transform, opts }: DoorFacts): void {
  const { workload, protection } = part;
  new CustomResource(
    child,
    transformed<CustomResourceArgs>(
      {
        apiVersion: "networking.istio.io/v1",
        kind: "DestinationRule",
        metadata: metadata(workload),
        spec: { host: service, trafficPolicy: trafficPolicy(part) },
      },
      transform.destinationRule,
    ),
    opts,
  );
  if (!protection.logs) return;
  new CustomResource(
    child,
    transformed<CustomResourceArgs>(
      {
        apiVersion: "telemetry.istio.io/v1",
        kind: "Telemetry",
        metadata: metadata(workload),
        spec: {
          targetRefs: [{ group: "gateway.networking.k8s.io", kind: "Gateway", name: workload }],
          accessLogging: [{ providers: [{ name: "envoy" }] }],
        },
      },
      transform.telemetry,
    ),
    opts,
  );
}

/**
 * Outlier detection brings Istio's preference for the door's own zone along, whose pods would then take everything while most of them are healthy. The region
 * alone counts where the door hands on, and nothing where it does not.
 */
const localitiesOf = ({ targets }: LoadBalancer): object =>
  targets.length > 1 ? { enabled: true, failoverPriority: ["topology.kubernetes.io/region"] } : { enabled: false };

function trafficPolicy(part: LoadBalancer): object {
  const { routing, ejection, runtime } = part;
  const door = runtime.kind === "gateway-api" ? runtime : undefined;
  const most = door?.mostRequests ?? null;
  return {
    loadBalancer: { simple: ROUTING[routing], localityLbSetting: localitiesOf(part) },
    // Without a word there is none of these limits.
    ...(most === null
      ? {}
      : {
          connectionPool: {
            tcp: { maxConnections: most },
            http: { http1MaxPendingRequests: most, http2MaxRequests: most },
          },
        }),
    ...(ejection === null
      ? {}
      : {
          outlierDetection: {
            consecutive5xxErrors: ejection.failures,
            consecutiveGatewayErrors: ejection.failures,
            baseEjectionTime: seconds(ejection.seconds),
            maxEjectionPercent: percent(ejection.maxShare),
            minHealthPercent: percent(door?.panicBelow ?? 0),
          },
        }),
  };
}
