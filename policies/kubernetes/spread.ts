import { nodeValues } from "../../components/kubernetes/identity.read";
import { readCount } from "../../components/kubernetes/count.read";
import { selects } from "../../components/kubernetes/scope.read";
import { inside, listOf } from "../../components/leaf.read";
import { numberAt, textAt, textOf, type Value } from "../../model";
import { demandOf, floorOf, partsOf, undecided } from "../finding";
import { beyondDev, inProd } from "../rule";
import type { Finding, Rule, Subject } from "../rule";
import { labelsOf, onPod, serving, told, type Workload } from "./workloads";

const ZONE = "topology.kubernetes.io/zone";
const OLD_ZONE = "failure-domain.beta.kubernetes.io/zone";
const HOST = "kubernetes.io/hostname";
const SPREAD = "topologySpreadConstraints";
const APART = "affinity.podAntiAffinity";

export const isZone = (key: Value | undefined): boolean => key === ZONE || key === OLD_ZONE;

/** Constraints that count the workload's own pods. */
export function ownConstraints(workload: Workload, spec: Value | undefined): readonly Value[] {
  const labels = labelsOf(workload) ?? new Map<string, string>();
  return listOf(inside(spec, SPREAD)).filter((each) => selects(inside(each, "labelSelector"), labels));
}

/** Left out, it is DoNotSchedule (Kubernetes API, TopologySpreadConstraint). */
export const isHard = (constraint: Value): boolean => inside(constraint, "whenUnsatisfiable") !== "ScheduleAnyway";

/** Anti-affinity to pods of its own, by what it keeps them apart on. */
export function keepsApart(workload: Workload, spec: Value | undefined, where: (key: Value | undefined) => boolean) {
  const labels = labelsOf(workload) ?? new Map<string, string>();
  const own = (term: Value | undefined): boolean =>
    where(inside(term, "topologyKey")) && selects(inside(term, "labelSelector"), labels);
  const terms = inside(spec, "affinity", "podAntiAffinity");
  const required = listOf(inside(terms, "requiredDuringSchedulingIgnoredDuringExecution")).some(own);
  const preferred = listOf(inside(terms, "preferredDuringSchedulingIgnoredDuringExecution")).some((each) =>
    own(inside(each, "podAffinityTerm")),
  );
  return required ? "hard" : preferred ? "soft" : "none";
}

function survivesZone({ basis }: Subject): boolean {
  return basis?.objectives.survive === "zone" || basis?.objectives.survive === "region";
}

const overZones: Rule = {
  id: "spread-over-zones",
  title: "Pods are spread over zones, and held to it where a zone must be survived",
  about: "The scheduler fills the emptiest nodes: without a word of zones all pods may stand in one.",
  severity: inProd,
  peers: ["Polaris topologySpreadConstraint", "Kyverno topologyspreadconstraints-policy"],
  check: (subject) =>
    serving(subject).flatMap((workload): readonly Finding[] => {
      const { resource, part } = workload;
      const { floor } = readCount(subject.graph, resource);
      if (!floor.known) return [undecided(part, floor.property, floor)];
      if (floor.value < 2) return [];
      return [
        onPod(workload, [SPREAD, APART], (spec) => {
          const zonal = ownConstraints(workload, spec).filter((each) => isZone(inside(each, "topologyKey")));
          const apart = keepsApart(workload, spec, isZone);
          const hard = apart === "hard" || zonal.some(isHard);
          const soft = apart === "soft" || zonal.length > 0;
          const needed = survivesZone(subject);
          return {
            ok: hard || (soft && !needed),
            message: hard
              ? "held to an even spread over zones"
              : soft
                ? `spread over zones as far as it is easy (ScheduleAnyway)${needed ? ", and a zone must be survived" : ""}`
                : "nothing spreads its pods over zones",
            fix: `add a topologySpreadConstraint: topologyKey ${ZONE}, maxSkew 1, whenUnsatisfiable DoNotSchedule, nodeTaintsPolicy Honor`,
          };
        }),
      ];
    }),
};

const ownPods: Rule = {
  id: "spread-selects-own",
  title: "A spread constraint counts the pods that it spreads",
  about:
    "A selector that does not choose the own pods counts none of them: every place looks empty, and nothing is spread.",
  severity: beyondDev,
  peers: ["kube-score pod-topology-spread-constraints"],
  check: (subject) =>
    serving(subject)
      .filter(({ pod }) => inside(pod, "spec", SPREAD) !== undefined)
      .map((workload) =>
        onPod(workload, [SPREAD], (spec) => {
          const all = listOf(inside(spec, SPREAD));
          const own = new Set(ownConstraints(workload, spec));
          const other = all.filter((each) => !own.has(each));
          return {
            ok: other.length === 0,
            message:
              other.length === 0
                ? `${all.length} of ${all.length} count its pods`
                : `by ${other.map((each) => textOf(inside(each, "topologyKey"))).join(", ")}: the selector does not choose its own pods`,
            fix: "give labelSelector the labels of the pod template",
          };
        }),
      ),
};

/** Most pods that one of `zones` may hold of `pods` when the skew is at most `skew`. */
export function fullestZone(pods: number, zones: number, skew: number): number {
  let most = 0;
  while (most < pods && (zones - 1) * Math.max(0, most + 1 - skew) + most + 1 <= pods) most += 1;
  return most;
}

interface Trap {
  readonly says: string;
  readonly fix: string;
  readonly advised?: true;
}

function trapsOf(workload: Workload, constraint: Value, subject: Subject): readonly Trap[] | "zones" {
  const { resource, part, kind } = workload;
  const traps: Trap[] = [];
  const zones = nodeValues(resource, ZONE)?.length;
  const { floor } = readCount(subject.graph, resource);
  if (inside(constraint, "nodeTaintsPolicy") !== "Honor")
    traps.push({
      says: "nodes of a lost zone still count (nodeTaintsPolicy Ignore), so that what replaces its pods stays Pending",
      fix: "set nodeTaintsPolicy: Honor",
    });
  const least = inside(constraint, "minDomains");
  if (typeof least === "number" && least > 1) {
    if (zones === undefined) return traps.length > 0 ? traps : "zones";
    if (least > zones - 1)
      traps.push({
        says: `minDomains ${least} of ${zones} zones: with one lost, each other may hold no more than the skew`,
        fix: `leave minDomains out, or set it to ${Math.max(1, zones - 1)}`,
      });
  }
  const skew = inside(constraint, "maxSkew");
  if (typeof skew === "number" && skew > 1 && floor.known) {
    if (zones === undefined) return traps.length > 0 ? traps : "zones";
    const most = fullestZone(floor.value, zones, skew);
    const need = (part === null ? undefined : demandOf(subject.basis, part)?.need) ?? 1;
    if (floor.value - most < need)
      traps.push({
        says: `maxSkew ${skew} lets one zone hold ${most} of ${floor.value} pods; ${need} must be left`,
        fix: "set maxSkew: 1",
      });
  }
  const keys = listOf(inside(constraint, "matchLabelKeys"));
  if (kind === "Deployment" && !keys.includes("pod-template-hash"))
    traps.push({
      says: "pods of the old revision count during a rollout, which leaves the new ones uneven",
      fix: 'add matchLabelKeys: ["pod-template-hash"]',
      advised: true,
    });
  return traps;
}

const outlivesZone: Rule = {
  id: "spread-survives-zone",
  title: "A hard spread lets pods come back after a zone is lost",
  about:
    "What holds pods apart while all zones stand can hold their replacements back, or let one zone hold too many, when one is gone.",
  severity: inProd,
  peers: [],
  check: (subject) =>
    serving(subject).flatMap((workload): readonly Finding[] => {
      const { pod, part } = workload;
      const hard = ownConstraints(workload, inside(pod, "spec")).filter(
        (each) => isZone(inside(each, "topologyKey")) && isHard(each),
      );
      if (hard.length === 0) return [];
      const found = hard.map((each) => trapsOf(workload, each, subject));
      const traps = found.flatMap((each) => (each === "zones" ? [] : each));
      if (traps.length === 0 && found.includes("zones"))
        return [undecided(part, "how many zones the nodes stand in", { why: "elsewhere" })];
      return [
        onPod(workload, [SPREAD], () => ({
          ok: traps.length === 0,
          message: traps.length === 0 ? "nothing holds replacements back" : traps.map(({ says }) => says).join("; "),
          fix: traps.map(({ fix }) => fix).join("; "),
          ...(traps.every(({ advised }) => advised === true) && traps.length > 0
            ? { severity: "advisory" as const }
            : {}),
        })),
      ];
    }),
};

/** Nodes of a region, as far as they are in the program. */
function nodesOf(subject: Subject, region: string | undefined): number | undefined {
  const pools = partsOf(subject.parts, "node-pool").filter((pool) => textAt(pool, "region") === region);
  if (pools.length === 0) return undefined;
  let nodes = 0;
  for (const pool of pools) {
    const floor = floorOf(pool);
    if (!floor.known) return undefined;
    nodes += floor.value;
  }
  return nodes;
}

const room: Rule = {
  id: "anti-affinity-leaves-room",
  title: "Pods that must not share a node find one at a rollout too",
  about: "With as many nodes as pods the new pod finds none and no old one may go: the rollout stands still.",
  severity: inProd,
  peers: [],
  check: (subject) =>
    serving(subject).flatMap((workload): readonly Finding[] => {
      const { resource, part, pod } = workload;
      if (keepsApart(workload, inside(pod, "spec"), (key) => key === HOST) !== "hard") return [];
      const group = partsOf(subject.parts, "replica-group").find(({ key }) => key === part);
      const { floor } = readCount(subject.graph, resource);
      if (!floor.known) return [undecided(part, floor.property, floor)];
      const unavailable = group === undefined ? undefined : numberAt(group, "rollout", "unavailable");
      const needed = floor.value + (unavailable === 0 ? 1 : 0);
      const nodes = nodesOf(subject, textAt(group, "region"));
      const why = `${floor.value} pods that share no node need ${needed} nodes${unavailable === 0 ? " at a rollout" : ""}`;
      if (nodes === undefined)
        return [
          {
            part,
            verdict: "undecided",
            message: `${why}; how many there are no object says`,
            fix: "prefer other nodes instead (preferredDuringScheduling), or let a rollout take one pod away first",
            severity: "advisory",
          },
        ];
      return [
        told(resource, part, {
          ok: nodes >= needed,
          message: `${why}; there are ${nodes}`,
          fix: "prefer other nodes instead (preferredDuringScheduling), or let a rollout take one pod away first",
        }),
      ];
    }),
};

export const spreadRules: readonly Rule[] = [overZones, ownPods, outlivesZone, room];
