import { probability, wholeAtLeast } from "../model/argument";
import { kOfNUp, type UpAndDown } from "./k-of-n";

/**
 * A group whose members also fail together: the beta factor of IEC 61508. A share `beta` of a member's unavailability takes all
 * members at once (a bad deploy, a configuration push); the rest is independent: beta u + k-of-n at (1 - beta) u.
 * The sum counts the rare moment twice when both happen: an upper bound, held to 1.
 * @param group unavailability: of one member, 0 to 1; beta: 0 to 1 (typically 0.01 to 0.1); need: whole, 0 to total; total: whole
 * @throws RangeError that names the argument
 */
export function commonCause(group: {
  readonly unavailability: number;
  readonly beta: number;
  readonly need: number;
  readonly total: number;
}): UpAndDown {
  const down = probability("unavailability", group.unavailability);
  const beta = probability("beta", group.beta);
  const total = wholeAtLeast("total", group.total, 0);
  const alone = kOfNUp(group.need, total, 1 - (1 - beta) * down, (1 - beta) * down);
  if (group.need === 0) return alone;
  return {
    availability: Math.max(0, alone.availability - beta * down),
    unavailability: Math.min(1, beta * down + alone.unavailability),
  };
}
