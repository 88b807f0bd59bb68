import type { Availability, Label, Source } from "../model";
import { downtimeMinutesPerYear, MINUTES_PER_YEAR } from "./downtime";

/** Of what is counted from rates that the plan lists among its assumptions. */
export const rates: Source = {
  title: "failure rates of catalog/failures.ts, listed as assumptions",
  date: "2026-11-21",
};

/** Of what is worked out here. @param title how */
export const computed = (title: string): Source => ({ title, date: "2026-11-21" });

/** What keeps a region from serving, and what those before it see of that. */
export interface Cause {
  readonly cause: string;
  readonly unavailability: number;
  readonly label: Label;
  readonly source: Source;
  /** How long one event lasts, the shortest of its sort; absent: not known, so nobody is said to get past it. */
  readonly seconds?: number | undefined;
  /** Of the unavailability, what a door before the replicas hands on to another region, and what a check of the door itself fails in, and what one that only connects to it does. @default - none of it */
  readonly seen?: { readonly byDoor: number; readonly byChecks: number; readonly byConnections?: number };
}

/** Causes as they are told: those that cost something, largest first. */
export function addedUp(causes: readonly Cause[]): Pick<Availability, "unavailability" | "lostTo"> {
  return {
    unavailability: Math.min(
      1,
      causes.reduce((sum, cause) => sum + cause.unavailability, 0),
    ),
    lostTo: causes
      .filter((cause) => cause.unavailability > 0)
      .map(({ cause, unavailability, label, source }) => ({
        cause,
        minutesPerYear: downtimeMinutesPerYear(Math.min(1, unavailability)),
        label,
        source,
      }))
      .sort((a, b) => b.minutesPerYear - a.minutesPerYear || (a.cause < b.cause ? -1 : 1)),
  };
}

/** Seconds of one event, where it is known how many there are in a year. */
export function lasting(unavailability: number, eventsPerYear: number | undefined): number | undefined {
  return eventsPerYear === undefined || eventsPerYear === 0
    ? undefined
    : (unavailability * MINUTES_PER_YEAR * 60) / eventsPerYear;
}
