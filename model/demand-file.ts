import type { DeployPractice, OwnPrice, Quotas, Tier, Waiver } from "./environment";
import type { NodeChoice } from "./kubernetes";
import type { Objectives } from "./system";
import type { CallTo } from "./service-facts";
import type { Uncertain } from "./interval";

/** What one workload of a program that nobody planned must carry. */
export interface StatedWorkload {
  /** Requests a second on average and in the busiest minutes. @default - what its callers send; an entry must say it */
  readonly requestsPerSecond?: { readonly mean: number; readonly peak: number };
  /** Milliseconds of one request in one slot, with no other in flight. */
  readonly serviceTimeMs: Uncertain;
  /** Coefficient of variation of the service time: 0 fixed, 1 exponential. @default 1 */
  readonly serviceTimeVariation?: Uncertain;
  /** Requests that one replica works on at once. @default 1 */
  readonly slotsPerReplica?: number;
  /** From the replica's start to the first passed probe. @default 2 to 7, assumed */
  readonly startSeconds?: Uncertain;
  /** Memory that one replica's process holds once it has started, before any request, MiB. @default - not known */
  readonly restMemoryMiB?: number;
  /** Latency objective of this workload alone. @default - the program's */
  readonly latency?: { readonly percentile: number; readonly withinMs: number };
  /** Requests from outside arrive here. @default - true where no other workload calls it */
  readonly entry?: boolean;
  /** Calls leave the network, so that a way out is required. @default false */
  readonly callsLeave?: boolean;
  /** What it calls, by name or key of the Part: another workload, a cache, a database, a table, a queue. */
  readonly calls?: Readonly<Record<string, CallTo>>;
  /** Bytes of one request and one response. @default 1,024 and 4,096, assumed */
  readonly requestBytes?: Uncertain;
  readonly responseBytes?: Uncertain;
  /** Bytes logged for one request. @default 200, assumed */
  readonly logBytesPerRequest?: Uncertain;
  /** Of a store: share of its requests that write, 0 to 1; every member answers the others. @default 0 */
  readonly writeShare?: Uncertain;
  /** Of a store: seconds until the database itself has another leader. @default - it elects none: member 0 takes the writes, and they wait for it */
  readonly electionSeconds?: Uncertain;
}

/** Where pods run, which no manifest tells. */
export interface StatedCluster {
  /** As its cloud names it, for example us-east-1; any word where it is none's. */
  readonly region: string;
  /** That have nodes: pods are taken to be spread over them, as far as they are spread at all. */
  readonly zones: readonly string[];
  /** @default - nodes are neither counted nor priced */
  readonly nodes?: NodeChoice;
}

/** The file of `--demand`: what a program must carry and promises, which none of its resources tells. */
export interface DemandFile {
  /** How careful rules are. @default prod */
  readonly tier?: Tier;
  readonly objectives: Objectives;
  /** @default - the default's practice is assumed */
  readonly deploys?: DeployPractice;
  /** @default - no limit */
  readonly budget?: { readonly perMonthUsd: number };
  /** What the provider has raised for the account. @default - AWS's defaults; beyond them is advice, since nobody said that they hold */
  readonly quotas?: Quotas;
  /** Of pods of Kubernetes. @default - not told: then no zone is known that could be lost */
  readonly cluster?: StatedCluster;
  /** What is known and stays so until a day: the rule does not count until then. @default - none */
  readonly waivers?: readonly Waiver[];
  /** Own rates or discounts, by item of the price list. @default - the price list's */
  readonly prices?: readonly OwnPrice[];
  /** By name or key of the replica group, or of the store. */
  readonly workloads: Readonly<Record<string, StatedWorkload>>;
}
