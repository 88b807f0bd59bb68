/**
 * Probabilities that 0, 1 ... total of `total` independent things are up.
 *
 * Starts at the most likely count with weight 1 and multiplies outwards by the ratio of neighbours, then divides by the sum: no
 * factorial, no power, nothing that overflows, and each small probability keeps its digits. Takes both `up` and `down`, because
 * whoever knows a tiny `down` must not send it through 1 - (1 - down).
 * @param up and down add up to 1
 */
export function binomial(total: number, up: number, down: number): readonly number[] {
  const weights = new Array<number>(total + 1).fill(0);
  const mode = Math.min(total, Math.floor((total + 1) * up));
  let sum = 1;
  weights[mode] = 1;
  for (let i = mode, weight = 1; i > 0 && weight > 0; i -= 1) {
    weight *= (i / (total - i + 1)) * (down / up);
    weights[i - 1] = weight;
    sum += weight;
  }
  for (let i = mode, weight = 1; i < total && weight > 0; i += 1) {
    weight *= ((total - i) / (i + 1)) * (up / down);
    weights[i + 1] = weight;
    sum += weight;
  }
  return weights.map((weight) => weight / sum);
}

/** P(count < need), from the smallest term up. */
export function below(masses: readonly number[], need: number): number {
  let sum = 0;
  for (let i = 0; i < Math.min(need, masses.length); i += 1) sum += masses[i] ?? 0;
  return Math.min(1, sum);
}

/** P(count >= need), from the smallest term up. */
export function atOrAbove(masses: readonly number[], need: number): number {
  let sum = 0;
  for (let i = masses.length - 1; i >= need; i -= 1) sum += masses[i] ?? 0;
  return Math.min(1, sum);
}
