import type { Base, Placement } from "./part";

/** Files that many machines share. */
export interface FileSystem extends Base<"file-system"> {
  readonly placement: Placement;
  /** Zones that machines can reach it from without crossing one; sorted. */
  readonly mountZones: readonly string[];
  /** MB/s that are paid for whether they are used or not; null: bursts or grows by itself. */
  readonly provisionedMbPerSecond: number | null;
  readonly atRest: boolean;
  readonly backups: boolean;
  readonly runtime: { readonly kind: "efs" };
}
