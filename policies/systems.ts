// What is said of a program that holds several systems, and things of its own beside them: each system is priced, weighed and
// judged by its own plan, the rest as another's program is.
import {
  asReading,
  isUnknown,
  rangesTogether,
  SYSTEM_TYPE,
  textAt,
  type Availability,
  type Basis,
  type Conflict,
  type Cost,
  type PartKey,
  type Plan,
  type Read,
  type ReadPart,
  type RegisteredPlan,
  type ResourceGraph,
  type RuleResult,
  type Unknown,
} from "../model";
import { nodePoolsOf } from "../capacity/node-pools";
import type { Subject } from "./rule";

interface Judges {
  readonly costOf: (parts: readonly ReadPart[], basis: Basis | null) => Cost;
  readonly availabilityOf: (parts: readonly ReadPart[], basis: Basis) => Availability | null;
  readonly judge: (subject: Subject) => readonly RuleResult[];
}

interface Given {
  readonly read: Read;
  readonly graph: ResourceGraph;
  readonly plans: readonly RegisteredPlan[];
  /** What is stated of Parts that no plan has; null: nothing. */
  readonly basisOf: (parts: readonly ReadPart[]) => Basis | null;
  readonly baseline: Subject["baseline"];
  readonly asOf: string;
  /** Some of the stack is not in view: totals are partial, and no availability can be told. */
  readonly unseen: boolean;
}

/** One system with what was built of it. plan null: what belongs to none. */
export interface WeighedSystem {
  readonly component: string | null;
  readonly plan: Plan | null;
  /** The plan, or what was stated. */
  readonly basis: Basis | null;
  readonly parts: readonly ReadPart[];
  readonly cost: Cost;
  readonly availability: Availability | null;
}

export interface Weighed {
  /** In the order of the plans; what belongs to no system comes last. */
  readonly systems: readonly WeighedSystem[];
  readonly cost: Cost;
  /** Judged when it is asked for. */
  readonly rules: () => readonly RuleResult[];
}

/** Prices and weighs each system of a program, and judges them once somebody asks. */
export function weigh(given: Given, judges: Judges): Weighed {
  const { read, graph, plans, basisOf, unseen } = given;
  const shares = divided(read, graph, plans);
  const systems = shares
    .filter(({ plan, parts }) => plan !== null || plans.length === 0 || parts.length > 0)
    .map((share): WeighedSystem => {
      const basis = share.plan ?? basisOf(share.parts);
      // Nodes that are there already are nobody's resource: how many pods need of them follows from the pods that were built.
      const pools = nodePoolsOf(share.parts, basis?.nodes);
      const parts = [...share.parts, ...pools];
      const placed = pools.length > 0 || basis?.nodes === undefined || !share.parts.some(runsInPods);
      const priced = judges.costOf(parts, basis);
      return {
        ...share,
        parts,
        basis,
        cost: unseen ? { ...priced, partial: true } : priced,
        // A balancer or a cache that is not in view would be missing among the causes.
        // Pods that fit on no node wait, and nobody knows for how long.
        availability: basis === null || unseen || !placed ? null : judges.availabilityOf(standing(share), basis),
      };
    });
  const [first, ...others] = systems;
  const cost = others.reduce((sum, { cost: each }) => costsTogether(sum, each), first?.cost ?? nothing);
  return { systems, cost, rules: () => judged(systems, given, judges) };
}

function runsInPods(part: ReadPart): boolean {
  return textAt(part, "runtime", "kind") === "kubernetes";
}

/** A network that is there already says nothing here of where replicas stand: the zones that its subnets were given by are the plan's. */
function standing({ parts, plan }: Share): readonly ReadPart[] {
  if (plan === null) return parts;
  const planned = new Map(plan.parts.map((part) => [part.key, part]));
  return parts.map((part): ReadPart => {
    const placed = planned.get(part.key);
    if (part.kind !== "replica-group" || placed?.kind !== "replica-group") return part;
    const { placement } = part;
    const outside = isUnknown(placement) ? placement : firstElsewhere(placement);
    return outside?.why === "elsewhere" ? { ...part, placement: asReading(placed).placement } : part;
  });
}

function firstElsewhere(placement: object): Unknown | undefined {
  return Object.values(placement).find((leaf): leaf is Unknown => isUnknown(leaf) && leaf.why === "elsewhere");
}

const nothing: Cost = { perMonthUsd: { min: 0, expected: 0, max: 0 }, partial: false, lines: [], unpriced: [] };

interface Share {
  readonly component: string | null;
  readonly plan: Plan | null;
  readonly parts: readonly ReadPart[];
}

/** Each Part to the system that planned it, or below whose component it was built; the rest together. */
function divided(read: Read, graph: ResourceGraph, plans: readonly RegisteredPlan[]): readonly Share[] {
  const [only, ...others] = plans;
  // A whole stack is one system: whatever else is in it was built, and not planned.
  const whole = only !== undefined && others.length === 0 && isWholeStack(only, graph);
  if (only === undefined || whole)
    return [{ component: only?.component ?? null, plan: only?.plan ?? null, parts: read.parts }];
  const owners = new Map<PartKey, RegisteredPlan>();
  for (const registered of plans) for (const { key } of registered.plan.parts) owners.set(key, registered);
  const byComponent = new Map(plans.map((registered) => [registered.component, registered]));
  for (const { urn, part } of read.claims) {
    if (part === null || owners.has(part)) continue;
    const above = ancestorIn(graph, urn, byComponent);
    if (above !== undefined) owners.set(part, above);
  }
  const partsOf = (owner: RegisteredPlan | undefined): readonly ReadPart[] =>
    read.parts.filter(({ key }) => owners.get(key) === owner);
  return [
    ...plans.map((owner) => ({ component: owner.component, plan: owner.plan, parts: partsOf(owner) })),
    { component: null, plan: null, parts: partsOf(undefined) },
  ];
}

/** Given from outside, or registered by a component that stands for the stack. */
function isWholeStack({ component }: RegisteredPlan, graph: ResourceGraph): boolean {
  const holder = graph.byUrn(component);
  return holder === undefined || holder.type === SYSTEM_TYPE;
}

function ancestorIn<T>(graph: ResourceGraph, urn: string, wanted: ReadonlyMap<string, T>): T | undefined {
  for (
    let here = graph.byUrn(urn);
    here !== undefined;
    here = here.parent === null ? undefined : graph.byUrn(here.parent)
  ) {
    const found = wanted.get(here.urn);
    if (found !== undefined) return found;
  }
  return undefined;
}

function costsTogether(a: Cost, b: Cost): Cost {
  return {
    perMonthUsd: rangesTogether(a.perMonthUsd, b.perMonthUsd),
    partial: a.partial || b.partial,
    lines: [...a.lines, ...b.lines],
    unpriced: [...a.unpriced, ...b.unpriced],
  };
}

function judged(systems: readonly WeighedSystem[], given: Given, judges: Judges): readonly RuleResult[] {
  const { graph, asOf } = given;
  const keyed = systems.map((system) => ({ system, keys: new Set(system.parts.map(({ key }) => key)) }));
  const [alone, ...more] = keyed;
  if (alone === undefined || more.length === 0) {
    const { parts, plan, basis, cost, availability } = alone?.system ?? {
      parts: [],
      plan: null,
      basis: null,
      cost: nothing,
      availability: null,
    };
    const { baseline, read } = given;
    return judges.judge({
      parts,
      resources: graph.resources,
      graph,
      plan,
      basis,
      cost,
      availability,
      conflicts: read.conflicts,
      baseline,
      asOf,
    });
  }
  const said = new Map<string, RuleResult>();
  for (const { system, keys } of keyed) {
    const others = new Set(keyed.filter((each) => each.keys !== keys).flatMap((each) => [...each.keys]));
    const own = <T>(list: readonly T[], part: (each: T) => PartKey): readonly T[] =>
      list.filter((each) => !others.has(part(each)));
    const { parts, plan, basis, cost, availability } = system;
    const conflicts: readonly Conflict[] = given.read.conflicts.filter(({ part }) => keys.has(part));
    const baseline = given.baseline && { ...given.baseline, parts: own(given.baseline.parts, ({ key }) => key) };
    for (const result of judges.judge({
      parts,
      resources: graph.resources,
      graph,
      plan,
      basis,
      cost,
      availability,
      conflicts,
      baseline,
      asOf,
    })) {
      // What stands beside the systems has no plan, and need not have one.
      if (plan === null && result.id === "plan-known") continue;
      // What is said of resources is the same whichever system is asked; the graver word stands.
      const key = JSON.stringify([result.id, result.part, result.verdict, result.message]);
      if (said.get(key)?.severity !== "mandatory") said.set(key, result);
    }
  }
  return [...said.values()];
}
