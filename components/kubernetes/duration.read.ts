import type { Value } from "../../model";

const UNITS: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1, ms: 0.001 };

/** Seconds of a duration as Go and the Gateway API write it: `30s`, `1h30m`, `500ms`; undefined for anything else. */
export function durationSeconds(value: Value): number | undefined {
  if (typeof value !== "string" || !/^(\d+(\.\d+)?(ms|h|m|s))+$/.test(value)) return undefined;
  let seconds = 0;
  for (const [, amount = "", unit = ""] of value.matchAll(/(\d+(?:\.\d+)?)(ms|h|m|s)/g))
    seconds += Number(amount) * (UNITS[unit] ?? Number.NaN);
  return seconds;
}
