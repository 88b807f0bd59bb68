import { kubernetesDefaults } from "../../catalog/kubernetes/defaults";
import {
  readsTogether,
  known,
  unknown,
  type Leaf,
  type PartReader,
  type Read,
  type ReadPart,
  type Resource,
  type ResourceGraph,
  type Store,
  type Value,
} from "../../model";
import { asNumber, asText, inside, leafAt, leafOf, listOf, mapLeaf, valueAt } from "../leaf.read";
import { keyOf, regionOf, wordOf } from "./identity.read";
import { readPodOwner } from "./pod-owner.read";
import { podLabels, readPodPlacement } from "./pod-placement.read";
import { withOwnLabels } from "./own-labels.read";
import { chooses, indexed, nameOf, named, scopeOf } from "./scope.read";
import { storeInputs } from "./store-inputs.read";
import { POD_INDEX_LABEL, POD_NAME_LABEL, storeAnnotations } from "./store-names";
import { readSnapshots } from "./store-snapshots.read";
import { readMemberVolume } from "./volume-class.read";

const STATEFUL_SET = "kubernetes:apps/v1:StatefulSet";
const SERVICE = "kubernetes:core/v1:Service";

/** Reads StatefulSets that no reader before it knows, whoever wrote them, with what selects their pods or names them. */
export const storeReader: PartReader = { read, inputs: storeInputs };

function read(graph: ResourceGraph, claimed: ReadonlySet<string> = new Set()): Read {
  const reads = graph
    .ofType(STATEFUL_SET)
    .filter(({ urn }) => !claimed.has(urn))
    .map((set) => readStore(graph, set, claimed));
  return readsTogether(reads);
}

function readStore(graph: ResourceGraph, set: Resource, claimed: ReadonlySet<string>): Read {
  const key = keyOf("store", graph, set);
  const { pod, count, kept, claims } = readPodOwner(graph, set, key, claimed);
  const members = memberServices(graph, set);
  const leaders = leadersOf(members);
  const snapshots = readSnapshots(graph, set);
  const volume = readVolume(graph, set);
  const part: ReadPart<Store> = {
    kind: "store",
    key,
    workload: wordOf(graph, set),
    region: regionOf(set),
    topology: readTopology(set),
    placement: readPodPlacement(set),
    scaling: count.scaling,
    ...pod.fields,
    ports: readPorts(set),
    volume: volume.volume,
    peers: readPeers(graph, set),
    leaderService: known(leaders.length > 0, set.urn, leaders.length > 0 ? "input" : "default"),
    ordered: mapLeaf(
      leafAt(set, ["spec", "podManagementPolicy"], asText, { default: kubernetesDefaults.podManagementPolicy.value }),
      (policy) => policy !== "Parallel",
    ),
    snapshots: snapshots.snapshots,
    runtime: { kind: "stateful-set", ...kept },
  };
  return {
    parts: [part],
    claims: claims({
      fields: [...leaders, ...volume.classes, ...snapshots.jobs],
      beside: [...snapshots.beside, ...addressesOf(members, leaders)],
    }),
    conflicts: pod.conflicts,
  };
}

/** Services that choose one member alone, by its ordinal. */
function memberServices(graph: ResourceGraph, set: Resource): ReadonlyMap<Resource, string> {
  const own = `${nameOf(set) ?? ""}-`;
  const found = new Map<Resource, string>();
  const labelled = indexed(graph, SERVICE, "scope of those of one member", (each) => {
    const selector = valueAt(each, "spec", "selector");
    return [POD_NAME_LABEL, POD_INDEX_LABEL].some((label) => inside(selector, label) !== undefined)
      ? scopeOf(each)
      : undefined;
  });
  for (const each of labelled.get(scopeOf(set)) ?? []) {
    const selector = valueAt(each, "spec", "selector");
    if (!chooses(selector, withOwnLabels(set, podLabels(set), selector))) continue;
    const name = asText(inside(selector, POD_NAME_LABEL) ?? null);
    const ordinal = name === undefined ? asText(inside(selector, POD_INDEX_LABEL) ?? null) : name.slice(own.length);
    if (ordinal !== undefined) found.set(each, ordinal);
  }
  return found;
}

/** Addresses of single members inside the cluster; what a cloud puts before one is a door. */
function addressesOf(members: ReadonlyMap<Resource, string>, leaders: readonly Resource[]): readonly Resource[] {
  return [...members.keys()].filter(
    (each) => !leaders.includes(each) && valueAt(each, "spec", "type") !== "LoadBalancer",
  );
}

/** Services that choose member 0 alone; where others have one of their own too, each is an address and none the leader's. */
function leadersOf(members: ReadonlyMap<Resource, string>): readonly Resource[] {
  const all = [...members];
  return all.every(([, ordinal]) => ordinal === "0") ? all.map(([service]) => service) : [];
}

/** What the owner says of it; no field of Kubernetes tells what members do with their data. */
function readTopology(set: Resource): ReadPart<Store>["topology"] {
  const { urn } = set;
  const said = valueAt(set, "metadata", "annotations", storeAnnotations.topology);
  if (said !== "leader-follower") return unknown(urn, `metadata.annotations.${storeAnnotations.topology}`, "elsewhere");
  return {
    kind: "leader-follower",
    replication: known("asynchronous", urn),
    batchMs: leafOf(
      valueAt(set, "metadata", "annotations", storeAnnotations.batchMs),
      { urn, property: `metadata.annotations.${storeAnnotations.batchMs}` },
      asNumber,
    ),
  };
}

/** Ports of the container that the members are, by name. */
function readPorts(set: Resource): ReadPart<Store>["ports"] {
  const containers = listOf(valueAt(set, "spec", "template", "spec", "containers"));
  const main = containers.find((each) => inside(each, "name") === nameOf(set)) ?? containers[0];
  const at = (property: string) => ({ urn: set.urn, property: `spec.template.spec.containers[].ports[].${property}` });
  return listOf(inside(main, "ports")).map((port) => ({
    name: leafOf(inside(port, "name"), at("name"), asText, { default: "" }),
    port: leafOf(inside(port, "containerPort"), at("containerPort"), asNumber),
  }));
}

/** The members' claims, whether these outlive them, and volumes the claims. */
function readVolume(
  graph: ResourceGraph,
  set: Resource,
): { readonly volume: ReadPart<Store>["volume"]; readonly classes: readonly Resource[] } {
  const { volume, outlivesClaim, classes } = readMemberVolume(graph, set);
  const policy = (property: string): Leaf<boolean> =>
    mapLeaf(
      leafAt(set, ["spec", "persistentVolumeClaimRetentionPolicy", property], asText, {
        default: kubernetesDefaults.claimRetention.value,
      }),
      (word) => word === "Retain",
    );
  const [deleted, scaled] = [policy("whenDeleted"), policy("whenScaled")];
  return {
    classes,
    volume: {
      ...volume,
      outlivesClaim,
      retained: !deleted.known
        ? deleted
        : !scaled.known
          ? scaled
          : { ...deleted, value: deleted.value && scaled.value },
    },
  };
}

/** The headless Service that names members; one that is not in the program names them by nobody's word. */
function readPeers(graph: ResourceGraph, set: Resource): ReadPart<Store>["peers"] {
  const name = asText(valueAt(set, "spec", "serviceName") ?? null);
  const service = name === undefined ? undefined : named(graph, set, SERVICE, name);
  if (name === undefined || service === undefined || valueAt(service, "spec", "clusterIP") !== "None")
    return known(null, set.urn, name === undefined ? "default" : "input");
  return {
    name: known(name, set.urn),
    notReadyToo: leafAt(service, ["spec", "publishNotReadyAddresses"], asFlag, { default: false }),
  };
}

function asFlag(value: Value): boolean | undefined {
  return typeof value === "boolean" ? value : undefined;
}
