import { karpenterDefaults } from "../../catalog/kubernetes";
import { cpuMillis, memoryMiB } from "../../catalog/kubernetes/quantity";
import { isUnknownValue, type Claim, type PartReader, type Read, type Resource, type ResourceGraph } from "../../model";
import { asText, inside, listOf, valueAt } from "../leaf.read";
import { namedInputs } from "./object-inputs.read";
import { nameOf } from "./scope.read";

const POOL = "kubernetes:karpenter.sh/v1:NodePool";

/** What a pool may make, and when it takes nodes away. */
export interface KarpenterPool {
  readonly urn: string;
  readonly name: string;
  /** As it counts them: whole machines. null: no limit; undefined: not known. */
  readonly cpuMillis: number | null | undefined;
  readonly memoryMiB: number | null | undefined;
  /** Values that it asks of nodes; undefined: any. */
  readonly zones: readonly string[] | undefined;
  readonly machines: readonly string[] | undefined;
  readonly capacity: readonly string[] | undefined;
  readonly consolidation: string;
  readonly consolidateAfter: string;
  /** Nodes that may be disrupted at once, a count or a percentage; several budgets hold together. */
  readonly budgets: readonly string[];
  readonly expireAfter: string;
}

/** Pools among those objects, in their order. */
export function karpenterPools(resources: readonly Resource[]): readonly KarpenterPool[] {
  return resources.filter(({ type }) => type === POOL).map(readPool);
}

function readPool(pool: Resource): KarpenterPool {
  const text = (...path: readonly string[]): string | undefined => asText(valueAt(pool, "spec", ...path) ?? null);
  const requirements = listOf(valueAt(pool, "spec", "template", "spec", "requirements"));
  const among = (key: string): readonly string[] | undefined => {
    const found = requirements.filter((each) => inside(each, "key") === key && inside(each, "operator") === "In");
    return found.length === 0
      ? undefined
      : found.flatMap((each) => listOf(inside(each, "values")).flatMap((value) => asText(value) ?? []));
  };
  const limit = (name: string, parse: (given: string | number) => number | undefined): number | null | undefined => {
    const limits = valueAt(pool, "spec", "limits");
    const given = isUnknownValue(limits) ? limits : inside(limits, name);
    if (given === undefined || given === null) return null;
    return typeof given === "string" || typeof given === "number" ? parse(given) : undefined;
  };
  const budgets = listOf(valueAt(pool, "spec", "disruption", "budgets")).flatMap(
    (each) => asText(inside(each, "nodes") ?? null) ?? [],
  );
  return {
    urn: pool.urn,
    name: nameOf(pool) ?? pool.name,
    cpuMillis: limit("cpu", cpuMillis),
    memoryMiB: limit("memory", memoryMiB),
    zones: among("topology.kubernetes.io/zone"),
    machines: among("node.kubernetes.io/instance-type"),
    capacity: among("karpenter.sh/capacity-type"),
    consolidation: text("disruption", "consolidationPolicy") ?? karpenterDefaults.consolidation,
    consolidateAfter: text("disruption", "consolidateAfter") ?? karpenterDefaults.consolidateAfter,
    budgets: budgets.length === 0 ? [karpenterDefaults.budget] : budgets,
    expireAfter: text("template", "spec", "expireAfter") ?? karpenterDefaults.expireAfter,
  };
}

/** Pools of Karpenter: nodes are made when pods wait, and how many there are follows from the pods alone. */
export const karpenterPoolReader: PartReader = {
  read(graph: ResourceGraph): Read {
    const claims = graph.ofType(POOL).map(({ urn }): Claim => ({ urn, part: null, carries: "nothing" }));
    return { parts: [], claims, conflicts: [] };
  },
  inputs: {
    [POOL]: {
      fields: {},
      ignored: {
        ...namedInputs,
        spec: "which machines it may make, where, and how many; nodes are counted from the pods, and its limits are as many and one more a zone",
      },
    },
  },
};
