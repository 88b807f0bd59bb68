import type { types } from "@pulumi/kubernetes";
import { selectorLabels } from "./labels";
import type { RedisCacheArgs } from "./redis-cache-args";
import { roleLabels } from "./redis-names";
import { SENTINEL_PORT } from "./redis-part-settings";
import { redisDefaults } from "./redis-settings";

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
      ...(copyOf === undefined ? [] : [{ ports: [tcp(copyOf.port), tcp(copyOf.masterPort)] }]),
    ],
  };
}

/** Networks of one's own (RFC 1918): what a balancer inside them, or the nodes that it goes by, sends from. */
const PRIVATE = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"];

/** Copies elsewhere reach the proxies, and no member. */
export function copiesNetworkPolicy({ part }: RedisCacheArgs): Spec {
  return {
    podSelector: { matchLabels: { ...selectorLabels(part.workload), ...roleLabels(part.workload, "proxy") } },
    policyTypes: ["Ingress"],
    ingress: [
      {
        from: PRIVATE.map((cidr) => ({ ipBlock: { cidr } })),
        ports: [tcp(part.port), tcp(redisDefaults.copiesPort)],
      },
    ],
  };
}
