// What is said of a program that holds several systems, and things of its own beside them: each system is priced, weighed and
// judged by its own plan, the rest as another's program is.
import {
  asReading,
  isUnknown,
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
  type ReportedNodes,
  type ResourceGraph,
  type RuleResult,
  type Unknown,
} from "../model";
import { askedOfNodes } from "../components/kubernetes/asked-of-nodes.read";
import { nodePoolsOf } from "../capacity/node-pools";
import { costApart, costShare, costsTogether } from "../cost/division";
import { besideDaemons } from "./kubernetes/node-daemons";
import type { Subject } from "./rule";
import { besidePlannedDaemons } from "./planned-daemons";
import { plansOnShared, sharedNodes, type PoolOfSystems } from "./shared-nodes";

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
  readonly asOf: string;
  /** Some of the stack is not in view: totals are partial, and no availability can be told. */
  readonly unseen: boolean;
}

/** One system with what was built of it. plan null: what belongs to none. */
export interface WeighedSystem {
  readonly component: string | null;
  /** On the nodes that it shares with others, where it does. */
  readonly plan: Plan | null;
  /** The plan, or what was stated. */
  readonly basis: Basis | null;
  readonly parts: readonly ReadPart[];
  /** Of shared nodes its share. */
  readonly cost: Cost;
  readonly availability: Availability | null;
}

export interface Weighed {
  /** In the order of the plans; what belongs to no system comes last. */
  readonly systems: readonly WeighedSystem[];
  /** Shared nodes once. */
  readonly cost: Cost;
  /** Nodes that several of the systems share. */
  readonly shared: readonly ReportedNodes[];
  /** Judged when it is asked for, against what stands. */
  readonly rules: (baseline: Subject["baseline"]) => readonly RuleResult[];
}

/** Prices and weighs each system of a program, and judges them once somebody asks. */
export function weigh(given: Given, judges: Judges): Weighed {
  const { read, graph, plans, basisOf, unseen } = given;
  const asked = askedOfNodes(graph, read.claims);
  const apart = besidePlannedDaemons(divided(read, graph, plans), graph, read.claims, asked);
  const pools = sharedNodes(apart, graph, read.claims, asked);
  const onShared = plansOnShared(apart, pools, asked);
  const bills = new Map<PartKey, Cost>();
  let cost = nothing;
  const systems = apart.flatMap((each, index): readonly SharingSystem[] => {
    const share = { ...each, plan: onShared[index] ?? null };
    if (share.plan === null && plans.length > 0 && share.parts.length === 0) return [];
    const basis = share.plan ?? besideDaemons(basisOf(share.parts), graph);
    const among = pools.flatMap((pool) => {
      const own = pool.among.find(({ user }) => user.index === index);
      return own === undefined ? [] : [{ pool, own }];
    });
    // Nodes that are there already are nobody's resource: how many pods need of them follows from the pods that were built.
    const alone = Object.entries(basis?.nodes ?? {}).filter(
      ([region]) => !among.some(({ own }) => own.user.region === region),
    );
    const needed = [
      ...nodePoolsOf(share.parts, Object.fromEntries(alone), asked),
      ...among.map(({ pool }) => pool.pool),
    ];
    const parts = [...share.parts, ...needed];
    const placed = needed.length > 0 || basis?.nodes === undefined || !share.parts.some(runsInPods);
    const priced = judges.costOf(parts, basis);
    let own = unseen ? { ...priced, partial: true } : priced;
    const shares: Cost[] = [];
    for (const { pool, own: part } of among) {
      const { of, rest } = costApart(own, pool.pool.key);
      bills.set(pool.pool.key, of);
      shares.push(costShare(of, part.share));
      own = rest;
    }
    cost = costsTogether(cost, own);
    return [
      {
        ...share,
        parts,
        basis,
        cost: shares.reduce(costsTogether, own),
        // A balancer or a cache that is not in view would be missing among the causes.
        // Pods that fit on no node wait, and nobody knows for how long.
        availability: basis === null || unseen || !placed ? null : judges.availabilityOf(standing(share), basis),
        beside: among.flatMap(({ pool }) => pool.among.flatMap(({ user }) => (user.index === index ? [] : user.parts))),
      },
    ];
  });
  for (const each of bills.values()) cost = costsTogether(cost, each);
  return {
    systems,
    cost,
    shared: pools.map((pool) => said(pool, bills.get(pool.pool.key))),
    rules: (baseline) => judged(systems, baseline, given, judges),
  };
}

/** Who needs how much of shared nodes. */
function said({ pool, among }: PoolOfSystems, bill: Cost | undefined): ReportedNodes {
  const priced = bill !== undefined && bill.lines.length > 0;
  return {
    part: pool.key,
    among: among.map(({ user, alone, share }) => ({
      system: user.plan.system,
      alone,
      perMonthUsd: priced ? costShare(bill, share).perMonthUsd : null,
    })),
  };
}

/** With Parts of others whose pods stand on the same nodes. */
interface SharingSystem extends WeighedSystem {
  readonly beside: readonly ReadPart[];
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

function judged(
  systems: readonly SharingSystem[],
  standing: Subject["baseline"],
  given: Given,
  judges: Judges,
): readonly RuleResult[] {
  const { graph, asOf } = given;
  const { claims } = given.read;
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
    return judges.judge({
      parts,
      resources: graph.resources,
      graph,
      plan,
      basis,
      cost,
      availability,
      conflicts: given.read.conflicts,
      baseline: standing,
      claims,
      asOf,
    });
  }
  const said = new Map<string, RuleResult>();
  const partOf = new Map(claims.map(({ urn, part }) => [urn, part]));
  for (const { system, keys } of keyed) {
    const others = new Set(
      keyed.flatMap((each) => (each.keys === keys ? [] : [...each.keys].filter((key) => !keys.has(key)))),
    );
    const own = <T>(list: readonly T[], part: (each: T) => PartKey | null): readonly T[] =>
      list.filter((each) => {
        const key = part(each);
        return key === null || !others.has(key);
      });
    const { parts, plan, basis, cost, availability } = system;
    const conflicts: readonly Conflict[] = given.read.conflicts.filter(({ part }) => keys.has(part));
    const baseline = standing && {
      ...standing,
      parts: own(standing.parts, ({ key }) => key),
      changes: own(standing.changes, ({ urn }) => partOf.get(urn) ?? null),
    };
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
      claims: own(claims, ({ part }) => part),
      asOf,
      ...(system.beside.length === 0 ? {} : { onSameNodes: system.beside }),
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
