import * as path from "node:path";
import type { Running } from "./running";

/**
 * Waits of a real cluster that only make tests slower, shortened; nothing else differs from the defaults. What a cluster
 * has is beside each. docs/cluster.md lists them.
 */
export const shortened = {
  /** A node that renewed no lease for so long is unreachable: 50 s. */
  nodeGraceSeconds: 8,
  /** How long kwok's nodes hold a lease, renewed at a quarter of it: 40 s. */
  nodeLeaseSeconds: 6,
  /** A pod stays bound to an unreachable node for so long, unless it says otherwise: 300 s. */
  unreachableTolerationSeconds: 3,
  /** Nodes emptied a second, in a zone that is lost: 0.1. */
  nodeEvictionsPerSecond: 10,
  /** Autoscalers look so often: 15 s. */
  autoscalerSyncSeconds: 2,
} as const;

/** The label that says kwok plays this node. */
export const machineLabel = { key: "nines.test/machine", value: "runs" } as const;

/** The arguments of each process. Everything listens on 127.0.0.1 alone. */
export const settings = {
  etcd: ({ folder, ports }: Running): readonly string[] => {
    const client = `http://127.0.0.1:${ports.etcd}`;
    const peer = `http://127.0.0.1:${ports.etcdPeer}`;
    return [
      `--data-dir=${path.join(folder, "etcd")}`,
      `--listen-client-urls=${client}`,
      `--advertise-client-urls=${client}`,
      `--listen-peer-urls=${peer}`,
      `--initial-advertise-peer-urls=${peer}`,
      `--initial-cluster=default=${peer}`,
      // Nothing here has to outlive a power cut.
      "--unsafe-no-fsync=true",
      "--log-level=warn",
    ];
  },
  apiserver: ({ folder, ports, certificateFile }: Running): readonly string[] => [
    `--etcd-servers=http://127.0.0.1:${ports.etcd}`,
    "--bind-address=127.0.0.1",
    "--advertise-address=127.0.0.1",
    `--secure-port=${ports.apiserver}`,
    // It signs a certificate for itself.
    `--cert-dir=${path.dirname(certificateFile)}`,
    `--token-auth-file=${path.join(folder, "tokens.csv")}`,
    "--authorization-mode=RBAC",
    "--service-account-issuer=https://kubernetes.default.svc",
    `--service-account-key-file=${path.join(folder, "accounts.key")}`,
    `--service-account-signing-key-file=${path.join(folder, "accounts.key")}`,
    "--service-cluster-ip-range=10.96.0.0/16",
    // An address on loopback cannot be an endpoint.
    "--endpoint-reconciler-type=none",
    `--default-not-ready-toleration-seconds=${shortened.unreachableTolerationSeconds}`,
    `--default-unreachable-toleration-seconds=${shortened.unreachableTolerationSeconds}`,
  ],
  controllerManager: ({ folder, kubeconfig, certificateFile }: Running): readonly string[] => [
    `--kubeconfig=${kubeconfig}`,
    `--service-account-private-key-file=${path.join(folder, "accounts.key")}`,
    `--root-ca-file=${certificateFile}`,
    "--secure-port=0",
    "--leader-elect=false",
    "--kube-api-qps=500",
    "--kube-api-burst=1000",
    "--node-monitor-period=1s",
    `--node-monitor-grace-period=${shortened.nodeGraceSeconds}s`,
    `--node-eviction-rate=${shortened.nodeEvictionsPerSecond}`,
    `--horizontal-pod-autoscaler-sync-period=${shortened.autoscalerSyncSeconds}s`,
  ],
  scheduler: ({ kubeconfig }: Running): readonly string[] => [
    `--kubeconfig=${kubeconfig}`,
    "--secure-port=0",
    "--leader-elect=false",
    "--kube-api-qps=500",
    "--kube-api-burst=1000",
  ],
  kwok: ({ folder, kubeconfig }: Running): readonly string[] => [
    `--kubeconfig=${kubeconfig}`,
    `--config=${path.join(folder, "stages.yaml")}`,
    // A node without the label is one whose machine is gone: its lease runs out.
    `--manage-nodes-with-label-selector=${machineLabel.key}=${machineLabel.value}`,
    `--node-lease-duration-seconds=${shortened.nodeLeaseSeconds}`,
    "--server-address=",
  ],
} as const;
