import type { LoadBalancer } from "../../model";
import type { LoadBalancerArgs } from "./load-balancer-args";

type Refusal = readonly [holds: boolean, sentence: string];

/** Throws a RangeError for what a Part may say and an Application Load Balancer cannot be, or must not be. */
export function refuseBalancer(args: LoadBalancerArgs): void {
  const { part } = args;
  const broken = [...shape(part), ...exposure(part), ...listening(part), ...naming(args)].find(([holds]) => holds);
  if (broken !== undefined) throw new RangeError(`${part.key}: ${broken[1]}`);
}

function shape({ runtime, scope, placement, targets, ejection, protection }: LoadBalancer): readonly Refusal[] {
  const [target] = targets;
  const { probe } = target ?? {};
  return [
    [runtime.kind !== "alb", `alb is built here, got ${runtime.kind}`],
    [scope !== "regional", `an Application Load Balancer is regional, got ${scope}`],
    [
      placement.kind !== "zonal" || placement.spread !== "hard",
      "zones are named on AWS, and the balancer is in each of them",
    ],
    [
      targets.length !== 1 || target?.weight !== 1 || target.priority !== 1,
      `one target with weight and priority 1 is built, got ${targets.length}`,
    ],
    [probe?.role !== "balancer" || probe.check.kind !== "http", "a balancer's probe asks for an HTTP path"],
    [ejection !== null, "an Application Load Balancer ejects nobody beyond its probe"],
    [protection.rateLimitPerSecond !== null, "a rate limit needs a web firewall, which is not built yet"],
  ];
}

/** What everybody can reach speaks TLS, or says where TLS is. */
function exposure({ exposure: reach, listeners }: LoadBalancer): readonly Refusal[] {
  const plain = listeners.filter(({ tlsFloor, redirects }) => tlsFloor === null && !redirects);
  return [
    [
      reach === "internet" && plain.length > 0,
      `port ${plain.map(({ port }) => port).join(", ")} would answer the internet in plain text; give the environment a domain, or make it private`,
    ],
  ];
}

function listening({ listeners }: LoadBalancer): readonly Refusal[] {
  const ports = listeners.map(({ port }) => port);
  const secure = listeners.filter(({ tlsFloor }) => tlsFloor !== null);
  const old = secure.find(({ tlsFloor }) => tlsFloor !== "1.2" && tlsFloor !== "1.3");
  return [
    [listeners.every(({ redirects }) => redirects), "no listener leads to the target"],
    [new Set(ports).size !== ports.length, `two listeners on one port, got ${ports.join(", ")}`],
    [old !== undefined, `TLS ${old?.tlsFloor ?? ""} is broken; 1.2 and 1.3 are built`],
    [secure.some(({ redirects }) => redirects), "only plain HTTP redirects"],
    [
      listeners.some(({ redirects }) => redirects) && secure.length === 0,
      "a redirect needs a listener with TLS to lead to",
    ],
  ];
}

function naming({ part: { listeners, domain }, zoneId, certificateArn }: LoadBalancerArgs): readonly Refusal[] {
  const secure = listeners.some(({ tlsFloor }) => tlsFloor !== null);
  const given = certificateArn !== undefined;
  return [
    [secure && domain === null && !given, "TLS needs a certificate: give a domain, or certificateArn"],
    [domain !== null && !secure, `${domain?.name ?? ""} has a certificate and no listener with TLS`],
    [domain?.certificate === "existing" && !given, "the existing certificate needs certificateArn"],
    [domain?.certificate === "created" && given, "a certificate is created, and certificateArn is given too"],
    [
      domain !== null && (domain.record || domain.certificate === "created") && zoneId === undefined,
      `${domain?.name ?? ""} needs zoneId, its hosted zone`,
    ],
    [
      domain !== null && !domain.record && domain.certificate === "existing",
      "a domain with neither record nor certificate of its own is nothing to build",
    ],
  ];
}
