import type { Choices, Waiver } from "./environment";
import type { Uncertain } from "./system";
import type { Target } from "./part";

/** What arrives at the entry of the system. */
export interface Load {
  readonly requestsPerSecond: { readonly mean: number; readonly peak: number };
  /** Sudden step above the peak that must be carried until the scaler has caught up. @default 1.5 */
  readonly burst?: { readonly factor: number; /** longest wait that callers bear meanwhile, seconds @default 0 */ readonly toleratedWaitSeconds?: number };
  /** Share of the peak that the true load may lie below and above it, for example 0.2. @default 0 */
  readonly uncertainty?: number;
}

/** The YAML of a stack: the facts that only this stack knows. */
export interface StackConfig extends Choices {
  readonly system: string;
  readonly environment: string;
  readonly target: Target;
  /** @default - the environment's only region */
  readonly region?: string;
  readonly load: Load;
  /** Image by service workload. */
  readonly images: Readonly<Record<string, string>>;
  /** Size of one replica by workload. @default - the least that the target sells for the workload's facts */
  readonly sizes?: Readonly<Record<string, { readonly cpuMillis?: number; readonly memoryMiB?: number }>>;
  /** Bounds of the scaler by workload: never fewer than min, never more than max, whatever is planned. @default - as planned */
  readonly replicas?: Readonly<Record<string, { readonly min?: number; readonly max?: number }>>;
  /** Facts of the system's workloads that this stack knows better. */
  readonly workloads?: Readonly<Record<string, WorkloadOverride>>;
  /** The user's own rates or discounts. */
  readonly prices?: readonly { readonly item: string; readonly region?: string; readonly usd: number; readonly note: string }[];
  readonly waivers?: readonly Waiver[];
}

export interface WorkloadOverride {
  readonly serviceTimeMs?: Uncertain;
  readonly serviceTimeVariation?: Uncertain;
  readonly slotsPerReplica?: number;
  readonly startSeconds?: Uncertain;
  readonly hitRatio?: Uncertain;
  readonly entries?: number;
  readonly reachedBy?: "balancer" | "service-connect" | "cloud-map";
  readonly exposure?: "internet" | "private";
  readonly batch?: { readonly size: number; readonly waitMs: number; readonly marginalShare?: number };
  readonly environment?: Readonly<Record<string, string>>;
}
