import { at, isUnknown } from "../model";
import type { Basis, PartKey, PartKind, ReadPart, Unknown, WorkloadDemand, Why } from "../model";
import type { Finding } from "./rule";

/** What a test of a known value says. */
interface Judged {
  readonly ok: boolean;
  readonly message: string;
  readonly fix: string;
  readonly fixByHand?: string;
  readonly severity?: "advisory";
}

export function finding(part: PartKey | null, judged: Judged): Finding {
  const { ok, ...rest } = judged;
  return { part, verdict: ok ? "pass" : "fail", ...rest, fix: ok ? "" : rest.fix };
}

const because: Readonly<Record<Why, string>> = {
  "after-deploy": "is known only after the deploy",
  "no-default-known": "is not set, and no default is known",
  "ambiguous-reference": "refers to more than one thing",
  secret: "is a secret",
  elsewhere: "belongs to something outside this program",
  unreadable: "is there and cannot be understood",
};

/** A value that is not known decides nothing. What nobody set is called as whoever would set it calls it. */
export function undecided(
  part: PartKey | null,
  what: string,
  { why, property }: Pick<Unknown, "why"> & Partial<Pick<Unknown, "property">>,
): Finding {
  const named = why === "no-default-known" ? (property ?? what) : what;
  return {
    part,
    verdict: "undecided",
    message: `${named} ${because[why]}`,
    fix: `give ${named} a value that can be read before the deploy`,
  };
}

/** Which zones nodes of a cluster are in, none of its objects tells. */
export function zonesUntold(part: PartKey): Finding {
  return {
    part,
    verdict: "undecided",
    message: "no object says which zones its nodes are in",
    fix: "state cluster.zones in a demand file",
  };
}

/** Is a Part of pods, on nodes that the program does not hold? */
export function onUntoldNodes(part: ReadPart): boolean {
  const runtime = at(part, "runtime", "kind");
  const zones = at(part, "placement", "zones");
  const ofPods =
    part.kind === "store" || (runtime.known && (runtime.value === "kubernetes" || runtime.value === "sentinel"));
  return ofPods && !zones.known && zones.why === "elsewhere";
}

/** The same, said without counting. */
export function advised(found: Finding): Finding {
  return { ...found, severity: "advisory" };
}

type ReadOf<K extends PartKind> = Extract<ReadPart, { readonly kind: K }>;

const byKind = new WeakMap<readonly ReadPart[], Map<PartKind, ReadPart[]>>();

/** The Parts of a kind, in their order; the list is gone through once. */
export function partsOf<K extends PartKind>(parts: readonly ReadPart[], kind: K): readonly ReadOf<K>[] {
  let kinds = byKind.get(parts);
  if (kinds === undefined) {
    kinds = new Map();
    for (const part of parts) {
      const sameKind = kinds.get(part.kind);
      if (sameKind) sameKind.push(part);
      else kinds.set(part.kind, [part]);
    }
    byKind.set(parts, kinds);
  }
  return (kinds.get(kind) ?? []) as unknown as readonly ReadOf<K>[];
}

/** Parts that send requests to replica groups: balancers, and rules on somebody else's. */
export function doorsOf(parts: readonly ReadPart[]): readonly (ReadOf<"load-balancer"> | ReadOf<"balancer-route">)[] {
  return [...partsOf(parts, "load-balancer"), ...partsOf(parts, "balancer-route")];
}

const demandByPart = new WeakMap<Basis, ReadonlyMap<PartKey, WorkloadDemand>>();

/** What a Part must carry; undefined where nobody says. */
export function demandOf(basis: Basis | null, part: PartKey): WorkloadDemand | undefined {
  if (basis === null) return undefined;
  let known = demandByPart.get(basis);
  if (known === undefined) {
    known = new Map(basis.demand.map((demand) => [demand.part, demand]));
    demandByPart.set(basis, known);
  }
  return known.get(part);
}

/** A leaf, or all below a field, by its dotted path: a plain value, or the first unknown that stands in the way. */
export function valueAt(part: unknown, path: string): { readonly known: true; readonly value: unknown } | Unknown {
  const leaf = at(part, ...path.split("."));
  if (!leaf.known) return leaf;
  const inner = typeof leaf.value === "object" ? firstUnknown(leaf.value) : undefined;
  return inner ?? { known: true, value: leaf.value };
}

function firstUnknown(value: unknown): Unknown | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  if (isUnknown(value)) return value;
  for (const inner of Object.values(value)) {
    const found = firstUnknown(inner);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Judges the value at a path; T is what the model says of it. */
export function onValue<T>(part: ReadPart, path: string, test: (value: T) => Judged): Finding {
  const found = valueAt(part, path);
  return found.known ? finding(part.key, test(found.value as T)) : undecided(part.key, path, found);
}

type Floor = { readonly known: true; readonly value: number } | (Unknown & { readonly path: string });

function bound(part: ReadPart, end: "min" | "max"): Floor {
  const kind = at(part, "scaling", "kind");
  if (!kind.known) return { ...kind, path: "scaling" };
  const path = kind.value === "fixed" ? "count" : end;
  const leaf = at(part, "scaling", path);
  if (!leaf.known) return { ...leaf, path: `scaling.${path}` };
  return { known: true, value: Number(leaf.value) };
}

/** Least replicas that run: the scaler's minimum, or the fixed count. */
export function floorOf(part: ReadPart): Floor {
  return bound(part, "min");
}

/** Most replicas that the scaler runs, or the fixed count. */
export function ceilingOf(part: ReadPart): Floor {
  return bound(part, "max");
}

/** Judges the least number of replicas. */
export function onFloor(part: ReadPart, test: (floor: number) => Judged): Finding {
  const floor = floorOf(part);
  return floor.known ? finding(part.key, test(floor.value)) : undecided(part.key, floor.path, floor);
}

/** "1 zone", "2 zones". */
export function count(number: number, noun: string): string {
  return `${number.toLocaleString("en-US")} ${noun}${number === 1 ? "" : "s"}`;
}
