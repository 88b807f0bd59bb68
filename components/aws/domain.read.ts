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
import { asText, leafAt, listOf, mapLeaf } from "./leaf.read";

const RECORD = "aws:route53/record:Record";
const CERTIFICATE = "aws:acm/certificate:Certificate";
const ZONE = "aws:route53/zone:Zone";
const VALIDATION = "aws:acm/certificateValidation:CertificateValidation";
const LEADING = ["A", "AAAA", "CNAME"];

export interface DomainRead {
  readonly domain: ReadPart<LoadBalancer>["domain"];
  readonly claims: readonly Claim[];
  readonly conflicts: readonly Conflict[];
}

/** The name that callers use: a record that leads to the balancer, and the certificate that its listeners show. */
export function readDomain(
  graph: ResourceGraph,
  balancer: Resource,
  listeners: readonly Resource[],
  part: PartKey,
): DomainRead {
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
    domain: domainOf(graph, records, certificates),
    claims: [
      ...[...records, ...certificates, ...validations].map(({ urn }): Claim => ({ urn, part, carries: "fields" })),
      ...proofs.map(({ urn }): Claim => ({ urn, part, carries: "nothing" })),
    ],
    conflicts: [
      ...certificates.flatMap((certificate) => misnamed(graph, certificate, records, part)),
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

function domainOf(
  graph: ResourceGraph,
  records: readonly Resource[],
  certificates: readonly Resource[],
): DomainRead["domain"] {
  const [record] = records;
  const [certificate] = certificates;
  const named = record ?? certificate;
  if (named === undefined) return known(null, "");
  const names = new Set(records.map((each) => each.inputs["name"]));
  const name: Leaf<string> =
    names.size > 1
      ? unknown(named.urn, "name", "ambiguous-reference")
      : record === undefined
        ? leafAt(named, ["domainName"], asText)
        : nameOf(graph, record);
  return {
    name,
    // nines builds no several regions on AWS: whose name it is alone is said by nothing that is read.
    ownName: known(null, named.urn, "default"),
    record: known(record !== undefined, named.urn),
    certificate: known(certificate === undefined ? "existing" : "created", (certificate ?? named).urn),
  };
}

/** The name in full; one without a dot is relative to a zone that is elsewhere. */
function nameOf(graph: ResourceGraph, record: Resource): Leaf<string> {
  const name = leafAt(record, ["name"], asText);
  const zone = zoneOf(graph, record);
  if (!name.known) return name;
  if (zone !== null) return mapLeaf(name, (given) => inFull(canonical(given), zone));
  return name.value.includes(".") ? name : unknown(record.urn, "zoneId", "elsewhere");
}

/** A certificate for another name is refused by every caller. */
function misnamed(
  graph: ResourceGraph,
  certificate: Resource,
  records: readonly Resource[],
  part: PartKey,
): readonly Conflict[] {
  const names = [certificate.inputs["domainName"], ...listOf(certificate.inputs["subjectAlternativeNames"])];
  const covered = names.flatMap((name) => (typeof name === "string" ? [canonical(name)] : []));
  if (covered.length < names.length) return [];
  return records.flatMap((record) => {
    const { name } = record.inputs;
    if (typeof name !== "string" || covered.some((each) => mayCover(each, canonical(name), zoneOf(graph, record))))
      return [];
    const says = [
      { urn: record.urn, property: "name", value: name },
      { urn: certificate.urn, property: "domainName", value: covered.join(", ") },
    ];
    return [{ part, field: "domain", says }];
  });
}

/** Lower case, without the root's dot: DNS knows no difference (RFC 4343; RFC 1034, section 3.1). */
function canonical(name: string): string {
  return name.toLowerCase().replace(/\.$/, "");
}

/** The name of a record's hosted zone; null where it belongs to another program. */
function zoneOf(graph: ResourceGraph, record: Resource): string | null {
  const [zone, ...others] = graph.referenced(record, "zoneId", ZONE);
  const name = zone?.inputs["name"];
  return typeof name === "string" && others.length === 0 ? canonical(name) : null;
}

/** A record may be named in full or relative to its zone; the provider adds what is missing. */
function inFull(name: string, zone: string): string {
  if (name === "") return zone;
  return name === zone || name.endsWith(`.${zone}`) ? name : `${name}.${zone}`;
}

/** Whether a certificate's name is a record's; of a zone that is not known, whether it is in some zone. */
function mayCover(certified: string, name: string, zone: string | null): boolean {
  if (zone !== null) return covers(certified, inFull(name, zone));
  if (name === "" || covers(certified, name) || certified.startsWith(`${name}.`)) return true;
  if (!certified.startsWith("*.")) return false;
  // The wildcard stands for the first label; what follows must begin with the rest.
  const [, ...rest] = name.split(".");
  return rest.length === 0 || certified.startsWith(`*.${rest.join(".")}.`);
}

/** A wildcard stands for exactly one label (RFC 6125, section 6.4.3). */
function covers(certified: string, name: string): boolean {
  return (
    certified === name ||
    (certified.startsWith("*.") && name.includes(".") && name.slice(name.indexOf(".")) === certified.slice(1))
  );
}

/** A listener with TLS has a certificate (Elastic Load Balancing API, CreateListener). */
function bare(listener: Resource, part: PartKey): readonly Conflict[] {
  const { protocol, certificateArn } = listener.inputs;
  // What is only known after the deployment may well be one; a literal that is no ARN is none.
  const given =
    certificateArn !== undefined &&
    certificateArn !== null &&
    (typeof certificateArn !== "string" || certificateArn.startsWith("arn:"));
  if ((protocol !== "HTTPS" && protocol !== "TLS") || given) return [];
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
  const proving = proofs.filter(
    ({ urn, inputs }) =>
      waitsFor.includes(urn) &&
      (typeof inputs["type"] !== "string" || inputs["type"] === "CNAME") &&
      inputs["type"] !== undefined,
  );
  if (proving.length > 0) return [];
  const says = [
    { urn: validation.urn, property: "validationRecordFqdns", value: "waits for a record" },
    { urn: waitsFor[0] ?? validation.urn, property: "name", value: "proves no certificate" },
  ];
  return [{ part, field: "domain", says }];
}
