import type {
  Availability,
  Basis,
  Claim,
  Conflict,
  Cost,
  PartKey,
  Plan,
  ReadPart,
  Resource,
  ResourceChange,
  ResourceGraph,
  Severity,
  Tier,
} from "../model";

/** All that a rule may look at. */
export interface Subject {
  /** As built. Of a stack with a plan they carry the plan's keys. */
  readonly parts: readonly ReadPart[];
  readonly resources: readonly Resource[];
  readonly graph: ResourceGraph;
  /** null: another's program, or the plan was not registered. */
  readonly plan: Plan | null;
  /** The plan, or what was stated of a program without one; null: nobody says what it must carry. */
  readonly basis: Basis | null;
  readonly cost: Cost;
  /** Of what was built; null where it is not known. */
  readonly availability: Availability | null;
  readonly conflicts: readonly Conflict[];
  /** What stands now; null: nothing to compare with. */
  readonly baseline: {
    readonly parts: readonly ReadPart[];
    readonly cost: Cost;
    /** What becomes of its resources, as it is shown. */
    readonly changes: readonly ResourceChange[];
  } | null;
  /** Which Part a resource is read into; of Parts of other systems none. @default - not known */
  readonly claims?: readonly Claim[];
  /** Other stacks that the same preview recorded. @default - none: this one is judged alone */
  readonly beside?: readonly { readonly stack: string; readonly parts: readonly ReadPart[] }[];
  /** Parts of other systems whose pods stand on the nodes of this one's. @default - none do */
  readonly onSameNodes?: readonly ReadPart[];
  /** YYYY-MM-DD. */
  readonly asOf: string;
}

/** What a rule says of one Part, or of the stack. */
export interface Finding {
  /** null: of the stack as a whole, or of a resource that the message names. */
  readonly part: PartKey | null;
  /** Of an object that is in no Part: its kind and name, as the message has it and a waiver may name it. */
  readonly object?: string;
  readonly verdict: "pass" | "fail" | "undecided";
  /** With the value seen. */
  readonly message: string;
  readonly fix: string;
  /** The fix where nines did not plan it, and its own words are nobody's: in the provider's. */
  readonly fixByHand?: string;
  /** true: it rests on the inputs of one resource, and stands whatever else there is. */
  readonly alone?: true;
  /** Milder than the rule's own; a finding is never graver than its rule. */
  readonly severity?: "advisory";
}

/** One rule, a plain value. */
export interface Rule {
  /** kebab-case; of a provider's limit, `deployable/<name>`. */
  readonly id: string;
  readonly title: string;
  /** Why, one sentence. */
  readonly about: string;
  readonly severity: Readonly<Record<Tier, Severity>>;
  /** The same thought elsewhere: Checkov, cdk-nag, AWS Config, Trivy. */
  readonly peers: readonly string[];
  /** No finding: nothing here that the rule is about. Never throws on what is unknown: that is undecided. */
  readonly check: (subject: Subject) => readonly Finding[];
}

/** Counts everywhere. */
export const always: Rule["severity"] = { dev: "mandatory", staging: "mandatory", prod: "mandatory" };
/** Said everywhere, counts nowhere. */
export const advice: Rule["severity"] = { dev: "advisory", staging: "advisory", prod: "advisory" };
/** Counts where users are. */
export const inProd: Rule["severity"] = { dev: "advisory", staging: "advisory", prod: "mandatory" };
/** Counts wherever a rehearsal must be like the real thing. */
export const beyondDev: Rule["severity"] = { dev: "advisory", staging: "mandatory", prod: "mandatory" };
