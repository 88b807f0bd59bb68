import {
  isUnknown,
  isUnknownValue,
  known,
  unknown,
  type Claim,
  type Leaf,
  type Machine,
  type PartKey,
  type Reading,
  type ReadPart,
  type ReplicaGroup,
  type Resource,
  type ResourceGraph,
  type Unknown,
} from "../../model";
import { asNumber, asText, bothLeaves, inside, leafOf, leafWithDefault, listOf, mapLeaf, valueAt } from "./leaf.read";
import { neighboursOf } from "./machine-neighbours.read";
import {
  addressOf,
  CONFIGURATION,
  imageOf,
  nothingOf,
  readConfiguration,
  readTemplate,
  sizeOf,
  TEMPLATE,
  type MachineRead,
} from "./machine.read";
import { zonesReferenced } from "./subnets.read";

export const GROUP = "aws:autoscaling/group:Group";
const MIXED = "mixedInstancesPolicy";
const SUBNETS = "vpcZoneIdentifiers";

type Read = ReadPart<ReplicaGroup>;

/** What the machines of an auto-scaling group are. */
export interface GroupMachineRead {
  readonly machine: Exclude<Reading<Machine>, Unknown>;
  readonly size: Read["size"];
  readonly image: Read["image"];
  readonly claims: readonly Claim[];
}

/** The machines of an auto-scaling group: its template or configuration, and what a mixed policy says over it. */
export function readGroupMachine(graph: ResourceGraph, group: Resource, part: PartKey): GroupMachineRead {
  const source = sourceOf(graph, group);
  const read = isUnknown(source)
    ? nothingOf(source)
    : source.type === TEMPLATE
      ? readTemplate(graph, source)
      : readConfiguration(graph, source);
  const types = typesOf(group, read);
  return {
    machine: {
      types,
      ...spotOf(group, read),
      disks: read.disks,
      metadataNeedsToken: read.needsToken,
      publicAddress: read.publicAddress ?? addressOf(graph, group, SUBNETS),
    },
    size: sizeOf(types),
    image: imageOf(read.image),
    claims: isUnknown(source)
      ? []
      : [{ urn: source.urn, part, carries: "fields" }, ...neighboursOf(graph, source, part)],
  };
}

/** The template or configuration that machines start from. */
function sourceOf(graph: ResourceGraph, group: Resource): Resource | Unknown {
  const property = ["launchTemplate", MIXED, "launchConfiguration"].find((each) => valueAt(group, each) !== undefined);
  if (property === undefined) return unknown(group.urn, "launchTemplate", "no-default-known");
  const type = property === "launchConfiguration" ? CONFIGURATION : TEMPLATE;
  const found = [...graph.referenced(group, property, type), ...namedTemplates(graph, group, property)];
  const [source, ...others] = new Set(found);
  if (source === undefined) return unknown(group.urn, property, "elsewhere");
  return others.length > 0 ? unknown(group.urn, property, "ambiguous-reference") : source;
}

/** Templates that are spelt out by the name that this program gives them. */
function namedTemplates(graph: ResourceGraph, group: Resource, property: string): readonly Resource[] {
  const specification = ["launchTemplate", "launchTemplateSpecification"];
  const name =
    property === MIXED
      ? valueAt(group, MIXED, ...specification, "launchTemplateName")
      : property === "launchTemplate"
        ? valueAt(group, property, "name")
        : undefined;
  if (typeof name !== "string") return [];
  return graph.ofType(TEMPLATE).filter((template) => template.inputs["name"] === name);
}

/** Overrides come in the order in which they are preferred; without them it is the template's type. */
function typesOf(group: Resource, read: MachineRead): Reading<Machine["types"]> {
  const given = valueAt(group, MIXED, "launchTemplate", "overrides");
  if (isUnknownValue(given)) return unknown(group.urn, `${MIXED}.launchTemplate.overrides`, given.$unknown);
  const overrides = listOf(given);
  if (overrides.some((override) => inside(override, "instanceRequirements") !== undefined))
    return unknown(group.urn, `${MIXED}.launchTemplate.overrides[].instanceRequirements`, "after-deploy");
  const property = `${MIXED}.launchTemplate.overrides[].instanceType`;
  const named = overrides.filter((override) => inside(override, "instanceType") !== undefined);
  if (named.length === 0) return [read.type];
  return named.map((override) => leafOf(inside(override, "instanceType"), { urn: group.urn, property }, asText));
}

/** The share is of the machines beyond the base, which is On-Demand; where nothing is Spot there is no base to speak of. */
function spotOf(group: Resource, read: MachineRead): Pick<GroupMachineRead["machine"], "spotShare" | "onDemandBase"> {
  if (valueAt(group, MIXED) === undefined) return { spotShare: mapLeaf(read.spot, (spot) => (spot ? 1 : 0)) };
  const distribution = (word: string) => leafWithDefault(group, [MIXED, "instancesDistribution", word], asNumber);
  const spotShare = mapLeaf(distribution("onDemandPercentageAboveBaseCapacity"), (percent) => 1 - percent / 100);
  const onDemandBase = distribution("onDemandBaseCapacity");
  const none = (spotShare.known && spotShare.value === 0) || (onDemandBase.known && onDemandBase.value === 0);
  return none ? { spotShare } : { spotShare, onDemandBase };
}

/** Zones of the group's subnets, or those that it names; kept even as far as there is capacity, or strictly. */
export function readGroupPlacement(graph: ResourceGraph, group: Resource): Read["placement"] {
  const spread = leafWithDefault(
    group,
    ["availabilityZoneDistribution", "capacityDistributionStrategy"],
    (value): "hard" | "best-effort" | undefined =>
      value === "balanced-only" ? "hard" : typeof value === "string" ? "best-effort" : undefined,
  );
  const zones = valueAt(group, "availabilityZones");
  if (valueAt(group, SUBNETS) === undefined && zones !== undefined) {
    if (isUnknownValue(zones)) return unknown(group.urn, "availabilityZones", zones.$unknown);
    const leaves = listOf(zones).map((zone) =>
      leafOf(zone, { urn: group.urn, property: "availabilityZones[]" }, asText),
    );
    const word = (leaf: Leaf<string>) => (leaf.known ? leaf.value : "\uffff");
    return { kind: "zonal", zones: leaves.sort((a, b) => (word(a) < word(b) ? -1 : 1)), spread };
  }
  const found = zonesReferenced(graph, group, SUBNETS);
  return isUnknown(found) ? found : { kind: "zonal", zones: found, spread };
}

/** How an instance refresh goes. Without one no new template reaches a machine that runs: whoever replaces them is elsewhere. */
export function readRefresh(group: Resource, count: Leaf<number>): Read["rollout"] {
  const given = valueAt(group, "instanceRefresh");
  if (given === undefined) return unknown(group.urn, "instanceRefresh", "elsewhere");
  if (isUnknownValue(given)) return unknown(group.urn, "instanceRefresh", given.$unknown);
  const percent = (word: string): Leaf<number> =>
    valueAt(group, "instanceRefresh", "preferences", word) === undefined &&
    valueAt(group, "instanceMaintenancePolicy", word) !== undefined
      ? leafOf(
          valueAt(group, "instanceMaintenancePolicy", word),
          { urn: group.urn, property: `instanceMaintenancePolicy.${word}` },
          asNumber,
        )
      : leafWithDefault(group, ["instanceRefresh", "preferences", word], asNumber);
  const alarms = valueAt(group, "instanceRefresh", "preferences", "alarmSpecification", "alarms");
  const most = (share: number, machines: number) => Math.max(0, Math.floor((machines * share) / 100) - machines);
  const fewest = (share: number, machines: number) => machines - Math.ceil((machines * share) / 100);
  return {
    surge: bothLeaves(percent("maxHealthyPercentage"), count, most),
    unavailable: bothLeaves(percent("minHealthyPercentage"), count, fewest),
    rollsBack: leafWithDefault(group, ["instanceRefresh", "preferences", "autoRollback"], (value) =>
      typeof value === "boolean" ? value : undefined,
    ),
    watchesAlarms: isUnknownValue(alarms)
      ? unknown(group.urn, "instanceRefresh.preferences.alarmSpecification.alarms", alarms.$unknown)
      : known(listOf(alarms).length > 0, group.urn),
  };
}
