import * as path from "node:path";

/** What the control plane is made of. The go.mod files beside name the same versions; a test holds them to it. */
export const pins = {
  kubernetes: "v1.36.3",
  etcd: "v3.6.16",
  kwok: "v0.8.0",
  "kube-score": "v1.20.0",
} as const;

export type Part = keyof typeof pins;

export const parts = Object.keys(pins) as readonly Part[];

/** The commands of each part, as they lie in its folder of the cache. */
export const commands = {
  kubernetes: ["kube-apiserver", "kube-controller-manager", "kube-scheduler"],
  etcd: ["etcd"],
  kwok: ["kwok"],
  "kube-score": ["kube-score"],
} as const satisfies Record<Part, readonly string[]>;

export type Command = (typeof commands)[Part][number];

/** Modules that define custom resources, and the folder of each that holds the definitions. */
export const definitions = [
  { module: "sigs.k8s.io/gateway-api", version: "v1.6.3", folder: "config/crd/standard" },
  {
    module: "github.com/prometheus-operator/prometheus-operator",
    version: "v0.93.0",
    folder: "example/prometheus-operator-crd",
  },
  {
    module: "github.com/envoyproxy/gateway",
    version: "v1.9.1",
    folder: "charts/gateway-helm/charts/crds/crds/generated",
  },
  { module: "github.com/kubernetes-csi/external-snapshotter/client/v8", version: "v8.7.0", folder: "config/crd" },
] as const;

/** Where the go.mod of a part lies that Go cannot install by name, for its own has replacements. */
export const controlPlane = path.join(__dirname, "..", "control-plane");
