import type { Base, Placement } from "./part";

/** Objects by name. */
export interface Bucket extends Base<"bucket"> {
  readonly placement: Placement;
  /** What was overwritten or deleted can be had back. */
  readonly versioned: boolean;
  /** No policy and no list can make it public. */
  readonly blocksPublic: boolean;
  /** Objects are copied elsewhere as they are written. */
  readonly replicated: boolean;
  /** Old objects go to cheaper storage, or go. */
  readonly hasLifecycle: boolean;
  /** Requests without TLS are refused. */
  readonly inTransit: boolean;
  /** Deleted with its objects when the stack goes. */
  readonly forceDestroy: boolean;
  /** logs: others write their logs here and nobody changes them; data: everything else. */
  readonly holds: "data" | "logs";
  readonly runtime: { readonly kind: "s3" };
}
