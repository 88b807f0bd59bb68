/** The machines of a cluster, as far as pods are packed into them and billed by them. */
export type NodeChoice =
  | {
      readonly platform: "eks" | "gke";
      /** As the provider names it: `m7i.large`, `e2-standard-4`. */
      readonly machine: string;
      /** In the place of the catalog's price, USD an hour. @default - the catalog's for the region */
      readonly perHourUsd?: number;
      /** On EKS: Karpenter makes nodes of this machine when pods wait, by a NodePool of the stack's own; nodeClass: the EC2NodeClass that is there. @default - nodes are there */
      readonly karpenter?: { readonly nodeClass: string };
    }
  | {
      /** Machines of your own, or of a provider that the catalog does not know. */
      readonly platform: "other";
      readonly machine: string;
      /** What pods may take of one node, after what the system keeps for itself. */
      readonly allocatable: { readonly cpuMillis: number; readonly memoryMiB: number; readonly pods: number };
      /** @default - not priced */
      readonly perHourUsd?: number;
    };

/** Where requests come in: a Gateway by what implements it, or an Ingress where no Gateway API is installed. */
export type DoorChoice =
  | { readonly gateway: "envoy-gateway" | "istio"; /** @default eg, istio */ readonly className?: string }
  | { readonly ingress: { readonly className: string } };

/** Where the door's certificate is from: cert-manager makes it, or a Secret of the namespace holds it, of type kubernetes.io/tls. */
export type DoorCertificate =
  | { readonly issuer: { readonly kind: "ClusterIssuer" | "Issuer"; readonly name: string } }
  | { readonly secret: string };

/** What a cluster has installed beyond Kubernetes itself; what needs one that is not there is left out, and the preview says what is lost. */
export const addons = [
  "cert-manager",
  "external-dns",
  "external-secrets",
  "gateway-api",
  "metrics-server",
  "network-policy",
  "prometheus-operator",
  "volume-snapshots",
] as const;
export type Addon = (typeof addons)[number];

/** The clusters of an environment, one a region. They are there; nines builds what runs in them. */
export interface KubernetesChoice {
  /** By region: the context of the kubeconfig. */
  readonly clusters: Readonly<Record<string, { readonly context: string }>>;
  readonly nodes: NodeChoice;
  /** Created, or one that exists. @default - created, with the stack's name */
  readonly namespace?: { readonly create: string } | { readonly existing: string };
  /**
   * A ResourceQuota of a created namespace, as large as all that is planned in it at its largest: ceilings, surge, what ends meanwhile, jobs.
   * With a LimitRange, without which a quota refuses pods that say no requests. roomShare: of it, for others' pods, 0 to 10, @default 0.2.
   * @default - none
   */
  readonly quota?: { readonly roomShare?: number };
  /** @default - a Gateway of Envoy Gateway, of class eg */
  readonly door?: DoorChoice;
  /** Needed where the environment has a domain. @default - none */
  readonly certificate?: DoorCertificate;
  /** @default - gateway-api, metrics-server, network-policy, prometheus-operator */
  readonly has?: readonly Addon[];
  /** Class of volumes; it must bind when the first consumer is placed. @default - the cluster's default class */
  readonly storageClass?: string;
  /** Label that Prometheus selects its rules and monitors by, for example { release: "kube-prometheus-stack" }. @default - none */
  readonly prometheusLabels?: Readonly<Record<string, string>>;
  /** Labels and annotations of the service account of a workload: a cloud's role, for example eks.amazonaws.com/role-arn. @default - none */
  readonly serviceAccounts?: Readonly<Record<string, { readonly annotations: Readonly<Record<string, string>> }>>;
  /** Priority class of pods. @default - none */
  readonly priorityClass?: string;
  /** Store of external-secrets that references are fetched from. @default - secrets are Secrets of the namespace */
  readonly secretStore?: { readonly kind: "SecretStore" | "ClusterSecretStore"; readonly name: string };
}

/** The cluster of one region as it is planned with: nothing is optional past the edge. */
export interface RequestedCluster {
  readonly context: string;
  readonly nodes: NodeChoice;
  readonly namespace: { readonly name: string; readonly create: boolean };
  /** null: none. */
  readonly quota: { readonly roomShare: number } | null;
  readonly door: DoorChoice;
  readonly certificate: DoorCertificate | null;
  readonly has: readonly Addon[];
  readonly storageClass: string | null;
  readonly prometheusLabels: Readonly<Record<string, string>>;
  readonly serviceAccounts: Readonly<Record<string, { readonly annotations: Readonly<Record<string, string>> }>>;
  readonly priorityClass: string | null;
  readonly secretStore: { readonly kind: "SecretStore" | "ClusterSecretStore"; readonly name: string } | null;
}

/** What is known of the nodes that carry pods, of each region; what no object of a cluster tells. */
export interface NodeFacts {
  /** What they are called as a Part: among several systems of one program, each has nodes of its own. */
  readonly pool: string;
  readonly platform: NodeChoice["platform"];
  readonly machine: string;
  readonly allocatable: { readonly cpuMillis: number; readonly memoryMiB: number; readonly pods: number };
  /** What DaemonSets take of each node: left out of `allocatable`, which is never less than nothing. Absent: nothing. */
  readonly daemons?: {
    readonly cpuMillis: number;
    readonly memoryMiB: number;
    readonly pods: number;
    /** A node without them. */
    readonly before: { readonly cpuMillis: number; readonly memoryMiB: number; readonly pods: number };
  };
  /** null: not priced. */
  readonly perHourUsd: number | null;
}
