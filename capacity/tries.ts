import type { Interval, Workload } from "../model";
import { unmeasured, type Assumptions } from "./assumptions";

/** Expected tries of a call when a share of tries fails and at most `tries` are made: (1 - p^tries) / (1 - p). */
export function expectedTries(failingShare: number, tries: number): number {
  return failingShare === 0 ? 1 : (1 - failingShare ** tries) / (1 - failingShare);
}

/** Share of tries that fail; none are counted where a call is tried once. */
export function failingTries(
  caller: string,
  callee: string,
  called: Workload | undefined,
  tries: number,
  assumptions: Assumptions,
): Interval {
  if (tries <= 1) return { low: 0, mid: 0, high: 0 };
  const success = called?.kind === "service" ? called.criteria?.successShare : undefined;
  return assumptions.asked(
    `${caller}.calls.${callee}.failingShare`,
    "share of tries",
    { low: 0, mid: 0.01, high: success === undefined ? 0.05 : Number((1 - success).toPrecision(12)) },
    `in ${caller}'s logs: tries after the first, divided by all tries`,
    success === undefined
      ? unmeasured
      : { title: `high: ${callee}'s own criterion of success; low and mid assumed`, date: "2026-11-21" },
  );
}
