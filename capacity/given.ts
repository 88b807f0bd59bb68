import type { Environment, System } from "../model";
import type { Asker } from "./request-mistakes";

/** What a request is made of: the YAML of a stack, and the systems and environments that it may name. */
export interface Given {
  /** Name of the stack. */
  readonly stack: string;
  /** Name of the component that holds the system. @default - the system is the whole stack */
  readonly component?: string;
  /** Its YAML, relative to the project. */
  readonly file: string;
  /** The keys below `config:`, with or without their namespace `nines:`; keys of other namespaces are left alone. */
  readonly config: Readonly<Record<string, unknown>>;
  readonly systems: Readonly<Record<string, System>>;
  readonly environments: Readonly<Record<string, Environment>>;
  /** Line and column of a key such as `nines:load.requestsPerSecond.peak`. @default - mistakes have no line */
  readonly locate?: Asker["locate"];
}
