import type * as pulumi from "@pulumi/pulumi";
import * as acm from "@pulumi/aws/acm";
import type * as lb from "@pulumi/aws/lb";
import * as route53 from "@pulumi/aws/route53";
import type { LoadBalancerFacts } from "./load-balancer-args";
import { transformed } from "../transform";

/** Seconds. It is asked for once, and again at each renewal. Ours, assumed. */
const VALIDATION_TTL = 300;

/** The certificate that TLS is spoken with: the existing one, or one that is created and proved in the domain's zone; null where there is none. */
export function certificateOf(facts: LoadBalancerFacts): pulumi.Input<string> | null {
  const { part, name, parent, tags, transform, zoneId } = facts;
  if (part.domain?.certificate !== "created" || zoneId === undefined) return facts.certificateArn ?? null;
  const certificate = new acm.Certificate(
    name,
    transformed<acm.CertificateArgs>(
      { domainName: part.domain.name, validationMethod: "DNS", region: part.region, tags },
      transform.certificate,
    ),
    { parent },
  );
  const proof = certificate.domainValidationOptions.apply(([option]) => ({
    name: option?.resourceRecordName ?? "",
    type: option?.resourceRecordType ?? "CNAME",
    value: option?.resourceRecordValue ?? "",
  }));
  const record = new route53.Record(
    `${name}-validation`,
    {
      zoneId,
      name: proof.name,
      type: proof.type,
      records: [proof.value],
      ttl: VALIDATION_TTL,
      // The proof of a domain is the same for each of the account's certificates for it.
      allowOverwrite: true,
    },
    { parent },
  );
  return new acm.CertificateValidation(
    name,
    { certificateArn: certificate.arn, validationRecordFqdns: [record.fqdn], region: part.region },
    { parent },
  ).certificateArn;
}

/** The domain's name, for the balancer as long as one of its targets is healthy. */
export function aliasRecord(facts: LoadBalancerFacts, balancer: lb.LoadBalancer): void {
  const { part, name, parent, transform, zoneId } = facts;
  if (part.domain?.record !== true || zoneId === undefined) return;
  new route53.Record(
    name,
    transformed<route53.RecordArgs>(
      {
        zoneId,
        name: part.domain.name,
        type: "A",
        aliases: [{ name: balancer.dnsName, zoneId: balancer.zoneId, evaluateTargetHealth: true }],
      },
      transform.record,
    ),
    { parent },
  );
}
