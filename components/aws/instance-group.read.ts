import {
  readsTogether,
  type Claim,
  type PartReader,
  type Read,
  type ReadPart,
  type ReplicaGroup,
  type Resource,
  type ResourceGraph,
} from "../../model";
import { GROUP, readGroupMachine, readGroupPlacement, readRefresh } from "./auto-scaling-group.read";
import { carriedBy } from "./carried.read";
import { readGroupScaling } from "./group-scaling.read";
import { keyOf, regionOf, wordOf } from "./identity.read";
import { instanceGroupInputs } from "./instance-group-inputs.read";
import { readInstances } from "./instances.read";
import { asNumber, leafWithDefault } from "./leaf.read";
import { behind, insideOf } from "./replica-machine.read";
import { joinedBy } from "./target-owners.read";

/** Reads machines that are replicas themselves: auto-scaling groups that carry no containers of a cluster, and instances by name. */
export const instanceGroupReader: PartReader = { read, inputs: instanceGroupInputs };

function read(graph: ResourceGraph): Read {
  const groups = graph.ofType(GROUP).filter((group) => carriedBy(graph, group) === null);
  const reads = [...groups.map((group) => readGroup(graph, group)), ...readInstances(graph)];
  return readsTogether(reads);
}

function readGroup(graph: ResourceGraph, group: Resource): Read {
  const key = keyOf("replica-group", graph, group);
  const scaling = readGroupScaling(graph, group, key);
  const machine = readGroupMachine(graph, group, key);
  const joined = joinedBy(graph, group);
  const part: ReadPart<ReplicaGroup> = {
    kind: "replica-group",
    key,
    workload: wordOf(graph, group),
    region: regionOf(graph, group),
    placement: readGroupPlacement(graph, group),
    scaling: scaling.scaling,
    size: machine.size,
    rollout: readRefresh(group, scaling.count),
    image: machine.image,
    ...behind(group, joined.groups),
    ...insideOf(group),
    runtime: {
      kind: "instance-group",
      machine: machine.machine,
      healthCheck: leafWithDefault(group, ["healthCheckType"], (value) =>
        value === "ELB" ? "balancer" : typeof value === "string" ? "machine" : undefined,
      ),
      autohealingDelaySeconds: leafWithDefault(group, ["healthCheckGracePeriod"], asNumber),
    },
  };
  const claims: Claim[] = [
    ...joined.attachments.map(({ urn }): Claim => ({ urn, part: key, carries: "fields" })),
    ...machine.claims,
    ...scaling.claims,
    { urn: group.urn, part: key, carries: "fields" },
  ];
  return { parts: [part], claims, conflicts: [] };
}
