/** No count of replicas is looked for beyond it. */
export const SEARCH_CEILING = 1_000_000;

/** Least whole number from `from` on that satisfies a predicate which stays true once it is. */
export function least(from: number, satisfied: (n: number) => boolean): number {
  let high = Math.max(1, from);
  let low = high - 1;
  while (!satisfied(high)) {
    low = high;
    high *= 2;
    if (high > SEARCH_CEILING) return SEARCH_CEILING;
  }
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (satisfied(middle)) high = middle;
    else low = middle;
  }
  return high;
}
