import type { types } from "@pulumi/kubernetes";
import type { Scaling, Store } from "../../model";
import { leaderExceptions } from "./exceptions";
import { selectorLabels } from "./labels";
import { networkPolicySpec } from "./network-policy";
import type { Neighbours } from "./replica-group-args";
import { POD_NAME_LABEL } from "./store-names";

type ServiceSpec = types.input.core.v1.ServiceSpec;

/** Services of a store, by the word behind its name: one a port for callers, one for the members themselves, one for the leader. */
export function servicesOf({ workload, ports, peers, leaderService }: Store): readonly {
  readonly word: string;
  readonly spec: ServiceSpec;
  readonly annotations?: Readonly<Record<string, string>>;
}[] {
  const selector = { ...selectorLabels(workload) };
  const entry = ({ name, port }: Store["ports"][number]) => ({ name, port, targetPort: name, protocol: "TCP" });
  return [
    ...ports.map((port, index) => ({
      word: index === 0 ? "" : port.name,
      spec: { type: "ClusterIP", selector, ports: [entry(port)] },
    })),
    ...(peers === null
      ? []
      : [
          {
            word: "headless",
            spec: {
              type: "ClusterIP",
              clusterIP: "None",
              // Members must find one that is not ready yet: it becomes ready by them.
              publishNotReadyAddresses: peers.notReadyToo,
              selector,
              ports: ports.map(entry),
            },
          },
        ]),
    ...(leaderService
      ? [
          {
            word: "leader",
            annotations: leaderExceptions,
            spec: {
              type: "ClusterIP",
              selector: { ...selector, [POD_NAME_LABEL]: `${workload}-0` },
              ports: ports.filter(({ name }) => name !== "metrics").map(entry),
            },
          },
        ]
      : []),
  ];
}

/** Callers reach the ports that they call, members reach each other, and whoever measures reaches the metrics. */
export function policySpec(
  { workload, ports }: Pick<Store, "workload" | "ports">,
  neighbours: Neighbours,
): types.input.networking.v1.NetworkPolicySpec {
  const served = ports.filter(({ name }) => name !== "metrics").map(({ port }) => port);
  const metrics = ports.filter(({ name }) => name === "metrics");
  const tcp = ({ port }: { readonly port: number }) => ({ protocol: "TCP", port });
  const own = { podSelector: { matchLabels: { ...selectorLabels(workload) } } };
  const spec = networkPolicySpec(workload, served, neighbours);
  return {
    podSelector: own.podSelector,
    policyTypes: ["Ingress", "Egress"],
    ingress: [
      ...spec.ingress,
      { from: [own], ports: ports.map(tcp) },
      ...(metrics.length === 0 ? [] : [{ ports: metrics.map(tcp) }]),
    ],
    egress: [...spec.egress, { to: [own], ports: ports.map(tcp) }],
  };
}

/** More members at once would all copy from the leader while it serves; and one that goes takes its copy along. */
const SCALE_UP = { pods: 1, periodSeconds: 600 };
const SCALE_DOWN = { pods: 1, periodSeconds: 1800, windowSeconds: 3600 };

type Range = Extract<Scaling, { readonly kind: "range" }>;

/** An autoscaler that adds and takes members one by one. */
export function autoscalerSpec(
  workload: string,
  { min, max, signals }: Range,
): types.input.autoscaling.v2.HorizontalPodAutoscalerSpec {
  const step = ({ pods, periodSeconds }: { readonly pods: number; readonly periodSeconds: number }) => [
    { type: "Pods", value: pods, periodSeconds },
  ];
  return {
    scaleTargetRef: { apiVersion: "apps/v1", kind: "StatefulSet", name: workload },
    minReplicas: min,
    maxReplicas: max,
    metrics: signals.map(({ metric, target }) => ({
      type: "Resource",
      resource: { name: metric, target: { type: "Utilization", averageUtilization: target } },
    })),
    behavior: {
      scaleUp: { policies: step(SCALE_UP) },
      scaleDown: { stabilizationWindowSeconds: SCALE_DOWN.windowSeconds, policies: step(SCALE_DOWN) },
    },
  };
}
