/** Single-letter edits (insert, delete, replace, swap two neighbours) that turn one word into the other. */
export function edits(from: string, to: string): number {
  let before: readonly number[] = [];
  let row: readonly number[] = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= to.length; j += 1) {
      const same = from[i - 1] === to[j - 1];
      let least = Math.min((row[j - 1] ?? 0) + (same ? 0 : 1), (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1);
      const swapped = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1];
      if (swapped) least = Math.min(least, (before[j - 2] ?? 0) + 1);
      next.push(least);
    }
    before = row;
    row = next;
  }
  return row[to.length] ?? 0;
}

/** Longer words are nobody's slip of the finger, and would take long to compare. */
const LONGEST = 80;

/**
 * The name that was probably meant, capital letters aside; undefined where none is near: more than half of its letters would change.
 * Of two equally near, the first.
 */
export function nearest(given: string, names: Iterable<string>): string | undefined {
  if (given.length > LONGEST) return undefined;
  let best: string | undefined;
  let least = Infinity;
  for (const name of names) {
    const distance = edits(given.toLowerCase(), name.toLowerCase());
    if (distance < least) [best, least] = [name, distance];
  }
  return best !== undefined && least <= Math.max(given.length, best.length) / 2 ? best : undefined;
}
