import type { Assumption, Interval, Source, Uncertain } from "../model";
import { interval } from "../model";
import type { SourcedInterval } from "../catalog";

/** Values that `sensitivity` tries in place of an assumption's own. */
export type Overrides = Readonly<Record<string, number>>;

const quarter = 0.25;

/** Of a number that somebody could have measured. */
export const unmeasured: Source = { title: "no measurement given: assumed", date: "2026-11-21" };

/**
 * The numbers that nobody measured here, as the planner asks for them. Each is listed once, with its interval, source and how to measure it;
 * an override replaces all three of low, mid and high.
 */
export class Assumptions {
  readonly #listed = new Map<string, Assumption>();

  constructor(private readonly overrides: Overrides = {}) {}

  /** A user's number or interval; a plain number is tried at +-25 %. */
  asked(name: string, unit: string, value: Uncertain, measure: string, source: Source): Interval {
    const given = typeof value !== "number";
    const { low, mid, high } = interval(value);
    // A quarter above a share of 0.9 is no share.
    const most = unit.startsWith("share") ? 1 : Infinity;
    this.#list({
      name,
      unit,
      low: given ? low : mid * (1 - quarter),
      mid,
      high: given ? high : Math.min(most, mid * (1 + quarter)),
      given,
      effect: null,
      measure,
      source,
    });
    return this.#taken(name, { low, mid, high });
  }

  /** A default of the catalog. */
  known(fact: SourcedInterval, name: string = fact.name): Interval {
    const { unit, low, mid, high, measure, source } = fact;
    this.#list({ name, unit, low, mid, high, given: true, effect: null, measure, source });
    return this.#taken(name, { low, mid, high });
  }

  list(): readonly Assumption[] {
    return [...this.#listed.values()];
  }

  #list(assumption: Assumption): void {
    if (!this.#listed.has(assumption.name)) this.#listed.set(assumption.name, assumption);
  }

  #taken(name: string, own: Interval): Interval {
    const override = this.overrides[name];
    return override === undefined ? own : { low: override, mid: override, high: override };
  }
}
