import { nodesForPods, pendingPods, type PackingQuestion, type PodSet } from "../../capacity";
import { namespace, traps, type Trap } from "../cluster/by-hand/traps";
import { zoneLabel } from "../cluster/harness/nodes";
import type { KubernetesObject } from "../cluster/harness/objects";

// Each trap is played to a real scheduler by test/cluster: its numbers are what was seen there. Here the model must foresee them.

const millis = (cpu: string): number => (cpu.endsWith("m") ? Number(cpu.slice(0, -1)) : Number(cpu) * 1000);

/** A Deployment as the model meets it; undefined where the trap is about something else: volumes, labels of nodes. */
function setOf(objects: readonly KubernetesObject[]): PodSet | undefined {
  const [object, ...others] = objects;
  if (object?.kind !== "Deployment" || others.length > 0) return undefined;
  const { replicas, strategy, template } = object["spec"];
  const { containers, topologySpreadConstraints, affinity, nodeSelector } = template.spec;
  const [spread] = topologySpreadConstraints;
  if (nodeSelector !== undefined || (spread !== undefined && spread.topologyKey !== zoneLabel)) return undefined;
  const { podAntiAffinity } = affinity ?? {};
  const required = podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.[0].topologyKey;
  return {
    name: object.metadata.name,
    count: replicas,
    cpuMillis: millis(containers[0].resources.requests.cpu),
    memoryMiB: 256,
    surge: strategy.rollingUpdate.maxSurge,
    maxUnavailable: strategy.rollingUpdate.maxUnavailable,
    zoneSpread:
      required === zoneLabel
        ? { kind: "one-each" }
        : spread === undefined
          ? { kind: "soft" }
          : {
              kind: "hard",
              maxSkew: spread.maxSkew,
              taints: spread.nodeTaintsPolicy === "Honor" ? "honor" : "ignore",
              ...(spread.minDomains === undefined ? {} : { minDomains: spread.minDomains }),
            },
    hosts:
      podAntiAffinity === undefined || required === zoneLabel
        ? "any"
        : required === undefined
          ? "preferred"
          : "required",
  };
}

/** The scheduler's words for each reason. */
const words: Readonly<Record<string, readonly string[]>> = {
  "larger-than-a-node": ["Insufficient cpu"],
  room: ["Insufficient cpu", "Too many pods"],
  host: ["didn't match pod anti-affinity rules"],
  "zone-spread": ["didn't match pod topology spread constraints", "didn't match pod anti-affinity rules"],
};

function foreseen({ nodes, then }: Trap, set: PodSet) {
  const question: PackingQuestion = {
    sets: [set],
    node: { cpuMillis: nodes.cpuMillis, memoryMiB: nodes.memoryMiB, pods: nodes.pods ?? 110 },
    zones: nodes.zones.length,
  };
  const moment = then === undefined ? "start" : then.name === "rollout" ? "rollout" : "zones-lost";
  const byZone = nodes.zones.map(() => nodes.perZone);
  return pendingPods(question, byZone, moment === "zones-lost" ? 1 : 0).filter((found) => found.moment === moment);
}

describe("what a real scheduler leaves Pending is foreseen", () => {
  const told = traps.flatMap((trap) => {
    const set = setOf(trap.objects);
    return set === undefined ? [] : [[trap.trap, trap, set] as const];
  });

  test("most of the traps are about what the model knows", () => {
    expect(namespace).toBe("traps");
    expect(told.length).toBeGreaterThanOrEqual(10);
  });

  test.each(told)("%s", (_, trap, set) => {
    const [found, ...others] = foreseen(trap, set);
    expect(others).toEqual([]);
    expect(found?.count).toBe(trap.pending);
    expect(words[found?.why ?? ""]).toContain(trap.why);
    const instead = trap.instead && setOf(trap.instead);
    if (instead !== undefined) expect(foreseen(trap, instead)).toEqual([]);
  });

  test.each(told)("nodes asked for hold it, where nodes help: %s", (_, trap, set) => {
    const { nodes } = trap;
    const question: PackingQuestion = {
      sets: [set],
      node: { cpuMillis: nodes.cpuMillis, memoryMiB: nodes.memoryMiB, pods: nodes.pods ?? 110 },
      zones: nodes.zones.length,
    };
    const lost = nodes.zones.length > 1 ? 1 : 0;
    const { byZone, never } = nodesForPods(question, lost);
    expect(pendingPods(question, byZone, lost).length > 0).toBe(never.length > 0);
  });
});
