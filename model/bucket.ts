import type { Base, Placement } from "./part";

/** Objects by name. */
export interface Bucket extends Base<"bucket"> {
  readonly placement: Placement;
  readonly versioned: boolean;
  /** No policy and no list can make it public. */
  readonly blocksPublic: boolean;
  /** Objects are copied elsewhere as they are written. */
  readonly replicated: boolean;
  /** Old objects go to cheaper storage, or go. */
  readonly hasLifecycle: boolean;
  /** Deleted with its objects when the stack goes. */
  readonly forceDestroy: boolean;
  readonly runtime: { readonly kind: "s3" };
}
