import { z } from "zod";
import type { Environment } from "./environment";
import { choicesShape, waivers } from "./schema-choices";
import { arn, domain } from "./schema-domain";
import { kubernetes } from "./schema-kubernetes";
import {
  flag,
  list,
  mapping,
  named,
  none,
  number,
  oneOf,
  only,
  optional,
  refusal,
  shaped,
  text,
  words,
  type Mirrors,
} from "./schema-leaf";

// Amazon CloudWatch Logs API, PutRetentionPolicy: the only numbers of days that it takes (also catalog/aws, log-retention-days).
const RETENTION_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];
const retention = number("Days that logs are kept, for example 30", { least: 1, whole: true }).refine(
  (days) => RETENTION_DAYS.includes(days),
  refusal(
    `one of ${RETENTION_DAYS.join(", ")} days`,
    "CloudWatch keeps logs for no other number of days: take the next larger",
  ),
);

const created = mapping('network: { create: true, nat: "per-zone" }', {
  create: only("create: true", true),
  nat: oneOf("Ways out of the network: none, one, one a zone, or one of the region that is in each zone", [
    "none",
    "one",
    "per-zone",
    "regional",
  ]),
  addressRange: optional(text("Addresses of the network, for example 10.0.0.0/16")),
  flowLogDays: optional(z.union([retention, none])),
  endpoints: optional(
    z.union([
      oneOf("Interface endpoints where they are cheaper, or none", ["cheaper", "none"]),
      list("Names of services, for example s3 and ecr.api", words("Name of a service, for example ecr.api")),
    ]),
  ),
});

const subnets = (about: string) =>
  named(about, shaped("Subnet, for example subnet-0a1b2c3d", "an id that begins with subnet-", /^subnet-[0-9a-z]+$/));
const existing = mapping("network: { existing: { vpcId, privateSubnetIds } }", {
  existing: mapping("{ vpcId, privateSubnetIds, publicSubnetIds }", {
    vpcId: shaped("Network, for example vpc-0a1b2c3d", "an id that begins with vpc-", /^vpc-[0-9a-z]+$/),
    addressRange: optional(text("Addresses that callers inside come from, for example 10.0.0.0/16")),
    privateSubnetIds: subnets("Zone to private subnet"),
    publicSubnetIds: optional(subnets("Zone to public subnet")),
  }),
});

const emails = list(
  'emails: ["oncall@example.com"]',
  shaped("Address, for example oncall@example.com", "an e-mail address", /^[^@\s]+@[^@\s]+\.[^@\s]+$/),
).min(1, refusal("at least one address", 'somebody must be told: emails: ["oncall@example.com"]'));

export const environmentSchema = mapping("defineEnvironment({ tier, regions, network, alerts })", {
  ...choicesShape,
  tier: oneOf("How careful defaults are", ["dev", "staging", "prod"]),
  regions: named(
    'regions: { "us-east-1": { zones: ["us-east-1a", "us-east-1b"] } }',
    mapping('{ zones: ["us-east-1a", "us-east-1b"] }', {
      zones: list("Zones that are used, in order", words("Zone, for example us-east-1a")).min(
        1,
        refusal("at least one zone", "name the zones that are used"),
      ),
    }),
  ),
  network: z.union([created, existing]).describe("Created, or one that exists"),
  cluster: optional(
    mapping("cluster: { existing: { name } }", {
      existing: mapping("existing: { name }", { name: words("Name of the cluster") }),
    }),
  ),
  kubernetes: optional(kubernetes),
  domain: optional(domain),
  alerts: z
    .union([
      mapping('alerts: { emails: ["oncall@example.com"] }', { emails }),
      mapping("alerts: { existing: { topicArn } }", {
        existing: mapping("existing: { topicArn }", { topicArn: arn("ARN of the topic", "sns") }),
      }),
    ])
    .describe("Who is told"),
  protect: optional(flag("Deletion needs a second step")),
  logDays: optional(retention),
  waivers: optional(waivers),
  tags: optional(named("Cost-allocation tags", text("Value of the tag as text"))),
});

const mirrored: Mirrors<z.infer<typeof environmentSchema>, Environment> = true;
void mirrored;
