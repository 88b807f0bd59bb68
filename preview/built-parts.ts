import type { PartKey, ReadPart, Report } from "../model";

const byKey = new WeakMap<Report["built"], ReadonlyMap<PartKey, ReadPart>>();

/** The Part of that key as built. Asked for each line of a screen: the list is gone through once. */
export function builtPart({ built }: Pick<Report, "built">, key: PartKey): ReadPart | undefined {
  let parts = byKey.get(built);
  if (parts === undefined) {
    parts = new Map(built.map((part) => [part.key, part]));
    byKey.set(built, parts);
  }
  return parts.get(key);
}
