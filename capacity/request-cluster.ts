import { machineProblem } from "./kubernetes/nodes";
import { type Addon, type Environment, type NodeChoice, type RequestedCluster, type Target } from "../model";
import type { MistakeList } from "./request-mistakes";

/** What most clusters have. */
const usual: readonly Addon[] = ["gateway-api", "metrics-server", "network-policy", "prometheus-operator"];

/** The cluster of a region with its defaults in place, in the stack's `own` namespace where it says one; null for other targets, and where the environment says none. */
export function clusterOf(
  target: Target,
  { kubernetes }: Pick<Environment, "kubernetes">,
  stack: string,
  region: string,
  own?: string,
): RequestedCluster | null {
  const cluster = kubernetes?.clusters[region];
  if (target !== "kubernetes" || kubernetes === undefined || cluster === undefined) return null;
  const namespace = own === undefined ? (kubernetes.namespace ?? { create: stack }) : { create: own };
  return {
    context: cluster.context,
    nodes: kubernetes.nodes,
    namespace:
      "create" in namespace ? { name: namespace.create, create: true } : { name: namespace.existing, create: false },
    door: kubernetes.door ?? { gateway: "envoy-gateway" },
    has: kubernetes.has ?? usual,
    storageClass: kubernetes.storageClass ?? null,
    prometheusLabels: kubernetes.prometheusLabels ?? {},
    serviceAccounts: kubernetes.serviceAccounts ?? {},
    priorityClass: kubernetes.priorityClass ?? null,
    secretStore: kubernetes.secretStore ?? null,
  };
}

/** The environment must say which cluster each region of a stack has, and no two regions may share one. */
export function checkCluster(
  { kubernetes }: Pick<Environment, "kubernetes">,
  environmentName: string,
  regions: readonly string[],
  list: MistakeList,
): void {
  if (kubernetes === undefined) {
    list.add(
      "environment",
      ["kubernetes"],
      undefined,
      `environment ${environmentName} has no cluster for target kubernetes`,
      `kubernetes: { clusters: { "${regions[0] ?? "us-east-1"}": { context: "${environmentName}" } }, nodes: { platform: "eks", machine: "m7i.large" } }`,
    );
    return;
  }
  checkNodes(kubernetes.nodes, list);
  const contexts = new Map<string, string>();
  for (const [name, { context }] of Object.entries(kubernetes.clusters)) {
    const other = contexts.get(context);
    if (other === undefined) contexts.set(context, name);
    else
      list.add(
        "environment",
        ["kubernetes", "clusters", name, "context"],
        context,
        `${other} has the same context, and a cluster is in one region`,
        "name the context of this region's own cluster",
      );
  }
  for (const region of regions)
    if (!Object.hasOwn(kubernetes.clusters, region))
      list.add(
        "environment",
        ["kubernetes", "clusters"],
        Object.keys(kubernetes.clusters).join(", "),
        `the stack is built in ${region}`,
        `add "${region}": { context: "..." }`,
      );
}

function checkNodes(nodes: NodeChoice, list: MistakeList): void {
  const problem = machineProblem(nodes);
  if (problem === null) return;
  list.add("environment", ["kubernetes", "nodes", "machine"], nodes.machine, problem.allowed, problem.fix);
}
