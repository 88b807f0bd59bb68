/** Each check returns the value, or throws a RangeError that names the argument, what is allowed and what was given. */
function refuse(name: string, allowed: string, given: unknown): never {
  throw new RangeError(`${name}: ${allowed}; got ${typeof given === "string" ? JSON.stringify(given) : String(given)}`);
}

/** A finite number that is at least `least`. */
export function atLeast(name: string, value: number, least: number): number {
  return Number.isFinite(value) && value >= least ? value : refuse(name, `a number, at least ${least}`, value);
}

/** A finite number above `bound`. */
export function above(name: string, value: number, bound: number): number {
  return Number.isFinite(value) && value > bound ? value : refuse(name, `a number above ${bound}`, value);
}

/** A number from `least` to `most`, both allowed. */
export function within(name: string, value: number, least: number, most: number): number {
  return Number.isFinite(value) && value >= least && value <= most
    ? value
    : refuse(name, `a number from ${least} to ${most}`, value);
}

/** A whole number, at least `least`. */
export function wholeAtLeast(name: string, value: number, least: number): number {
  return Number.isSafeInteger(value) && value >= least
    ? value
    : refuse(name, `a whole number, at least ${least}`, value);
}

/** A probability: 0 and 1 are allowed. */
export function probability(name: string, value: number): number {
  return within(name, value, 0, 1);
}

/** A share strictly between 0 and 1. */
export function properShare(name: string, value: number): number {
  return Number.isFinite(value) && value > 0 && value < 1
    ? value
    : refuse(name, "a share between 0 and 1, both excluded", value);
}
