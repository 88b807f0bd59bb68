import { at, isUnknown, listAt, numberAt, plain, textAt, type PartKey, type ReadPart } from "../model";
import { cachePods } from "./kubernetes/cache-pods";
import type { PodSet } from "./pod-set";

/** A Part with pods, as nodes meet it. */
export interface Carried {
  readonly key: PartKey;
  readonly region: string | undefined;
  /** Sorted. */
  readonly zones: readonly string[];
  /** Most replicas that its scaler makes. */
  readonly most: number | undefined;
  /** null: a count or a size is not known. */
  readonly min: readonly PodSet[] | null;
  readonly max: readonly PodSet[] | null;
}

const carriedBy = new WeakMap<ReadPart, Carried | "no pods">();

/** Parts of a region that have pods. A plan packs the same ones again and again: with a burst, at the ceilings, with a node lost. */
export function carriedIn(parts: readonly ReadPart[], region: string): readonly Carried[] {
  return parts.flatMap((part) => {
    const carried = carriedBy.get(part) ?? carriedOf(part);
    carriedBy.set(part, carried);
    return carried === "no pods" || carried.region !== region ? [] : [carried];
  });
}

function carriedOf(part: ReadPart): Carried | "no pods" {
  if (podsOf(part) === undefined) return "no pods";
  return {
    key: part.key,
    region: textAt(part, "region"),
    zones: [...zonesOf(part)].sort(),
    most: numberAt(part, "scaling", "max"),
    min: podSets(part, "min"),
    max: podSets(part, "max"),
  };
}

export function zonesOfAll(carried: readonly Carried[]): readonly string[] {
  return [...new Set(carried.flatMap(({ zones }) => zones))].sort();
}

/** Pods of a Part: its own, and those that watch over them; undefined: it has none. */
function podsOf(part: ReadPart): "group" | "cache" | undefined {
  if (part.kind === "store") return "group";
  if (part.kind !== "replica-group" && part.kind !== "redis-cache") return undefined;
  const runtime = textAt(part, "runtime", "kind");
  if (part.kind === "replica-group") return runtime === "kubernetes" ? "group" : undefined;
  return runtime === "sentinel" ? "cache" : undefined;
}

function podSets(part: ReadPart, end: "min" | "max"): readonly PodSet[] | null {
  const hosts = textAt(part, "runtime", "hosts");
  const spread = textAt(part, "placement", "spread");
  const shape = {
    name: part.key,
    zoneSpread:
      spread === "hard"
        ? ({ kind: "hard", taints: "honor" } as const)
        : ({ kind: spread === "one-each" ? "one-each" : "soft" } as const),
    hosts: hosts === "hard" ? ("required" as const) : hosts === "any" ? ("any" as const) : ("preferred" as const),
  };
  if (podsOf(part) === "cache") {
    const replicas = numberAt(part, "topology", "replicas");
    const { member, sentinel, proxy } = cachePods;
    const planned = at(part, "runtime", "member");
    const absent = !planned.known && planned.why === "no-default-known";
    const cpuMillis = absent ? member.cpuMillis : numberAt(part, "runtime", "member", "cpuMillis");
    const memoryMiB = absent ? numberAt(part, "node", "memoryMiB") : numberAt(part, "runtime", "member", "memoryMiB");
    if (cpuMillis === undefined || memoryMiB === undefined) return null;
    const members = { ...shape, cpuMillis, memoryMiB, zoneBound: true, count: 1 + (replicas ?? 0) };
    // Nobody watches a copy until it is promoted; proxies lead to it all the same. Where others' members only follow one another there is neither.
    const watched = numberAt(part, "runtime", "sentinels", "count") !== undefined;
    const led = watched || textAt(part, "crossRegion", "kind") === "async";
    return [
      members,
      ...(watched ? [{ ...shape, ...sentinel, name: `${part.key} sentinels`, zoneBound: true }] : []),
      ...(led ? [{ ...shape, ...proxy, name: `${part.key} proxies`, surge: 1 }] : []),
    ];
  }
  const count = numberAt(part, "scaling", end) ?? numberAt(part, "scaling", "count");
  const cpuMillis = numberAt(part, "size", "cpuMillis");
  const memoryMiB = numberAt(part, "size", "memoryMiB");
  if (count === undefined || cpuMillis === undefined || memoryMiB === undefined) return null;
  // Members of a store go where their volumes are, and roll one by one in their own places.
  const bound = part.kind === "store" ? { zoneBound: true } : {};
  const atMax = end === "max" ? numberAt(part, "rollout", "surgeAtMax") : undefined;
  const surge = atMax ?? numberAt(part, "rollout", "surge") ?? 0;
  return [{ ...shape, ...bound, cpuMillis, memoryMiB, count, surge }];
}

function zonesOf(part: ReadPart): readonly string[] {
  return (listAt(part, "placement", "zones") ?? []).flatMap((zone) => {
    const value = isUnknown(zone) ? undefined : plain(zone);
    return typeof value === "string" ? [value] : [];
  });
}
