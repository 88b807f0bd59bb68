import type { DoorCertificate, Exposure, LoadBalancer, NodeChoice } from "../../model";

type Domain = LoadBalancer["domain"] & object;

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

/** Names that a door answers to: the one that callers use, and where there are several regions its own. */
export function namesOf(domain: LoadBalancer["domain"]): readonly string[] {
  if (domain === null) return [];
  return domain.ownName === null ? [domain.name] : [domain.name, domain.ownName];
}

/** What external-dns reads; its prefix was another before v0.22.0, so both stand. */
function told(words: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    ["external-dns.kubernetes.io", "external-dns.alpha.kubernetes.io"].flatMap((prefix) =>
      Object.entries(words).map(([word, value]) => [`${prefix}/${word}`, value]),
    ),
  );
}

/** Any controller but its own: external-dns then leaves the object alone, whose host names it would make records of whatever annotations say. */
const LEFT_ALONE = told({ controller: "none" });

/** Which of the places of the name that callers use a door is, where external-dns leads them: what has no weight gets nobody while others stand. */
export interface EdgePlace {
  readonly identifier: string;
  readonly weight: 0 | 1;
}

const chosen = ({ identifier, weight }: EdgePlace): Readonly<Record<string, string>> => ({
  "set-identifier": identifier,
  "aws-weight": `${weight}`,
  "aws-evaluate-target-health": "true",
});

/** Of what answers to the name that callers use: in several regions no door may claim it for itself alone. */
export function recordAnnotations(
  domain: LoadBalancer["domain"],
  edge: EdgePlace | null = null,
): Readonly<Record<string, string>> {
  if (domain === null) return {};
  if (domain.ownName !== null) return edge === null ? LEFT_ALONE : told({ hostname: domain.name, ...chosen(edge) });
  return domain.record ? told({ hostname: domain.name }) : {};
}

/** Of what answers to a region's own name. */
export function ownRecordAnnotations({ ownName, record }: Domain): Readonly<Record<string, string>> {
  return record && ownName !== null ? told({ hostname: ownName }) : LEFT_ALONE;
}

/** Of an Ingress, which answers to both names: a record is made of the one that its annotations say, and of no host of its rules. */
export function ingressRecordAnnotations(
  domain: LoadBalancer["domain"],
  edge: EdgePlace | null,
): Readonly<Record<string, string>> {
  if (domain === null || domain.ownName === null) return recordAnnotations(domain);
  if (!domain.record) return LEFT_ALONE;
  const source = { "ingress-hostname-source": "annotation-only" };
  if (edge === null) return told({ hostname: domain.ownName, ...source });
  // Its own name is led by the same words: of one place alone, whatever its weight, that is given out.
  return told({ hostname: namesOf(domain).join(","), ...source, ...chosen(edge) });
}

/** The name that external-dns makes a record of. */
export function hostAnnotations(name: string): Readonly<Record<string, string>> {
  return told({ hostname: name });
}
