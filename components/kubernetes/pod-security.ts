import type { types } from "@pulumi/kubernetes";

type PodSpec = types.input.core.v1.PodSpec;
type Container = types.input.core.v1.Container;

/** A user that owns nothing on a node: at least 10,000, so that it is nobody's of the host (kube-score, security-context-user-group-id). */
const USER = 10_001;

/** As whom a pod runs, and what it may therefore do. */
export interface PodIdentity {
  /** Name of its ServiceAccount. */
  readonly account: string;
  /** It speaks to the API server. @default false */
  readonly token?: boolean;
  /** @default - the namespace's default */
  readonly priorityClass?: string | null | undefined;
  /** Secrets that open the registries of its images. @default - none */
  readonly pullSecrets?: readonly string[] | undefined;
}

/** What every pod of ours begins with: its account, its rank, and what Pod Security `restricted` asks of it. */
export function podIdentity({
  account,
  token = false,
  priorityClass = null,
  pullSecrets = [],
}: PodIdentity): Pick<
  PodSpec,
  | "serviceAccountName"
  | "automountServiceAccountToken"
  | "enableServiceLinks"
  | "priorityClassName"
  | "imagePullSecrets"
  | "securityContext"
> {
  return {
    serviceAccountName: account,
    automountServiceAccountToken: token,
    enableServiceLinks: false,
    ...(priorityClass === null ? {} : { priorityClassName: priorityClass }),
    ...(pullSecrets.length === 0 ? {} : { imagePullSecrets: pullSecrets.map((name) => ({ name })) }),
    securityContext: {
      runAsNonRoot: true,
      runAsUser: USER,
      runAsGroup: USER,
      fsGroup: USER,
      // Walks the volume only where its root has other owners.
      fsGroupChangePolicy: "OnRootMismatch",
      seccompProfile: { type: "RuntimeDefault" },
    },
  };
}

/** What Pod Security `restricted` asks of a container. */
export function containerSecurity(writableRoot: boolean): Pick<Container, "securityContext"> {
  return {
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: !writableRoot,
      runAsNonRoot: true,
      runAsUser: USER,
      runAsGroup: USER,
      capabilities: { drop: ["ALL"] },
    },
  };
}
