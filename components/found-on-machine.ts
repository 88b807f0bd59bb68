import type { Mistake } from "../model";

/** What the machine that deploys has for a request, or has not; nobody is asked but its own files. */
export interface OnMachine {
  /** With these the deploy would fail. */
  readonly mistakes: readonly Mistake[];
  /** What goes, and may not be what was meant. */
  readonly notes: readonly string[];
}
