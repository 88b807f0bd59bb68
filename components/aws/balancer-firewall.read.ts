import {
  isUnknown,
  type Claim,
  type Conflict,
  type LoadBalancer,
  type PartKey,
  type ReadPart,
  type Resource,
  type ResourceGraph,
} from "../../model";
import { asNumber } from "./leaf.read";

const SECURITY_GROUP = "aws:ec2/securityGroup:SecurityGroup";
const INGRESS = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const EGRESS = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";

export interface FirewallRead {
  readonly claims: readonly Claim[];
  readonly conflicts: readonly Conflict[];
}

/** What the firewall lets in must be a listener's port, what it lets out the targets'. */
export function readFirewall(
  graph: ResourceGraph,
  balancer: Resource,
  part: PartKey,
  listeners: ReadPart<LoadBalancer>["listeners"],
  targets: ReadPart<LoadBalancer>["targets"],
): FirewallRead {
  const groups = graph.referenced(balancer, "securityGroups", SECURITY_GROUP);
  const rules = (type: string) => groups.flatMap((group) => graph.referrers(group, "securityGroupId", type));
  const conflict = (field: string, rule: Resource, other: { property: string; value: unknown }): Conflict => ({
    part,
    field,
    says: [
      { urn: rule.urn, property: "fromPort", value: [rule.inputs["fromPort"] ?? null, rule.inputs["toPort"] ?? null] },
      { urn: balancer.urn, ...other },
    ],
  });
  const strays = (
    type: string,
    field: "listeners" | "targets",
    ports: readonly number[] | undefined,
  ): readonly Conflict[] =>
    ports === undefined || ports.length === 0
      ? []
      : rules(type)
          .filter((rule) => !ports.some((port) => covers(rule, port)))
          .map((rule) => conflict(field, rule, { property: field, value: ports }));
  return {
    claims: [...groups, ...rules(INGRESS), ...rules(EGRESS)].map(({ urn, type }) => ({
      urn,
      part,
      carries: type === SECURITY_GROUP ? "nothing" : "fields",
    })),
    conflicts: [...strays(INGRESS, "listeners", portsOf(listeners)), ...strays(EGRESS, "targets", portsOf(targets))],
  };
}

/** Undefined where one is not known. */
function portsOf(
  reading: ReadPart<LoadBalancer>["listeners"] | ReadPart<LoadBalancer>["targets"],
): readonly number[] | undefined {
  if (isUnknown(reading)) return undefined;
  const ports = reading.flatMap((each) => (!isUnknown(each) && each.port.known ? [each.port.value] : []));
  return ports.length === reading.length ? ports : undefined;
}

/** Whether a rule opens a port; one for all traffic, or whose ports are not known, is taken to. */
function covers({ inputs }: Resource, port: number): boolean {
  if (inputs["ipProtocol"] === "-1" || inputs["ipProtocol"] === "all") return true;
  const [from, to] = [inputs["fromPort"], inputs["toPort"]];
  if (typeof from === "object" || typeof to === "object") return true;
  const [first, last] = [asNumber(from ?? null), asNumber(to ?? null)];
  return first !== undefined && last !== undefined && first <= port && port <= last;
}
