import { atMost, between, formed, oneOf, valuesAt, type Refusal } from "./refusal";
import { numberAt, recordAt, textAt } from "./values";

const BALANCER = "aws:lb/loadBalancer:LoadBalancer";
const GROUP = "aws:lb/targetGroup:TargetGroup";

const ofGroup = (rule: string | null, quote: string) => ({ section: "1.1", type: GROUP, rule, quote });
const ofBalancer = (rule: string | null, quote: string) => ({ section: "1.1", type: BALANCER, rule, quote });

const NAME = /^[A-Za-z0-9]([A-Za-z0-9-]{0,30}[A-Za-z0-9])?$/;
const names = "Names: ≤32, alphanumeric + hyphen, no leading/trailing hyphen; LB name must not start with `internal-`";
const check =
  "Health check: interval 5–300 (default 30); timeout 2–120 (default 6 HTTP, 10 TCP/TLS/HTTPS); healthy & unhealthy threshold 2–10 (5 / 2).";
const matcher = "Matcher: ALB 200–499 (default 200), NLB 200–599 (default 200–399), gRPC 0–99 (default 12).";
const delays =
  "deregistration_delay 0–3600 (default **300**); slow_start 0 or 30–900; ALB idle timeout 1–4000 (60); client keep-alive 60–604800 (3600).";
const words = "d.ts camel-cases enum strings wrongly";

const slow = { protocol: "HTTP", healthCheck: { interval: 300 } };

/** Codes at the ends of a matcher: 200, 200,302 or 200-299. */
function codes(text: string): readonly number[] {
  return /^\d+([-,]\d+)*$/.test(text) ? text.split(/[-,]/).map(Number) : [Number.NaN];
}

function matches(rule: string, group: Readonly<Record<string, string>>, least: number, most: number): Refusal {
  const kind = (inputs: Readonly<Record<string, unknown>>): boolean =>
    group["protocolVersion"] === "GRPC"
      ? inputs["protocolVersion"] === "GRPC"
      : inputs["protocolVersion"] !== "GRPC" && (inputs["protocol"] === "TCP") === (group["protocol"] === "TCP");
  const at = (text: string) => ({ ...group, healthCheck: { protocol: "HTTP", matcher: text } });
  return {
    ...ofGroup(rule, matcher),
    refuses: (inputs) =>
      kind(inputs) &&
      valuesAt(inputs, "healthCheck.matcher").some((text) =>
        codes(String(text)).some((code) => !(code >= least && code <= most)),
      ),
    accepted: [`${least}`, `${most}`, `${least}-${most}`].map(at),
    refused: [...(least > 0 ? [`${least - 1}`] : []), `${most + 1}`, `${least},${most + 1}`].map(at),
  };
}

/** Balancers and target groups (section 1.1, and 1.0 where it speaks of them). */
export const balancerRefusals: readonly Refusal[] = [
  formed(
    ofBalancer("balancer-name", names),
    "name",
    /^(?!internal-)[A-Za-z0-9]([A-Za-z0-9-]{0,30}[A-Za-z0-9])?$/,
    ["a", "a".repeat(32), "a-b"],
    ["a".repeat(33), "-a", "a-", "a_b", "internal-a"],
  ),
  formed(
    ofGroup("target-group-name", names),
    "name",
    NAME,
    ["a", "a".repeat(32), "a-b"],
    ["a".repeat(33), "-a", "a-", "a_b"],
  ),
  {
    ...ofGroup("target-group-name-prefix", "`namePrefix` for TG ≤6 chars"),
    section: "1.0",
    refuses: (inputs) => (textAt(inputs, "namePrefix") ?? "").length > 6,
    accepted: [{ namePrefix: "abcdef" }],
    refused: [{ namePrefix: "abcdefg" }],
  },
  between(
    { ...ofGroup("health-check-interval", check), with: { healthCheck: { timeout: 2 } } },
    "healthCheck.interval",
    5,
    300,
  ),
  between({ ...ofGroup("health-check-timeout", check), with: slow }, "healthCheck.timeout", 2, 120),
  between(ofGroup("health-check-healthy-threshold", check), "healthCheck.healthyThreshold", 2, 10),
  between(ofGroup("health-check-unhealthy-threshold", check), "healthCheck.unhealthyThreshold", 2, 10),
  {
    ...ofGroup(
      "health-check-interval-over-timeout",
      "**interval must be strictly greater than timeout**, rejected only at apply",
    ),
    refuses: (inputs) => {
      const own = recordAt(inputs, "healthCheck");
      const protocol = textAt(own, "protocol") ?? textAt(inputs, "protocol") ?? "HTTP";
      const interval = numberAt(own, "interval") ?? 30;
      const timeout = numberAt(own, "timeout") ?? (protocol === "HTTP" ? 6 : 10);
      return inputs["healthCheck"] !== undefined && interval <= timeout;
    },
    accepted: [{ healthCheck: { interval: 6, timeout: 5 } }, { healthCheck: { interval: 7 } }],
    refused: [{ healthCheck: { interval: 5, timeout: 5 } }, { healthCheck: { interval: 5 } }],
  },
  matches("health-check-matcher", { protocol: "HTTP" }, 200, 499),
  matches("health-check-matcher-network", { protocol: "TCP" }, 200, 599),
  matches("health-check-matcher-grpc", { protocol: "HTTP", protocolVersion: "GRPC" }, 0, 99),
  formed(
    ofGroup("health-check-path", "Path ≤1024."),
    "healthCheck.path",
    /^\/.{0,1023}$/,
    ["/", `/${"a".repeat(1023)}`],
    [`/${"a".repeat(1024)}`, "health"],
  ),
  {
    ...ofGroup("health-check-protocol", "TCP health check not allowed for HTTP/HTTPS groups."),
    refuses: (inputs) =>
      ["HTTP", "HTTPS"].includes(textAt(inputs, "protocol") ?? "") &&
      textAt(recordAt(inputs, "healthCheck"), "protocol") === "TCP",
    accepted: [
      { protocol: "HTTP", healthCheck: { protocol: "HTTP" } },
      { protocol: "HTTPS", healthCheck: { protocol: "HTTPS" } },
    ],
    refused: [
      { protocol: "HTTP", healthCheck: { protocol: "TCP" } },
      { protocol: "HTTPS", healthCheck: { protocol: "TCP" } },
    ],
  },
  {
    ...ofGroup("health-check-enabled", "Health checks cannot be disabled for instance/ip/alb targets."),
    refuses: (inputs) => recordAt(inputs, "healthCheck")["enabled"] === false && inputs["targetType"] !== "lambda",
    accepted: [{ targetType: "ip", healthCheck: { enabled: true } }],
    refused: [{ targetType: "ip", healthCheck: { enabled: false } }],
  },
  between(ofGroup("deregistration-delay", delays), "deregistrationDelay", 0, 3600),
  between(ofGroup("slow-start", delays), "slowStart", 30, 900, [0]),
  between(ofBalancer("idle-timeout", delays), "idleTimeout", 1, 4000),
  between(ofBalancer("client-keep-alive", delays), "clientKeepAlive", 60, 604_800),
  oneOf(
    { ...ofGroup("routing-algorithm", words), section: "1.0" },
    "loadBalancingAlgorithmType",
    ["round_robin", "least_outstanding_requests", "weighted_random"],
    ["roundRobin", "leastOutstandingRequests", "weightedRandom"],
  ),
  oneOf(
    { ...ofGroup("cross-zone", words), section: "1.0" },
    "loadBalancingCrossZoneEnabled",
    ["true", "false", "use_load_balancer_configuration"],
    ["useLoadBalancerConfiguration"],
  ),
  oneOf(
    { ...ofBalancer("client-routing-policy", words), section: "1.0", with: { loadBalancerType: "network" } },
    "dnsRecordClientRoutingPolicy",
    ["any_availability_zone", "availability_zone_affinity", "partial_availability_zone_affinity"],
    ["anyAvailabilityZone"],
  ),
  {
    ...ofGroup("target-health-dns-over-routing", "DNS-failover threshold must be ≥ routing-failover threshold"),
    refuses: (inputs) => {
      const health = recordAt(inputs, "targetGroupHealth");
      const dns = numberAt(recordAt(health, "dnsFailover"), "minimumHealthyTargetsCount");
      const routing = numberAt(recordAt(health, "unhealthyStateRouting"), "minimumHealthyTargetsCount");
      return dns !== undefined && routing !== undefined && dns < routing;
    },
    accepted: [health("2", 2), health("3", 2)],
    refused: [health("1", 2)],
  },
  atMost(
    {
      section: "1.1",
      type: "aws:lb/listener:Listener",
      rule: "target-groups-per-action",
      quote: "5 TG per action (hard)",
    },
    "defaultActions[].forward.targetGroups",
    5,
    (index) => ({ arn: `arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/g/${index}`, weight: 1 }),
  ),
];

function health(dns: string, routing: number) {
  return {
    targetGroupHealth: {
      dnsFailover: { minimumHealthyTargetsCount: dns },
      unhealthyStateRouting: { minimumHealthyTargetsCount: routing },
    },
  };
}
