import { known, unknown, type Leaf, type ReadPart, type ReplicaGroup, type Resource, type Value } from "../../model";
import { inside, listOf, valueAt } from "../leaf.read";
import { asksOtherwise, nodeValues } from "./identity.read";
import { labelsIn, selects } from "./scope.read";

const ZONE = "topology.kubernetes.io/zone";
const HOST = "kubernetes.io/hostname";
const POD = ["spec", "template", "spec"] as const;

/** Labels of the pods that an object makes. */
export function podLabels(resource: Resource): ReadonlyMap<string, string> {
  return labelsIn(valueAt(resource, "spec", "template", "metadata", "labels"));
}

/** Spread constraints that count the object's own pods. */
function constraints(resource: Resource, key: string): readonly Value[] {
  const labels = podLabels(resource);
  return listOf(valueAt(resource, ...POD, "topologySpreadConstraints")).filter(
    (each) => inside(each, "topologyKey") === key && selects(inside(each, "labelSelector"), labels),
  );
}

/** Required affinity, or anti-affinity, to pods of its own, by what it holds them together or keeps them apart on. */
function holds(resource: Resource, kind: "podAffinity" | "podAntiAffinity", key: string): boolean {
  const labels = podLabels(resource);
  const terms = valueAt(resource, ...POD, "affinity", kind);
  return listOf(inside(terms, "requiredDuringSchedulingIgnoredDuringExecution")).some(
    (term) => inside(term, "topologyKey") === key && selects(inside(term, "labelSelector"), labels),
  );
}

/** Zones that pods are held to, and how hard they are spread over them; which zones a cluster has, no object says. */
export function readPodPlacement(resource: Resource): ReadPart<ReplicaGroup>["placement"] {
  const zones = nodeValues(resource, ZONE);
  const property = "spec.template.spec.topologySpreadConstraints";
  const apart = holds(resource, "podAntiAffinity", ZONE);
  // All stand where the first one does: in one zone, and which one the scheduler says.
  const together = [ZONE, HOST].some((each) => holds(resource, "podAffinity", each));
  const words = constraints(resource, ZONE).map((each) => inside(each, "whenUnsatisfiable"));
  // Absent, it is DoNotSchedule's own default (Kubernetes API, TopologySpreadConstraint).
  const hard = words.some((word) => word === undefined || word === "DoNotSchedule");
  const spread: Leaf<"hard" | "best-effort" | "one-each"> = known(
    apart ? "one-each" : hard ? "hard" : "best-effort",
    resource.urn,
    words.length === 0 && !apart ? "default" : "input",
  );
  return {
    kind: "zonal",
    zones:
      together && zones?.length !== 1
        ? unknown(resource.urn, "spec.template.spec.affinity.podAffinity", "unreadable")
        : zones === undefined
          ? unknown(resource.urn, property, asksOtherwise(resource, ZONE) ? "unreadable" : "elsewhere")
          : [...zones].sort().map((zone) => known(zone, resource.urn)),
    spread,
  };
}

/** Do its pods take a port of their node? In the node's own network every port that they name is one (Kubernetes API, hostPort). */
function takesPorts(resource: Resource): boolean {
  const spec = valueAt(resource, ...POD);
  const onNode = inside(spec, "hostNetwork") === true;
  return [...listOf(inside(spec, "containers")), ...listOf(inside(spec, "initContainers"))]
    .flatMap((each) => listOf(inside(each, "ports")))
    .some((port) => (inside(port, "hostPort") ?? 0) !== 0 || onNode);
}

/** How pods keep off each other's nodes: by a port that a node has once, or by anti-affinity; without any, by a spread over hosts. */
export function readHosts(resource: Resource): Leaf<"hard" | "preferred" | "any"> {
  if (takesPorts(resource)) return known("hard", resource.urn);
  const labels = podLabels(resource);
  const apart = valueAt(resource, ...POD, "affinity", "podAntiAffinity");
  const own = (term: Value | undefined): boolean =>
    inside(term, "topologyKey") === HOST && selects(inside(term, "labelSelector"), labels);
  const say = (value: "hard" | "preferred" | "any") => known(value, resource.urn);
  if (apart !== undefined) {
    const preferred = listOf(inside(apart, "preferredDuringSchedulingIgnoredDuringExecution"));
    if (holds(resource, "podAntiAffinity", HOST)) return say("hard");
    return say(preferred.some((each) => own(inside(each, "podAffinityTerm"))) ? "preferred" : "any");
  }
  const [first] = constraints(resource, HOST);
  if (first === undefined) return known("any", resource.urn, "default");
  return say(inside(first, "whenUnsatisfiable") === "ScheduleAnyway" ? "preferred" : "hard");
}
