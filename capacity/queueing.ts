import { above, atLeast, properShare, within, wholeAtLeast } from "../model/argument";

// M/M/c: Poisson arrivals, exponential service, one queue in order of arrival for all servers. A. K. Erlang, 1917.
// Erlangs are busy servers on average: arrivals a second x seconds of service.

/** What a second's work can count; no fleet is near it. */
const MOST_SERVERS = 1e12;
/** Leaves room above for the servers that a target needs. */
const MOST_ERLANGS = 1e11;

/**
 * Erlang-B: probability that an arrival finds all servers busy when nobody waits.
 *
 * The recurrence 1/B(c) = 1 + (c/A) / B(c-1), unrolled from the top: 1/B = 1 + c/A + c(c-1)/A^2 + ... All terms are positive, so
 * nothing cancels, and only about sqrt(c) of them count, so a million servers cost no more than a few thousand steps.
 * @param servers whole, 0 to 10^12
 * @param erlangs at least 0
 * @returns 0 to 1; below 1e-308 it is 0
 * @throws RangeError that names the argument
 */
export function erlangB(servers: number, erlangs: number): number {
  within("servers", wholeAtLeast("servers", servers, 0), 0, MOST_SERVERS);
  atLeast("erlangs", erlangs, 0);
  if (erlangs === 0) return servers === 0 ? 1 : 0;
  let term = 1;
  let sum = 1;
  for (let left = servers; left > 0; left -= 1) {
    term *= left / erlangs;
    sum += term;
    if (sum === Infinity) return 0;
    // Past left = A terms shrink, each faster than the last: what is left out is below one part in 10^17.
    if (left < erlangs && term * left < sum * (erlangs - left) * 1e-17) break;
  }
  return 1 / sum;
}

/** P(wait) from Erlang-B: c B / (c - A + A B), which keeps its digits where A comes close to c. */
function waitingShare(blocked: number, servers: number, erlangs: number): number {
  return servers > erlangs ? (servers * blocked) / (servers - erlangs + erlangs * blocked) : 1;
}

/**
 * Erlang-C: probability that an arrival has to wait.
 * @param servers whole, 0 to 10^12
 * @param erlangs at least 0
 * @returns 0 to 1; 1 where servers <= erlangs: the queue grows without end
 * @throws RangeError that names the argument
 */
export function erlangC(servers: number, erlangs: number): number {
  return waitingShare(erlangB(servers, erlangs), servers, erlangs);
}

/**
 * Mean wait of all arrivals, those that do not wait included, ms.
 * @param serviceTimeMs mean, above 0
 * @returns Infinity where servers <= erlangs
 * @throws RangeError that names the argument
 */
export function meanWaitMs(servers: number, erlangs: number, serviceTimeMs: number): number {
  above("serviceTimeMs", serviceTimeMs, 0);
  const waits = erlangC(servers, erlangs);
  return servers > erlangs ? (waits * serviceTimeMs) / (servers - erlangs) : Infinity;
}

/**
 * Share of arrivals that wait longer than `ms`.
 * @param ms at least 0; at 0 this is Erlang-C
 * @param serviceTimeMs mean, above 0
 * @returns 0 to 1; 1 where servers <= erlangs
 * @throws RangeError that names the argument
 */
export function waitBeyond(ms: number, servers: number, erlangs: number, serviceTimeMs: number): number {
  atLeast("ms", ms, 0);
  above("serviceTimeMs", serviceTimeMs, 0);
  return waitTail(ms / serviceTimeMs, servers, erlangs, erlangC(servers, erlangs));
}

/** P(wait > x service times). */
function waitTail(x: number, servers: number, erlangs: number, waits: number): number {
  return servers > erlangs ? waits * Math.exp(-(servers - erlangs) * x) : 1;
}

/**
 * Wait that `share` of arrivals do not exceed, ms.
 * @param share between 0 and 1, for example 0.99
 * @param serviceTimeMs mean, above 0
 * @returns 0 where that share does not wait at all; Infinity where servers <= erlangs
 * @throws RangeError that names the argument
 */
export function waitPercentileMs(share: number, servers: number, erlangs: number, serviceTimeMs: number): number {
  properShare("share", share);
  above("serviceTimeMs", serviceTimeMs, 0);
  const waits = erlangC(servers, erlangs);
  if (servers <= erlangs) return Infinity;
  const beyond = 1 - share;
  return waits > beyond ? (serviceTimeMs / (servers - erlangs)) * Math.log(waits / beyond) : 0;
}

/**
 * Share of responses, wait and service together, that take longer than `ms`; the service time is exponential.
 * @param ms at least 0
 * @param serviceTimeMs mean, above 0
 * @returns 0 to 1; never below exp(-ms / serviceTimeMs), the service's own tail; 1 where servers <= erlangs
 * @throws RangeError that names the argument
 */
export function responseBeyond(ms: number, servers: number, erlangs: number, serviceTimeMs: number): number {
  atLeast("ms", ms, 0);
  above("serviceTimeMs", serviceTimeMs, 0);
  return responseTail(ms / serviceTimeMs, servers, erlangs, erlangC(servers, erlangs));
}

/** P(response > x service times) = e^-x + C (e^-x - e^-xd) / (d - 1), d = c - A; written so that no digit cancels around d = 1 and no power overflows. */
function responseTail(x: number, servers: number, erlangs: number, waits: number): number {
  if (servers <= erlangs) return 1;
  const drain = servers - erlangs;
  const apart = Math.abs(drain - 1);
  const convolved =
    apart === 0
      ? Math.min(x, Number.MAX_VALUE) * Math.exp(-x)
      : (Math.exp(-x * Math.min(1, drain)) * -Math.expm1(-x * apart)) / apart;
  return Math.min(1, Math.exp(-x) + waits * convolved);
}

/** What the servers must achieve. A share is the part that stays WITHIN the time: 0.99 for a 99th percentile. */
export type QueueTarget =
  /** At most this share has to wait: above 0, at most 1. */
  | { readonly waitProbability: number }
  /** This share waits at most `withinMs`. */
  | { readonly withinMs: number; readonly share: number; readonly serviceTimeMs: number }
  /** This share is answered, wait and service, within `responseWithinMs`. */
  | { readonly responseWithinMs: number; readonly share: number; readonly serviceTimeMs: number };

/**
 * Least whole number of servers, above `erlangs`, that meets the target: one walk upwards, each step of which is one step of
 * the recurrence. At least 1, also without load.
 * @param erlangs 0 to 10^11
 * @throws RangeError that names the argument; also where no number of servers meets the target, because the service time alone
 *   is too often longer than `responseWithinMs`
 */
export function leastServers(erlangs: number, target: QueueTarget): number {
  within("erlangs", erlangs, 0, MOST_ERLANGS);
  const met = judge(erlangs, target);
  let servers = Math.floor(erlangs) + 1;
  let blocked = erlangB(servers, erlangs);
  while (!met(servers, waitingShare(blocked, servers, erlangs))) {
    servers += 1;
    blocked = (erlangs * blocked) / (servers + erlangs * blocked);
  }
  return servers;
}

function judge(erlangs: number, target: QueueTarget): (servers: number, waits: number) => boolean {
  if ("waitProbability" in target) {
    const most = within("waitProbability", target.waitProbability, 0, 1);
    if (most === 0) {
      throw new RangeError("waitProbability: above 0; with any number of servers somebody may have to wait; got 0");
    }
    return (_, waits) => waits <= most;
  }
  const response = "responseWithinMs" in target;
  if (!response && !("withinMs" in target)) {
    throw new RangeError("target: one of waitProbability, withinMs and responseWithinMs");
  }
  const beyond = 1 - properShare("share", target.share);
  const serviceTimeMs = above("serviceTimeMs", target.serviceTimeMs, 0);
  if (!response) {
    const x = atLeast("withinMs", target.withinMs, 0) / serviceTimeMs;
    return (servers, waits) => waitTail(x, servers, erlangs, waits) <= beyond;
  }
  const x = atLeast("responseWithinMs", target.responseWithinMs, 0) / serviceTimeMs;
  const own = Math.exp(-x);
  // Any wait comes on top of the service's own tail, so whoever has a load never meets equality; 1 - share is rounded by epsilon / 4.
  if (erlangs > 0 ? own >= beyond - Number.EPSILON / 4 : own > beyond) {
    throw new RangeError(
      `responseWithinMs: no number of servers meets it: an exponential service time of ${serviceTimeMs} ms alone puts ` +
        `${(own * 100).toPrecision(3)} % beyond ${target.responseWithinMs} ms, and ${(beyond * 100).toPrecision(3)} % are allowed`,
    );
  }
  return (servers, waits) => responseTail(x, servers, erlangs, waits) <= beyond;
}
