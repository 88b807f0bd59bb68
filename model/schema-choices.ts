import { z } from "zod";
import type { Choices, OwnPrice, Waiver } from "./environment";
import { DNS_SUBDOMAIN } from "./object-name";
import { logs } from "./schema-logs";
import {
  flag,
  list,
  mapping,
  named,
  none,
  number,
  oneOf,
  optional,
  refusal,
  share,
  shaped,
  words,
  type Mirrors,
} from "./schema-leaf";

export const surviveChoices = ["nothing", "replica", "zone", "region"] as const;

export const latency = mapping("latency: { percentile: 95, withinMs: 100 }", {
  percentile: number("Percent of responses, for example 95", { above: 0, below: 100 }),
  withinMs: number("Milliseconds that they may take, for example 100", { above: 0 }),
});

const objectiveShape = {
  availability: number("Share of time that the entry answers, for example 0.9999", { above: 0, below: 1 }),
  latency: optional(latency),
  survive: oneOf("What may be lost while the peak is still carried", surviveChoices),
  recoverySeconds: optional(number("Longest that a recovery may take, seconds", { above: 0 })),
};

export const objectives = mapping("objectives: { availability: 0.9999, survive: zone }", objectiveShape);

const someObjectives = mapping("Objectives that differ from the system's", {
  ...objectiveShape,
  availability: optional(objectiveShape.availability),
  survive: optional(objectiveShape.survive),
});

export const deploys = mapping("deploys: { perWeek: 5, failureShare: 0.05, minutes: 10, exposedShare: 0.1 }", {
  perWeek: number("Deploys a week, for example 5", { least: 0 }),
  failureShare: share("Share of deploys that break something, for example 0.05"),
  minutes: number("Minutes until a broken deploy is undone, for example 10", { least: 0 }),
  exposedShare: share("Share of traffic that sees a broken deploy, a canary's share, for example 0.1"),
});

const limit = (about: string) => optional(number(about, { least: 0 }));
export const quotas = mapping("Limits that the provider has raised for you", {
  fargateVcpus: limit("Fargate On-Demand vCPUs in the region"),
  tasksPerService: limit("ECS tasks in one service"),
  targetsPerGroup: limit("Targets in one target group"),
  cacheNodesPerRegion: limit("ElastiCache nodes in the region"),
  natGatewaysPerZone: limit("NAT gateways in one zone"),
  elasticIps: limit("Elastic IP addresses in the region"),
});

const SPOT_ABOUT = "Share of the replicas above what must stand that runs on Spot, for example 0.5; never all of it";
// ECS divides by whole weights of at most 1,000 (catalog/aws, capacity-weight).
export const spotShare = number(SPOT_ABOUT, { least: 0, below: 1 }).refine(
  (value) => Math.abs(value * 1000 - Math.round(value * 1000)) < 1e-9,
  refusal(
    "a share in steps of 0.001, from 0 to below 1",
    "round it: ECS divides replicas by whole weights up to 1,000",
  ),
);

/** The choices that an environment and a stack's YAML may make alike. */
export const choicesShape = {
  objectives: optional(someObjectives),
  deploys: optional(deploys),
  budget: optional(
    z
      .union([
        mapping("budget: { perMonthUsd: 2500 }", {
          perMonthUsd: number("USD a month, for example 2500", { above: 0 }),
        }),
        none,
      ])
      .describe("Most that a month may cost; null: no limit"),
  ),
  quotas: optional(quotas),
  utilisationCeiling: optional(
    number("Highest share of time that slots are busy at the peak, for example 0.7", { above: 0, most: 1 }),
  ),
  headroom: optional(oneOf("largest: one misfortune at a time; product: all at once", ["largest", "product"])),
  elastic: optional(flag("true: the floor carries the mean, and the scaler the rest")),
  architecture: optional(oneOf("Processor of the replicas", ["x86_64", "arm64"])),
  surgeShare: optional(
    number("Most more replicas in a rollout, share of the count, for example 1", { above: 0, most: 10 }),
  ),
  minReplicas: optional(number("Least replicas of each service, for example 2", { least: 1, whole: true })),
  zones: optional(number("Zones that replicas are spread over, for example 3", { least: 1, whole: true })),
  replicaDropShare: optional(share("Most that replicas may drop in one change, for example 0.5")),
  spotShare: optional(spotShare),
  registries: optional(
    named(
      "registries: { registry.example.com: { secretArn } }, on Kubernetes { secret }",
      mapping("{ secretArn }, on Kubernetes { secret }", {
        secretArn: optional(
          shaped(
            "ARN of the secret that holds user name and password",
            "arn:aws:secretsmanager:<region>:<account>:secret:<name>-<six characters>",
            /^arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:\d{12}:secret:[A-Za-z0-9/_+=.@-]{1,519}$/,
          ),
        ),
        secret: optional(
          shaped(
            "Secret of the namespace, of type kubernetes.io/dockerconfigjson, for example pull",
            "at most 253 small letters, digits, hyphens and dots, none of the last two at an end",
            DNS_SUBDOMAIN,
          ),
        ),
      }),
    ),
  ),
  logs: optional(logs),
};

/** Is it a day of the calendar, YYYY-MM-DD? */
function isDay(text: string): boolean {
  const [year, month, day] = text.split("-").map(Number);
  if (year === undefined || month === undefined || day === undefined || month < 1 || month > 12) return false;
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return day >= 1 && day <= ([31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0);
}

const day = "a day as YYYY-MM-DD";
export const waivers = list(
  "waivers: [{ rule: zones, reason: ..., until: 2027-03-31 }]",
  mapping("{ rule, reason, until }, and part where it covers one", {
    rule: words("Name of the rule, as `nines policies` lists it"),
    part: optional(words("Part or workload that it covers")),
    reason: words("say why the rule may be broken until then"),
    until: shaped("Last day on which it holds, for example 2027-03-31", day, /^\d{4}-\d{2}-\d{2}$/).refine(
      isDay,
      refusal(day, "a day of the calendar, for example 2027-03-31"),
    ),
  }),
);

export const prices = list(
  "prices: [{ item: nat-hour, usd: 0.04, note: our discount }]",
  mapping("{ item, usd, note }, and region where it holds in one", {
    item: words("Item of the price list, for example nat-hour"),
    region: optional(words("Region, for example us-east-1")),
    usd: number("USD a unit", { least: 0 }),
    note: words("say where the price comes from"),
  }),
);

export const choicesSchema = mapping("choices", choicesShape);
const mirrored: readonly [
  Mirrors<z.infer<typeof choicesSchema>, Choices>,
  Mirrors<z.infer<typeof waivers>, readonly Waiver[]>,
  Mirrors<z.infer<typeof prices>, readonly OwnPrice[]>,
] = [true, true, true];
void mirrored;
