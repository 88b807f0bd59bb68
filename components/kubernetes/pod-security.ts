import type { types } from "@pulumi/kubernetes";

type PodSpec = types.input.core.v1.PodSpec;
type Container = types.input.core.v1.Container;

/** A user that owns nothing on a node: at least 10,000, so that it is nobody's of the host (kube-score, security-context-user-group-id). */
const USER = 10_001;

/** What Pod Security `restricted` asks of a pod. */
export function podSecurity(): Pick<PodSpec, "securityContext"> {
  return {
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
