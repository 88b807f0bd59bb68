import { isUnknownValue, known, type Leaf, type Value } from "../../model";
import { bothLeaves, inside, listOf } from "../leaf.read";
import { requestOf, type Place } from "./container.read";

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
 */
export function readAsked(spec: Value | undefined, running: readonly Value[], at: Place, amount: Amount): Leaf<number> {
  const { urn } = at;
  const whole = podAmount(spec, "requests", amount);
  const of = (each: Value): Leaf<number> => requestOf(each, at, amount);
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
