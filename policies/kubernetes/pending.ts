import { pendingPods, type PodSet, type ZoneSpread } from "../../capacity";
import { asksOtherwise, nodeValues } from "../../components/kubernetes/identity.read";
import { readCount } from "../../components/kubernetes/count.read";
import { inside } from "../../components/leaf.read";
import { numberAt, type ReadPart, type Value } from "../../model";
import { ceilingOf, count, undecided } from "../finding";
import { advice, always } from "../rule";
import type { Finding, Rule, Subject } from "../rule";
import { askedBeyond, limitsBeyond, nodesFor, nodesForDaemon, otherNodes, podPart, unspokenOf } from "./node-room";
import { isHard, isZone, keepsApart, ownConstraints } from "./spread";
import { onPod, open, podMakers, told, unknownIn, type Workload } from "./workloads";

const ZONE = "topology.kubernetes.io/zone";
/** Pods of one workload that are tried one by one; of more the rest does as these do. */
const MOST_TRIED = 200;
const PLACED = ["containers", "initContainers", "nodeSelector", "affinity", "topologySpreadConstraints"];

/** The hardest of what holds pods apart by zone. */
function spreadOf(workload: Workload, spec: Value | undefined): ZoneSpread {
  if (keepsApart(workload, spec, isZone) === "hard") return { kind: "one-each" };
  const hard = ownConstraints(workload, spec).find((each) => isZone(inside(each, "topologyKey")) && isHard(each));
  if (hard === undefined) return { kind: "soft" };
  const [skew, least] = [inside(hard, "maxSkew"), inside(hard, "minDomains")];
  return {
    kind: "hard",
    taints: inside(hard, "nodeTaintsPolicy") === "Honor" ? "honor" : "ignore",
    ...(typeof skew === "number" && skew >= 1 ? { maxSkew: skew } : {}),
    ...(typeof least === "number" && least >= 1 ? { minDomains: least } : {}),
  };
}

interface Waits {
  readonly pods: number;
  readonly at: "start" | "rollout";
}

/** Pods that wait for ever, the workload alone on as many nodes as it likes in each zone. */
function waiting(zoneSpread: ZoneSpread, pods: number, part: ReadPart | undefined, zones: number): Waits | null {
  if (zoneSpread.kind === "soft") return null;
  const of = (field: string): number => (part === undefined ? 0 : (numberAt(part, "rollout", field) ?? 0));
  const tried = Math.min(pods, MOST_TRIED);
  const surge = Math.min(of("surge"), MOST_TRIED);
  const set: PodSet = {
    name: "",
    cpuMillis: 0,
    memoryMiB: 0,
    count: tried,
    surge,
    maxUnavailable: of("unavailable"),
    zoneSpread,
    hosts: "any",
  };
  const node = { cpuMillis: 1, memoryMiB: 1, pods: tried + surge + 1 };
  const found = pendingPods(
    { sets: [set], node, zones },
    Array.from({ length: zones }, () => 1),
  );
  const [first] = found.filter(({ moment }) => moment !== "zones-lost");
  if (first === undefined) return null;
  return first.moment === "start"
    ? { pods: first.count + pods - tried, at: "start" }
    : { pods: first.count, at: "rollout" };
}

function said(waits: Waits, kind: ZoneSpread["kind"], pods: number, zones: readonly string[]) {
  const why =
    kind === "one-each" ? "a zone takes one of them (required anti-affinity)" : "minDomains asks for more zones";
  const there = `nodes are in ${count(zones.length, "zone")}`;
  const softly = "a topologySpreadConstraint by zone with maxSkew 1 spreads as many as there are";
  return waits.at === "rollout"
    ? {
        message: `${why}, and ${there}: the new pod of a rollout finds no place, and none of the ${pods} may go before`,
        fix: `let a rollout take one away first (maxSurge: 0, maxUnavailable: 1); or instead of the anti-affinity ${softly}`,
      }
    : {
        message: `${waits.pods} of ${count(pods, "pod")} stay Pending: ${why}, and ${there}`,
        fix:
          kind === "one-each"
            ? `instead of the anti-affinity ${softly}`
            : `leave minDomains out, or set it to ${zones.length}`,
      };
}

/** Where its pods are held to zones, by whatever its object says; null: nothing stands in the way there. */
function inZones(subject: Subject, workload: Workload, zones: readonly string[]): Finding | null {
  const { resource, pod, part: key, kind } = workload;
  const named = nodeValues(resource, ZONE);
  const open = named === undefined ? zones : zones.filter((zone) => named.includes(zone));
  if (open.length === 0)
    return told(resource, key, {
      ok: false,
      message: `held to ${named?.join(", ") ?? "no zone"}, and nodes are in ${zones.join(", ")}: no pod finds one`,
      fix: "name zones that have nodes",
    });
  if ((kind !== "Deployment" && kind !== "StatefulSet") || asksOtherwise(resource, ZONE)) return null;
  const part = podPart(subject, key);
  const { floor } = readCount(subject.graph, resource);
  if (!floor.known) return undecided(key, floor.property, floor);
  const zoneSpread = spreadOf(workload, inside(pod, "spec"));
  const waits = waiting(zoneSpread, floor.value, part, open.length);
  if (waits !== null) return told(resource, key, { ok: false, ...said(waits, zoneSpread.kind, floor.value, open) });
  const most = part?.kind === "replica-group" ? ceilingOf(part) : floor;
  const later = most.known ? waiting(zoneSpread, most.value, undefined, open.length) : null;
  if (later === null || !most.known) return null;
  const beyond = said(later, zoneSpread.kind, most.value, open);
  return told(resource, key, { ok: false, ...beyond, message: `scaled out, ${beyond.message}`, severity: "advisory" });
}

function nodesOf(subject: Subject, { part, pod, kind }: Workload): ReturnType<typeof nodesFor> {
  const nodes = nodesFor(subject, podPart(subject, part));
  return kind === "DaemonSet" ? nodesForDaemon(nodes, inside(pod, "spec")) : nodes;
}

function judged(subject: Subject, workload: Workload): readonly Finding[] {
  const { resource, pod, part, kind } = workload;
  const spec = inside(pod, "spec");
  const nodes = nodesOf(subject, workload);
  if (nodes.zones === undefined && nodes.room === undefined) return untold(subject, workload);
  for (const path of PLACED) {
    const stuck = unknownIn(inside(spec, path));
    if (stuck !== undefined) return [open(resource, part, path, stuck)];
  }
  const other = nodes.facts === undefined ? null : otherNodes(resource, nodes.facts);
  if (other !== null) return [elsewhere(workload, nodes.machine ?? "a node", other)];
  const beyond = askedBeyond(spec, nodes);
  if (beyond !== null)
    return [
      told(resource, part, {
        ok: false,
        message: `a pod asks for ${beyond}${kind === "DaemonSet" && nodes.daemons !== undefined ? " beside other DaemonSets" : ""}: it fits on no node`,
        fix: "let it ask for less, or give it larger nodes",
      }),
    ];
  const placed = nodes.zones === undefined ? null : inZones(subject, workload, nodes.zones);
  if (placed !== null) return [placed];
  const unspoken = unspokenOf(spec);
  if (unspoken.length > 0)
    return [
      {
        part,
        verdict: "undecided",
        message: `asks its node for ${unspoken.join(", ")}, and no object says which nodes have that`,
        fix: "see that some have: kubectl get nodes --show-labels",
        severity: "advisory",
      },
    ];
  return [
    told(resource, part, { ok: true, message: "each pod fits on a node of a zone that it may stand in", fix: "" }),
  ];
}

/** For nodes that are not those which are stated: a DaemonSet simply runs on none of these. */
function elsewhere(
  { resource, part, kind }: Workload,
  machine: string,
  other: NonNullable<ReturnType<typeof otherNodes>>,
): Finding {
  if (kind === "DaemonSet") return told(resource, part, { ok: true, message: "it is for other nodes", fix: "" });
  if (other === "system")
    return {
      part,
      verdict: "undecided",
      message: "asks for a node of another system than Linux, and no object says which nodes there are of it",
      fix: "see that some are there: kubectl get nodes --show-labels",
      severity: "advisory",
    };
  return told(resource, part, {
    ok: false,
    message: `held to nodes of ${other.asked}, and ${machine} is ${other.processor}: no pod finds one`,
    fix: "build the image for both, and leave kubernetes.io/arch out; or state a machine of that processor",
  });
}

/** Nobody says which zones there are: told where a zone takes one pod alone. */
function untold(subject: Subject, workload: Workload): readonly Finding[] {
  const { resource, pod, part } = workload;
  if (keepsApart(workload, inside(pod, "spec"), isZone) !== "hard") return [];
  const { floor } = readCount(subject.graph, resource);
  if (!floor.known) return [undecided(part, floor.property, floor)];
  if (floor.value < 2) return [];
  return [
    {
      part,
      verdict: "undecided",
      message: `a zone takes one of its ${floor.value} pods (required anti-affinity), and how many zones there are no object says`,
      fix: "state cluster.zones in a demand file; a topologySpreadConstraint by zone with maxSkew 1 takes as many as there are",
    },
  ];
}

const find: Rule = {
  id: "pods-find-node",
  title: "Every pod finds a node",
  about:
    "A pod that fits on no node, or in no zone that it may stand in, stays Pending for ever, and no autoscaler of nodes helps it.",
  severity: always,
  peers: [],
  check: (subject) => podMakers(subject).flatMap((workload) => judged(subject, workload)),
};

const limit: Rule = {
  id: "limit-within-node",
  title: "No memory limit is above what a node gives",
  about: "The node runs out of memory before the limit is met, and the kernel ends whichever pod it likes.",
  severity: advice,
  peers: [],
  check: (subject) =>
    podMakers(subject).flatMap((workload): readonly Finding[] => {
      const nodes = nodesOf(subject, workload);
      if (nodes.room === undefined) return [];
      return [
        onPod(workload, ["containers", "initContainers"], (spec) => {
          const beyond = limitsBeyond(spec, nodes);
          return {
            ok: beyond === null,
            message: beyond === null ? "every memory limit is within a node" : `memory limit ${beyond}`,
            fix: "lower resources.limits.memory, best to what is requested",
          };
        }),
      ];
    }),
};

export const pendingRules: readonly Rule[] = [find, limit];
