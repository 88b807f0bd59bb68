import {
  isUnknown,
  known,
  unknown,
  type Claim,
  type Leaf,
  type Network,
  type PartReader,
  type Read,
  type ReadPart,
  type Resource,
  type ResourceGraph,
} from "../../model";
import { keyOf, regionOf, theReferenced, wordOf } from "./identity.read";
import { asNumber, asText, leafAt, leafWithDefault, listOf, mapLeaf, valueAt } from "./leaf.read";
import { networkInputs } from "./network-inputs.read";
import { readNat } from "./nat.read";
import {
  ASSOCIATION,
  DEFAULT_TABLE,
  MAIN_ASSOCIATION,
  INTERNET_GATEWAY,
  readSubnet,
  ROUTE,
  ROUTE_TABLE,
  SUBNET,
  VPC,
  zoneOf,
  zonesOf,
} from "./subnets.read";

const ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint";
const FLOW_LOG = "aws:ec2/flowLog:FlowLog";
const LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup";
const ROLE = "aws:iam/role:Role";
const ROLE_POLICY = "aws:iam/rolePolicy:RolePolicy";
const SECURITY_GROUP = "aws:ec2/securityGroup:SecurityGroup";
const RULES = [
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
];
const DEFAULT_GROUP = "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup";

/** Reads VPCs that the program creates; a network that is only referred to is no Part. */
export const networkReader: PartReader = { read, inputs: networkInputs };

function read(graph: ResourceGraph): Read {
  const reads = graph.ofType(VPC).map((vpc) => readNetwork(graph, vpc));
  return {
    parts: reads.flatMap((each) => each.parts),
    claims: reads.flatMap((each) => each.claims),
    conflicts: reads.flatMap((each) => each.conflicts),
  };
}

function readNetwork(graph: ResourceGraph, vpc: Resource): Read {
  const key = keyOf("network", graph, vpc);
  const subnets = graph.referrers(vpc, "vpcId", SUBNET);
  const read = subnets.map((subnet) => ({ subnet, fields: readSubnet(graph, vpc, subnet) }));
  const nat = readNat(graph, vpc, read, key);
  const flow = readFlowLogs(graph, vpc);
  const part: ReadPart<Network> = {
    kind: "network",
    key,
    workload: wordOf(graph, vpc),
    region: regionOf(graph, vpc),
    addressRange: leafAt(vpc, ["cidrBlock"], asText),
    zones: zonesOf(subnets),
    subnets: read
      .map(({ fields }) => fields)
      .sort(byOrder(({ tier, zone, addressRange }) => [tier, zone, addressRange])),
    ...nat.fields,
    endpoints: graph
      .referrers(vpc, "vpcId", ENDPOINT)
      .map((endpoint) => readEndpoint(graph, endpoint))
      .sort(byOrder(({ service }) => [service])),
    flowLogs: flow.flowLogs,
    runtime: { kind: "vpc" },
  };
  const claims: Claim[] = [
    { urn: vpc.urn, part: key, carries: "fields" },
    ...nat.claims,
    ...[...subnets, ...routing(graph, vpc, subnets), ...graph.referrers(vpc, "vpcId", ENDPOINT), ...flow.fields].map(
      ({ urn }): Claim => ({ urn, part: key, carries: "fields" }),
    ),
    ...bare(graph, vpc, flow.fields).map(({ urn }): Claim => ({ urn, part: key, carries: "nothing" })),
  ];
  return { parts: [part], claims: unique(claims), conflicts: nat.conflicts };
}

type ReadEndpoint = {
  readonly service: Leaf<string>;
  readonly kind: "gateway" | "interface";
  readonly zones: Leaf<number>;
};

function readEndpoint(graph: ResourceGraph, endpoint: Resource): ReadEndpoint {
  const service = mapLeaf(leafAt(endpoint, ["serviceName"], asText), (name) =>
    name.replace(/^com\.amazonaws\.[a-z0-9-]+\./, ""),
  );
  const type = leafWithDefault(endpoint, ["vpcEndpointType"], asText);
  // A word of the Part that stays plain: what is not a gateway has an interface in each zone.
  if (type.known && type.value === "Gateway") return { service, kind: "gateway", zones: known(0, endpoint.urn) };
  const subnets = graph.referenced(endpoint, "subnetIds", SUBNET);
  const given = valueAt(endpoint, "subnetIds");
  const hidden = given === undefined || !Array.isArray(given) || listOf(given).length > subnets.length;
  const zones = new Set(subnets.map((subnet) => zoneOf(subnet)).map((zone) => (zone.known ? zone.value : zone.urn)));
  return {
    service,
    kind: "interface",
    zones:
      hidden && subnets.length === 0
        ? unknown(endpoint.urn, "subnetIds", "elsewhere")
        : known(zones.size, endpoint.urn),
  };
}

function readFlowLogs(
  graph: ResourceGraph,
  vpc: Resource,
): { readonly flowLogs: ReadPart<Network>["flowLogs"]; readonly fields: readonly Resource[] } {
  const logs = graph.referrers(vpc, "vpcId", FLOW_LOG);
  const [log, ...others] = logs;
  if (log === undefined) return { flowLogs: known(null, vpc.urn), fields: [] };
  // That there are some is known, whatever becomes of them.
  if (others.length > 0)
    return { flowLogs: { keepDays: unknown(vpc.urn, "flowLogs", "ambiguous-reference") }, fields: logs };
  const destination = leafWithDefault(log, ["logDestinationType"], asText);
  const group = theReferenced(graph, log, "logDestination", LOG_GROUP);
  if (!destination.known) return { flowLogs: { keepDays: destination }, fields: logs };
  if (destination.value !== "cloud-watch-logs" || group === undefined || group === "ambiguous") {
    const property = destination.value === "cloud-watch-logs" ? "logDestination" : "logDestinationType";
    return {
      flowLogs: { keepDays: unknown(log.urn, property, group === "ambiguous" ? "ambiguous-reference" : "elsewhere") },
      fields: logs,
    };
  }
  return { flowLogs: { keepDays: leafWithDefault(group, ["retentionInDays"], asNumber) }, fields: [log, group] };
}

/** What decides where a subnet's packets go. */
function routing(graph: ResourceGraph, vpc: Resource, subnets: readonly Resource[]): readonly Resource[] {
  const tables = graph.referrers(vpc, "vpcId", ROUTE_TABLE);
  return [
    ...tables.flatMap((table) => graph.referrers(table, "routeTableId", ROUTE)),
    ...subnets.flatMap((subnet) => graph.referrers(subnet, "subnetId", ASSOCIATION)),
  ];
}

/** What belongs to a network and sets no field of it. */
function bare(graph: ResourceGraph, vpc: Resource, flow: readonly Resource[]): readonly Resource[] {
  const groups = graph
    .referrers(vpc, "vpcId", ENDPOINT)
    .flatMap((endpoint) => graph.referenced(endpoint, "securityGroupIds", SECURITY_GROUP));
  const roles = flow.flatMap((log) => graph.referenced(log, "iamRoleArn", ROLE));
  return [
    ...graph.referrers(vpc, "vpcId", INTERNET_GATEWAY),
    ...graph.referrers(vpc, "vpcId", ROUTE_TABLE),
    ...graph.referrers(vpc, "vpcId", DEFAULT_GROUP),
    ...graph.referrers(vpc, "defaultRouteTableId", DEFAULT_TABLE),
    ...graph.referrers(vpc, "vpcId", MAIN_ASSOCIATION),
    ...graph.referrers(vpc, "routeTableId", ROUTE),
    ...groups,
    ...groups.flatMap((group) => RULES.flatMap((type) => graph.referrers(group, "securityGroupId", type))),
    ...roles,
    ...roles.flatMap((role) => graph.referrers(role, "role", ROLE_POLICY)),
  ];
}

function unique(claims: readonly Claim[]): readonly Claim[] {
  return [...new Map([...claims].reverse().map((claim) => [claim.urn, claim])).values()].reverse();
}

/** By leaves, one after the other; an unknown comes last. */
function byOrder<T>(leaves: (item: T) => readonly Leaf<string>[]): (a: T, b: T) => number {
  const words = (item: T) => leaves(item).map((leaf) => (isUnknown(leaf) ? "\uffff" : leaf.value));
  return (a, b) => {
    const [left, right] = [words(a), words(b)];
    const at = left.findIndex((word, index) => word !== right[index]);
    return at < 0 ? 0 : (left[at] ?? "") < (right[at] ?? "") ? -1 : 1;
  };
}
