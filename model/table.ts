import type { Base, Placement } from "./part";

/** A key-value table that the provider spreads and scales. */
export interface Table extends Base<"table"> {
  readonly placement: Placement;
  readonly capacity:
    | { readonly kind: "on-demand" }
    | { readonly kind: "provisioned"; readonly readUnits: number; readonly writeUnits: number };
  /** Global secondary indexes; each has a capacity of its own where it is provisioned; sorted by name. */
  readonly indexes: readonly {
    readonly name: string;
    readonly readUnits: number | null;
    readonly writeUnits: number | null;
  }[];
  /** Other regions that hold a writable copy; sorted. */
  readonly replicaRegions: readonly string[];
  readonly pointInTimeRecovery: boolean;
  readonly deletionProtection: boolean;
  readonly runtime: { readonly kind: "dynamodb" };
}
