import type { Base, Placement } from "./part";

/** Units a second that are paid for whether they are used or not: what a scaler moves between; alike where none moves them. */
interface Units {
  readonly min: number;
  readonly max: number;
}

/** A key-value table that the provider spreads and scales. */
export interface Table extends Base<"table"> {
  readonly placement: Placement;
  readonly capacity:
    { readonly kind: "on-demand" } | { readonly kind: "provisioned"; readonly read: Units; readonly write: Units };
  /** Global secondary indexes; each has a capacity of its own where it is provisioned, null where it is billed by use. */
  readonly indexes: readonly { readonly name: string; readonly read: Units | null; readonly write: Units | null }[];
  /** Other regions that hold a writable copy; sorted. */
  readonly replicaRegions: readonly string[];
  readonly pointInTimeRecovery: boolean;
  readonly deletionProtection: boolean;
  readonly runtime: { readonly kind: "dynamodb" };
}
