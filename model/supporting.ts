import type { Base } from "./part";

/** What stands beside a system, carries none of its requests itself, and is billed or limited by itself. */
export type SupportingService =
  | "kms-key"
  | "secret"
  | "advanced-parameter"
  | "hosted-zone"
  | "private-names"
  | "health-check"
  | "metric-alarm"
  | "composite-alarm"
  | "web-acl"
  | "web-acl-rules"
  | "image-registry"
  | "log-group"
  | "rest-api"
  | "http-api"
  | "user-pool"
  | "state-machine"
  | "pipeline"
  | "build-project"
  | "transit-gateway-attachment"
  | "accelerator"
  | "nat-gateway"
  | "nat-gateway-regional"
  | "interface-endpoint"
  | "flow-log"
  | "backup-vault"
  | "stream-delivery";

/** A key, a secret, a zone of names, a web firewall, a registry, an alarm on what no other Part is. */
export interface Supporting extends Base<"supporting"> {
  readonly service: SupportingService;
  /** How many of what is billed by the month it counts as: rules of a web firewall, metrics of an alarm; 1 of most. */
  readonly units: number;
  readonly runtime: { readonly kind: "aws" };
}
