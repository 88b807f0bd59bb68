import {
  at,
  isUnknown,
  listAt,
  numberAt,
  textAt,
  unknown,
  type Basis,
  type PartKey,
  type PartKind,
  type Range,
  type ReadPart,
  type Report,
  type Unknown,
} from "../model";
import { basisOf, planOf } from "./report";

/** How many copies of one workload a stack runs, and where. */
export interface Replicas {
  readonly part: PartKey;
  readonly workload: string;
  /** At the scaler's floor, over the day, at its ceiling. */
  readonly count: Range;
  /** The floor's split over the zones, as balanced as it goes; null where zones are not named or not known. */
  readonly zones: readonly number[] | null;
}

/** Something with copies that nobody can count yet. */
export interface Uncounted {
  readonly part: PartKey;
  /** It is known once it was deployed. */
  readonly afterDeploy: boolean;
}

/** Kinds of Parts that have copies; replica groups first, caches next. */
const KINDS: readonly PartKind[] = [
  "replica-group",
  "redis-cache",
  "store",
  "broker",
  "database",
  "node-pool",
  "search",
];

/**
 * Replica groups, then caches, then what else has copies, by name: as built, or as planned where nothing was run. A count that is
 * not known is left out: `uncountedOf` says it.
 */
export function replicasOf(report: Report): readonly Replicas[] {
  const basis = basisOf(report);
  return copiedParts(report).flatMap((part): readonly Replicas[] => {
    const count = countOf(part, basis);
    if (count === null || isUnknown(count)) return [];
    // A floor of none stands nowhere.
    const zones = count.min > 0 ? zonesOf(part) : null;
    return [
      {
        part: part.key,
        workload: part.workload,
        count,
        zones: zones === null ? null : spread(stands(part, count.min, zones), zones),
      },
    ];
  });
}

/** What of another's program has copies whose number is not known, in the order of `replicasOf`. */
export function uncountedOf(report: Report): readonly Uncounted[] {
  if (planOf(report) !== null) return [];
  const basis = basisOf(report);
  return copiedParts(report).flatMap((part): readonly Uncounted[] => {
    const count = countOf(part, basis);
    return isUnknown(count) ? [{ part: part.key, afterDeploy: count.why === "after-deploy" }] : [];
  });
}

/** Zones of each balancer of another's program, by name, where they are known: a balancer has an entry in each and no replicas. */
export function balancerZonesOf(report: Report): readonly { readonly part: PartKey; readonly zones: number }[] {
  if (planOf(report) !== null) return [];
  return report.built
    .filter((part) => part.kind === "load-balancer")
    .sort(byKey)
    .flatMap((part) => {
      const zones = zonesOf(part);
      return zones === null ? [] : [{ part: part.key, zones }];
    });
}

function copiedParts(report: Report): readonly ReadPart[] {
  const rank = (part: ReadPart): number => KINDS.findIndex((kind) => kind === part.kind);
  // Those that nines does not plan stand together, by their names.
  const block = (part: ReadPart): number => Math.min(2, rank(part));
  return report.built
    .filter((part) => rank(part) >= 0)
    .sort((a, b) =>
      block(a) !== block(b) ? block(a) - block(b) : block(a) < 2 ? byKey(a, b) : byWorkload(a, b) || byKey(a, b),
    );
}

function byKey(a: ReadPart, b: ReadPart): number {
  return a.key < b.key ? -1 : a.key > b.key ? 1 : 0;
}

function byWorkload(a: ReadPart, b: ReadPart): number {
  return a.workload < b.workload ? -1 : a.workload > b.workload ? 1 : 0;
}

/** Zones that copies are counted in; null where they are the provider's business, or where not each is known. */
function zonesOf(part: ReadPart): number | null {
  if (textAt(part, "placement", "kind") !== "zonal") return null;
  const zones = listAt(part, "placement", "zones") ?? [];
  if (zones.length === 0 || !zones.every((zone) => at(zone).known)) return null;
  // The data of a search cluster is kept apart in as many zones as it says, whatever its subnets are.
  return part.kind === "search" ? (numberAt(part, "awareZones") ?? null) : zones.length;
}

/** null: a kind, or a serverless one, that nobody counts. */
function countOf(part: ReadPart, basis: Basis | null): Range | Unknown | null {
  switch (part.kind) {
    case "replica-group":
    case "store":
    case "node-pool":
      return scaledCount(part, basis);
    case "redis-cache":
      return same(cacheNodes(part));
    case "database":
      return same(members(part));
    case "search":
      return same(number(part, "data", "count"));
    case "broker": {
      const brokers = at(part, "brokers");
      return brokers.known && brokers.value === null ? null : same(number(part, "brokers", "count"));
    }
    default:
      return null;
  }
}

function scaledCount(part: ReadPart, basis: Basis | null): Range | Unknown {
  const kind = at(part, "scaling", "kind");
  if (!kind.known) return kind;
  if (kind.value === "fixed") return same(number(part, "scaling", "count"));
  const [min, max] = [number(part, "scaling", "min"), number(part, "scaling", "max")];
  if (isUnknown(min)) return min;
  if (isUnknown(max)) return max;
  const mean = basis?.demand.find((demand) => demand.part === part.key)?.replicasAtMean ?? min;
  return { min, expected: Math.min(max, Math.max(min, mean)), max };
}

function same(count: number | Unknown): Range | Unknown {
  return isUnknown(count) ? count : { min: count, expected: count, max: count };
}

function number(part: ReadPart, ...path: readonly string[]): number | Unknown {
  const leaf = at(part, ...path);
  if (!leaf.known) return leaf;
  return typeof leaf.value === "number" ? leaf.value : unknown(leaf.urn, path.join("."), "unreadable");
}

/** The primary, and what stands by or answers reads beside it. */
function members(part: ReadPart): number | Unknown {
  const kind = at(part, "topology", "kind");
  if (!kind.known) return kind;
  if (kind.value === "cluster") return number(part, "topology", "members");
  if (kind.value === "single") return 1;
  const standbys = number(part, "topology", "standbys");
  return isUnknown(standbys) ? standbys : standbys + 1;
}

function cacheNodes(part: ReadPart): number | Unknown {
  const kind = at(part, "topology", "kind");
  if (!kind.known) return kind;
  if (kind.value === "single") return 1;
  if (kind.value === "replicated") {
    const replicas = number(part, "topology", "replicas");
    return isUnknown(replicas) ? replicas : replicas + 1;
  }
  const shards = number(part, "topology", "shards");
  const each = number(part, "topology", "replicasPerShard");
  return isUnknown(shards) ? shards : isUnknown(each) ? each : shards * (each + 1);
}

/** Of copies of which a zone takes one, those beyond wait. */
function stands(part: ReadPart, count: number, zones: number): number {
  return textAt(part, "placement", "spread") === "one-each" ? Math.min(count, zones) : count;
}

/** As even as it goes, the first zones hold one more. */
function spread(count: number, zones: number): readonly number[] {
  return Array.from({ length: zones }, (_, zone) => Math.floor(count / zones) + (zone < count % zones ? 1 : 0));
}
