import { clusterPrices, ownClusterPrice } from "../catalog/kubernetes";
import { at, numberAt, textAt, type Range, type ReadPart, type RedisCache, type Store } from "../model";
import { costAssumptions } from "./assumptions";
import type { Bill, Context } from "./bill";
import { scaled, steady } from "./bill";

type Kept = ReadPart<Store> | ReadPart<RedisCache>;
type Nodes = NonNullable<NonNullable<Context["basis"]>["nodes"]>[string];

/** Where members stand, and by whose prices; undefined where nobody says, which is told. */
export interface Place {
  readonly region: string;
  readonly nodes: Nodes | undefined;
  readonly own: NonNullable<Context["basis"]>["prices"];
}

export function placeOf(bill: Bill, part: Kept, { basis }: Pick<Context, "basis">): Place | undefined {
  const region = textAt(part, "region");
  const nodes = region === undefined ? undefined : basis?.nodes?.[region];
  if (nodes === undefined) bill.unpriced(part.key, "nodes", "what a node holds and costs is not told");
  if (region !== undefined) return { region, nodes, own: basis?.prices ?? [] };
  bill.unpriced(part.key, "volume-gb-month", UNKNOWN_CLASS);
  return undefined;
}

/** What is missing where a region is known and nobody says which cloud's prices are paid there. */
export const UNTOLD_PLATFORM = "whose cluster it is nobody says: --demand FILE with cluster";
const UNKNOWN_CLASS = "what volumes of their class cost is not told; prices of the stack or the demand file may say it";

/** Volumes of so many members, and of so many GiB of others of their class. A class that is built here makes the platform's usual disk; what another's makes, its owner says. */
export function billVolumes(
  bill: Bill,
  part: Kept,
  path: readonly string[],
  members: Range | undefined,
  place: Place,
  more = 0,
): void {
  const gib = bill.value<number>(part, "volume-gb-month", ...path, "gib");
  if (gib === undefined || (gib === 0 && more === 0)) return;
  if (members === undefined) return bill.unpriced(part.key, "volume-gb-month", "members are not known");
  const late = at(part, ...path, "bindsLate");
  const built = late.known && late.value !== null;
  const { region, nodes, own } = place;
  const stated = ownClusterPrice("volume-gb-month", region, own);
  const rows =
    stated !== null
      ? [stated]
      : built && nodes !== undefined
        ? clusterPrices("volume-gb-month", nodes.platform, region)
        : [];
  const { min, expected, max } = scaled(members, gib);
  const stored = { min: min + more, expected: expected + more, max: max + more };
  if (rows.length > 0) bill.addTiers(part.key, "volume-gb-month", rows, stored);
  else bill.unpriced(part.key, "volume-gb-month", built ? unpricedIn(place) : UNKNOWN_CLASS);
}

/** Why nothing of a cluster's bill is priced in a region that no table has. */
export function noPriceIn(region: string): string {
  return `no price known in ${region}; prices of the stack or the demand file may say it`;
}

/** Why an item has no price there. */
export function unpricedIn({ region, nodes }: Pick<Place, "region" | "nodes">): string {
  return nodes === undefined ? UNTOLD_PLATFORM : noPriceIn(region);
}

/** Snapshots of one member's volume: the first holds it all, each other what changed since the one before. */
export function billSnapshots(bill: Bill, part: ReadPart<Store>, place: Place): void {
  const { region, nodes, own } = place;
  const found = at(part, "snapshots");
  if (found.known && found.value === null) return;
  const item = "snapshot-gb-month";
  const kind = bill.value<string>(part, item, "snapshots", "kind");
  const everyHours = bill.value<number>(part, item, "snapshots", "everyHours");
  const keepDays = bill.value<number>(part, item, "snapshots", "keepDays");
  const gib = numberAt(part, "volume", "gib");
  if (kind === undefined || everyHours === undefined || keepDays === undefined || gib === undefined) return;
  const stated = ownClusterPrice(item, region, own);
  if (kind !== "volume-snapshot" && stated === null)
    return bill.unpriced(part.key, item, "what its job puts into the object store is not told");
  const rows = stated !== null ? [stated] : nodes === undefined ? [] : clusterPrices(item, nodes.platform, region);
  if (rows.length === 0) return bill.unpriced(part.key, item, unpricedIn(place));
  const kept = Math.max(1, (keepDays * 24) / everyHours);
  const { value: changed } = costAssumptions.snapshotChangedShare;
  const assumed = rows.map((row) => ({ ...row, unit: `${row.unit}, if ${changed * 100} % changes between two` }));
  bill.addTiers(part.key, item, assumed, steady(gib * (1 + (kept - 1) * changed)));
}
