import { isUnknownValue, textOf } from "../model";
import type { Resource, Value } from "../model";
import { limitSources } from "../catalog/aws/limit";
import { limit, limits } from "../catalog/aws/limits";
import {
  allowed,
  asNumber,
  type DeployCheck,
  fine,
  formCheck,
  isWord,
  limitCheck,
  nameCheck,
  numberCheck,
  type Outcome,
  refused,
  valuesAt,
  withinLimit,
  wordCheck,
} from "./deployable-check";
import type { Subject } from "./rule";

const BALANCER = "aws:lb/loadBalancer:LoadBalancer";
const GROUP = "aws:lb/targetGroup:TargetGroup";
const LISTENER = "aws:lb/listener:Listener";
const LISTENER_RULE = "aws:lb/listenerRule:ListenerRule";
const CERTIFICATE = "aws:lb/listenerCertificate:ListenerCertificate";
const SERVICE = "aws:ecs/service:Service";
const SUBNET = "aws:ec2/subnet:Subnet";

const isApplication = ({ inputs }: Resource): boolean =>
  (inputs["loadBalancerType"] ?? "application") === "application";

/** Zones of a balancer's subnets, one for each subnet; a text says what is not known. */
function zonesOfSubnets(balancer: Resource, subject: Subject): readonly string[] | string {
  const { subnets } = balancer.inputs;
  const found = subject.graph.referenced(balancer, "subnets", SUBNET);
  const asked = Array.isArray(subnets) ? subnets.length : found.length;
  // Subnets that are given by id belong to another program: their zones are not here.
  if (found.length === 0 || found.length < asked) return "subnets' zones";
  const zones: string[] = [];
  for (const subnet of found) {
    const zone = subnet.inputs["availabilityZone"] ?? subnet.inputs["availabilityZoneId"];
    if (typeof zone !== "string") return `${subnet.name}.availabilityZone`;
    zones.push(zone);
  }
  return zones;
}

const zoneChecks: readonly DeployCheck[] = [
  limitCheck("balancer-zones", BALANCER, (balancer, subject) => {
    if (!isApplication(balancer) || balancer.inputs["subnets"] === undefined) return null;
    const { subnets } = balancer.inputs;
    // Fewer subnets than zones needed: their zones do not matter.
    if (Array.isArray(subnets) && subnets.length < limits["balancer-zones"].min)
      return refused(`${subnets.length} subnets`, "give subnets in two zones");
    const zones = zonesOfSubnets(balancer, subject);
    if (typeof zones === "string") return { unknown: zones };
    const distinct = new Set(zones).size;
    return withinLimit("balancer-zones", distinct)
      ? fine
      : refused(`subnets in ${distinct} zone`, "give subnets in two zones");
  }),
  limitCheck("balancer-subnets-per-zone", BALANCER, (balancer, subject) => {
    if (balancer.inputs["subnets"] === undefined) return null;
    if (balancer.inputs["subnetMappings"] !== undefined)
      return refused("subnets and subnetMappings", "give one of the two");
    const zones = zonesOfSubnets(balancer, subject);
    if (typeof zones === "string") return { unknown: zones };
    const crowded = zones.find(
      (zone) => !withinLimit("balancer-subnets-per-zone", zones.filter((other) => other === zone).length),
    );
    return crowded === undefined ? fine : refused(`two subnets in ${crowded}`, "give one subnet a zone");
  }),
];

// Provider's defaults of a health check (aws.md 1.0: 3 and 3; 1.1: interval 30, timeout 6).
const DEFAULT_INTERVAL = 30;
const DEFAULT_TIMEOUT_HTTP = 6;
const DEFAULT_TIMEOUT_OTHER = 10;

function checkProtocol({ inputs }: Resource): Value {
  return valuesAt(inputs, "healthCheck.protocol")[0]?.value ?? inputs["protocol"] ?? "HTTP";
}

function matcherLimit(
  group: Resource,
): "health-check-matcher" | "health-check-matcher-grpc" | "health-check-matcher-network" {
  const { protocolVersion, protocol } = group.inputs;
  if (protocolVersion === "GRPC") return "health-check-matcher-grpc";
  return protocol === "HTTP" || protocol === "HTTPS" ? "health-check-matcher" : "health-check-matcher-network";
}

/** "200", "200,302" or "200-299": the codes at its ends. */
function codesOf(matcher: string): readonly number[] | undefined {
  if (!/^\d+(-\d+)?(,\d+(-\d+)?)*$/.test(matcher)) return undefined;
  return matcher.split(/[,-]/).map(Number);
}

function matcherCheck(id: ReturnType<typeof matcherLimit>): DeployCheck {
  return limitCheck(id, GROUP, (group) => {
    const matcher = valuesAt(group.inputs, "healthCheck.matcher")[0];
    if (matcher === undefined) return null;
    if (isUnknownValue(matcher.value)) return { unknown: matcher.where };
    if (matcherLimit(group) !== id) return null;
    const codes = codesOf(textOf(matcher.value));
    const ok = codes?.every((code) => withinLimit(id, code)) === true;
    return ok
      ? fine
      : refused(`${matcher.where} ${textOf(matcher.value)}`, `give ${allowed(id)}, as 200, 200,302 or 200-299`);
  });
}

const healthChecks: readonly DeployCheck[] = [
  numberCheck("health-check-interval", GROUP, "healthCheck.interval"),
  numberCheck("health-check-timeout", GROUP, "healthCheck.timeout"),
  limitCheck("health-check-interval-over-timeout", GROUP, (group) => {
    const interval = valuesAt(group.inputs, "healthCheck.interval")[0]?.value ?? DEFAULT_INTERVAL;
    const timeout =
      valuesAt(group.inputs, "healthCheck.timeout")[0]?.value ??
      (checkProtocol(group) === "HTTP" ? DEFAULT_TIMEOUT_HTTP : DEFAULT_TIMEOUT_OTHER);
    if (isUnknownValue(interval)) return { unknown: "healthCheck.interval" };
    if (isUnknownValue(timeout)) return { unknown: "healthCheck.timeout" };
    const [every, longest] = [asNumber(interval), asNumber(timeout)];
    if (every === undefined || longest === undefined) return null;
    return withinLimit("health-check-interval-over-timeout", every - longest)
      ? fine
      : refused(`interval ${every}, timeout ${longest}`, `give a timeout below ${every} or a longer interval`);
  }),
  numberCheck("health-check-healthy-threshold", GROUP, "healthCheck.healthyThreshold"),
  numberCheck("health-check-unhealthy-threshold", GROUP, "healthCheck.unhealthyThreshold"),
  matcherCheck("health-check-matcher"),
  matcherCheck("health-check-matcher-grpc"),
  matcherCheck("health-check-matcher-network"),
  limitCheck("health-check-path", GROUP, ({ inputs }) => {
    const path = valuesAt(inputs, "healthCheck.path")[0];
    if (path === undefined) return null;
    if (isUnknownValue(path.value)) return { unknown: path.where };
    const text = textOf(path.value);
    const ok = text.startsWith("/") && withinLimit("health-check-path", text.length);
    return ok
      ? fine
      : refused(
          `${path.where} of ${text.length} characters, ${text.slice(0, 20)}`,
          "begin with a slash, at most 1,024 characters",
        );
  }),
  limitCheck("health-check-protocol", GROUP, (group) => {
    const { protocol } = group.inputs;
    if (protocol !== "HTTP" && protocol !== "HTTPS") return null;
    const own = checkProtocol(group);
    if (isUnknownValue(own)) return { unknown: "healthCheck.protocol" };
    return isWord("health-check-protocol", own)
      ? fine
      : refused(`healthCheck.protocol ${textOf(own)} of an ${protocol} group`, "give HTTP or HTTPS");
  }),
  limitCheck("health-check-enabled", GROUP, ({ inputs }) => {
    const enabled = valuesAt(inputs, "healthCheck.enabled")[0];
    if (enabled === undefined || inputs["targetType"] === "lambda") return null;
    if (isUnknownValue(enabled.value)) return { unknown: enabled.where };
    return isWord("health-check-enabled", enabled.value) ? fine : refused("healthCheck.enabled false", "leave it on");
  }),
  limitCheck("target-type-awsvpc", GROUP, (group, { graph }) => {
    const used = graph.referrers(group, "loadBalancers", SERVICE).length > 0;
    if (!used) return null;
    const type = group.inputs["targetType"] ?? "instance";
    if (isUnknownValue(type)) return { unknown: "targetType" };
    return isWord("target-type-awsvpc", type) ? fine : refused(`targetType ${textOf(type)}`, 'set targetType: "ip"');
  }),
];

/** A block that says a count and a percent; "off" is no threshold. */
function thresholdOf(group: Resource, block: string, field: string): number | "unknown" | undefined {
  const found = valuesAt(group.inputs, `targetGroupHealth.${block}.${field}`)[0];
  if (found === undefined) return undefined;
  return isUnknownValue(found.value) ? "unknown" : asNumber(found.value);
}

const groupChecks: readonly DeployCheck[] = [
  formCheck("target-group-name", GROUP, "name"),
  formCheck("target-group-name-prefix", GROUP, "namePrefix"),
  limitCheck("target-group-logical-name", GROUP, ({ inputs, name }) => {
    if (inputs["name"] !== undefined || inputs["namePrefix"] !== undefined) return null;
    return withinLimit("target-group-logical-name", name.length)
      ? fine
      : refused(`${name} has ${name.length} characters`, "give the group a name of its own");
  }),
  numberCheck("deregistration-delay", GROUP, "deregistrationDelay"),
  numberCheck("slow-start", GROUP, "slowStart"),
  nameCheck("routing-algorithm", GROUP, "loadBalancingAlgorithmType"),
  nameCheck("cross-zone", GROUP, "loadBalancingCrossZoneEnabled"),
  limitCheck("target-health-dns-over-routing", GROUP, (group) => {
    const outcomes = ["minimumHealthyTargetsCount", "minimumHealthyTargetsPercentage"].flatMap(
      (field): readonly Outcome[] => {
        const dns = thresholdOf(group, "dnsFailover", field);
        const routing = thresholdOf(group, "unhealthyStateRouting", field);
        if (dns === "unknown" || routing === "unknown") return [{ unknown: `targetGroupHealth ${field}` }];
        if (dns === undefined || routing === undefined) return [];
        return [
          withinLimit("target-health-dns-over-routing", dns - routing)
            ? fine
            : refused(
                `${field}: dnsFailover ${dns}, unhealthyStateRouting ${routing}`,
                "raise dnsFailover to the other",
              ),
        ];
      },
    );
    return outcomes.length === 0 ? null : outcomes;
  }),
];

const givenName = formCheck("balancer-name", BALANCER, "name");

/** A name that Pulumi makes begins with the prefix, or with the logical name, and AWS keeps one beginning for itself. */
function automaticName({ inputs, name }: Resource): Outcome {
  const { namePrefix } = inputs;
  if (isUnknownValue(namePrefix)) return { unknown: "namePrefix" };
  const start = typeof namePrefix === "string" ? namePrefix : `${name}-`;
  return /^internal-/i.test(start)
    ? refused(`its automatic name begins with ${start}`, "give it another name or a namePrefix")
    : fine;
}

const balancerChecks: readonly DeployCheck[] = [
  limitCheck("balancer-name", BALANCER, (balancer, subject) =>
    balancer.inputs["name"] === undefined ? automaticName(balancer) : givenName.check(balancer, subject),
  ),
  numberCheck("idle-timeout", BALANCER, "idleTimeout"),
  numberCheck("client-keep-alive", BALANCER, "clientKeepAlive"),
  nameCheck("client-routing-policy", BALANCER, "dnsRecordClientRoutingPolicy"),
  ...zoneChecks,
];

/** One outcome for the whole stack, told by the first resource of the type. */
function wholeStack(
  id: Parameters<typeof limitCheck>[0],
  type: string,
  counted: (subject: Subject) => number,
  what: string,
): DeployCheck {
  return limitCheck(id, type, (resource, subject) => {
    if (subject.graph.ofType(type)[0] !== resource) return null;
    const number = counted(subject);
    return withinLimit(id, number)
      ? fine
      : refused(
          `${number} ${what} in this stack alone`,
          `ask AWS for more, or build fewer (${limit(id).raisable ? "raisable" : "not raisable"})`,
        );
  });
}

/** How many resources of a type hang on one. */
function hanging(
  id: Parameters<typeof limitCheck>[0],
  on: string,
  type: string,
  property: string,
  what: string,
): DeployCheck {
  return limitCheck(id, on, (resource, { graph }) => {
    const number = graph.referrers(resource, property, type).length;
    return number === 0 ? null : withinLimit(id, number) ? fine : refused(`${number} ${what}`, `give ${allowed(id)}`);
  });
}

function groupsOfBalancer(balancer: Resource, { graph }: Subject): readonly Resource[] {
  const listeners = graph.referrers(balancer, "loadBalancerArn", LISTENER);
  const rules = listeners.flatMap((listener) => graph.referrers(listener, "listenerArn", LISTENER_RULE));
  return [
    ...new Set([
      ...listeners.flatMap((listener) => graph.referenced(listener, "defaultActions", GROUP)),
      ...rules.flatMap((rule) => graph.referenced(rule, "actions", GROUP)),
    ]),
  ];
}

const quotaChecks: readonly DeployCheck[] = [
  wholeStack(
    "balancers-per-region",
    BALANCER,
    ({ graph }) => graph.ofType(BALANCER).filter(isApplication).length,
    "Application Load Balancers",
  ),
  wholeStack("target-groups-per-region", GROUP, ({ graph }) => graph.ofType(GROUP).length, "target groups"),
  hanging("listeners-per-balancer", BALANCER, LISTENER, "loadBalancerArn", "listeners"),
  hanging("certificates-per-balancer", LISTENER, CERTIFICATE, "listenerArn", "certificates beside the default"),
  limitCheck("rules-per-balancer", BALANCER, (balancer, { graph }) => {
    const number = graph
      .referrers(balancer, "loadBalancerArn", LISTENER)
      .reduce((sum, listener) => sum + graph.referrers(listener, "listenerArn", LISTENER_RULE).length, 0);
    return number === 0
      ? null
      : withinLimit("rules-per-balancer", number)
        ? fine
        : refused(`${number} rules`, `give ${allowed("rules-per-balancer")}`);
  }),
  limitCheck("target-groups-per-balancer", BALANCER, (balancer, subject) => {
    const number = groupsOfBalancer(balancer, subject).length;
    return number === 0
      ? null
      : withinLimit("target-groups-per-balancer", number)
        ? fine
        : refused(`${number} target groups`, `give ${allowed("target-groups-per-balancer")}`);
  }),
  limitCheck("balancers-per-target-group", GROUP, (group, { graph }) => {
    const listeners = [
      ...graph.referrers(group, "defaultActions", LISTENER),
      ...graph
        .referrers(group, "actions", LISTENER_RULE)
        .flatMap((rule) => graph.referenced(rule, "listenerArn", LISTENER)),
    ];
    const number = new Set(listeners.flatMap((listener) => graph.referenced(listener, "loadBalancerArn", BALANCER)))
      .size;
    return number === 0
      ? null
      : withinLimit("balancers-per-target-group", number)
        ? fine
        : refused(`${number} balancers send to it`, "give each balancer its own group");
  }),
  limitCheck("target-groups-per-action", LISTENER, ({ inputs }) => {
    const found = valuesAt(inputs, "defaultActions[].forward.targetGroups");
    if (found.length === 0) return null;
    return found.map(({ where, value }): Outcome => {
      if (isUnknownValue(value)) return { unknown: where };
      const number = Array.isArray(value) ? value.length : 1;
      return withinLimit("target-groups-per-action", number)
        ? fine
        : refused(`${number} in ${where}`, "send to at most 5 groups");
    });
  }),
];

const listenerChecks: readonly DeployCheck[] = [
  wordCheck(
    "listener-certificate",
    "lb.Listener certificateArn of an HTTPS listener",
    "a certificate is required for HTTPS listeners, and refused for HTTP ones",
    limitSources.elbv2,
    LISTENER,
    ({ inputs }) => {
      const { protocol, certificateArn } = inputs;
      if (isUnknownValue(protocol)) return { unknown: "protocol" };
      if (protocol === "HTTPS")
        return certificateArn === undefined ? refused("HTTPS without certificateArn", "give a certificate") : fine;
      if (protocol === "HTTP")
        return certificateArn === undefined
          ? fine
          : refused("HTTP with certificateArn", "make it HTTPS, or leave the certificate out");
      return null;
    },
  ),
];

export const balancerDeployChecks: readonly DeployCheck[] = [
  ...balancerChecks,
  ...healthChecks,
  ...groupChecks,
  ...listenerChecks,
  ...quotaChecks,
];
