import type { Demand } from "../preview/demand-file";
import type { RunChoices } from "../preview/foreign/stack";
import type { Filter } from "./project";

/** What a preview of a project is asked. */
export interface Asked {
  /** A folder in the project. */
  readonly directory: string;
  readonly filters: readonly Filter[];
  readonly asOf: string;
  readonly against: string | undefined;
  readonly step: (doing: string) => void;
  /** What such a program must carry. */
  readonly demand: Demand | undefined;
  /** For a program that knows nothing of nines. */
  readonly run: RunChoices;
  /** Of the reports only resources are asked for, and what refuses them: no Part, price, figure or rule is in them. @default false */
  readonly resourcesOnly?: boolean;
}
