import { machineTypes, type MachineType } from "../../catalog/aws/machines";
import {
  isUnknown,
  isUnknownValue,
  known,
  unknown,
  type Leaf,
  type Machine,
  type Reading,
  type ReadPart,
  type ReplicaGroup,
  type Resource,
  type ResourceGraph,
  type Unknown,
} from "../../model";
import { ownDisks, templateDisks, type ReadDisks } from "./disks.read";
import { asFlag, asText, leafAt, leafWithDefault, listOf, mapLeaf, valueAt } from "./leaf.read";
import { SUBNET } from "./subnets.read";

export const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";
export const CONFIGURATION = "aws:ec2/launchConfiguration:LaunchConfiguration";

type Read = ReadPart<ReplicaGroup>;

/** What a launch template, a launch configuration or an instance says of a machine. */
export interface MachineRead {
  readonly type: Leaf<string>;
  /** Bought as Spot by itself. */
  readonly spot: Leaf<boolean>;
  readonly disks: ReadDisks;
  readonly needsToken: Leaf<boolean>;
  readonly image: Leaf<string>;
  /** undefined: its subnet decides. */
  readonly publicAddress: Leaf<boolean> | undefined;
}

/** A machine of which nothing is here. */
export function nothingOf(missing: Unknown): MachineRead {
  const { urn, property, why } = missing;
  const leaf = unknown(urn, property, why);
  return { type: leaf, spot: leaf, disks: leaf, needsToken: leaf, image: leaf, publicAddress: leaf };
}

/** As a launch template makes it. */
export function readTemplate(graph: ResourceGraph, template: Resource): MachineRead {
  const chosen = valueAt(template, "instanceRequirements");
  const [network] = listOf(template.inputs["networkInterfaces"]);
  const address = valueAt(template, "networkInterfaces", 0, "associatePublicIpAddress");
  return {
    // AWS chooses among all types that meet the requirements, at the start of each machine.
    type:
      chosen === undefined
        ? leafAt(template, ["instanceType"], asText)
        : unknown(template.urn, "instanceRequirements", "after-deploy"),
    spot: bought(template),
    disks: templateDisks(graph, template),
    needsToken: needsToken(template),
    image: leafAt(template, ["imageId"], asText),
    publicAddress:
      network === undefined || address === undefined
        ? undefined
        : leafAt(template, ["networkInterfaces", 0, "associatePublicIpAddress"], asFlag),
  };
}

/** As a launch configuration makes it, the older kind. */
export function readConfiguration(graph: ResourceGraph, configuration: Resource): MachineRead {
  const bid = configuration.inputs["spotPrice"];
  return {
    type: leafAt(configuration, ["instanceType"], asText),
    spot: isUnknownValue(bid)
      ? unknown(configuration.urn, "spotPrice", bid.$unknown)
      : known(bid !== undefined && bid !== null, configuration.urn),
    disks: ownDisks(graph, configuration),
    needsToken: needsToken(configuration),
    image: leafAt(configuration, ["imageId"], asText),
    publicAddress: addressSaid(configuration),
  };
}

/** As an instance says; `template` is what it starts from, if any. */
export function readInstance(graph: ResourceGraph, instance: Resource, template: MachineRead | undefined): MachineRead {
  const said = (property: string) => template === undefined || valueAt(instance, property) !== undefined;
  return {
    type: said("instanceType") ? leafAt(instance, ["instanceType"], asText) : (template?.type ?? missing(instance)),
    spot: said("instanceMarketOptions") ? bought(instance) : (template?.spot ?? missing(instance)),
    disks: ownDisks(graph, instance, template?.disks),
    needsToken: said("metadataOptions") ? needsToken(instance) : (template?.needsToken ?? missing(instance)),
    image: said("ami") ? leafAt(instance, ["ami"], asText) : (template?.image ?? missing(instance)),
    publicAddress: addressSaid(instance) ?? template?.publicAddress,
  };
}

function missing(instance: Resource): Unknown {
  return unknown(instance.urn, "launchTemplate", "elsewhere");
}

function bought(resource: Resource): Leaf<boolean> {
  const market = valueAt(resource, "instanceMarketOptions");
  if (market === undefined) return known(false, resource.urn, "default");
  return leafAt(resource, ["instanceMarketOptions", "marketType"], (value) => value === "spot", { default: false });
}

/** Whether a token is asked for where nothing is said hangs on the image and on the account (EC2 API, HttpTokens). */
function needsToken(resource: Resource): Leaf<boolean> {
  const off = leafWithDefault(resource, ["metadataOptions", "httpEndpoint"], (value) =>
    value === "disabled" ? true : value === "enabled" ? false : undefined,
  );
  if (!off.known || off.value) return off;
  return leafAt(resource, ["metadataOptions", "httpTokens"], (value) =>
    value === "required" ? true : value === "optional" ? false : undefined,
  );
}

function addressSaid(resource: Resource): Leaf<boolean> | undefined {
  return valueAt(resource, "associatePublicIpAddress") === undefined
    ? undefined
    : leafAt(resource, ["associatePublicIpAddress"], asFlag);
}

/** What the subnets give a machine that does not say: unknown where they differ or are not here. */
export function addressOf(graph: ResourceGraph, resource: Resource, property: string): Leaf<boolean> {
  const leaves = graph
    .referenced(resource, property, SUBNET)
    .map((subnet) => leafWithDefault(subnet, ["mapPublicIpOnLaunch"], asFlag));
  const [first, ...others] = leaves;
  if (first === undefined) return unknown(resource.urn, property, "elsewhere");
  const differs = others.find((leaf) => !leaf.known || !first.known || leaf.value !== first.value);
  if (differs === undefined) return first;
  return differs.known ? unknown(resource.urn, property, "ambiguous-reference") : differs;
}

/** What one replica of these types has: known where all of them have the same. */
export function sizeOf(types: Reading<Machine["types"]>): Read["size"] {
  if (isUnknown(types)) return types;
  const sizes: MachineType[] = [];
  for (const type of types) {
    if (!type.known) return type;
    const found = machineTypes().get(type.value);
    if (found === undefined) return unknown(type.urn, "instanceType", "no-default-known");
    sizes.push(found);
  }
  const [first] = sizes;
  const [leaf] = types;
  if (first === undefined || leaf === undefined || !leaf.known) return unknown("", "instanceType", "no-default-known");
  const same = (of: (type: MachineType) => number, value: number): Leaf<number> =>
    sizes.every((type) => of(type) === of(first))
      ? known(value, leaf.urn)
      : unknown(leaf.urn, "instanceType", "ambiguous-reference");
  return {
    cpuMillis: same(({ vcpus }) => vcpus, first.vcpus * 1000),
    memoryMiB: same(({ memoryMiB }) => memoryMiB, first.memoryMiB),
  };
}

/** An image by its id never changes; one that is looked up at the start of each machine may. */
export function imageOf(reference: Leaf<string>): Read["image"] {
  return { reference, pinned: mapLeaf(reference, (text) => text.startsWith("ami-")) };
}
