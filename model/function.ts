import type { Base, PartKey, Placement } from "./part";
import type { Architecture } from "./replica-group";

/** Code that runs once a call; the provider keeps the copies. */
export interface Function extends Base<"function"> {
  readonly placement: Placement;
  readonly memoryMiB: number;
  readonly diskMiB: number;
  readonly timeoutSeconds: number;
  readonly architecture: Architecture;
  /** Copies that are always warm; 0: none. */
  readonly provisionedConcurrency: number;
  /** Most copies; null: what the account has left. */
  readonly reservedConcurrency: number | null;
  /** Calls that nobody waits for and that failed are kept somewhere. */
  readonly keepsFailures: boolean;
  /** Queues whose messages it takes; sorted. */
  readonly queues: readonly PartKey[];
  readonly runtime: { readonly kind: "lambda" };
}
