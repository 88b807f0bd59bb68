import { kubernetesDefaults } from "../../catalog/kubernetes/defaults";
import {
  readsTogether,
  known,
  unknown,
  type Leaf,
  type PartReader,
  type Read,
  type ReadPart,
  type ReplicaGroup,
  type Resource,
  type ResourceGraph,
  type Value,
} from "../../model";
import { bothLeaves, leafOf, valueAt } from "../leaf.read";
import { podsOf, type CountRead } from "./count.read";
import { keyOf, regionOf, wordOf } from "./identity.read";
import { readPodOwner } from "./pod-owner.read";
import { readPodPlacement } from "./pod-placement.read";
import { replicaGroupInputs } from "./replica-group-inputs.read";
import { nameOf } from "./scope.read";

const DEPLOYMENT = "kubernetes:apps/v1:Deployment";

/** Reads Deployments, whoever wrote them, with what selects their pods or names them. */
export const replicaGroupReader: PartReader = { read, inputs: replicaGroupInputs };

function read(graph: ResourceGraph, claimed: ReadonlySet<string> = new Set()): Read {
  const reads = graph
    .ofType(DEPLOYMENT)
    .filter(({ urn }) => !claimed.has(urn))
    .map((deployment) => readDeployment(graph, deployment, claimed));
  return readsTogether(reads);
}

function readDeployment(graph: ResourceGraph, deployment: Resource, claimed: ReadonlySet<string>): Read {
  const key = keyOf("replica-group", graph, deployment);
  const { pod, count, services, kept, claims } = readPodOwner(graph, deployment, key, claimed);
  const part: ReadPart<ReplicaGroup> = {
    kind: "replica-group",
    key,
    workload: wordOf(graph, deployment),
    region: regionOf(deployment),
    placement: readPodPlacement(deployment),
    scaling: count.scaling,
    ...pod.fields,
    rollout: readRollout(deployment, count),
    logs: known(null, deployment.urn, "default"),
    registry: readRegistry(services, deployment),
    runtime: { kind: "kubernetes", ...kept },
  };
  return { parts: [part], claims: claims(), conflicts: pod.conflicts };
}

/** Services that choose the pods: callers know the first by its name; a headless one is for the pods themselves. */
function readRegistry(services: readonly Resource[], deployment: Resource): ReadPart<ReplicaGroup>["registry"] {
  const [service] = services.filter((each) => valueAt(each, "spec", "clusterIP") !== "None");
  if (service === undefined) return known(null, deployment.urn, "default");
  const name = nameOf(service);
  return {
    kind: "cluster-ip",
    name: name === undefined ? unknown(service.urn, "metadata.name", "after-deploy") : known(name, service.urn),
  };
}

/** More pods are rounded up from a percent, fewer down; Recreate takes all away first. */
function readRollout(
  deployment: Resource,
  { floor, scaling }: Pick<CountRead, "floor" | "scaling">,
): ReadPart<ReplicaGroup>["rollout"] {
  const { urn } = deployment;
  const never = known(false, urn, "default");
  const type = valueAt(deployment, "spec", "strategy", "type");
  if (type === "Recreate") return { surge: known(0, urn), unavailable: floor, rollsBack: never, watchesAlarms: never };
  const { value: defaults } = kubernetesDefaults.rollout;
  const pods = (property: "maxSurge" | "maxUnavailable", round: (pods: number) => number, of = floor): Leaf<number> => {
    const given: Value = valueAt(deployment, "spec", "strategy", "rollingUpdate", property) ?? defaults[property];
    const at = { urn, property: `spec.strategy.rollingUpdate.${property}` };
    const parsed = leafOf(given, at, (value) => (podsOf(value, 1, round) === undefined ? undefined : value));
    return bothLeaves(parsed, of, (value, count) => podsOf(value, count, round) ?? 0);
  };
  const surge = pods("maxSurge", Math.ceil);
  // Of a share the ceiling makes more pods than the floor does.
  const atMax = "max" in scaling ? pods("maxSurge", Math.ceil, scaling.max) : surge;
  const same = !atMax.known || (surge.known && surge.value === atMax.value);
  return {
    surge,
    ...(same ? {} : { surgeAtMax: atMax }),
    unavailable: pods("maxUnavailable", Math.floor),
    rollsBack: never,
    watchesAlarms: never,
  };
}
