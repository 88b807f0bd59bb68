import type { Claim, Conflict, PartReader, Read, ReadPart, ResourceGraph, Target } from "../model";
import { awsReaders } from "./aws/read";
import { kubernetesReaders } from "./kubernetes/read";

/** Readers of each target; no builder and no provider SDK is loaded for them. */
const readers: { readonly [target in Target]?: readonly PartReader[] } = {
  aws: awsReaders,
  kubernetes: kubernetesReaders,
};

/** The readers of a target; none where it is not built yet. */
export function readersOf(target: Target): readonly PartReader[] {
  return readers[target] ?? [];
}

/**
 * Everything that the target's readers find in the registered resources; parts in the order of kind and key.
 * @param asOf YYYY-MM-DD: the day for which it is said what is old. @default - the catalog's own
 */
export function readParts(target: Target, graph: ResourceGraph, asOf?: string): Read {
  const parts: ReadPart[] = [];
  const claims: Claim[] = [];
  const conflicts: Conflict[] = [];
  const claimed = new Set<string>();
  for (const reader of readersOf(target)) {
    const read = reader.read(graph, claimed, asOf);
    parts.push(...read.parts);
    claims.push(...read.claims);
    for (const { urn } of read.claims) claimed.add(urn);
    conflicts.push(...read.conflicts);
  }
  const order = (a: ReadPart, b: ReadPart): number => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0);
  return { parts: parts.sort(order), claims, conflicts };
}
