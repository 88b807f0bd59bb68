import { above, atLeast, probability } from "../model/argument";
import { fitTerms, type Measured } from "./scaling-fit";

/** Gunther's universal scalability law: throughput(n) = single n / (1 + contention (n - 1) + coherency n (n - 1)). */
export interface ScalingFactors {
  /** Share of the work that waits for something shared, 0 to 1: what limits a fleet to single / contention. */
  readonly contention: number;
  /** Cost of keeping each pair of replicas in agreement, at least 0: what makes throughput fall beyond the peak. */
  readonly coherency: number;
  /** Throughput of one replica, above 0, in any unit. */
  readonly single: number;
}

/**
 * Throughput of n replicas, and the count beyond which more replicas lower it.
 * @returns peakReplicas: sqrt((1 - contention) / coherency), a real number, Infinity where coherency is 0; below 1 where even a
 *   second replica lowers the throughput
 * @throws RangeError that names the argument
 */
export function scalingLaw(factors: ScalingFactors): {
  readonly throughput: (replicas: number) => number;
  readonly peakReplicas: number;
} {
  const contention = probability("contention", factors.contention);
  const coherency = atLeast("coherency", factors.coherency, 0);
  const single = above("single", factors.single, 0);
  return {
    throughput: (replicas) => {
      const n = atLeast("replicas", replicas, 0);
      // contention (n - 1) + 1 is (1 - contention) + contention n: nothing cancels below one replica.
      return n === 0 ? 0 : (single * n) / (1 - contention + contention * n + coherency * n * (n - 1));
    },
    peakReplicas: coherency === 0 ? Infinity : Math.sqrt((1 - contention) / coherency),
  };
}

/**
 * The law's factors from a load test, by least squares of the throughput itself within contention 0 to 1 and coherency at least 0.
 * Of two fits that are equally good, the one with fewer factors: data that scale linearly yield a coherency of exactly 0.
 * @param points n: replicas, above 0, at least three different; throughput: above 0, one unit for all
 * @throws RangeError that names the argument
 */
export function fitScalingLaw(points: readonly Measured[]): ScalingFactors {
  points.forEach((point, i) => {
    above(`points[${i}].n`, point.n, 0);
    above(`points[${i}].throughput`, point.throughput, 0);
  });
  const different = new Set(points.map((point) => point.n)).size;
  if (different < 3) {
    throw new RangeError(`points: three unknowns need at least three different n; got ${different}`);
  }
  const [fixed, linear, pairs] = fitTerms(points);
  return {
    contention: linear / (fixed + linear),
    coherency: pairs / (fixed + linear),
    single: 1 / (fixed + linear),
  };
}
