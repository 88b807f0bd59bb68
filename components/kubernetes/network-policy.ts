import type { types } from "@pulumi/kubernetes";
import { selectorLabels } from "./labels";
import type { Reached } from "./reaches";
import type { Neighbours } from "./replica-group-args";

type Input = types.input.networking.v1.NetworkPolicySpec;
interface Spec extends Input {
  readonly ingress: types.input.networking.v1.NetworkPolicyIngressRule[];
  readonly egress: types.input.networking.v1.NetworkPolicyEgressRule[];
}
type Port = types.input.networking.v1.NetworkPolicyPort;

const tcp = (port: number): Port => ({ protocol: "TCP", port });
/** Names are asked of any resolver: one that runs on the node has no labels that a policy could select. */
const dns = {
  ports: [
    { protocol: "UDP", port: 53 },
    { protocol: "TCP", port: 53 },
  ],
};

/** Lets in who calls the workload, and lets out to names, callees, and the ports that it leaves on. */
export function networkPolicySpec(workload: string, ports: readonly number[], neighbours: Neighbours): Spec {
  const { callers, callees, reaches = [], leavesOn, scrapedOn = null } = neighbours;
  // Prometheus is in a namespace whose labels nobody here knows.
  const scraped = scrapedOn === null ? [] : [{ ports: [tcp(scrapedOn)] }];
  const inside = (name: string) => ({ podSelector: { matchLabels: { "app.kubernetes.io/name": name } } });
  return {
    podSelector: { matchLabels: { ...selectorLabels(workload) } },
    policyTypes: ["Ingress", "Egress"],
    ingress:
      callers === "anywhere"
        ? [{ ports: ports.map(tcp) }]
        : callers.length === 0
          ? scraped
          : [{ from: callers.map(inside), ports: ports.map(tcp) }, ...scraped],
    egress: [
      dns,
      ...callees.map(({ name, ports: theirs }) => ({ to: [inside(name)], ports: theirs.map(tcp) })),
      ...reaches.map((callee) => ({ ...peersOf(callee), ports: callee.ports.map(tcp) })),
      ...(leavesOn.length === 0 ? [] : [{ ports: leavesOn.map(tcp) }]),
    ],
  };
}

/** Where a callee is; one that says nothing of it may be anywhere. */
function peersOf({ namespace, pods, cidr }: Reached): Partial<types.input.networking.v1.NetworkPolicyEgressRule> {
  if (cidr !== undefined) return { to: [{ ipBlock: { cidr } }] };
  if (namespace === undefined && pods === undefined) return {};
  return {
    to: [
      {
        ...(namespace === undefined
          ? {}
          : // The label that every namespace has of its own.
            { namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": namespace } } }),
        ...(pods === undefined ? {} : { podSelector: { matchLabels: { ...pods } } }),
      },
    ],
  };
}
