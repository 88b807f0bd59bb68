import type { Mistake } from "./mistake";
import type { Availability, Basis, Infeasible, Plan, Range } from "./plan";
import type { PartKey, Source } from "./part";
import type { Conflict, ReadPart } from "./reading";
import type { Resource } from "./resource";
import type { Objectives } from "./system";

export type Severity = "mandatory" | "advisory";
export type Verdict = "pass" | "fail" | "undecided" | "waived";

export interface CostLine {
  readonly part: PartKey;
  readonly item: string;
  /** A month's. */
  readonly quantity: Range;
  readonly unit: string;
  readonly unitUsd: number;
  readonly perMonthUsd: Range;
  /** true: from the demand, not from what is built. */
  readonly usage: boolean;
  readonly grade: "A" | "B" | "C" | "D" | "own";
  readonly source: Source;
}

/** What is paid for beside what is billed here, and is in no total. */
export interface CostBeside {
  readonly part: PartKey;
  /** For a person: `the cluster's own fee`. */
  readonly item: string;
  /** Of one unit; null: not known. */
  readonly usd: number | null;
  readonly unit: "month" | "GiB-month";
  /** Why it is not in the total. */
  readonly why: string;
}

export interface Cost {
  readonly perMonthUsd: Range;
  /** true: something is not priced, and the total is too low. */
  readonly partial: boolean;
  readonly lines: readonly CostLine[];
  readonly unpriced: readonly { readonly part: PartKey; readonly item: string; readonly why: string }[];
  /** The total is not partial for it. @default - nothing */
  readonly beside?: readonly CostBeside[];
}

export interface RuleResult {
  readonly id: string;
  readonly severity: Severity;
  readonly part: PartKey | null;
  readonly verdict: Verdict;
  readonly message: string;
  readonly fix: string;
  readonly waiver?: { readonly reason: string; readonly until: string };
  /** true: it rests on the inputs of one resource, and stands whatever else there is. */
  readonly alone?: true;
}

export interface PropertyChange {
  readonly path: string;
  readonly from: unknown;
  readonly to: unknown;
  /** true: it cannot be changed in place, and the resource is replaced. */
  readonly forces?: true;
}

/** What goes with a resource that is deleted, or replaced, beyond itself. */
export interface Loss {
  /** For a person. */
  readonly what: string;
  /** true: something stops, or data goes; else it is merely as well to know. */
  readonly grave: boolean;
}

export interface ResourceChange {
  readonly urn: string;
  readonly type: string;
  /** import: it is there already, and is taken into the stack. */
  readonly op: "create" | "import" | "update" | "replace" | "delete";
  /** Input that forces the replacement. */
  readonly forcedBy?: string;
  readonly properties: readonly PropertyChange[];
  /** Absent: nothing beyond itself goes with it, as far as is known. */
  readonly loss?: Loss;
  /** For a person: the scaler owns it after, and the like. */
  readonly note?: string;
}

export interface Changes {
  /** What the baseline is: a ref, a file. */
  readonly against: string;
  readonly settings: readonly { readonly key: string; readonly from: unknown; readonly to: unknown }[];
  readonly resources: readonly ResourceChange[];
  readonly same: number;
  readonly replicas: readonly {
    readonly part: PartKey;
    readonly from: Range | null;
    readonly to: Range | null;
    readonly zonesFrom: readonly number[] | null;
    readonly zonesTo: readonly number[] | null;
  }[];
  readonly perMonthUsd: { readonly from: Range | null; readonly to: Range };
  /** What is priced on one side alone, so that the two sums are not of the same things. Absent: nothing. */
  readonly unlike?: readonly { readonly part: PartKey; readonly item: string; readonly unpriced: "before" | "now" }[];
  readonly unavailability: { readonly from: number | null; readonly to: number | null };
}

/**
 * A custom resource as registered: inputs and options stay, so that a Report is itself a baseline.
 * read: a reader knows it. unread: none does. opaque-remote: its provider makes more of it than is seen here.
 */
export interface ReportedResource extends Resource {
  readonly state: "read" | "unread" | "opaque-remote";
  /** Of the AWS provider that makes it, where its own inputs say none; absent: not known. */
  readonly providerRegion?: string;
}

/** One system of a program that holds several. */
export interface ReportedSystem {
  readonly name: string;
  /** URN of the component that holds it. */
  readonly component: string;
  readonly objectives: Objectives;
  readonly perMonthUsd: Range;
  readonly availability: Availability | null;
}

/** Nodes under pods of several systems of a program. */
export interface ReportedNodes {
  readonly part: PartKey;
  readonly among: readonly {
    readonly system: string;
    /** Nodes on which it would stand by itself. */
    readonly alone: Pick<Range, "min" | "max">;
    /** What falls to it, in proportion to these; null: nodes have no price. */
    readonly perMonthUsd: Range | null;
  }[];
}

/** All that a person sees of one stack comes from here. */
export interface Report {
  readonly schema: 1;
  readonly stack: string;
  /** YYYY-MM-DD; an argument: nothing below the command line reads a clock. */
  readonly asOf: string;
  readonly origin: "recorded" | "preview-json" | "state" | "manifests";
  /** null for another's program; several plans stand together as one. An infeasible plan has the refusals and the partial plan. */
  readonly planned:
    | { readonly ok: true; readonly plan: Plan }
    | { readonly ok: false; readonly infeasible: readonly Infeasible[]; readonly partial: Plan }
    | null;
  /** What was stated of a program without a plan; absent: nothing was, or there is a plan. */
  readonly demand?: Basis;
  readonly built: readonly ReadPart[];
  readonly mismatches: readonly {
    readonly key: PartKey;
    readonly field: string;
    readonly planned: unknown;
    readonly built: unknown;
  }[];
  readonly conflicts: readonly Conflict[];
  readonly cost: Cost;
  /** Of several systems that of the one that is down most; null where one is not known. */
  readonly availability: Availability | null;
  /** Where the program holds several: each by itself. */
  readonly systems?: readonly ReportedSystem[];
  /** Nodes that several of them share. @default - none are */
  readonly sharedNodes?: readonly ReportedNodes[];
  readonly rules: readonly RuleResult[];
  readonly resources: readonly ReportedResource[];
  readonly changes?: Changes;
  /** Where resources come from a file. */
  readonly file?: ReadFile;
  /** Stacks whose outputs the program reads, as it names them; absent: none. */
  readonly references?: readonly string[];
  /** Where another's program was run. */
  readonly run?: ProgramRun;
  /** Of a program that nines did not plan. */
  readonly coverage?: Coverage;
}

/** What running a program without any provider left open. */
export interface ProgramRun {
  /** Data-source calls by what they ask, sorted; answered: by a stand-in, else what comes of them is unknown. */
  readonly calls: readonly { readonly token: string; readonly count: number; readonly answered: boolean }[];
  /** Resources that it reads and does not make, by type, sorted: nobody was asked what they are. */
  readonly reads: readonly { readonly type: string; readonly count: number }[];
}

/** How much of a program is in the figures: counts of resources, providers left out. */
export interface Coverage {
  readonly resources: number;
  /** A reader knows them. */
  readonly read: number;
  /** Of kinds that are billed for, as far as is known. */
  readonly billed: number;
  readonly billedRead: number;
  /** Billed for, and in a Part with a price: not where the hours of what stands are without one, whatever else of it has a price. */
  readonly priced: number;
}

/** What was read instead of running a program. */
export interface ReadFile {
  /** For a person. */
  readonly name: string;
  /** Unchanged resources that a preview leaves out (`--show-sames` puts them in): nothing that is said includes them. */
  readonly unseen: number;
  /** Operations that were cut off: what became of them nobody knows. */
  readonly pending: readonly string[];
  /** Entries that are no resources, or have no URN that could be one: nothing that is said includes them. @default - none */
  readonly unreadable?: number;
  /** Of a folder of manifests: files, or what is in them, that are no objects of a cluster, each with why. @default - none */
  readonly notRead?: readonly { readonly file: string; readonly why: string }[];
  /** Of manifests: objects that run once at a release; nothing that is said includes them. @default - none */
  readonly hooks?: readonly string[];
}

/** What `--json` prints. A stack with mistakes does not silence the good ones. */
export interface Reports {
  readonly schema: 1;
  readonly reports: readonly Report[];
  /** Stacks that only the baseline has. */
  readonly removed: readonly string[];
  readonly mistakes: readonly Mistake[];
  /** Sentences of stacks whose program fails. @default - none does */
  readonly problems?: readonly string[];
}
