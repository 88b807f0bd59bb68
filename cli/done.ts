import type { Reports } from "../model";
import type { Problem } from "../preview/problem";

export interface Done {
  readonly reports: Reports;
  /** Stacks whose program fails: the others are still reported. */
  readonly problems: readonly Problem[];
  /** For a person: what was taken for granted. */
  readonly notes: readonly string[];
  /** Why this machine could not deploy a stack, one text a stack; a preview is right all the same. @default - it could, or nobody knows */
  readonly refusedHere?: readonly string[];
}
