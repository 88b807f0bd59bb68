import type { NodeRoom } from "../../capacity";
import { processorOf } from "../../catalog/kubernetes";
import { cpuMillis, memoryMiB } from "../../catalog/kubernetes/quantity";
import { choosesNodes, labelsOfAnyNode } from "../../components/kubernetes/asked-of-nodes.read";
import { nodeValues } from "../../components/kubernetes/identity.read";
import { podAmount } from "../../components/kubernetes/pod-amounts.read";
import { inside, listOf } from "../../components/leaf.read";
import { isRecord, textAt, type NodeFacts, type PartKey, type ReadPart, type Resource, type Value } from "../../model";
import { partsOf } from "../finding";
import type { Subject } from "../rule";
import { running, type Container } from "./workloads";

/** What is known of the nodes where pods may run. */
interface Nodes {
  /** Sorted; undefined: nobody says. */
  readonly zones?: readonly string[];
  /** What one of them gives to pods, and what it is called. */
  readonly room?: NodeRoom;
  readonly machine?: string;
  readonly facts?: NodeFacts;
  /** What DaemonSets have taken of it already. */
  readonly daemons?: NonNullable<NodeFacts["daemons"]>;
}

const podParts = new WeakMap<Subject["parts"], ReadonlyMap<string, ReadPart>>();

/** The Part that has pods of that key. */
export function podPart({ parts }: Subject, key: PartKey | null): ReadPart | undefined {
  if (key === null) return undefined;
  const known = podParts.get(parts) ?? podPartsOf(parts);
  podParts.set(parts, known);
  return known.get(key);
}

function podPartsOf(parts: Subject["parts"]): ReadonlyMap<string, ReadPart> {
  return new Map(
    (["replica-group", "store", "redis-cache"] as const)
      .flatMap((kind): readonly ReadPart[] => partsOf(parts, kind))
      .map((part) => [part.key, part]),
  );
}

/** Nodes of the region of a Part; of what is no Part, those of the only region there is. */
export function nodesFor({ basis, plan }: Subject, part: ReadPart | undefined): Nodes {
  const regions = Object.keys({ ...basis?.nodeZones, ...basis?.nodes });
  const region = part === undefined ? (regions.length === 1 ? regions[0] : undefined) : textAt(part, "region");
  if (basis === null || region === undefined) return {};
  const planned = plan?.regions?.find((each) => each.region === region)?.zones;
  const zones = basis.nodeZones?.[region] ?? planned ?? (plan?.region === region ? plan.zones : undefined);
  const facts = basis.nodes?.[region];
  return {
    ...(zones === undefined ? {} : { zones: [...new Set(zones)].sort() }),
    ...(facts === undefined ? {} : { facts, machine: facts.machine, room: facts.allocatable }),
    ...(facts?.daemons === undefined ? {} : { daemons: facts.daemons }),
  };
}

/** The same as a DaemonSet meets them: each node is left to it as the others leave it. One for nodes of a label alone takes nothing, so it finds what all others leave. */
export function nodesForDaemon(nodes: Nodes, spec: Value | undefined): Nodes {
  const { daemons, room } = nodes;
  if (daemons === undefined || room === undefined || choosesNodes(spec)) return nodes;
  const left = (word: "cpuMillis" | "memoryMiB" | "pods", own: number): number =>
    Math.max(0, daemons.before[word] - daemons[word] + own);
  return {
    ...nodes,
    room: {
      cpuMillis: left("cpuMillis", requestOf(spec, "cpu")),
      memoryMiB: left("memoryMiB", requestOf(spec, "memory")),
      pods: left("pods", 1),
    },
  };
}

/** As the label of nodes has it (Kubernetes, well-known labels). */
const PROCESSORS = { x86_64: "amd64", arm64: "arm64" } as const;

/** What a pod asks of its node by name that nodes of that machine are not: another processor, or another system than Linux, which nodes are counted for; null: nothing. */
export function otherNodes(
  resource: Resource,
  { platform, machine }: Pick<NodeFacts, "platform" | "machine">,
): { readonly processor: string; readonly asked: string } | "system" | null {
  const processor = platform === "other" ? null : processorOf(platform, machine);
  const asked = nodeValues(resource, "kubernetes.io/arch");
  if (processor !== null && asked !== undefined && !asked.includes(PROCESSORS[processor]))
    return { processor: PROCESSORS[processor], asked: asked.join(", ") };
  const system = nodeValues(resource, "kubernetes.io/os");
  return system === undefined || system.includes("linux") ? null : "system";
}

type Amount = "cpu" | "memory";

function amountOf({ value }: Container, what: "requests" | "limits", amount: Amount): number | undefined {
  return parsed(inside(value, "resources", what, amount), amount);
}

function parsed(given: Value | undefined, amount: Amount): number | undefined {
  const parse = amount === "cpu" ? cpuMillis : memoryMiB;
  return typeof given === "string" || typeof given === "number" ? parse(given) : undefined;
}

/**
 * What the scheduler counts for one pod for as long as it is there: its containers together, or one that runs before them, beside the sidecars that have
 * started by then, where that asks for more (Kubernetes, init and sidecar containers); what it says as a whole stands for all of them. Its runtime's overhead comes on top.
 */
export function requestOf(spec: Value | undefined, amount: Amount): number {
  const overhead = parsed(inside(spec, "overhead", amount), amount) ?? 0;
  const whole = parsed(podAmount(spec, "requests", amount), amount);
  if (whole !== undefined) return whole + overhead;
  const of = (value: Value): number =>
    amountOf({ name: "", value }, "requests", amount) ?? amountOf({ name: "", value }, "limits", amount) ?? 0;
  let most = running(spec).reduce((sum, { value }) => sum + of(value), 0);
  let sidecars = 0;
  for (const each of listOf(inside(spec, "initContainers"))) {
    const together = of(each) + sidecars;
    if (inside(each, "restartPolicy") === "Always") sidecars = together;
    most = Math.max(most, together);
  }
  return most + overhead;
}

const cores = (millis: number): string => `${Number((millis / 1000).toFixed(3))} CPU`;
const mebibytes = (amount: number): string => `${Math.round(amount).toLocaleString("en-US")} MiB`;

/** What one pod asks for beyond what an empty node gives; null: it fits, as far as anybody knows. */
export function askedBeyond(spec: Value | undefined, { room, machine = "a node" }: Nodes): string | null {
  if (room === undefined) return null;
  const [cpu, memory] = [requestOf(spec, "cpu"), requestOf(spec, "memory")];
  const beyond = [
    ...(cpu > room.cpuMillis ? [`${cores(cpu)} where ${machine} gives ${cores(room.cpuMillis)}`] : []),
    ...(memory > room.memoryMiB ? [`${mebibytes(memory)} where ${machine} gives ${mebibytes(room.memoryMiB)}`] : []),
  ];
  return beyond.length === 0 ? null : beyond.join(" and ");
}

/** Containers that may take more memory than a node gives: it is out of memory before they meet their limit. */
export function limitsBeyond(spec: Value | undefined, { room, machine = "a node" }: Nodes): string | null {
  if (room === undefined) return null;
  const beyond = running(spec).flatMap((each) => {
    const limit = amountOf(each, "limits", "memory");
    return limit !== undefined && limit > room.memoryMiB ? [`${mebibytes(limit)} of ${each.name}`] : [];
  });
  return beyond.length === 0 ? null : `${beyond.join(", ")} where ${machine} gives ${mebibytes(room.memoryMiB)}`;
}

/** Labels and devices that a pod asks of its node, and of which nobody says that nodes have them. */
export function unspokenOf(spec: Value | undefined): readonly string[] {
  const selected = inside(spec, "nodeSelector");
  const terms = listOf(
    inside(spec, "affinity", "nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution", "nodeSelectorTerms"),
  );
  const labels = [
    ...(isRecord(selected) ? Object.keys(selected) : []),
    ...terms.flatMap((term) => listOf(inside(term, "matchExpressions")).map((each) => inside(each, "key"))),
  ];
  const devices = running(spec).flatMap(({ value }) =>
    (["requests", "limits"] as const).flatMap((what) => {
      const amounts = inside(value, "resources", what);
      return isRecord(amounts) ? Object.keys(amounts).filter((name) => name.includes("/")) : [];
    }),
  );
  return [...new Set([...labels, ...devices])]
    .filter((name): name is string => typeof name === "string" && !labelsOfAnyNode.has(name))
    .sort();
}
