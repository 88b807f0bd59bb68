import {
  known,
  unknown,
  type Claim,
  type Conflict,
  type Leaf,
  type LoadBalancer,
  type PartKey,
  type ReadPart,
  type Resource,
  type ResourceGraph,
} from "../../model";
import { asText, leafAt, listOf } from "./leaf.read";

const RECORD = "aws:route53/record:Record";
const CERTIFICATE = "aws:acm/certificate:Certificate";
const VALIDATION = "aws:acm/certificateValidation:CertificateValidation";
const LEADING = ["A", "AAAA", "CNAME"];

export interface DomainRead {
  readonly domain: ReadPart<LoadBalancer>["domain"];
  readonly claims: readonly Claim[];
  readonly conflicts: readonly Conflict[];
}

/** The name that callers use: a record that leads to the balancer, and the certificate that its listeners show. */
export function readDomain(graph: ResourceGraph, balancer: Resource, listeners: readonly Resource[], part: PartKey): DomainRead {
  const records = recordsOf(graph, balancer);
  const shown = listeners.filter((listener) => listener.inputs["certificateArn"] !== undefined);
  const validations = shown.flatMap((listener) => graph.referenced(listener, "certificateArn", VALIDATION));
  const certificates = [
    ...new Set([
      ...shown.flatMap((listener) => graph.referenced(listener, "certificateArn", CERTIFICATE)),
      ...validations.flatMap((validation) => graph.referenced(validation, "certificateArn", CERTIFICATE)),
    ]),
  ];
  const proofs = certificates.flatMap((certificate) => graph.referrers(certificate, "name", RECORD));
  return {
    domain: domainOf(records, certificates),
    claims: [
      ...[...records, ...certificates, ...validations].map(({ urn }): Claim => ({ urn, part, carries: "fields" })),
      ...proofs.map(({ urn }): Claim => ({ urn, part, carries: "nothing" })),
    ],
    conflicts: [
      ...certificates.flatMap((certificate) => misnamed(certificate, records, part)),
      ...listeners.flatMap((listener) => bare(listener, part)),
      // A certificate that is elsewhere is proved elsewhere.
      ...(certificates.length === 0 ? [] : validations.flatMap((validation) => unproved(validation, proofs, part))),
    ],
  };
}

function recordsOf(graph: ResourceGraph, balancer: Resource): readonly Resource[] {
  const leading = ["aliases", "records"].flatMap((property) => graph.referrers(balancer, property, RECORD));
  return [...new Set(leading)].filter((record) => LEADING.includes(asText(record.inputs["type"] ?? null) ?? ""));
}

function domainOf(records: readonly Resource[], certificates: readonly Resource[]): DomainRead["domain"] {
  const [record] = records;
  const [certificate] = certificates;
  const named = record ?? certificate;
  if (named === undefined) return known(null, "");
  const names = new Set(records.map((each) => each.inputs["name"]));
  const name: Leaf<string> = names.size > 1 ? unknown(named.urn, "name", "ambiguous-reference") : leafAt(named, [record === undefined ? "domainName" : "name"], asText);
  return {
    name,
    record: known(record !== undefined, named.urn),
    certificate: known(certificate === undefined ? "existing" : "created", (certificate ?? named).urn),
  };
}

/** A certificate for another name is refused by every caller. */
function misnamed(certificate: Resource, records: readonly Resource[], part: PartKey): readonly Conflict[] {
  const names = [certificate.inputs["domainName"], ...listOf(certificate.inputs["subjectAlternativeNames"])];
  const covered = names.flatMap((name) => (typeof name === "string" ? [name] : []));
  if (covered.length < names.length) return [];
  const covers = (name: string): boolean => covered.some((each) => each === name || (each.startsWith("*.") && name.slice(name.indexOf(".")) === each.slice(1)));
  return records.flatMap((record) => {
    const { name } = record.inputs;
    if (typeof name !== "string" || covers(name)) return [];
    const says = [
      { urn: record.urn, property: "name", value: name },
      { urn: certificate.urn, property: "domainName", value: covered.join(", ") },
    ];
    return [{ part, field: "domain", says }];
  });
}

/** A listener with TLS has a certificate (Elastic Load Balancing API, CreateListener). */
function bare(listener: Resource, part: PartKey): readonly Conflict[] {
  const { protocol, certificateArn } = listener.inputs;
  // What is only known after the deployment may well be one; a literal that is no ARN is none.
  const given = certificateArn !== undefined && certificateArn !== null && (typeof certificateArn !== "string" || certificateArn.startsWith("arn:"));
  if (protocol !== "HTTPS" || given) return [];
  const says = [
    { urn: listener.urn, property: "protocol", value: protocol },
    { urn: listener.urn, property: "certificateArn", value: certificateArn ?? null },
  ];
  return [{ part, field: "domain", says }];
}

/** A validation that waits for a DNS record which proves another name, or is of another type, waits in vain (ACM: a CNAME record). */
function unproved(validation: Resource, proofs: readonly Resource[], part: PartKey): readonly Conflict[] {
  const waitsFor = validation.propertyDependencies["validationRecordFqdns"] ?? [];
  if (waitsFor.length === 0) return [];
  const proving = proofs.filter(({ urn, inputs }) => waitsFor.includes(urn) && (typeof inputs["type"] !== "string" || inputs["type"] === "CNAME") && inputs["type"] !== undefined);
  if (proving.length > 0) return [];
  const says = [
    { urn: validation.urn, property: "validationRecordFqdns", value: "waits for a record" },
    { urn: waitsFor[0] ?? validation.urn, property: "name", value: "proves no certificate" },
  ];
  return [{ part, field: "domain", says }];
}
