import type { Base, PartKey, Placement } from "./part";

/** A relational database: one primary, what stands by, and what also answers reads. */
export interface Database extends Base<"database"> {
  /** Engine and version as the provider names them: `postgres`, `16.4`; version null: the provider chooses. */
  readonly engine: { readonly name: string; readonly version: string | null };
  readonly topology:
    | { readonly kind: "single" }
    /** Standbys take over and answer nothing before. */
    | { readonly kind: "standby"; readonly standbys: number }
    /** Members of one cluster; the first writes, the others answer reads and take over. */
    | { readonly kind: "cluster"; readonly members: number };
  /** The database that this one is a read copy of: it does not take over by itself. null: nobody's copy. */
  readonly replicaOf: PartKey | null;
  readonly placement: Placement;
  /** Machines of all members, standbys among them, by type, sorted; a serverless member is one of type `db.serverless`. */
  readonly machines: readonly { readonly type: string; readonly count: number }[];
  /** Capacity units that each serverless member moves between; null: none is serverless. */
  readonly units: { readonly min: number; readonly max: number } | null;
  /** Of each copy. gib null: grows by itself, billed by use. maxGib null: does not grow, or without end. */
  readonly storage: {
    readonly gib: number | null;
    readonly maxGib: number | null;
    readonly type: string;
    readonly iops: number | null;
  };
  /** null: none are kept. */
  readonly backups: { readonly keepDays: number } | null;
  readonly security: {
    readonly atRest: boolean;
    /** Connections without TLS are refused. */
    readonly inTransit: boolean;
    readonly public: boolean;
  };
  readonly deletion: { readonly protected: boolean; readonly finalSnapshot: boolean };
  readonly runtime: { readonly kind: "rds" | "aurora" };
}
