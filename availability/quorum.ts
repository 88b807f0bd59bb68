import { wholeAtLeast } from "../model/argument";

/** More than half: of 3 two, of 4 three, of 5 three. */
export function majority(members: number): number {
  return Math.floor(wholeAtLeast("members", members, 0) / 2) + 1;
}

/**
 * Members that are left when the fullest zones are gone, and whether they are still a majority.
 * @param question byZone: members in each zone; zonesLost: fewer than the zones; need: members that must be up, @default the majority
 * @throws RangeError that names the argument
 */
export function quorumAfterZones(question: {
  readonly byZone: readonly number[];
  readonly zonesLost: number;
  readonly need?: number;
}): { readonly left: number; readonly need: number; readonly kept: boolean } {
  const counts = question.byZone.map((count, zone) => wholeAtLeast(`byZone[${zone}]`, count, 0));
  if (wholeAtLeast("zonesLost", question.zonesLost, 0) > counts.length)
    throw new RangeError(`zonesLost: at most the ${counts.length} zones; got ${question.zonesLost}`);
  const members = counts.reduce((sum, count) => sum + count, 0);
  const need = question.need === undefined ? majority(members) : wholeAtLeast("need", question.need, 1);
  const left = [...counts]
    .sort((a, b) => a - b)
    .slice(0, counts.length - question.zonesLost)
    .reduce((sum, at) => sum + at, 0);
  return { left, need, kept: left >= need };
}
