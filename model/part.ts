/** A target is a place to build: one folder of components, one folder of catalog, one row in the table of targets. */
export type Target = "aws" | "gcp" | "kubernetes" | "docker";
export const targets: readonly Target[] = ["aws", "gcp", "kubernetes", "docker"];

/** kind/workload/region, for example `replica-group/embedding/us-east-1`; never positional. */
export type PartKey = `${string}/${string}/${string}`;

/** Builds the key of a Part from its three words. */
export function partKey(kind: PartKind, workload: string, region: string): PartKey {
  return `${kind}/${workload}/${region}`;
}

/** The region of a key, its last word. */
export function regionIn(key: string): string {
  return key.slice(key.lastIndexOf("/") + 1);
}

/** Place in the key of a Part in a cluster whose region no object says: the same whoever states it, and whatever else is there. */
export const IN_CLUSTER = "cluster";

export type PartKind =
  | "network"
  | "replica-group"
  | "load-balancer"
  | "balancer-route"
  | "dns-failover"
  | "redis-cache"
  | "store"
  | "alert"
  | "alert-topic"
  | "dashboard"
  | "slo"
  | "node-pool"
  | "cluster"
  | "database"
  | "table"
  | "queue"
  | "bucket"
  | "cdn"
  | "function"
  | "file-system"
  | "volume"
  | "address"
  | "search"
  | "broker"
  | "supporting";

/** Where a fact was read, and when. */
export interface Source {
  readonly title: string;
  readonly url?: string;
  /** YYYY-MM-DD or YYYY-MM. */
  readonly date: string;
}

/** exact: follows from the inputs by an exact formula. approx: an approximation named in the source. assumed: nobody measured it here. */
export type Label = "exact" | "approx" | "assumed";

/** What every Part has. */
export interface Base<K extends PartKind> {
  readonly kind: K;
  readonly key: PartKey;
  /** The workload that the Part is for; the network and the topic carry the system's. */
  readonly workload: string;
  readonly region: string;
}

export type Placement =
  /** Zones are named and counted. hard: a replica never runs elsewhere than the spread asks; best-effort: the scheduler prefers it; one-each: a zone takes one, and more wait. */
  | { readonly kind: "zonal"; readonly zones: readonly string[]; readonly spread: "hard" | "best-effort" | "one-each" }
  /** Zones are the provider's business; no zone count may be printed. */
  | { readonly kind: "regional" }
  /** Docker: a zone is only a rehearsal. */
  | { readonly kind: "one-host"; readonly labels: readonly string[] };

export interface Probe {
  readonly role: "balancer" | "startup" | "readiness" | "liveness";
  readonly check:
    | { readonly kind: "http"; readonly path: string }
    | { readonly kind: "tcp" | "grpc" }
    | { readonly kind: "command"; readonly command: string };
  readonly intervalSeconds: number;
  readonly timeoutSeconds: number;
  /** Failed checks in a row before a replica is taken out. */
  readonly failures: number;
  /** Passed checks in a row before a replica is taken in. */
  readonly successes: number;
}
