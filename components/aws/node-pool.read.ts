import {
  readsTogether,
  isUnknown,
  known,
  unknown,
  type Claim,
  type Leaf,
  type NodePool,
  type PartKey,
  type PartReader,
  type Read,
  type ReadPart,
  type Resource,
  type ResourceGraph,
} from "../../model";
import { GROUP, readGroupMachine, readGroupPlacement } from "./auto-scaling-group.read";
import { carriedBy } from "./carried.read";
import { encrypted } from "./disks.read";
import { readGroupScaling } from "./group-scaling.read";
import { keyOf, regionOf, wordOf } from "./identity.read";
import { asNumber, asText, leafAt, leafOf, leafWithDefault, listOf, valueAt } from "./leaf.read";
import { neighboursOf } from "./machine-neighbours.read";
import { addressOf, readTemplate, TEMPLATE, type MachineRead } from "./machine.read";
import { nodePoolInputs } from "./node-pool-inputs.read";
import { zonesReferenced } from "./subnets.read";

const NODE_GROUP = "aws:eks/nodeGroup:NodeGroup";
const CLUSTER = "aws:eks/cluster:Cluster";
const CAPACITY_PROVIDER = "aws:ecs/capacityProvider:CapacityProvider";
const CLUSTER_PROVIDERS = "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders";
const ROLE = "aws:iam/role:Role";
const OF_ROLE = ["aws:iam/rolePolicy:RolePolicy", "aws:iam/rolePolicyAttachment:RolePolicyAttachment"];
/** What EKS starts where nobody says (EKS API, CreateNodegroup: instanceTypes). */
const DEFAULT_TYPE = "t3.medium";

/** What each machine of a group is for. */
type Machines = Exclude<NodePool["runtime"]["kind"], "kubernetes-nodes">;

/** Reads machines that carry other workloads: EKS node groups, and auto-scaling groups that join a cluster. */
export const nodePoolReader: PartReader = { read, inputs: nodePoolInputs };

function read(graph: ResourceGraph): Read {
  const reads = [
    ...graph.ofType(NODE_GROUP).map((group) => readNodeGroup(graph, group)),
    ...graph.ofType(GROUP).flatMap((group) => {
      const kind = carriedBy(graph, group);
      return kind === null ? [] : [readGroup(graph, group, kind)];
    }),
  ];
  return readsTogether(reads);
}

function readNodeGroup(graph: ResourceGraph, group: Resource): Read {
  const key = keyOf("node-pool", graph, group);
  const [template] = graph.referenced(group, "launchTemplate", TEMPLATE);
  const started = template === undefined ? undefined : readTemplate(graph, template);
  const zones = zonesReferenced(graph, group, "subnetIds");
  const count = (word: string) => leafAt(group, ["scalingConfig", word], asNumber);
  const part: ReadPart<NodePool> = {
    kind: "node-pool",
    key,
    workload: wordOf(graph, group),
    region: regionOf(graph, group),
    placement: isUnknown(zones) ? zones : { kind: "zonal", zones, spread: known("best-effort", group.urn) },
    scaling: {
      kind: "range",
      min: count("minSize"),
      max: count("maxSize"),
      initial: count("desiredSize"),
      signals: [],
      schedule: [],
    },
    machine: readMachine(graph, group, started),
    cluster: clusterOf(graph, group),
    runtime: { kind: "eks-node-group" },
  };
  const roles = graph.referenced(group, "nodeRoleArn", ROLE);
  const claims: Claim[] = [
    ...[...roles, ...roles.flatMap((role) => OF_ROLE.flatMap((type) => graph.referrers(role, "role", type)))].map(
      ({ urn }): Claim => ({ urn, part: key, carries: "nothing" }),
    ),
    ...(template === undefined ? [] : neighboursOf(graph, template, key)),
    ...(template === undefined ? [] : [{ urn: template.urn, part: key, carries: "fields" } as const]),
    { urn: group.urn, part: key, carries: "fields" },
  ];
  return { parts: [part], claims, conflicts: [] };
}

/** A template says what the group itself is silent of; what EKS would take for both is known for the type and the size of the disk. */
function readMachine(
  graph: ResourceGraph,
  group: Resource,
  template: MachineRead | undefined,
): ReadPart<NodePool>["machine"] {
  const given = valueAt(group, "instanceTypes");
  const beyond = valueAt(group, "launchTemplate") !== undefined && template === undefined;
  const hidden = unknown(group.urn, "launchTemplate", "elsewhere");
  const types =
    given === undefined
      ? [template?.type ?? (beyond ? hidden : known(DEFAULT_TYPE, group.urn, "default"))]
      : Array.isArray(given)
        ? listOf(given).map((type) => leafOf(type, { urn: group.urn, property: "instanceTypes[]" }, asText))
        : unknown(group.urn, "instanceTypes", "after-deploy");
  const own = {
    gib: leafWithDefault(group, ["diskSize"], asNumber),
    type: unknown(group.urn, "volume type of diskSize", "no-default-known"),
    iops: known(null, group.urn, "default"),
    mbPerSecond: known(null, group.urn, "default"),
    atRest: encrypted(graph, group, undefined, "diskSize"),
  };
  return {
    types,
    spotShare: leafWithDefault(group, ["capacityType"], (type) =>
      type === "SPOT" ? 1 : type === "ON_DEMAND" || type === "CAPACITY_BLOCK" ? 0 : undefined,
    ),
    disks: template?.disks ?? (beyond ? hidden : [own]),
    metadataNeedsToken:
      template?.needsToken ?? (beyond ? hidden : unknown(group.urn, "launchTemplate", "no-default-known")),
    publicAddress: template?.publicAddress ?? addressOf(graph, group, "subnetIds"),
  };
}

/** The cluster of this program that a node group names; null: another's. */
function clusterOf(graph: ResourceGraph, group: Resource): Leaf<PartKey | null> {
  const name = group.inputs["clusterName"];
  const found = new Set([
    ...graph.referenced(group, "clusterName", CLUSTER),
    ...graph.ofType(CLUSTER).filter((cluster) => typeof name === "string" && cluster.inputs["name"] === name),
  ]);
  const [cluster, ...others] = found;
  if (others.length > 0) return unknown(group.urn, "clusterName", "ambiguous-reference");
  return known(cluster === undefined ? null : keyOf("cluster", graph, cluster), group.urn);
}

function readGroup(graph: ResourceGraph, group: Resource, kind: Machines): Read {
  const key = keyOf("node-pool", graph, group);
  const scaling = readGroupScaling(graph, group, key);
  const machine = readGroupMachine(graph, group, key);
  const part: ReadPart<NodePool> = {
    kind: "node-pool",
    key,
    workload: wordOf(graph, group),
    region: regionOf(graph, group),
    placement: readGroupPlacement(graph, group),
    scaling: scaling.scaling,
    machine: machine.machine,
    cluster: known(null, group.urn),
    runtime: { kind },
  };
  const providers = graph.referrers(group, "autoScalingGroupProvider", CAPACITY_PROVIDER);
  const claims: Claim[] = [
    ...providers.map(({ urn }): Claim => ({ urn, part: key, carries: "nothing" })),
    ...providers
      .flatMap((provider) => graph.referrers(provider, "capacityProviders", CLUSTER_PROVIDERS))
      .map(({ urn }): Claim => ({ urn, part: null, carries: "nothing" })),
    ...machine.claims,
    ...scaling.claims,
    { urn: group.urn, part: key, carries: "fields" },
  ];
  return { parts: [part], claims, conflicts: [] };
}
