import type { Cost, PartKey } from "../model";

/** Something of a Part that both sides have, with a price on one side alone. */
export interface Unlike {
  readonly part: PartKey;
  readonly item: string;
  readonly unpriced: "before" | "now";
}

/** Why two sums are not of the same things: items of a Part in both that only one side leaves out. Sorted; a Part that comes or goes is no such thing. */
export function unlikeItems(before: Cost, after: Cost): readonly Unlike[] {
  const partsOf = ({ lines, unpriced }: Cost) => new Set([...lines, ...unpriced].map(({ part }) => part));
  const [old, there] = [partsOf(before), partsOf(after)];
  const missing = (from: Cost, other: Cost, unpriced: Unlike["unpriced"]): readonly Unlike[] => {
    const left = new Set(other.unpriced.map(wordOf));
    return from.unpriced
      .filter((each) => old.has(each.part) && there.has(each.part) && !left.has(wordOf(each)))
      .map(({ part, item }) => ({ part, item, unpriced }));
  };
  const all = [...missing(after, before, "now"), ...missing(before, after, "before")];
  const distinct = new Map(all.map((each) => [`${each.part} ${each.item}`, each]));
  return [...distinct.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, each]) => each);
}

/** The item without the type that it bears: one machine without a price in the place of another changes nothing. */
function wordOf({ part, item }: Cost["unpriced"][number]): string {
  return `${part} ${item.split(/[ :]/)[0] ?? item}`;
}
