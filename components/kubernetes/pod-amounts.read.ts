import { isUnknownValue, known, type Leaf, type Resource, type ResourceGraph, type Value } from "../../model";
import { bothLeaves, inside, listOf, valueAt } from "../leaf.read";
import { requestOf, type Place } from "./container.read";
import { neighbours } from "./scope.read";

type What = "requests" | "limits";
type Amount = "cpu" | "memory";

const written = (of: Value | undefined, what: What, amount: Amount): Value | undefined =>
  inside(of, "resources", what, amount);

/**
 * What a pod says of itself as a whole, in the place of what its containers add up to; undefined: nothing. Without a word of its own request it
 * asks as much as its limit, unless its containers ask for something (Kubernetes, pod-level resources, on since 1.34).
 */
export function podAmount(spec: Value | undefined, what: What, amount: Amount): Value | undefined {
  const own = written(spec, what, amount);
  if (own !== undefined || what === "limits") return own;
  const limit = written(spec, "limits", amount);
  if (limit === undefined || isUnknownValue(limit)) return limit;
  const asked = [...listOf(inside(spec, "containers")), ...listOf(inside(spec, "initContainers"))].some(
    (each) => written(each, "requests", amount) !== undefined || written(each, "limits", amount) !== undefined,
  );
  return asked ? undefined : limit;
}

/** What containers ask for that say nothing of an amount, and where that is written. */
export type UsualRequests = Readonly<Partial<Record<Amount, { readonly value: Value; readonly at: Place }>>>;

/** What LimitRanges of the namespace give to containers that say nothing (Kubernetes, LimitRange: the default request, else the default limit). */
export function usualRequests(graph: ResourceGraph, resource: Resource): UsualRequests {
  const all = neighbours(graph, resource, "kubernetes:core/v1:LimitRange").flatMap((range) =>
    listOf(valueAt(range, "spec", "limits"))
      .filter((each) => inside(each, "type") === "Container")
      .map((each) => ({ each, at: { urn: range.urn, property: "spec.limits[]" } })),
  );
  const of = (amount: Amount): UsualRequests => {
    for (const { each, at } of all) {
      const value = inside(each, "defaultRequest", amount) ?? inside(each, "default", amount);
      if (value !== undefined) return { [amount]: { value, at } };
    }
    return {};
  };
  return all.length === 0 ? {} : { ...of("cpu"), ...of("memory") };
}

/** Does a container that runs before the others go on beside them? */
export const goesOn = (container: Value): boolean => inside(container, "restartPolicy") === "Always";

export const ofPod = (urn: string): Place => ({ urn, property: "spec.template.spec" });

/** An amount of the pod as a whole, where a container would have it. */
export function asContainer(what: What, amount: Amount, value: Value): Value {
  return { resources: { [what]: { [amount]: value } } };
}

const plus = (a: Leaf<number>, b: Leaf<number>): Leaf<number> => bothLeaves(a, b, (x, y) => x + y);

/**
 * What the scheduler keeps for a pod as long as it is there: its containers together, or one that runs before them where that is more (Kubernetes, init and sidecar
 * containers); what it says as a whole stands for all of them. Its runtime's overhead comes on top.
 * @param running containers that run as long as the pod
 * @param usual what the namespace gives to those that say nothing. @default - nothing
 */
export function readAsked(
  spec: Value | undefined,
  running: readonly Value[],
  at: Place,
  amount: Amount,
  usual?: UsualRequests,
): Leaf<number> {
  const { urn } = at;
  const whole = podAmount(spec, "requests", amount);
  const given = usual?.[amount];
  const of = (each: Value): Leaf<number> =>
    given === undefined ||
    written(each, "requests", amount) !== undefined ||
    written(each, "limits", amount) !== undefined
      ? requestOf(each, at, amount)
      : requestOf(asContainer("requests", amount, given.value), given.at, amount);
  const own =
    whole === undefined
      ? bothLeaves(
          running.map(of).reduce(plus),
          startingAmount(listOf(inside(spec, "initContainers")), of, urn),
          Math.max,
        )
      : requestOf(asContainer("requests", amount, whole), ofPod(urn), amount);
  const overhead = inside(spec, "overhead", amount);
  if (overhead === undefined) return own;
  const beside = { urn, property: `${ofPod(urn).property}.overhead` };
  return plus(own, requestOf(asContainer("requests", amount, overhead), beside, amount));
}

/** The most that those which run first ask for at once, each beside the sidecars that have started before it. */
function startingAmount(first: readonly Value[], of: (container: Value) => Leaf<number>, urn: string): Leaf<number> {
  let sidecars: Leaf<number> = known(0, urn, "default");
  let most: Leaf<number> = known(0, urn, "default");
  for (const each of first) {
    const together = plus(of(each), sidecars);
    if (goesOn(each)) sidecars = together;
    most = bothLeaves(most, together, Math.max);
  }
  return most;
}
