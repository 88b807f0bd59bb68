import { nameOf } from "../../components/kubernetes/scope.read";
import { asText, inside, listOf, valueAt } from "../../components/leaf.read";
import {
  isLeaf,
  isRecord,
  isUnknownValue,
  type PartKey,
  type ReadPart,
  type Resource,
  type ResourceGraph,
  type UnknownValue,
  type Value,
} from "../../model";
import { finding, undecided } from "../finding";
import type { Finding, Subject } from "../rule";

/** Objects that make pods, and where their template is. */
const templates: readonly (readonly [type: string, path: readonly string[]])[] = [
  ["kubernetes:apps/v1:Deployment", ["spec", "template"]],
  ["kubernetes:apps/v1:StatefulSet", ["spec", "template"]],
  ["kubernetes:apps/v1:DaemonSet", ["spec", "template"]],
  ["kubernetes:apps/v1:ReplicaSet", ["spec", "template"]],
  ["kubernetes:core/v1:ReplicationController", ["spec", "template"]],
  ["kubernetes:batch/v1:Job", ["spec", "template"]],
  ["kubernetes:batch/v1:CronJob", ["spec", "jobTemplate", "spec", "template"]],
  ["kubernetes:core/v1:Pod", []],
];
const SERVING = new Set(["Deployment", "StatefulSet"]);
const STAYING = new Set([...SERVING, "DaemonSet", "ReplicaSet", "ReplicationController"]);

/** What makes pods: its object, and what it says of each of them. */
export interface Workload {
  readonly resource: Resource;
  /** `Deployment` */
  readonly kind: string;
  /** Of the pods: `metadata` and `spec`. */
  readonly pod: Value | undefined;
  readonly part: PartKey | null;
}

/** What an autoscaler of Kubernetes scales. */
export const SCALED_PODS = ["kubernetes:apps/v1:Deployment", "kubernetes:apps/v1:StatefulSet"];

/** `Service web`, in a namespace `Service shop/web`. */
export function titled(resource: Resource): string {
  const namespace = asText(valueAt(resource, "metadata", "namespace") ?? null);
  const name = nameOf(resource) ?? resource.name;
  return `${resource.type.split(":")[2] ?? ""} ${namespace === undefined ? name : `${namespace}/${name}`}`;
}

const known = new WeakMap<ResourceGraph, readonly Omit<Workload, "part">[]>();

function makersIn(graph: ResourceGraph): readonly Omit<Workload, "part">[] {
  let found = known.get(graph);
  if (found === undefined) {
    found = templates.flatMap(([type, path]) =>
      graph.ofType(type).map((resource) => ({
        resource,
        kind: type.split(":")[2] ?? "",
        pod: path.length === 0 ? resource.inputs : valueAt(resource, ...path),
      })),
    );
    known.set(graph, found);
  }
  return found;
}

const asked = new WeakMap<ResourceGraph, WeakMap<readonly ReadPart[], readonly Workload[]>>();

/** All that makes pods; the same list for the same subject. */
export function podMakers({ graph, parts }: Subject): readonly Workload[] {
  const byParts = asked.get(graph) ?? new WeakMap<readonly ReadPart[], readonly Workload[]>();
  asked.set(graph, byParts);
  let made = byParts.get(parts);
  if (made === undefined) {
    const makers = makersIn(graph);
    const owners = makers.length === 0 ? new Map<string, PartKey>() : ownersIn(parts);
    made = makers.map((maker) => ({ ...maker, part: owners.get(maker.resource.urn) ?? null }));
    byParts.set(parts, made);
  }
  return made;
}

/** What runs for as long as nobody takes it away. */
export function staying(subject: Subject): readonly Workload[] {
  return podMakers(subject).filter(({ kind }) => STAYING.has(kind));
}

/** What runs in a number of pods that somebody chose. */
export function serving(subject: Subject): readonly Workload[] {
  return podMakers(subject).filter(serves);
}

export function serves({ kind }: Workload): boolean {
  return SERVING.has(kind);
}

const owned = new WeakMap<readonly ReadPart[], ReadonlyMap<string, PartKey>>();

/** The Part that each object is read into, by URN. */
function ownersIn(parts: readonly ReadPart[]): ReadonlyMap<string, PartKey> {
  let found = owned.get(parts);
  if (found === undefined) {
    const owners = new Map<string, PartKey>();
    const note = (key: PartKey, value: unknown): void => {
      if (typeof value !== "object" || value === null) return;
      if (isLeaf(value)) {
        if (!owners.has(value.urn)) owners.set(value.urn, key);
      } else for (const inner of Object.values(value)) note(key, inner);
    };
    // What watches pods or carries them is read from objects that are somebody else's own: these come first.
    const own = (part: ReadPart): boolean => ["replica-group", "redis-cache", "store"].includes(part.kind);
    for (const part of [...parts.filter(own), ...parts.filter((each) => !own(each) && each.kind !== "node-pool")])
      note(part.key, part);
    found = owners;
    owned.set(parts, found);
  }
  return found;
}

/** The Part that an object is read into. */
export function partOf({ parts }: Subject, resource: Resource): PartKey | null {
  return ownersIn(parts).get(resource.urn) ?? null;
}

/** Looked through already, with nothing found: each rule asks of the same pods. */
const clear = new WeakSet<object>();

/** The first value below that is not known before the deploy. */
export function unknownIn(value: Value | undefined): UnknownValue | undefined {
  if (typeof value !== "object" || value === null || clear.has(value)) return undefined;
  const found = firstUnknown(value);
  if (found === undefined) clear.add(value);
  return found;
}

function firstUnknown(value: Value | undefined): UnknownValue | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  if (isUnknownValue(value)) return value;
  for (const inner of Object.values(value as Readonly<Record<string, Value>>)) {
    const found = firstUnknown(inner);
    if (found !== undefined) return found;
  }
  return undefined;
}

type Judged = Parameters<typeof finding>[1];

/** Of an object: what belongs to no Part is named. */
export function told(resource: Resource, part: PartKey | null, judged: Judged): Finding {
  if (part !== null) return finding(part, judged);
  const object = titled(resource);
  return { ...finding(part, { ...judged, message: `${object}: ${judged.message}` }), object };
}

/** The same of what is not known. */
export function open(resource: Resource, part: PartKey | null, what: string, value: UnknownValue): Finding {
  const why = { why: value.$unknown };
  if (part !== null) return undecided(part, what, why);
  const object = titled(resource);
  return { ...undecided(part, `${what} of ${object}`, why), object };
}

/** Judges a pod by what stands at paths of its spec; what is not known there decides nothing. */
export function onPod(
  { resource, pod, part }: Workload,
  paths: readonly string[],
  test: (spec: Value | undefined) => Judged,
): Finding {
  // Looked at path by path only where something of the pod is not known.
  if (unknownIn(pod) !== undefined)
    for (const path of paths) {
      const stuck = unknownIn(inside(pod, "spec", ...path.split(".")));
      if (stuck !== undefined) return open(resource, part, path, stuck);
    }
  return told(resource, part, test(inside(pod, "spec")));
}

/** A container of a pod. */
export interface Container {
  readonly name: string;
  readonly value: Value;
}

/** Containers that run as long as the pod: its own, and those that start before them and go on. */
export function running(spec: Value | undefined): readonly Container[] {
  const beside = listOf(inside(spec, "initContainers")).filter((each) => inside(each, "restartPolicy") === "Always");
  return [...listOf(inside(spec, "containers")), ...beside].map(container);
}

/** All containers, also those that run before the others and end. */
export function everyContainer(spec: Value | undefined): readonly Container[] {
  return [...listOf(inside(spec, "containers")), ...listOf(inside(spec, "initContainers"))].map(container);
}

function container(value: Value): Container {
  return { name: asText(inside(value, "name") ?? null) ?? "?", value };
}

const labelled = new WeakMap<Resource, ReadonlyMap<string, string> | "open">();

/** Labels of the pods; undefined where one is not known. */
export function labelsOf(workload: Workload): ReadonlyMap<string, string> | undefined {
  const read = labelled.get(workload.resource) ?? labelsIn(workload) ?? "open";
  labelled.set(workload.resource, read);
  return read === "open" ? undefined : read;
}

function labelsIn({ pod }: Workload): ReadonlyMap<string, string> | undefined {
  const labels = inside(pod, "metadata", "labels");
  if (unknownIn(labels) !== undefined) return undefined;
  return new Map(
    isRecord(labels)
      ? Object.entries(labels).flatMap(([key, value]) => (typeof value === "string" ? [[key, value] as const] : []))
      : [],
  );
}
