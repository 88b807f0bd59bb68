import { at, isUnknown, type BaseReplicas, type ReadPart, type Source, type Unknown } from "../model";

/** What of a group runs where: the first replicas are the base's, the others are divided by the share. */
interface SpotDivision {
  /** Of the replicas beyond the base, 0 to 1. */
  readonly spotShare: number;
  readonly base?: BaseReplicas;
}

export const divisionSource: Source = {
  title: "AWS API model of ecs (botocore 1.43.107): the base first, the rest by weight; how it rounds is not told",
  date: "2026-11-20",
};

/** Replicas of `count` on each, on average: parts of a replica are possible. */
export function divided(
  count: number,
  { spotShare, base }: SpotDivision,
): { readonly onDemand: number; readonly spot: number } {
  const first = Math.min(count, base?.replicas ?? 0);
  const spot = (count - first) * spotShare + (base?.on === "spot" ? first : 0);
  return { onDemand: count - spot, spot };
}

/** Whole replicas of `count` that stand when every Spot task is taken at once, however the division is rounded. */
export function standsWithoutSpot(count: number, division: SpotDivision): number {
  // 10 less 10 x 0.7 is a little less than 3 in floating point, or a little more.
  return Math.floor(divided(count, division).onDemand + 1e-9);
}

/** Most whole replicas of `count` that are On-Demand, however the division is rounded. */
export function mostOnDemand(count: number, division: SpotDivision): number {
  return Math.ceil(divided(count, division).onDemand - 1e-9);
}

const nothing: SpotDivision = { spotShare: 0 };

/** The division of the machines that stand at `path` in a Part, or what hides it. */
export function divisionOfMachines(part: ReadPart, path: readonly string[]): SpotDivision | Unknown {
  const share = at(part, ...path, "spotShare");
  if (!share.known) return share;
  const spotShare = Number(share.value);
  const machine = at(part, ...path);
  const { onDemandBase } = (machine.known ? machine.value : {}) as { readonly onDemandBase?: unknown };
  if (onDemandBase === undefined) return { spotShare };
  const base = at(part, ...path, "onDemandBase");
  return base.known ? { spotShare, base: { replicas: Number(base.value), on: "on-demand" } } : base;
}

/** The division of a replica group as read, or what hides it: of tasks on Fargate, or of machines. Of tasks on machines those tell. */
export function divisionOf(group: ReadPart): SpotDivision | Unknown {
  const kind = at(group, "runtime", "kind");
  if (!kind.known) return kind;
  if (kind.value === "instance-group") return divisionOfMachines(group, ["runtime", "machine"]);
  if (kind.value !== "ecs-fargate") return nothing;
  const share = at(group, "runtime", "spotShare");
  if (!share.known) return share;
  const { base } = ("runtime" in group ? group.runtime : {}) as { readonly base?: unknown };
  const spotShare = Number(share.value);
  if (base === undefined) return { spotShare };
  if (isUnknown(base)) return base;
  const [replicas, on] = [at(base, "replicas"), at(base, "on")];
  if (!replicas.known) return replicas;
  if (!on.known) return on;
  return { spotShare, base: { replicas: Number(replicas.value), on: on.value === "spot" ? "spot" : "on-demand" } };
}
