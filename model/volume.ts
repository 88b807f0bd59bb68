import type { Base, Placement } from "./part";

/** A disk of its own, in one zone. */
export interface Volume extends Base<"volume"> {
  readonly placement: Placement;
  readonly gib: number;
  readonly type: string;
  /** null: what the type brings. */
  readonly iops: number | null;
  readonly mbPerSecond: number | null;
  readonly atRest: boolean;
  readonly runtime: { readonly kind: "ebs" };
}
