import type { DoorCertificate, Exposure, LoadBalancer, NodeChoice } from "../../model";

const AWS = "service.beta.kubernetes.io/aws-load-balancer";

/** What the Service of a Gateway says to the cloud's controller; on platforms that are not known each cloud's words stand, and others ignore them. */
export function exposureAnnotations(
  exposure: Exposure | null,
  platform: NodeChoice["platform"],
): Readonly<Record<string, string>> {
  if (exposure === null) return {};
  const internal = exposure === "private";
  // AWS Load Balancer Controller, Service annotations.
  const eks = {
    [`${AWS}-scheme`]: internal ? "internal" : "internet-facing",
    [`${AWS}-type`]: "external",
    [`${AWS}-nlb-target-type`]: "ip",
  };
  // Google Kubernetes Engine, parameters of LoadBalancer Services.
  const gke: Readonly<Record<string, string>> = internal
    ? { "networking.gke.io/load-balancer-type": "Internal" }
    : { "cloud.google.com/l4-rbs": "enabled" };
  return { ...(platform === "gke" ? {} : eks), ...(platform === "eks" ? {} : gke) };
}

/** What cert-manager makes the certificate by; nothing where a Secret is there. */
export function issuerAnnotations(certificate: DoorCertificate | null): Readonly<Record<string, string>> {
  if (certificate === null || !("issuer" in certificate)) return {};
  const { kind, name } = certificate.issuer;
  return { [kind === "ClusterIssuer" ? "cert-manager.io/cluster-issuer" : "cert-manager.io/issuer"]: name };
}

/** Secret that holds the certificate: the one that is there, or the one that cert-manager makes. */
export function certificateSecret(certificate: DoorCertificate | null, workload: string): string {
  return certificate !== null && "secret" in certificate ? certificate.secret : `${workload}-tls`;
}

/** The name that external-dns makes a record of; its prefix was another before v0.22.0, so both stand. */
export function recordAnnotations(domain: LoadBalancer["domain"]): Readonly<Record<string, string>> {
  if (domain?.record !== true) return {};
  return {
    "external-dns.kubernetes.io/hostname": domain.name,
    "external-dns.alpha.kubernetes.io/hostname": domain.name,
  };
}
