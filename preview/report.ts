import {
  isProviderType,
  plansIn,
  plansTogether,
  resourceGraph,
  type Availability,
  type Basis,
  type Changes,
  type Claim,
  type Conflict,
  type Cost,
  type Infeasible,
  type Part,
  type Plan,
  type Planned,
  type Read,
  type ReadPart,
  type RegisteredPlan,
  type Report,
  type ReportedResource,
  type ReportedSystem,
  type Resource,
  type ResourceChange,
  type ResourceGraph,
  type RuleResult,
  type Target,
  targets,
} from "../model";
import { comparePlanned, namesakesOf } from "../policies/built-as-planned";
import { coverageOf } from "./coverage";
import { holdsAny } from "./held";
import { printed, printedRules, reportable, reportablePart } from "./plain-secrets";
import { providerRegion } from "./provider-region";
import { judgedWithoutIgnored, withUnseen } from "../policies/in-view";
import { weigh, type WeighedSystem } from "../policies/systems";

/** What a stack is compared with. */
export interface Baseline {
  /** null: the stack is new. */
  readonly before: Report | null;
  /** What becomes of it. Asked once: what is shown is what rules judge. */
  readonly changes: (after: Report) => Changes;
}

/** The same for rules. */
interface Standing {
  readonly parts: readonly ReadPart[];
  readonly cost: Cost;
  readonly changes: readonly ResourceChange[];
}

/** What a report is made of besides resources. Given, so that a preview loads only what it needs. */
export interface Judges {
  readonly readParts: (target: Target, graph: ResourceGraph, asOf?: string) => Read;
  readonly costOf: (parts: readonly ReadPart[], basis: Basis | null) => Cost;
  readonly availabilityOf: (parts: readonly ReadPart[], basis: Basis) => Availability | null;
  readonly judge: (subject: {
    readonly parts: readonly ReadPart[];
    readonly resources: readonly Resource[];
    readonly graph: ResourceGraph;
    readonly plan: Plan | null;
    readonly basis: Basis | null;
    readonly cost: Cost;
    readonly availability: Availability | null;
    readonly conflicts: readonly Conflict[];
    readonly baseline: Standing | null;
    readonly claims?: readonly Claim[];
    readonly asOf: string;
  }) => readonly RuleResult[];
}

export interface ReportSubject {
  readonly stack: string;
  /** As registered, components among them: the plan is an input of one. */
  readonly resources: readonly Resource[];
  readonly origin: Report["origin"];
  /** YYYY-MM-DD. */
  readonly asOf: string;
  /** @default - the plan that the program registered; none there: another's program */
  readonly planned?: Planned;
  readonly baseline?: Baseline | null;
  /** What a program without a plan must carry, of its Parts. @throws MistakesError */
  readonly stated?: (parts: readonly ReadPart[], target: Target) => Basis | null;
  /** Parts with where they stand, as far as somebody states what no resource tells. @default - as read */
  readonly placed?: (parts: readonly ReadPart[]) => readonly ReadPart[];
  /** Where resources come from a file. */
  readonly file?: Report["file"];
  /** Names of the stacks whose outputs the program reads. @default - none */
  readonly references?: readonly string[];
  /** What Secrets among the resources held before it was taken away: it is shown nowhere else either. @default - none */
  readonly secrets?: readonly string[];
  /** Where another's program was run. */
  readonly run?: Report["run"];
  /** Does a resource's ignored property hold what stood, not what the program gives? @default - never */
  readonly holdsOld?: (resource: Resource) => boolean;
}

/** Where what was registered differs from the plan; a Part that only one side has is one mismatch of field `*`. Sorted. */
function mismatchesOf(planned: readonly Part[], built: readonly ReadPart[]): Report["mismatches"] {
  const { mismatches } = comparePlanned(planned, built);
  const key = (found: Report["mismatches"][number]): string => `${found.key} ${found.field}`;
  return mismatches
    .map(({ key, field, planned: from, built: to }) => ({
      key,
      field: field === "" ? "*" : field,
      planned: from ?? null,
      built: to ?? null,
    }))
    .sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
}

/** Of nodes that several systems share each of them says the same. */
function onceEach(mismatches: Report["mismatches"]): Report["mismatches"] {
  return [...new Map(mismatches.map((each) => [`${each.key} ${each.field}`, each])).values()];
}

/** Everything that is said of one stack. A refused plan is reported without resources: nothing was run. */
export function reportOf(subject: ReportSubject, judges: Judges): Report {
  if (subject.planned?.ok === false) return refused(subject, subject.planned);
  const unseen = (subject.file?.unseen ?? 0) > 0;
  const seen = whatIsSeen(subject.resources, subject, judges);
  const { graph, read } = seen;
  const own = systemsOf(seen.systems, subject.stack);
  const claimed = new Set(read.claims.map((claim) => claim.urn));
  const { secrets = [] } = subject;
  const held = secrets.length === 0 ? null : holdsAny(secrets);
  const reported = graph.resources
    .filter((resource) => (resource.custom || resource.remote) && !isDefaultProvider(resource))
    .map((resource): ReportedResource => ({
      ...reportable(resource, held),
      state: stateOf(resource, claimed),
      ...providerRegion(resource, graph),
    }));
  const planned = seen.systems.some(({ plan }) => plan !== null);
  const coverage = planned ? undefined : coverageOf(reported, read.claims, seen.cost);
  const unreadBilled = coverage !== undefined && coverage.billedRead < coverage.billed;
  const unjudged: Report = {
    schema: 1,
    stack: subject.stack,
    asOf: subject.asOf,
    origin: subject.origin,
    planned: own.planned,
    ...(own.basis === null ? {} : { demand: own.basis }),
    built: withDerived(read.parts, seen.systems).map((part) => reportablePart(part, held)),
    // Of what is not in view nobody can say that it differs.
    mismatches: unseen
      ? []
      : onceEach(
          seen.systems.flatMap(({ plan, parts }) =>
            plan === null || namesakesOf(plan, graph.resources).length > 0 ? [] : mismatchesOf(plan.parts, parts),
          ),
        ),
    conflicts: printed(read.conflicts),
    cost: unreadBilled ? { ...seen.cost, partial: true } : seen.cost,
    availability: own.availability,
    ...(own.systems.length < 2 ? {} : { systems: own.systems }),
    ...(seen.shared.length === 0 ? {} : { sharedNodes: seen.shared }),
    rules: [],
    resources: reported,
    ...(subject.file === undefined ? {} : { file: subject.file }),
    ...((subject.references ?? []).length === 0 ? {} : { references: subject.references ?? [] }),
    ...(subject.run === undefined ? {} : { run: subject.run }),
    ...(coverage === undefined ? {} : { coverage }),
  };
  const changes = subject.baseline?.changes(unjudged);
  const before = subject.baseline?.before ?? null;
  const standing =
    before === null ? null : { parts: before.built, cost: before.cost, changes: changes?.resources ?? [] };
  const rules = rulesOf(subject, seen, standing, judges);
  return {
    ...unjudged,
    rules: printedRules(unseen ? withUnseen(rules) : rules),
    ...(changes === undefined ? {} : { changes }),
  };
}

function rulesOf(
  subject: ReportSubject,
  seen: ReturnType<typeof whatIsSeen>,
  standing: Standing | null,
  judges: Judges,
): readonly RuleResult[] {
  if (subject.holdsOld === undefined) return seen.rules(standing);
  return judgedWithoutIgnored(
    subject.resources,
    (resources) => (resources === subject.resources ? seen : whatIsSeen(resources, subject, judges)).rules(standing),
    subject.holdsOld,
  );
}

/** What was read, and what follows from it: nodes that pods need. In the order of keys. */
function withDerived(read: readonly ReadPart[], systems: readonly WeighedSystem[]): readonly ReadPart[] {
  const seen = new Set(read.map(({ key }) => key));
  const derived = new Set(systems.flatMap(({ parts }) => parts.filter(({ key }) => !seen.has(key))));
  if (derived.size === 0) return read;
  return [...read, ...derived].sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
}

/** Parts, figures and, once they are asked for, verdicts of resources. */
function whatIsSeen(resources: readonly Resource[], subject: ReportSubject, judges: Judges) {
  const { asOf, stated, placed } = subject;
  const unseen = (subject.file?.unseen ?? 0) > 0;
  const plans: readonly RegisteredPlan[] =
    subject.planned?.ok === true ? [{ component: "", plan: subject.planned.plan }] : plansIn(resources);
  const graph = resourceGraph(resources);
  const target = plans[0]?.plan.target ?? targetOf(resources);
  const found: Read =
    target === null ? { parts: [], claims: [], conflicts: [] } : judges.readParts(target, graph, asOf);
  // A plan says itself where its Parts stand.
  const read: Read = placed === undefined || plans.length > 0 ? found : { ...found, parts: placed(found.parts) };
  const basisOf = (parts: readonly ReadPart[]): Basis | null =>
    target === null || plans.length > 0 ? null : (stated?.(parts, target) ?? null);
  return { graph, read, target, ...weigh({ read, graph, plans, basisOf, asOf, unseen }, judges) };
}

/** The plan of all systems, each by itself where there are several, and the availability of the one that is down most. */
function systemsOf(systems: readonly WeighedSystem[], stack: string) {
  const own = systems.filter((system): system is WeighedSystem & { readonly plan: Plan } => system.plan !== null);
  const [first, ...others] = own;
  if (first === undefined) {
    const [{ basis, availability } = { basis: null, availability: null }] = systems;
    return { planned: null, basis, availability, systems: [] };
  }
  const plan = plansTogether([first.plan, ...others.map((system) => system.plan)], stack);
  const known = own.flatMap(({ availability }) => (availability === null ? [] : [availability]));
  const worst = known.sort((a, b) => b.unavailability - a.unavailability)[0] ?? null;
  const listed = own.map(({ component, plan: { system, objectives }, cost, availability }): ReportedSystem => ({
    name: system,
    component: component ?? "",
    objectives,
    perMonthUsd: cost.perMonthUsd,
    availability,
  }));
  return {
    planned: { ok: true as const, plan },
    basis: null,
    availability: known.length < own.length ? null : worst,
    systems: listed,
  };
}

function refused(
  subject: ReportSubject,
  planned: { readonly ok: false; readonly infeasible: readonly Infeasible[]; readonly partial: Plan },
): Report {
  return {
    schema: 1,
    stack: subject.stack,
    asOf: subject.asOf,
    origin: subject.origin,
    planned,
    built: [],
    mismatches: [],
    conflicts: [],
    cost: { perMonthUsd: { min: 0, expected: 0, max: 0 }, partial: true, lines: [], unpriced: [] },
    availability: null,
    rules: [],
    resources: [],
  };
}

/** The plan among registered inputs; null where none is, or where it is of another schema. */
export function planIn(resources: readonly Resource[]): Plan | null {
  return plansIn(resources)[0]?.plan ?? null;
}

/** The target whose provider most resources name; null where none is known. */
function targetOf(resources: readonly Resource[]): Target | null {
  const counts = new Map<Target, number>();
  for (const { custom, type } of resources) {
    const provider = type.slice(0, type.indexOf(":"));
    const target = targets.find((each) => each === provider);
    if (custom && target !== undefined) counts.set(target, (counts.get(target) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? null;
}

/** Pulumi types that stand for more than one resource of a cloud. */
const OPAQUE = /^(awsx:|kubernetes:(helm|yaml|kustomize)|aws:cloudformation\/stack:|pulumi:pulumi:StackReference)/;

/** The engine makes one where a program names none: state holds it, a preview and a recording do not. */
export function isDefaultProvider({ type, name }: Resource): boolean {
  return isProviderType(type) && /^default(_\d|$)/.test(name);
}

function stateOf(resource: Resource, claimed: ReadonlySet<string>): ReportedResource["state"] {
  if (claimed.has(resource.urn) || isProviderType(resource.type)) return "read";
  return resource.remote || OPAQUE.test(resource.type) ? "opaque-remote" : "unread";
}

/** What the stack must carry: its plan, or what was stated of it; null where nobody says. */
export function basisOf(report: Report): Basis | null {
  return planOf(report) ?? report.demand ?? null;
}

/** The plan of a report, whole or partial; null for another's program. */
export function planOf(report: Report): Plan | null {
  if (report.planned === null) return null;
  return report.planned.ok ? report.planned.plan : report.planned.partial;
}
