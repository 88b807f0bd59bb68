import type { Leaf, ReadPart, ReplicaGroup, Value } from "../../model";
import { asText, inside, leafOf, listOf } from "../leaf.read";
import type { Place } from "./container.read";

/** Secrets that open registries, each once and sorted, for the order says nothing. */
export function readPullSecrets(
  spec: Value | undefined,
  { urn, property }: Place,
): Pick<ReadPart<ReplicaGroup>, "pullSecrets"> {
  const at = { urn, property: `${property}.imagePullSecrets[].name` };
  const names = listOf(inside(spec, "imagePullSecrets")).map((each) => leafOf(inside(each, "name"), at, asText));
  const word = (leaf: Leaf<string>): string => (leaf.known ? leaf.value : "");
  const sorted = names
    .filter((leaf, index) => names.findIndex((other) => word(other) === word(leaf)) === index)
    .sort((a, b) => (word(a) < word(b) ? -1 : 1));
  return sorted.length === 0 ? {} : { pullSecrets: sorted };
}
