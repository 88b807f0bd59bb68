import {
  known,
  plain,
  unknown,
  type Claim,
  type Leaf,
  type Read,
  type ReadPart,
  type ReplicaGroup,
  type Resource,
  type ResourceGraph,
  type Unknown,
} from "../../model";
import { keyOf, regionOf, wordOf } from "./identity.read";
import { asNumber, asText, leafAt, valueAt } from "./leaf.read";
import { neighboursOf } from "./machine-neighbours.read";
import { addressOf, imageOf, readInstance, readTemplate, sizeOf, TEMPLATE, type MachineRead } from "./machine.read";
import { SUBNET, zoneOf } from "./subnets.read";
import { ATTACHED, instanceSets, type InstanceSet } from "./instance-sets.read";
import { behind, insideOf } from "./replica-machine.read";

const ASSOCIATION = "aws:ec2/eipAssociation:EipAssociation";
const ADDRESS = "aws:ec2/eip:Eip";

type Group = ReadPart<ReplicaGroup>;

/** Instances that the program names one by one: those of one target group are replicas of each other, a lone one is a group of one. */
export function readInstances(graph: ResourceGraph): readonly Read[] {
  return instanceSets(graph).map((set) => readSet(graph, set));
}

function readSet(graph: ResourceGraph, set: InstanceSet): Read {
  const { main, instances } = set;
  const key = keyOf("replica-group", graph, main);
  const reads = instances.map((instance) => readOne(graph, instance));
  const agreed = <T>(of: (read: MachineRead) => T, property: string): T | Unknown =>
    same(reads.map(of)) ?? unknown(main.urn, property, "ambiguous-reference");
  const type = agreed((read) => read.type, "instanceType");
  const types = type.known ? [type] : type;
  const [first = main] = instances;
  const base = behind(first, set.targetGroups);
  const part: Group = {
    kind: "replica-group",
    key,
    workload: wordOf(graph, main),
    region: regionOf(graph, main),
    placement: { kind: "zonal", zones: zonesOf(graph, instances), spread: known("hard", first.urn) },
    scaling: { kind: "fixed", count: known(instances.length, first.urn) },
    size: sizeOf(types),
    rollout: unknown(first.urn, "ami", "elsewhere"),
    image: imageOf(agreed((read) => read.image, "ami")),
    ...base,
    ports: portsOf(set) ?? base.ports,
    ...insideOf(first),
    runtime: {
      kind: "instance-group",
      machine: {
        types,
        spotShare: spotShare(reads, first),
        disks: agreed((read) => read.disks, "rootBlockDevice"),
        metadataNeedsToken: agreed((read) => read.needsToken, "metadataOptions"),
        publicAddress:
          same(instances.map((instance, index) => publicAddress(graph, instance, reads[index]))) ??
          unknown(main.urn, "associatePublicIpAddress", "ambiguous-reference"),
      },
      // Nobody starts another in its place.
      healthCheck: known("machine", first.urn),
      autohealingDelaySeconds: unknown(first.urn, "instanceType", "elsewhere"),
    },
  };
  const claims: Claim[] = instances.flatMap((instance): Claim[] => [
    ...neighboursOf(graph, instance, key),
    ...graph
      .referenced(instance, "launchTemplate", TEMPLATE)
      .map(({ urn }): Claim => ({ urn, part: key, carries: "fields" })),
    { urn: instance.urn, part: key, carries: "fields" },
  ]);
  return {
    parts: [part],
    claims: [...claims, ...set.attachments.map(({ urn }): Claim => ({ urn, part: key, carries: "fields" }))],
    conflicts: [],
  };
}

function readOne(graph: ResourceGraph, instance: Resource): MachineRead {
  const [template] = graph.referenced(instance, "launchTemplate", TEMPLATE);
  if (template !== undefined) return readInstance(graph, instance, readTemplate(graph, template));
  const read = readInstance(graph, instance, undefined);
  // What a template of another program says is not here.
  if (valueAt(instance, "launchTemplate") === undefined) return read;
  const hidden = unknown(instance.urn, "launchTemplate", "elsewhere");
  return {
    ...read,
    type: read.type.known ? read.type : hidden,
    image: read.image.known ? read.image : hidden,
    needsToken: read.needsToken.known ? read.needsToken : hidden,
  };
}

/** The one that all say; undefined where they differ. */
function same<T>(readings: readonly T[]): T | undefined {
  const words = new Set(
    readings.map((reading) => JSON.stringify(plain(reading), (name, value: unknown) => (name === "urn" ? "" : value))),
  );
  return words.size === 1 ? readings[0] : undefined;
}

function zonesOf(graph: ResourceGraph, instances: readonly Resource[]): readonly Leaf<string>[] {
  const zones = new Map<string, Leaf<string>>();
  for (const instance of instances) {
    const [subnet] = graph.referenced(instance, "subnetId", SUBNET);
    const zone = subnet === undefined ? ownZone(instance) : zoneOf(subnet);
    zones.set(zone.known ? zone.value : `\uffff${instance.urn}`, zone);
  }
  return [...zones.keys()].sort().flatMap((zone) => zones.get(zone) ?? []);
}

function ownZone(instance: Resource): Leaf<string> {
  return valueAt(instance, "availabilityZone") === undefined && valueAt(instance, "subnetId") !== undefined
    ? unknown(instance.urn, "subnetId", "elsewhere")
    : leafAt(instance, ["availabilityZone"], asText);
}

/** An elastic address takes the place of the one that comes by itself, and is billed as what it is. */
function publicAddress(graph: ResourceGraph, instance: Resource, read: MachineRead | undefined): Leaf<boolean> {
  const held = [
    ...graph.referrers(instance, "instanceId", ASSOCIATION),
    ...graph.referrers(instance, "instance", ADDRESS),
  ];
  if (held.length > 0) return known(false, instance.urn);
  return read?.publicAddress ?? addressOf(graph, instance, "subnetId");
}

function spotShare(reads: readonly MachineRead[], instance: Resource): Leaf<number> {
  let bought = 0;
  for (const { spot } of reads) {
    if (!spot.known) return spot;
    if (spot.value) bought += 1;
  }
  return known(bought / reads.length, instance.urn);
}

/** A port that an attachment gives overrides the group's; undefined where none does. */
function portsOf(set: InstanceSet): Group["ports"] | undefined {
  const given = set.attachments.filter(
    (attachment) => attachment.type === ATTACHED && valueAt(attachment, "port") !== undefined,
  );
  if (given.length === 0) return undefined;
  const ports = new Map(
    given.map((attachment) => {
      const port = leafAt(attachment, ["port"], asNumber);
      return [port.known ? port.value : attachment.urn, port] as const;
    }),
  );
  return [...ports.values()];
}
