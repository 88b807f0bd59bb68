/**
 * Least whole number not below `value`, forgiving one part in 10^12: 0.3 / 0.1 is 3 servers and not, as the division has it, 4.
 * @param value at least 0
 */
export function roundUp(value: number): number {
  return Math.ceil(value * (1 - 1e-12));
}
