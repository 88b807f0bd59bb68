import type { StoreWorkload } from "./store-facts";
import type { ServiceWorkload } from "./service-facts";
import type { CacheWorkload } from "./cache-facts";

export type Survive = "nothing" | "replica" | "zone" | "region";

export interface Objectives {
  /** Share of time that the entry answers, 0 to 1 without its ends, for example 0.9999. */
  readonly availability: number;
  /** `percentile` percent of responses within `withinMs`, each workload that says so for itself. */
  readonly latency?: { readonly percentile: number; readonly withinMs: number };
  /** What may be lost while the peak is still carried. */
  readonly survive: Survive;
  /** Longest a recovery may take, seconds. @default - nothing is promised */
  readonly recoverySeconds?: number;
}

export type Workload = ServiceWorkload | CacheWorkload | StoreWorkload;

/** What a system is, not how many. */
export interface System {
  readonly objectives: Objectives;
  readonly workloads: Readonly<Record<string, Workload>>;
}

type CallsOf<W> = W extends { readonly calls?: infer C } ? keyof NonNullable<C> : never;
type Misspelt<W, K extends keyof W> = Exclude<CallsOf<W[K]>, Exclude<keyof W, K>>;
/** A call to a workload that is not there does not type-check. */
type Checked<W> = {
  readonly [K in keyof W]: [Misspelt<W, K>] extends [never]
    ? W[K]
    : { readonly "calls names no other workload": Misspelt<W, K> };
};

/** A system: objectives, and named workloads that call each other. */
export function defineSystem<const W extends Readonly<Record<string, Workload>>>(system: {
  readonly objectives: Objectives;
  readonly workloads: W & Checked<W>;
}): System {
  return system;
}
