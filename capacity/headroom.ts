import { wholeAtLeast } from "../model/argument";

/**
 * Least replicas that leave `need` after the fullest `zonesLost` zones are gone, spread evenly: no zone holds more than one
 * replica more than another (the skew of 1 that ECS rebalancing, GKE and topology spread keep).
 *
 * n = qZ + r replicas leave q (Z - f) + max(0, r - f): the spare ones of a round count only once the lost zones hold theirs.
 * So 11 over 3 zones is 17, not the 18 of "whole rounds only".
 * @param question need: replicas that carry the load, at least 0; zones: at least 1; zonesLost: at least 0, fewer than zones
 * @throws RangeError that names the argument
 */
export function replicasToSurviveZones(question: {
  readonly need: number;
  readonly zones: number;
  readonly zonesLost: number;
}): number {
  const need = wholeAtLeast("need", question.need, 0);
  const zones = wholeAtLeast("zones", question.zones, 1);
  const zonesLost = wholeAtLeast("zonesLost", question.zonesLost, 0);
  if (zonesLost >= zones) throw new RangeError(`zonesLost: fewer than the ${zones} zones; got ${zonesLost}`);
  const rounds = Math.floor(need / (zones - zonesLost));
  const more = need - rounds * (zones - zonesLost);
  return rounds * zones + (more > 0 ? zonesLost + more : 0);
}
