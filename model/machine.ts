/** A disk that each machine of a group brings along. */
export interface MachineDisk {
  readonly gib: number;
  /** As the provider names it: `gp3`. */
  readonly type: string;
  /** null: what the type brings. */
  readonly iops: number | null;
  /** null: what the type brings. */
  readonly mbPerSecond: number | null;
  readonly atRest: boolean;
}

/** What each machine of a group is. */
export interface Machine {
  /** What it may be, the first preferred; as the provider names it: `m7g.large`. */
  readonly types: readonly string[];
  /** Of the machines beyond `onDemandBase`, the share that may be taken back at any time: 0 to 1. */
  readonly spotShare: number;
  /** The first machines, which are On-Demand whatever the share. Absent: none. */
  readonly onDemandBase?: number;
  readonly disks: readonly MachineDisk[];
  /** Metadata answers only to requests with a token, or to none. */
  readonly metadataNeedsToken: boolean;
  /** Has an address on the internet that is not held for it elsewhere. */
  readonly publicAddress: boolean;
}
