import { kubernetesDefaults } from "../../catalog/kubernetes/defaults";
import {
  known,
  unknown,
  type Leaf,
  type ReadPart,
  type ReplicaGroup,
  type Resource,
  type ResourceGraph,
  type Value,
} from "../../model";
import { asNumber, asText, bothLeaves, inside, leafAt, leafOf, listOf, valueAt } from "../leaf.read";
import { podLabels } from "./pod-placement.read";
import { choosers, indexed, nameOf, onceEach, scopeOf, selects } from "./scope.read";

export const AUTOSCALER = "kubernetes:autoscaling/v2:HorizontalPodAutoscaler";
const FIRST_AUTOSCALER = "kubernetes:autoscaling/v1:HorizontalPodAutoscaler";
const SCALED_OBJECT = "kubernetes:keda.sh/v1alpha1:ScaledObject";
export const BUDGET = "kubernetes:policy/v1:PodDisruptionBudget";

export interface CountRead {
  readonly scaling: ReadPart<ReplicaGroup>["scaling"];
  /** Replicas at the floor. */
  readonly floor: Leaf<number>;
  readonly autoscalers: readonly Resource[];
}

/** Where each kind of autoscaler says what it scales, and how far. */
interface Scaler {
  readonly type: string;
  readonly min: string;
  readonly max: string;
  /** Of what it leaves out; max null: it must say it. */
  readonly defaults: { readonly kind: string; readonly minReplicas: number; readonly maxReplicas: number | null };
}

const horizontal = { min: "minReplicas", max: "maxReplicas" } as const;
const { minReplicas } = kubernetesDefaults.autoscaler.value;
const scalers: readonly Scaler[] = [
  ...[AUTOSCALER, FIRST_AUTOSCALER].map((type) => ({
    ...horizontal,
    type,
    defaults: { kind: "", minReplicas, maxReplicas: null },
  })),
  {
    type: SCALED_OBJECT,
    min: "minReplicaCount",
    max: "maxReplicaCount",
    defaults: kubernetesDefaults.scaledObject.value,
  },
];

/** Autoscalers that name an object of that kind. */
export function autoscalersOf(graph: ResourceGraph, resource: Resource, kind: string): readonly Resource[] {
  return scalers.flatMap(({ type, defaults }) => {
    const wordOf = (each: Resource): string => {
      const target = valueAt(each, "spec", "scaleTargetRef");
      const [scaled, name] = ["kind", "name"].map((key) => asText(inside(target, key) ?? null));
      return `${scopeOf(each)}|${scaled ?? defaults.kind}|${name ?? ""}`;
    };
    const targeted = indexed(graph, type, "scope and target", wordOf);
    return targeted.get(`${scopeOf(resource)}|${kind}|${nameOf(resource) ?? ""}`) ?? [];
  });
}

/** A count of pods; what is below none is no count. */
function asCount(value: Value): number | undefined {
  const count = asNumber(value);
  return count === undefined || count < 0 ? undefined : count;
}

/** How many pods an object makes: what an autoscaler of it says, else its own count. */
export const readCount = onceEach((graph, resource): CountRead => {
  const kind = asText(valueAt(resource, "kind") ?? null) ?? resource.type.split(":")[2];
  const autoscalers = autoscalersOf(graph, resource, kind ?? "");
  const { value: count } = kubernetesDefaults.replicas;
  const [bounds, ...others] = autoscalers.map(boundsOf);
  if (bounds === undefined) {
    const own = leafAt(resource, ["spec", "replicas"], asCount, { default: count });
    return { scaling: { kind: "fixed", count: own }, floor: own, autoscalers };
  }
  const { min, max } = others.reduce(between, bounds);
  return {
    scaling: {
      kind: "range",
      min,
      max,
      initial: leafAt<number | null>(resource, ["spec", "replicas"], asCount, { default: null }),
      // Of pods with several autoscalers each gives up on its metrics (AmbiguousSelector), and holds its bounds all the same.
      signals: others.length > 0 ? [] : autoscalers.flatMap(signalsOf),
      schedule: [],
    },
    floor: min,
    autoscalers,
  };
});

interface Bounds {
  readonly min: Leaf<number>;
  readonly max: Leaf<number>;
}

function boundsOf(autoscaler: Resource): Bounds {
  const said = scalers.find(({ type }) => type === autoscaler.type);
  const least = said?.defaults.minReplicas ?? minReplicas;
  const most = said?.defaults.maxReplicas ?? null;
  const maximum = ["spec", said?.max ?? horizontal.max];
  return {
    min: leafAt(autoscaler, ["spec", said?.min ?? horizontal.min], asCount, { default: least }),
    max: leafAt(autoscaler, maximum, asCount, most === null ? undefined : { default: most }),
  };
}

/** Where two hold the count: what both allow, else to and fro between the lower's ceiling and the higher's floor. */
function between(a: Bounds, b: Bounds): Bounds {
  const floor = bothLeaves(a.min, b.min, Math.max);
  const ceiling = bothLeaves(a.max, b.max, Math.min);
  return { min: bothLeaves(floor, ceiling, Math.min), max: bothLeaves(floor, ceiling, Math.max) };
}

type Signals = Extract<ReadPart<ReplicaGroup>["scaling"], { readonly kind: "range" }>["signals"];

/** Shares of what pods ask for; what an adapter measures is none of these. */
function signalsOf(autoscaler: Resource): Signals {
  const { urn } = autoscaler;
  const metrics = valueAt(autoscaler, "spec", "metrics");
  const list = listOf(metrics).flatMap((each) => {
    const name = inside(each, "resource", "name") ?? inside(each, "containerResource", "name");
    const target = inside(each, "resource", "target") ?? inside(each, "containerResource", "target");
    const share = inside(target, "averageUtilization");
    if ((name !== "cpu" && name !== "memory") || share === undefined) return [];
    const at = { urn, property: "spec.metrics[].resource.target.averageUtilization" };
    return [{ metric: known<"cpu" | "memory">(name, urn), target: leafOf(share, at, asNumber) }];
  });
  // What triggers measure is no share of what pods ask for.
  if (autoscaler.type === SCALED_OBJECT) return [];
  if (metrics === undefined) {
    // The first version has this one metric, in a word of its own.
    const target = leafAt(autoscaler, ["spec", "targetCPUUtilizationPercentage"], asNumber, {
      default: kubernetesDefaults.autoscaler.value.cpuPercent,
    });
    return [{ metric: known("cpu", urn, "default"), target }];
  }
  return [...list].sort((a, b) => (word(a.metric) < word(b.metric) ? -1 : 1));
}

const word = (leaf: Leaf<string>): string => (leaf.known ? leaf.value : "");

/** A number, or a percent of `whole`; rounded up or down to pods. */
export function podsOf(value: Value, whole: number, round: (pods: number) => number): number | undefined {
  if (typeof value === "number") return value;
  const percent = typeof value === "string" ? /^(\d+)%$/.exec(value)?.[1] : undefined;
  return percent === undefined ? undefined : round((Number(percent) * whole) / 100);
}

/** Budgets that choose the pods of an object. */
export const budgetsOf = onceEach((graph, resource): readonly Resource[] =>
  choosers(graph, resource, { type: BUDGET, property: "selector", how: selects }, podLabels(resource)),
);

/** Pods that a drain may take at once, at the floor; null: no budget, so all of them. Percents are rounded up (Kubernetes, specifying a disruption budget). */
export function readDisruption(
  budgets: readonly Resource[],
  floor: Leaf<number>,
  resource: Resource,
): Leaf<number | null> {
  const [budget, ...others] = budgets;
  if (budget === undefined) return known(null, resource.urn, "default");
  if (others.length > 0) return unknown(budget.urn, "spec.selector", "ambiguous-reference");
  const at = (property: string) => ({ urn: budget.urn, property: `spec.${property}` });
  const most = valueAt(budget, "spec", "maxUnavailable");
  const least = valueAt(budget, "spec", "minAvailable");
  const pods = (value: Value | undefined, property: string): Leaf<(count: number) => number> =>
    leafOf(value, at(property), (given) =>
      podsOf(given, 1, Math.ceil) === undefined ? undefined : (count) => podsOf(given, count, Math.ceil) ?? 0,
    );
  if (most !== undefined)
    return bothLeaves(pods(most, "maxUnavailable"), floor, (of, count): number | null => of(count));
  return bothLeaves(pods(least, "minAvailable"), floor, (of, count): number | null => Math.max(0, count - of(count)));
}
