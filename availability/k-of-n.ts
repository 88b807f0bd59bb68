import { probability, wholeAtLeast } from "../model/argument";
import { atOrAbove, below, binomial } from "./binomial";

/** Share of time that something works, and that it does not; each summed from its own side, so that neither loses its digits. */
export interface UpAndDown {
  readonly availability: number;
  readonly unavailability: number;
}

/**
 * At least `need` of `total` independent replicas are up.
 *
 * The input 1 - u already carries u with an error of 1e-16, so a replica's unavailability of 1e-9 is known to 7 digits only; the
 * function adds nothing to that. Unavailability too small for a number of 64 bits is the smallest one, never 0: it is 0 only where
 * nothing can fail (need 0, or availability exactly 1).
 * @param need whole, 0 to total
 * @param total whole, at least 0
 * @param availability of one replica, 0 to 1
 * @throws RangeError that names the argument
 */
export function kOfN(need: number, total: number, availability: number): UpAndDown {
  wholeAtLeast("total", total, 0);
  probability("availability", availability);
  return kOfNUp(need, total, availability, 1 - availability);
}

/** The same where the replica's unavailability is known better than one minus its availability. */
export function kOfNUp(need: number, total: number, up: number, down: number): UpAndDown {
  wholeAtLeast("need", need, 0);
  if (need > total) throw new RangeError(`need: at most total, ${total}; got ${need}`);
  if (need === 0) return { availability: 1, unavailability: 0 };
  const masses = binomial(total, up, down);
  const unavailability = down > 0 ? Math.max(Number.MIN_VALUE, below(masses, need)) : 0;
  return { availability: availabilityBeside(unavailability, atOrAbove(masses, need)), unavailability };
}

/** The larger of the two sides is one minus the smaller: a sum that should be 1 ends a few units in the last place off. */
export function availabilityBeside(unavailability: number, summed: number): number {
  return unavailability < 0.5 ? 1 - unavailability : summed;
}
