import { isUnknownValue, type Value } from "../../model";
import { inside, listOf } from "../leaf.read";

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
