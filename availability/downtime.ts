import { probability } from "../model/argument";

/** 365 days; the year in which published budgets are counted (99.99 % are 52.56 minutes). */
const MINUTES_PER_YEAR = 525_600;

/**
 * Minutes of downtime in a year of 525,600 minutes.
 * @param unavailability 0 to 1
 * @throws RangeError that names the argument
 */
export function downtimeMinutesPerYear(unavailability: number): number {
  return probability("unavailability", unavailability) * MINUTES_PER_YEAR;
}
