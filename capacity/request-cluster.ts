import { machineProblem } from "./kubernetes/nodes";
import { namesOf, regionSlip, zoneSlip } from "./kubernetes/platform-regions";
import {
  nearest,
  type Addon,
  type Environment,
  type KubernetesChoice,
  type NodeChoice,
  type RequestedCluster,
  type Target,
} from "../model";
import type { MistakeList } from "./request-mistakes";

/** What most clusters have. */
const usual: readonly Addon[] = ["gateway-api", "metrics-server", "network-policy", "prometheus-operator"];

/** Room of a quota beyond what is planned, for pods that others put into the namespace. */
const QUOTA_ROOM = 0.2;

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
    quota: kubernetes.quota === undefined ? null : { roomShare: kubernetes.quota.roomShare ?? QUOTA_ROOM },
    door: kubernetes.door ?? { gateway: "envoy-gateway" },
    certificate: kubernetes.certificate ?? null,
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
  environment: Pick<Environment, "kubernetes" | "regions">,
  environmentName: string,
  regions: readonly string[],
  {
    hasDoor,
    hasDomain,
    workloads,
  }: {
    readonly hasDoor: boolean;
    readonly hasDomain: boolean;
    /** Of all systems: an environment is shared. */
    readonly workloads: ReadonlySet<string>;
  },
  list: MistakeList,
): void {
  const { kubernetes } = environment;
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
  checkSecretStore(kubernetes, list);
  checkNamed(kubernetes, workloads, list);
  if (kubernetes.quota !== undefined && kubernetes.namespace !== undefined && "existing" in kubernetes.namespace)
    list.add(
      "environment",
      ["kubernetes", "quota"],
      kubernetes.namespace.existing,
      "a namespace that is there has its owner's quota",
      "leave quota out, or say namespace: { create: ... }",
    );
  if (hasDoor) checkDoor(kubernetes, hasDomain, list);
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
  checkRegionNames(kubernetes.nodes, regions, list);
  checkZoneNames(environment, kubernetes, list);
}

/** Zones of regions that have a cluster are zones of its platform; of a region with a mistake nobody knows them. */
function checkZoneNames(
  { regions }: Pick<Environment, "regions">,
  { clusters, nodes }: KubernetesChoice,
  list: MistakeList,
): void {
  const names = namesOf(nodes.platform);
  if (names === undefined) return;
  for (const [region, { zones }] of Object.entries(regions)) {
    if (!Object.hasOwn(clusters, region) || regionSlip(region, names) !== undefined) continue;
    zones.forEach((zone, index) => {
      const slip = zoneSlip(zone, region, names);
      if (slip !== undefined)
        list.add("environment", ["regions", region, "zones", index], zone, slip.allowed, slip.fix);
    });
  }
}

/** Nodes of a platform are in regions of that platform. */
function checkRegionNames({ platform }: NodeChoice, regions: readonly string[], list: MistakeList): void {
  const names = namesOf(platform);
  if (names === undefined) return;
  const other = platform === "eks" ? "gke" : "eks";
  for (const region of regions) {
    const slip = regionSlip(region, names);
    if (slip === undefined) continue;
    const others = namesOf(other)?.known.includes(region) === true;
    list.add(
      "environment",
      ["regions", region],
      region,
      `${slip.allowed}, where nodes are of ${platform}`,
      others ? `${slip.fix} Or nodes: { platform: "${other}", ... }` : slip.fix,
    );
  }
}

/** A Gateway needs its API, and a domain a certificate that somebody makes. */
function checkDoor(
  { door = { gateway: "envoy-gateway" }, has = usual, certificate }: KubernetesChoice,
  hasDomain: boolean,
  list: MistakeList,
): void {
  if ("gateway" in door && !has.includes("gateway-api"))
    list.add(
      "environment",
      ["kubernetes", "has"],
      has.join(", "),
      `a Gateway of ${door.gateway} needs the Gateway API in the cluster`,
      'install it and add "gateway-api", or say door: { ingress: { className: "..." } }',
    );
  if (hasDomain && certificate === undefined)
    list.add(
      "environment",
      ["kubernetes", "certificate"],
      undefined,
      "there is a domain, and its door needs a certificate",
      'certificate: { issuer: { kind: "ClusterIssuer", name: "..." } } where cert-manager is, or certificate: { secret: "..." }',
    );
  if (certificate !== undefined && "issuer" in certificate && !has.includes("cert-manager"))
    list.add(
      "environment",
      ["kubernetes", "certificate", "issuer"],
      certificate.issuer.name,
      "an issuer is cert-manager's, and the cluster is not said to have it",
      'add "cert-manager" to has, or say certificate: { secret: "..." }',
    );
}

/** Accounts are of workloads that there are, and each addon stands once. */
function checkNamed(
  { serviceAccounts = {}, has = [] }: KubernetesChoice,
  workloads: ReadonlySet<string>,
  list: MistakeList,
): void {
  for (const [name, account] of Object.entries(serviceAccounts)) {
    if (workloads.has(name)) continue;
    const near = nearest(name, workloads);
    list.add(
      "environment",
      ["kubernetes", "serviceAccounts", name],
      account,
      `no system has a workload ${name}; workloads are ${[...workloads].sort().join(", ")}`,
      near === undefined ? "remove it" : `did you mean ${near}?`,
    );
  }
  has.forEach((addon, index) => {
    if (has.indexOf(addon) !== index)
      list.add("environment", ["kubernetes", "has", index], addon, "each addon once", "remove one of the two");
  });
}

/** What fetches from the store must be there. */
function checkSecretStore({ secretStore, has = usual }: KubernetesChoice, list: MistakeList): void {
  if (secretStore === undefined || has.includes("external-secrets")) return;
  list.add(
    "environment",
    ["kubernetes", "secretStore"],
    secretStore.name,
    "a store is asked by external-secrets, and the cluster is not said to have it",
    'add "external-secrets" to has, or leave secretStore out: secrets are Secrets of the namespace then',
  );
}

function checkNodes(nodes: NodeChoice, list: MistakeList): void {
  if (nodes.platform === "gke" && nodes.karpenter !== undefined)
    list.add(
      "environment",
      ["kubernetes", "nodes", "karpenter"],
      nodes.karpenter.nodeClass,
      "an EC2NodeClass is of EKS alone",
      "leave it out: GKE's own node auto-provisioning makes nodes",
    );
  const problem = machineProblem(nodes);
  if (problem === null) return;
  list.add("environment", ["kubernetes", "nodes", "machine"], nodes.machine, problem.allowed, problem.fix);
}
