import { numberAt, type Range, type ReadPart, type Store } from "../model";
import { Bill, type Context, scaled } from "./bill";

/** Volumes of a store's members; its pods are carried by nodes, which are billed as a pool. */
export function billStore(bill: Bill, part: ReadPart<Store>, { basis, demand }: Context): void {
  const { key } = part;
  const region = bill.value<string>(part, "nodes", "region");
  const nodes = region === undefined ? undefined : basis?.nodes?.[region];
  if (nodes === undefined) bill.unpriced(key, "nodes", "what a node holds and costs is not told");
  const gib = bill.value<number>(part, "volumes", "volume", "gib");
  const members = membersOf(part, demand.get(key)?.replicasAtMean);
  if (region === undefined || gib === undefined || gib === 0) return;
  if (members === undefined) return bill.unpriced(key, "volumes", "members are not known");
  // A class that is built here is gp3 on EKS; what another's class makes, its owner says.
  const own = part.volume;
  const built = "known" in own ? undefined : own.bindsLate;
  if (nodes?.platform === "eks" && built?.known === true && built.value !== null)
    bill.add(key, region, "ebs-gp3-gb-month", scaled(members, gib));
  else bill.unpriced(key, "volumes", "no price known for the class of its volumes");
  const snapshots = part.snapshots;
  if (!("known" in snapshots)) bill.unpriced(key, "snapshots", "what changes between them is not told");
}

/** Members at the floor, over the day and at the ceiling: a claim that is kept is paid for after its member has gone. */
function membersOf(part: ReadPart<Store>, mean: number | undefined): Range | undefined {
  const count = numberAt(part, "scaling", "count");
  if (count !== undefined) return { min: count, expected: count, max: count };
  const [min, max] = [numberAt(part, "scaling", "min"), numberAt(part, "scaling", "max")];
  if (min === undefined || max === undefined) return undefined;
  return { min, expected: Math.min(max, Math.max(min, mean ?? min)), max };
}
