import type { Base, Placement } from "./part";

/** A relational database: one primary, what stands by, and what also answers reads. */
export interface Database extends Base<"database"> {
  /** Engine and version as the provider names them: `postgres`, `16.4`; version null: the provider chooses. */
  readonly engine: { readonly name: string; readonly version: string | null };
  readonly topology:
    | { readonly kind: "single" }
    /** Standbys take over and answer nothing before. */
    | { readonly kind: "standby"; readonly standbys: number }
    /** Members of one storage; the first writes, the others answer reads and take over. */
    | { readonly kind: "cluster"; readonly members: number };
  /** Read copies that do not take over by themselves. */
  readonly readReplicas: number;
  readonly placement: Placement;
  /** Machine of each member, or capacity units of a serverless one. */
  readonly capacity:
    | { readonly kind: "instance"; readonly type: string }
    | { readonly kind: "serverless"; readonly minUnits: number; readonly maxUnits: number };
  /** gib null: grows by itself, billed by use. */
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
