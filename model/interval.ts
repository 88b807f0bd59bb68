/** low and high bound what is believed; counts are planned from high. */
export interface Interval {
  readonly low: number;
  readonly mid: number;
  readonly high: number;
}

/** A number, or what is believed of it. */
export type Uncertain = number | Interval;

/** The same number at all three ends. */
export function interval(value: Uncertain): Interval {
  return typeof value === "number" ? { low: value, mid: value, high: value } : value;
}
