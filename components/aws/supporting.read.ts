import {
  isUnknownValue,
  known,
  partKey,
  unknown,
  type Claim,
  type InputTable,
  type Leaf,
  type PartReader,
  type Read,
  type ReadPart,
  type Resource,
  type ResourceGraph,
  type Supporting,
  type SupportingService,
} from "../../model";
import { regionOf, wordOf } from "./identity.read";
import { inside, listOf } from "./leaf.read";
import { freeTypes, isFreeType, supportingTypes } from "./supporting-types.read";

const PARAMETER = "aws:ssm/parameter:Parameter";
const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
/** Those of a network that is elsewhere; gateway endpoints are free. */
const ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint";
/** Those of a network that is elsewhere, or beside one that is read. */
const NAT = "aws:ec2/natGateway:NatGateway";
const WEB_ACL = "aws:wafv2/webAcl:WebAcl";

const STANDS = "what it holds or does: it is billed for standing there, by the number of what is in it, or by use";

/** The input that says which service a resource of the type is. */
const SAYS_WHICH: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  [PARAMETER]: { tier: "service" },
  [ENDPOINT]: { vpcEndpointType: "service" },
  [NAT]: { availabilityMode: "service" },
};

const inputs: InputTable = {
  ...Object.fromEntries(
    [PARAMETER, ENDPOINT, ...Object.keys(supportingTypes)].map((type) => [
      type,
      {
        fields: {
          region: "region",
          ...SAYS_WHICH[type],
        },
        ignored: { "*": STANDS },
      },
    ]),
  ),
  ...Object.fromEntries(Object.entries(freeTypes).map(([type, why]) => [type, { fields: {}, ignored: { "*": why } }])),
};

/** Reads what no other reader knows and AWS bills by itself, and claims what is free: only what nobody knows stays unread. */
export const supportingReader: PartReader = { read, inputs };

function read(graph: ResourceGraph, claimed: ReadonlySet<string> = new Set()): Read {
  const parts: ReadPart[] = [];
  const claims: Claim[] = [];
  for (const resource of graph.resources) {
    if (!resource.custom || claimed.has(resource.urn)) continue;
    const found = partsOf(graph, resource);
    const [first] = found;
    parts.push(...found);
    if (first !== undefined) claims.push({ urn: resource.urn, part: first.key, carries: "fields" });
    else if (isFree(resource.type)) claims.push({ urn: resource.urn, part: null, carries: "nothing" });
  }
  return { parts, claims, conflicts: [] };
}

function isFree(type: string): boolean {
  return isFreeType(type) || type === PARAMETER || type === ENDPOINT;
}

function partsOf(graph: ResourceGraph, resource: Resource): readonly ReadPart<Supporting>[] {
  if (resource.type === PARAMETER)
    return resource.inputs["tier"] === "Advanced" ? [partOf(graph, resource, "advanced-parameter")] : [];
  if (resource.type === ENDPOINT)
    return resource.inputs["vpcEndpointType"] === "Interface" ? [partOf(graph, resource, "interface-endpoint")] : [];
  if (resource.type === NAT && resource.inputs["availabilityMode"] === "regional")
    return [partOf(graph, resource, "nat-gateway-regional")];
  const service = Object.hasOwn(supportingTypes, resource.type) ? supportingTypes[resource.type] : undefined;
  if (service === undefined) return [];
  const part = partOf(graph, resource, service);
  // The firewall is billed, and each of its rules.
  return resource.type === WEB_ACL ? [part, partOf(graph, resource, "web-acl-rules")] : [part];
}

function partOf(graph: ResourceGraph, resource: Resource, service: SupportingService): ReadPart<Supporting> {
  const word = wordOf(graph, resource);
  const region = regionOf(graph, resource);
  return {
    kind: "supporting",
    key: partKey("supporting", `${service}-${word}`, region.known ? region.value : "unknown"),
    workload: word,
    region,
    service: known(service, resource.urn),
    units: unitsOf(resource, service),
    runtime: { kind: "aws" },
  };
}

function unitsOf(resource: Resource, service: SupportingService): Leaf<number> {
  // One interface in each subnet that it is given.
  if (service === "interface-endpoint") return counted(resource, "subnetIds", () => true);
  // AWS chooses its zones where nobody says them.
  if (service === "nat-gateway-regional")
    return resource.inputs["availabilityZoneAddresses"] === undefined
      ? unknown(resource.urn, "availabilityZoneAddresses", "no-default-known")
      : counted(resource, "availabilityZoneAddresses", () => true);
  if (service === "web-acl-rules") return counted(resource, "rules", () => true);
  if (resource.type !== ALARM || resource.inputs["metricQueries"] === undefined) return known(1, resource.urn);
  // Each metric that a calculation asks for is billed, not the calculation.
  return counted(resource, "metricQueries", (query) => inside(query, "metric") !== undefined);
}

function counted(
  { urn, inputs: own }: Resource,
  property: string,
  counts: (item: Parameters<typeof inside>[0]) => boolean,
): Leaf<number> {
  const given = own[property];
  if (isUnknownValue(given)) return unknown(urn, property, given.$unknown);
  return known(listOf(given).filter(counts).length, urn);
}
