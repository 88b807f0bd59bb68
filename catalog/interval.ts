import type { Label, Source } from "../model";

/** A number that nobody knows exactly: its likely value, its ends, where they were read, and how to find the true one. */
export interface SourcedInterval {
  readonly name: string;
  /** probability, share, per year, per month, per week, minutes, seconds. */
  readonly unit: string;
  readonly low: number;
  readonly mid: number;
  readonly high: number;
  /** approx: the mid was measured by others. assumed: it was not, or too few events stand behind it. */
  readonly label: Label;
  readonly source: Source;
  /** How a user finds the true value, one sentence. */
  readonly measure: string;
}
