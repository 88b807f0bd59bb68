import type { Changes, Range, Report, Setting } from "../model";
import { planOf, type Baseline } from "./report";
import { replicasOf, uncountedOf } from "./replicas";
import { resourceChanges, type Replaces } from "./resource-changes";
import { unlikeItems } from "./unlike-cost";

/** How a stack is compared with what stood: by us, who see inputs alone. */
export function comparedWith(before: Report | null, against: string, replaces: Replaces): Baseline {
  return { before, changes: (after) => changesOf(before, after, against, replaces) };
}

/**
 * What stands between two reports of one stack: resources by URN, settings, replicas, cost and unavailability.
 * @param before null: the stack is new, and everything is created.
 * @param against What the baseline is, for a person: a ref, a file.
 */
export function changesOf(before: Report | null, after: Report, against: string, replaces: Replaces): Changes {
  const unknowns = before !== null && before.origin !== after.origin ? "same" : "differs";
  const unlike = before === null ? [] : unlikeItems(before.cost, after.cost);
  const resources = resourceChanges(before?.resources ?? [], after.resources, replaces, unknowns);
  return {
    against,
    settings: settingChanges(before === null ? [] : settings(before), settings(after)),
    resources,
    same: after.resources.length - resources.filter((change) => change.op !== "delete").length,
    replicas: replicaChanges(before, after),
    perMonthUsd: { from: before === null ? null : before.cost.perMonthUsd, to: after.cost.perMonthUsd },
    ...(unlike.length > 0 ? { unlike } : {}),
    unavailability: {
      from: before?.availability?.unavailability ?? null,
      to: after.availability?.unavailability ?? null,
    },
  };
}

function settings(report: Report): readonly Setting[] {
  return planOf(report)?.settings ?? [];
}

/** By key, objects entered; a key that one side lacks counts. */
export function settingChanges(before: readonly Setting[], after: readonly Setting[]): Changes["settings"] {
  const from = leaves(before);
  const to = leaves(after);
  return [...new Set([...from.keys(), ...to.keys()])]
    .filter((key) => JSON.stringify(from.get(key)) !== JSON.stringify(to.get(key)))
    .sort()
    .map((key) => ({ key, from: from.get(key) ?? null, to: to.get(key) ?? null }));
}

function leaves(settingsOf: readonly Setting[]): ReadonlyMap<string, unknown> {
  const flat = new Map<string, unknown>();
  const visit = (key: string, value: unknown): void => {
    if (typeof value === "object" && value !== null && !Array.isArray(value)) {
      for (const [inner, below] of Object.entries(value)) visit(`${key}.${inner}`, below);
    } else flat.set(key, value);
  };
  for (const setting of settingsOf) visit(setting.key, setting.value);
  return flat;
}

/**
 * All that has copies on either side, also what stays: a person wants to see that it does. What cannot be counted on one side
 * is left out: it is neither new nor gone.
 */
function replicaChanges(before: Report | null, after: Report): Changes["replicas"] {
  const from = new Map((before === null ? [] : replicasOf(before)).map((each) => [each.part, each]));
  const to = new Map(replicasOf(after).map((each) => [each.part, each]));
  const open = new Set(
    [...(before === null ? [] : uncountedOf(before)), ...uncountedOf(after)].map(({ part }) => part),
  );
  const parts = [...new Set([...to.keys(), ...from.keys()])].filter((part) => !open.has(part));
  return parts.map((part) => ({
    part,
    from: from.get(part)?.count ?? null,
    to: to.get(part)?.count ?? null,
    zonesFrom: from.get(part)?.zones ?? null,
    zonesTo: to.get(part)?.zones ?? null,
  }));
}

/** Nothing is expected to happen: same resources, same settings. */
export function isEmpty(changes: Changes): boolean {
  return changes.resources.length === 0 && changes.settings.length === 0;
}

/** Share by which a sum grew; null where nothing stood before. */
export function growth(from: Range | null, to: Range): number | null {
  return from === null || from.expected === 0 ? null : to.expected / from.expected - 1;
}
