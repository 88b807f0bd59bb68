import { atLeast } from "../model/argument";
import { erlangC, responseBeyond } from "./queueing";

/** log Gamma, Lanczos' approximation (g = 7, n = 9); relative error below 1e-13 for x > 0. */
function logGamma(x: number): number {
  const g = [
    0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
    12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
  ];
  const [first = 1, ...rest] = g;
  const t = x + 6.5;
  const sum = rest.reduce((all, coefficient, i) => all + coefficient / (x + i), first);
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(t) - t + Math.log(sum);
}

/** Regularised lower incomplete gamma P(a, x): series below a + 1, Lentz' continued fraction above. */
function gammaCdf(a: number, x: number): number {
  if (x <= 0) return 0;
  const scale = Math.exp(-x + a * Math.log(x) - logGamma(a));
  if (x < a + 1) {
    let term = 1 / a;
    let sum = term;
    for (let n = 1; n < 1000 && term > sum * 1e-15; n += 1) {
      term *= x / (a + n);
      sum += term;
    }
    return Math.min(1, sum * scale);
  }
  let b = x + 1 - a;
  let c = 1e300;
  let d = 1 / b;
  let fraction = d;
  for (let n = 1; n < 1000; n += 1) {
    const numerator = -n * (n - a);
    b += 2;
    d = 1 / (numerator * d + b);
    c = b + numerator / c;
    const delta = c * d;
    fraction *= delta;
    if (Math.abs(delta - 1) < 1e-15) break;
  }
  return Math.max(0, 1 - scale * fraction);
}

/**
 * Share of service times beyond `ms` when their mean is `serviceTimeMs` and their coefficient of variation is `variation`:
 * a gamma distribution, so that 1 is the exponential exactly and 0 a fixed time.
 */
export function serviceBeyond(ms: number, serviceTimeMs: number, variation: number): number {
  atLeast("variation", variation, 0);
  if (variation === 0) return ms < serviceTimeMs ? 1 : 0;
  if (variation === 1) return Math.exp(-ms / serviceTimeMs);
  const shape = 1 / (variation * variation);
  return 1 - gammaCdf(shape, (shape * ms) / serviceTimeMs);
}

/**
 * Share of responses (wait and service) beyond `ms`. Exact for an exponential service time (variation 1). Else approximate: the wait is
 * exponential beyond its atom at zero, scaled by (1 + variation^2) / 2 as Allen and Cunneen do, and the service time is gamma; both convolved
 * by Simpson's rule.
 */
export function responseShareBeyond(
  ms: number,
  servers: number,
  erlangs: number,
  serviceTimeMs: number,
  variation: number,
): number {
  if (servers <= erlangs) return 1;
  if (variation === 1) return responseBeyond(ms, servers, erlangs, serviceTimeMs);
  const waits = erlangC(servers, erlangs);
  const decay = (servers - erlangs) / (serviceTimeMs * ((1 + variation * variation) / 2));
  const served = servedWithin(ms, serviceTimeMs, variation);
  // P(W + S <= ms | W > 0) = decay x integral of F(ms - w) e^(-decay w) dw over w in 0..ms
  const width = ms / STEPS;
  let sum = 0;
  for (const [i, share] of served.entries()) {
    const weight = i === 0 || i === STEPS ? 1 : i % 2 === 1 ? 4 : 2;
    sum += weight * share * decay * Math.exp(-decay * (i * width));
  }
  const within = (1 - waits) * (served[0] ?? 1) + waits * ((sum * width) / 3);
  return Math.min(1, Math.max(0, 1 - within));
}

/** Of Simpson's rule; even. */
const STEPS = 200;
const KEPT = 64;
const kept = new Map<string, Float64Array>();

/**
 * Shares of service times within `ms`, and within ever less of it in equal steps down to 0. They know nothing of servers and load, over which counts of
 * replicas are searched and regions differ: kept for the next that asks.
 */
function servedWithin(ms: number, serviceTimeMs: number, variation: number): Float64Array {
  const key = `${ms} ${serviceTimeMs} ${variation}`;
  const known = kept.get(key);
  if (known !== undefined) return known;
  const width = ms / STEPS;
  const shares = Float64Array.from(
    { length: STEPS + 1 },
    (_, i) => 1 - serviceBeyond(ms - i * width, serviceTimeMs, variation),
  );
  if (kept.size === KEPT) kept.clear();
  kept.set(key, shares);
  return shares;
}

export interface Batching {
  readonly size: number;
  readonly waitMs: number;
  /** Each further request of a batch adds so much of the first's time. */
  readonly marginalShare: number;
}

/**
 * What batching does to one request. A batch of f requests takes S (1 + (f - 1) marginalShare); a slot is held S (1 + (f - 1) m) / f for each.
 * How full batches get depends on how busy a slot is, and that on how full they are: solved by iteration at the utilisation given.
 * @returns milliseconds that a request holds a slot, milliseconds that its batch is worked on, and the fill (1 to size)
 */
export function batched(
  serviceTimeMs: number,
  batch: Batching,
  utilisation: number,
): { readonly heldMs: number; readonly workedMs: number; readonly fill: number } {
  let fill: number = 1;
  for (let i = 0; i < 100; i += 1) {
    const workedMs = serviceTimeMs * (1 + (fill - 1) * batch.marginalShare);
    const arrivalsPerMs = (utilisation * fill) / workedMs;
    const next = Math.min(batch.size, 1 + arrivalsPerMs * batch.waitMs);
    if (Math.abs(next - fill) < 1e-12) break;
    fill = next;
  }
  const workedMs = serviceTimeMs * (1 + (fill - 1) * batch.marginalShare);
  return { heldMs: workedMs / fill, workedMs, fill };
}
