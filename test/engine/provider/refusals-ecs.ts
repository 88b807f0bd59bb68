import { atMost, between, formed, oneOf, valuesAt, type Refusal } from "./refusal";
import { listAt, numberAt, recordAt, textAt, type Properties } from "./values";

const SERVICE = "aws:ecs/service:Service";
const TASK = "aws:ecs/taskDefinition:TaskDefinition";

const ofService = (rule: string | null, quote: string) => ({
  section: "1.2",
  type: SERVICE,
  rule,
  quote,
  with: { desiredCount: 2 },
});
const ofTask = (rule: string | null, quote: string) => ({ section: "1.2", type: TASK, rule, quote, with: fargate });

const container: Properties = { name: "web" };
const fargate: Properties = {
  requiresCompatibilities: ["FARGATE"],
  cpu: "256",
  memory: "512",
  containerDefinitions: JSON.stringify([container]),
};

const sizesQuote =
  "256: .5/1/2 · 512: 1–4 · 1024: 2–8 · 2048: 4–16 · 4096: 8–30 (all step 1) · 8192: 16–60 **step 4** · 16384: 32–120 **step 8** · 32768: 60/120/244";
/** CPU units to memory: MiB, from, to and step in GiB. */
const sizes: Readonly<Record<string, readonly number[]>> = {
  256: [512, 1024, 2048],
  512: gib(1, 4, 1),
  1024: gib(2, 8, 1),
  2048: gib(4, 16, 1),
  4096: gib(8, 30, 1),
  8192: gib(16, 60, 4),
  16_384: gib(32, 120, 8),
  32_768: [60, 120, 244].map((each) => each * 1024),
};

function gib(from: number, to: number, step: number): readonly number[] {
  return Array.from({ length: (to - from) / step + 1 }, (_, index) => (from + index * step) * 1024);
}

const isFargate = (inputs: Properties): boolean => listAt(inputs, "requiresCompatibilities").includes("FARGATE");
const size = (cpu: number, memory: number): Properties => ({ ...fargate, cpu: String(cpu), memory: String(memory) });

/** Room for one task between the least, rounded up, and the most, rounded down. */
function deadlocked(inputs: Properties): boolean {
  const tasks = numberAt(inputs, "desiredCount") ?? 0;
  const most = Math.floor((tasks * (numberAt(inputs, "deploymentMaximumPercent") ?? 200)) / 100);
  const least = Math.ceil((tasks * (numberAt(inputs, "deploymentMinimumHealthyPercent") ?? 100)) / 100);
  return tasks > 0 && most <= least;
}

const rollout = (desiredCount: number, most: number, least = 100): Properties => ({
  desiredCount,
  deploymentMaximumPercent: most,
  deploymentMinimumHealthyPercent: least,
});

const rolling = (inputs: Properties): boolean =>
  ["ECS", undefined].includes(textAt(recordAt(inputs, "deploymentController"), "type"));
const blueGreen = { desiredCount: 2, deploymentController: { type: "CODE_DEPLOY" } };

const capacity =
  "Capacity strategy: ≤20 providers, weight 0–1000, base 0–100000 on one provider only; all weights 0 fails";
const strategies = (...list: readonly Properties[]): Properties => ({
  desiredCount: 2,
  capacityProviderStrategies: list.map((each) => ({ capacityProvider: "FARGATE", ...each })),
});

const containerCheck = "Container check: interval 5–300, timeout 2–60, retries 1–10, startPeriod 0–300";
const ofCheck = (rule: string) => ({
  ...ofTask(rule, containerCheck),
  with: {
    ...fargate,
    containerDefinitions: JSON.stringify([{ ...container, healthCheck: { command: ["CMD", "true"] } }]),
  },
});
const connect = "discoveryName ≤64 lower-case/digits/_/-; max 1 clientAlias; dnsName ≤127";
const services = "serviceConnectConfiguration.services[]";
const balanced = {
  targetGroupArn: "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/g/1",
  containerName: "web",
  containerPort: 80,
};

/** Tasks and services (section 1.2). */
export const ecsRefusals: readonly Refusal[] = [
  {
    ...ofTask("fargate-size", sizesQuote),
    refuses: (inputs) =>
      isFargate(inputs) && !(sizes[textAt(inputs, "cpu") ?? ""] ?? []).includes(numberAt(inputs, "memory") ?? 0),
    accepted: Object.entries(sizes).flatMap(([cpu, list]) => list.map((memory) => size(Number(cpu), memory))),
    refused: [
      ...Object.entries(sizes).flatMap(([cpu, list]) => [
        size(Number(cpu), (list[0] ?? 0) - 512),
        size(Number(cpu), (list.at(-1) ?? 0) + 1024),
      ]),
      size(8192, 18 * 1024),
      size(16_384, 36 * 1024),
      size(32_768, 180 * 1024),
      size(128, 512),
      size(768, 2048),
      size(65_536, 245_760),
    ],
  },
  {
    ...ofTask("fargate-gpu", "Fargate has **no GPU**, no DAEMON."),
    refuses: (inputs) =>
      isFargate(inputs) && valuesAt(inputs, "containerDefinitions{}[].resourceRequirements[].type").includes("GPU"),
    accepted: [fargate],
    refused: [gpu("1")],
  },
  {
    ...ofService("fargate-scheduling", "Fargate has **no GPU**, no DAEMON."),
    refuses: ({ launchType, schedulingStrategy }) => launchType === "FARGATE" && schedulingStrategy === "DAEMON",
    accepted: [{ desiredCount: 2, launchType: "FARGATE", schedulingStrategy: "REPLICA" }],
    refused: [{ launchType: "FARGATE", schedulingStrategy: "DAEMON" }],
  },
  {
    ...ofService(
      "rollout-room",
      "Deadlock if floor(desired·max/100) ≤ ceil(desired·min/100): e.g. desired 1 with max 150, or desired 2 with max 125 and min 100 (D).",
    ),
    refuses: deadlocked,
    accepted: [rollout(1, 200), rollout(2, 150), rollout(2, 100, 50), rollout(3, 134)],
    refused: [rollout(1, 150), rollout(2, 125), rollout(2, 100, 51), rollout(3, 133)],
  },
  oneOf(
    ofService("zone-rebalancing", "`availabilityZoneRebalancing` ENABLED/DISABLED"),
    "availabilityZoneRebalancing",
    ["ENABLED", "DISABLED"],
    ["enabled", "true"],
  ),
  {
    ...ofService(
      "rebalancing-maximum-percent",
      "needs maximumPercent > 100, REPLICA, and AZ-spread as first strategy on EC2",
    ),
    refuses: (inputs) =>
      inputs["availabilityZoneRebalancing"] === "ENABLED" &&
      ((numberAt(inputs, "deploymentMaximumPercent") ?? 200) <= 100 || inputs["schedulingStrategy"] === "DAEMON"),
    accepted: [{ ...rollout(100, 101), availabilityZoneRebalancing: "ENABLED" }],
    refused: [
      { ...rollout(2, 100, 50), availabilityZoneRebalancing: "ENABLED" },
      { availabilityZoneRebalancing: "ENABLED", schedulingStrategy: "DAEMON" },
    ],
  },
  {
    ...ofService("circuit-breaker-rolling", "Circuit breaker: rolling deployments only"),
    refuses: (inputs) => recordAt(inputs, "deploymentCircuitBreaker")["enable"] === true && !rolling(inputs),
    accepted: [{ desiredCount: 2, deploymentCircuitBreaker: { enable: true, rollback: true } }],
    refused: [{ ...blueGreen, deploymentCircuitBreaker: { enable: true, rollback: true } }],
  },
  {
    ...ofService("deployment-alarms-rolling", "Deployment alarms (`alarms`): rolling only"),
    refuses: (inputs) => recordAt(inputs, "alarms")["enable"] === true && !rolling(inputs),
    accepted: [{ desiredCount: 2, alarms: { enable: true, rollback: true, alarmNames: ["a"] } }],
    refused: [{ ...blueGreen, alarms: { enable: true, rollback: true, alarmNames: ["a"] } }],
  },
  between(
    {
      ...ofService("grace-period", "`healthCheckGracePeriodSeconds` default 0, up to 2147483647"),
      with: { desiredCount: 2, loadBalancers: [balanced] },
    },
    "healthCheckGracePeriodSeconds",
    0,
    2_147_483_647,
  ),
  {
    ...ofService("grace-period-balancer", "the provider and cfn-lint#3612 say it errors without a load balancer"),
    refuses: (inputs) =>
      inputs["healthCheckGracePeriodSeconds"] !== undefined && listAt(inputs, "loadBalancers").length === 0,
    accepted: [{ desiredCount: 2, healthCheckGracePeriodSeconds: 5, loadBalancers: [balanced] }],
    refused: [{ desiredCount: 2, healthCheckGracePeriodSeconds: 5 }],
  },
  between(ofCheck("container-check-interval"), "containerDefinitions{}[].healthCheck.interval", 5, 300),
  between(ofCheck("container-check-timeout"), "containerDefinitions{}[].healthCheck.timeout", 2, 60),
  between(ofCheck("container-check-retries"), "containerDefinitions{}[].healthCheck.retries", 1, 10),
  between(ofCheck("container-check-start-period"), "containerDefinitions{}[].healthCheck.startPeriod", 0, 300),
  between(
    ofTask("stop-timeout", "stopTimeout default 30, Fargate max 120"),
    "containerDefinitions{}[].stopTimeout",
    0,
    120,
  ),
  atMost(ofService("capacity-providers", capacity), "capacityProviderStrategies", 20, (index) => ({
    capacityProvider: `p${index}`,
    weight: 1,
  })),
  between(
    { ...ofService("capacity-weight", capacity), with: strategies({}, { weight: 1 }) },
    "capacityProviderStrategies[].weight",
    1,
    1000,
  ),
  {
    ...ofService("capacity-weight", "all weights 0 fails"),
    refuses: (inputs) => {
      const weights = valuesAt(inputs, "capacityProviderStrategies[].weight");
      return weights.length > 0 && weights.every((weight) => weight === 0);
    },
    accepted: [strategies({ weight: 0 }, { weight: 1 })],
    refused: [strategies({ weight: 0 }, { weight: 0 })],
  },
  {
    ...ofService("capacity-weight", capacity),
    refuses: (inputs) => valuesAt(inputs, "capacityProviderStrategies[].weight").some((weight) => Number(weight) < 0),
    accepted: [strategies({ weight: 0 }, { weight: 1 })],
    refused: [strategies({ weight: -1 }, { weight: 1 })],
  },
  between(
    { ...ofService("capacity-base", capacity), with: strategies({ weight: 1 }) },
    "capacityProviderStrategies[].base",
    0,
    100_000,
  ),
  {
    ...ofService("capacity-bases", capacity),
    refuses: (inputs) => valuesAt(inputs, "capacityProviderStrategies[].base").filter((base) => base !== 0).length > 1,
    accepted: [strategies({ weight: 1, base: 1 }, { weight: 1, base: 0 })],
    refused: [strategies({ weight: 1, base: 1 }, { weight: 1, base: 1 })],
  },
  {
    ...ofService("launch-type-or-strategies", "conflicts with `capacityProviderStrategies`"),
    section: "1.0",
    refuses: (inputs) => inputs["launchType"] !== undefined && inputs["capacityProviderStrategies"] !== undefined,
    accepted: [{ desiredCount: 2, launchType: "FARGATE" }, strategies({ weight: 1 })],
    refused: [{ ...strategies({ weight: 1 }), launchType: "FARGATE" }],
  },
  formed(
    ofService("service-connect-name", connect),
    `${services}.discoveryName`,
    /^[a-z0-9_-]{1,64}$/,
    ["web", "a_b-1", "a".repeat(64)],
    ["Web", "a.b", "a".repeat(65)],
  ),
  formed(
    ofService("service-connect-dns-name", connect),
    `${services}.clientAlias[].dnsName`,
    /^.{1,127}$/,
    ["web", "a".repeat(127)],
    ["a".repeat(128)],
  ),
  atMost(ofService("service-connect-aliases", connect), `${services}.clientAlias`, 1, (index) => ({
    port: 80 + index,
  })),
  atMost(
    ofService("target-groups-per-service", "5 TG/service, 16 subnets, 5 SGs in awsvpcConfiguration"),
    "loadBalancers",
    5,
    (index) => ({ ...balanced, containerPort: 80 + index }),
  ),
  atMost(
    ofService("subnets-per-service", "5 TG/service, 16 subnets, 5 SGs in awsvpcConfiguration"),
    "networkConfiguration.subnets",
    16,
    (index) => `subnet-${index}`,
  ),
  atMost(
    {
      ...ofService("security-groups-per-service", "5 TG/service, 16 subnets, 5 SGs in awsvpcConfiguration"),
      with: { desiredCount: 2, networkConfiguration: { subnets: ["subnet-1"] } },
    },
    "networkConfiguration.securityGroups",
    5,
    (index) => `sg-${index}`,
  ),
];

function gpu(value: string): Properties {
  const requirement = { type: "GPU", value };
  return { ...fargate, containerDefinitions: JSON.stringify([{ ...container, resourceRequirements: [requirement] }]) };
}
