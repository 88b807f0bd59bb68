import { CustomResource, type CustomResourceArgs } from "@pulumi/kubernetes/apiextensions";
import type { BalancerTarget, LoadBalancer } from "../../model";
import { transformed } from "../transform";
import type { DoorFacts } from "./load-balancer-args";

const API = "gateway.envoyproxy.io/v1alpha1";
const GROUP = "gateway.networking.k8s.io";
const seconds = (value: number): string => `${value}s`;
const percent = (share: number): number => Math.round(share * 100);

/** How often names are asked again. */
const NAME_SECONDS = 5;
/** Until somebody else is asked: a machine without power refuses nothing. One lost packet is forgiven, which is sent again after 1 s. */
const CONNECT_SECONDS = 2;
/** A request may last as long as a replica that stops is given to end what it has; Envoy ends it after 15 s where nobody says, so never less. */
const LEAST_REQUEST_SECONDS = 15;
/**
 * Answers that are well: all from 200 to 399 that have a name (IANA, HTTP Status Code Registry, 2026-11-22), as the kubelet takes them, which calls
 * a pod ready that answers so (kubernetes.io/docs, Configure Liveness, Readiness and Startup Probes). Envoy takes 200 alone where nobody says.
 */
const WELL_STATUSES: readonly number[] = [
  ...[200, 201, 202, 203, 204, 205, 206, 207, 208, 226],
  ...[300, 301, 302, 303, 304, 305, 307, 308],
];
/** Answers to checks that count towards as many as must fail. After any other that is not well Envoy asks no second time. */
const COUNTED_STATUSES: readonly number[] = [429, 500, 502, 503, 504];

/** What only Envoy Gateway understands: how it treats callers, and which pods it sends to. */
export function envoyPolicies({ part, child, metadata, transform, opts }: DoorFacts): void {
  const { workload, listeners, idleTimeoutSeconds } = part;
  const floor = listeners.find(({ tlsFloor }) => tlsFloor !== null)?.tlsFloor ?? null;
  new CustomResource(
    child,
    transformed<CustomResourceArgs>(
      {
        apiVersion: API,
        kind: "ClientTrafficPolicy",
        metadata: metadata(workload),
        spec: {
          targetRefs: [{ group: GROUP, kind: "Gateway", name: workload }],
          ...(floor === null ? {} : { tls: { minVersion: floor } }),
          timeout: { http: { idleTimeout: seconds(idleTimeoutSeconds) } },
        },
      },
      transform.clientTrafficPolicy,
    ),
    opts,
  );
  new CustomResource(
    child,
    transformed<CustomResourceArgs>(
      { apiVersion: API, kind: "BackendTrafficPolicy", metadata: metadata(workload), spec: backendSpec(part) },
      transform.backendTrafficPolicy,
    ),
    opts,
  );
}

const ROUTING: Readonly<Record<LoadBalancer["routing"], string>> = {
  "least-outstanding": "LeastRequest",
  "round-robin": "RoundRobin",
  random: "Random",
};

function backendSpec({ workload, routing, ejection, runtime, targets, domain }: LoadBalancer): object {
  const [target] = targets;
  const door = runtime.kind === "gateway-api" ? runtime : undefined;
  const most = door?.mostRequests ?? null;
  return {
    targetRefs: [workload, ...((domain?.ownName ?? null) === null ? [] : [`${workload}-own`])].map((name) => ({
      group: GROUP,
      kind: "HTTPRoute",
      name,
    })),
    loadBalancer: { type: ROUTING[routing] },
    // Own pods are then found by name: the cluster's DNS lets an answer live for 30 s where nobody says less.
    ...(targets.length > 1 ? { dns: { dnsRefreshRate: seconds(NAME_SECONDS), respectDnsTtl: false } } : {}),
    healthCheck: {
      ...(target === undefined ? {} : { active: activeCheck(target) }),
      ...(ejection === null
        ? {}
        : {
            passive: {
              consecutive5XxErrors: ejection.failures,
              consecutiveGatewayErrors: ejection.failures,
              baseEjectionTime: seconds(ejection.seconds),
              maxEjectionPercent: percent(ejection.maxShare),
            },
          }),
      ...(door === undefined ? {} : { panicThreshold: percent(door.panicBelow) }),
    },
    ...(most === null
      ? {}
      : { circuitBreaker: { maxConnections: most, maxPendingRequests: most, maxParallelRequests: most } }),
    timeout: {
      tcp: { connectTimeout: seconds(CONNECT_SECONDS) },
      http: { requestTimeout: seconds(Math.max(LEAST_REQUEST_SECONDS, target?.drainSeconds ?? 0)) },
    },
    // A request that no pod has seen may go to another one, and after that to another region.
    retry: {
      numRetries: targets.length > 1 ? 2 : 1,
      ...(targets.length > 1 ? { numAttemptsPerPriority: 2 } : {}),
      retryOn: { triggers: ["connect-failure", "refused-stream"] },
    },
  };
}

function activeCheck({ probe }: BalancerTarget): object {
  const { check } = probe;
  return {
    interval: seconds(probe.intervalSeconds),
    timeout: seconds(probe.timeoutSeconds),
    unhealthyThreshold: probe.failures,
    healthyThreshold: probe.successes,
    ...(check.kind === "http"
      ? {
          type: "HTTP",
          http: { path: check.path, expectedStatuses: [...WELL_STATUSES], retriableStatuses: [...COUNTED_STATUSES] },
        }
      : check.kind === "grpc"
        ? { type: "GRPC" }
        : { type: "TCP", tcp: {} }),
  };
}
