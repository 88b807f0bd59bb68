import type { types } from "@pulumi/kubernetes";
import { selectorLabels } from "./labels";
import type { RedisCacheArgs } from "./redis-cache-args";
import { SENTINEL_PORT } from "./redis-part-settings";

type Spec = types.input.networking.v1.NetworkPolicySpec;

const tcp = (port: number) => ({ protocol: "TCP", port });

/** Callers reach members, proxies and Sentinels; these reach each other, resolvers, and the group that they are a copy of. */
export function redisNetworkPolicy({ part, callers, copyOf }: RedisCacheArgs): Spec {
  const own = { podSelector: { matchLabels: { ...selectorLabels(part.workload) } } };
  const ports = [tcp(part.port), tcp(SENTINEL_PORT)];
  const inside = (name: string) => ({ podSelector: { matchLabels: { "app.kubernetes.io/name": name } } });
  return {
    ...own,
    policyTypes: ["Ingress", "Egress"],
    ingress: [callers === "anywhere" ? { ports } : { from: [own, ...callers.map(inside)], ports }],
    egress: [
      {
        ports: [
          { protocol: "UDP", port: 53 },
          { protocol: "TCP", port: 53 },
        ],
      },
      { to: [own], ports },
      ...(copyOf === undefined ? [] : [{ ports: [tcp(copyOf.port)] }]),
    ],
  };
}
