import type { Source, SupportingService } from "../../model";
import type { PriceItem } from "./price-row";

/** How what carries no request is billed. */
export interface SupportingBill {
  /** Billed while it stands, for each unit: quantity a month. */
  readonly steady: readonly (readonly [item: PriceItem, perUnit: number])[];
  /** Billed by use, which no program says: what is named as unpriced, and why. Uses below a dollar a month are left out. */
  readonly byUse: readonly (readonly [item: string, why: string])[];
  readonly source: Source;
}

const HOURS_PER_MONTH = 730;
const day = "2026-11-21";
/** Billing as commonly known, not read on the provider's page; the prices themselves have their own sources. */
const known = (service: string): Source => ({
  title: `how AWS bills ${service}, as commonly known (not read)`,
  date: day,
});
const demand = "needs demand";
const content = "how much it holds no program says";

/** What each supporting service is billed by. A price that was not found is an item without a row, and printed as unpriced. */
export const supportingBills: Readonly<Record<SupportingService, SupportingBill>> = {
  "kms-key": { steady: [["kms-key-month", 1]], byUse: [], source: known("KMS") },
  secret: { steady: [["secret-month", 1]], byUse: [], source: known("Secrets Manager") },
  "advanced-parameter": {
    steady: [["ssm-advanced-parameter-month", 1]],
    byUse: [],
    source: known("SSM parameters"),
  },
  "hosted-zone": {
    steady: [["hosted-zone-month", 1]],
    byUse: [["dns-queries-million", demand]],
    source: known("Route 53"),
  },
  "private-names": { steady: [["hosted-zone-month", 1]], byUse: [], source: known("Cloud Map") },
  // Whether its endpoint is in AWS no program says: the dearer price.
  "health-check": { steady: [["dns-health-check-other-month", 1]], byUse: [], source: known("Route 53") },
  "metric-alarm": { steady: [["alarm-metric-month", 1]], byUse: [], source: known("CloudWatch alarms") },
  "composite-alarm": { steady: [["composite-alarm-month", 1]], byUse: [], source: known("CloudWatch alarms") },
  "web-acl": {
    steady: [["waf-acl-month", 1]],
    byUse: [["waf-requests-million", demand]],
    source: known("WAF"),
  },
  "web-acl-rules": { steady: [["waf-rule-month", 1]], byUse: [], source: known("WAF") },
  "image-registry": { steady: [], byUse: [["ecr-storage-gb-month", content]], source: known("ECR") },
  "log-group": { steady: [], byUse: [["logs-ingest-gb", demand]], source: known("CloudWatch Logs") },
  "rest-api": { steady: [], byUse: [["rest-api requests", demand]], source: known("API Gateway") },
  "http-api": { steady: [], byUse: [["http-api requests", demand]], source: known("API Gateway") },
  "user-pool": { steady: [], byUse: [["monthly active users", demand]], source: known("Cognito") },
  "state-machine": { steady: [], byUse: [["state transitions", demand]], source: known("Step Functions") },
  pipeline: { steady: [], byUse: [["pipeline-month", "no price known"]], source: known("CodePipeline") },
  "build-project": { steady: [], byUse: [["build minutes", demand]], source: known("CodeBuild") },
  "transit-gateway-attachment": {
    steady: [["transit-gateway-attachment-hour", HOURS_PER_MONTH]],
    byUse: [["transit-gateway-gb", demand]],
    source: known("Transit Gateway"),
  },
  accelerator: {
    steady: [["global-accelerator-hour", HOURS_PER_MONTH]],
    byUse: [["global-accelerator-gb", demand]],
    source: known("Global Accelerator"),
  },
  // Of networks that are elsewhere; its address is billed beside it.
  "nat-gateway": {
    steady: [
      ["nat-hour", HOURS_PER_MONTH],
      ["public-ipv4-hour", HOURS_PER_MONTH],
    ],
    byUse: [["nat-gb", demand]],
    source: known("NAT gateways"),
  },
  // A unit is a zone in which it is.
  "nat-gateway-regional": {
    steady: [
      ["nat-regional-hour", HOURS_PER_MONTH],
      ["public-ipv4-hour", HOURS_PER_MONTH],
    ],
    byUse: [["nat-gb", demand]],
    source: {
      title: "AWS VPC pricing page: a regional gateway in three zones is billed as three (quoted in public, not read)",
      date: "2026-09-02",
    },
  },
  "interface-endpoint": {
    steady: [["interface-endpoint-hour", HOURS_PER_MONTH]],
    byUse: [["interface-endpoint-gb", demand]],
    source: known("interface endpoints"),
  },
  "flow-log": { steady: [], byUse: [["flow logs", demand]], source: known("VPC flow logs") },
  "backup-vault": { steady: [], byUse: [["backup storage", content]], source: known("AWS Backup") },
  "stream-delivery": { steady: [], byUse: [["delivered GB", demand]], source: known("Data Firehose") },
};
