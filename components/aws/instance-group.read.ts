import {
  known,
  unknown,
  type Claim,
  type Leaf,
  type PartReader,
  type Read,
  type ReadPart,
  type ReplicaGroup,
  type Resource,
  type ResourceGraph,
} from "../../model";
import { GROUP, readGroupMachine, readGroupPlacement, readRefresh } from "./auto-scaling-group.read";
import { readGroupScaling } from "./group-scaling.read";
import { keyOf, regionOf, wordOf } from "./identity.read";
import { instanceGroupInputs } from "./instance-group-inputs.read";
import { asNumber, leafAt, leafWithDefault } from "./leaf.read";
import { joinedBy } from "./target-owners.read";

const CAPACITY_PROVIDER = "aws:ecs/capacityProvider:CapacityProvider";

/** Reads machines that are replicas themselves: auto-scaling groups that carry no containers of a cluster. */
export const instanceGroupReader: PartReader = { read, inputs: instanceGroupInputs };

function read(graph: ResourceGraph): Read {
  const reads = graph
    .ofType(GROUP)
    .filter((group) => graph.referrers(group, "autoScalingGroupProvider", CAPACITY_PROVIDER).length === 0)
    .map((group) => readGroup(graph, group));
  const claims = new Map(reads.flatMap((each) => each.claims).map((claim) => [claim.urn, claim]));
  return { parts: reads.flatMap((each) => each.parts), claims: [...claims.values()], conflicts: [] };
}

function readGroup(graph: ResourceGraph, group: Resource): Read {
  const key = keyOf("replica-group", graph, group);
  const scaling = readGroupScaling(graph, group, key);
  const machine = readGroupMachine(graph, group, key, scaling.least);
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

type Group = ReadPart<ReplicaGroup>;

/** What a balancer says of the machines behind it: their port, and how long one is let go before it is ended. */
export function behind(resource: Resource, targetGroups: readonly Resource[]): Pick<Group, "ports" | "drainSeconds"> {
  if (targetGroups.length === 0)
    return {
      ports: unknown(resource.urn, "targetGroupArns", "elsewhere"),
      drainSeconds: unknown(resource.urn, "targetGroupArns", "elsewhere"),
    };
  const delays = targetGroups.map((group) => leafWithDefault(group, ["deregistrationDelay"], asNumber));
  const longest = delays.reduce((a, b): Leaf<number> => (!a.known || (b.known && b.value <= a.value) ? a : b));
  const ports = new Map(
    targetGroups.map((group) => {
      const port = leafAt(group, ["port"], asNumber);
      return [port.known ? port.value : group.urn, port] as const;
    }),
  );
  return { ports: [...ports.values()], drainSeconds: longest };
}

/** What runs inside a machine no resource tells. */
export function insideOf(resource: Resource): Pick<Group, "probes" | "environment" | "secrets" | "logs" | "registry"> {
  const hidden = unknown(resource.urn, "userData", "elsewhere");
  return { probes: [], environment: hidden, secrets: hidden, logs: hidden, registry: known(null, resource.urn) };
}
