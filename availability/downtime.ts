import { probability } from "../model/argument";

/** 365 days; the year in which published budgets are counted (99.99 % are 52.56 minutes). */
export const MINUTES_PER_YEAR = 525_600;
export const WEEKS_PER_YEAR = 365 / 7;

/** Share of a year that events take, each so many minutes. */
export function shareOfYear(eventsPerYear: number, minutesEach: number): number {
  return (eventsPerYear * minutesEach) / MINUTES_PER_YEAR;
}

/**
 * Minutes of downtime in a year of 525,600 minutes.
 * @param unavailability 0 to 1
 * @throws RangeError that names the argument
 */
export function downtimeMinutesPerYear(unavailability: number): number {
  return probability("unavailability", unavailability) * MINUTES_PER_YEAR;
}
