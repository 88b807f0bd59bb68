import { MINUTES_PER_YEAR } from "../availability";
import type { Range } from "../model";

/** Making a formatter takes forty times as long as using it, and there are few of them: each is made once, when it is first asked for. */
const formatters = new Map<string, Intl.NumberFormat>();

function formatted(
  value: number,
  digits: { readonly least?: number; readonly most: number; readonly significant?: number },
): string {
  const { least, most, significant } = digits;
  const key = `${least ?? ""} ${most} ${significant ?? ""}`;
  let formatter = formatters.get(key);
  if (formatter === undefined) {
    formatter = new Intl.NumberFormat("en-US", {
      maximumFractionDigits: most,
      ...(least === undefined ? {} : { minimumFractionDigits: least }),
      ...(significant === undefined ? {} : { maximumSignificantDigits: significant }),
    });
    formatters.set(key, formatter);
  }
  return formatter.format(value);
}

/** A whole number with thousands separators; up to `digits` decimals where it is not whole. */
export function figure(value: number, digits = 0): string {
  // Small counts are most of what is said, and a formatter takes its time.
  if (digits === 0 && Number.isInteger(value) && value >= 0 && value < 1000) return String(value);
  return formatted(value, { most: digits });
}

/** Any magnitude, six significant digits: shares near one or zero keep what tells them apart. */
export function precise(value: number): string {
  return formatted(Number(value.toPrecision(6)), { most: 20 });
}

/** US dollars: no cents from ten on. */
export function usd(value: number): string {
  if (value !== 0 && Math.abs(value) < 0.005) return "under 0.01";
  const digits = Math.abs(value) < 10 && !Number.isInteger(value) ? 2 : 0;
  return formatted(value, { least: digits, most: digits });
}

/** Unit prices run down to fractions of a cent: four significant digits. */
export function unitUsd(value: number): string {
  return formatted(value, { most: 20, significant: 4 });
}

/** A range in one word where its ends agree. */
export function range(value: Range, show: (value: number) => string = figure): string {
  return show(value.min) === show(value.max) ? show(value.min) : `${show(value.min)} to ${show(value.max)}`;
}

/**
 * Availability in percent from unavailability (a share), two significant digits of what is lost. What is lost is rounded up, so
 * that a nine which is not there is never printed: 99.9899 % never reads 99.99 %.
 */
export function nines(unavailability: number): string {
  if (!(unavailability > 0)) return "100 %";
  if (unavailability >= 1) return "0 %";
  const decimals = Math.min(12, Math.max(2, Math.ceil(-Math.log10(unavailability) - 1e-9) - 1));
  const scale = 10 ** decimals;
  const lost = unavailability * 100 * scale;
  // Nine digits: what a sum of shares is off by is no loss.
  const kept = 100 * scale - Math.ceil(lost * (1 - 1e-9));
  const [whole = "0", fraction = ""] = (kept / scale).toFixed(decimals).split(".");
  const trimmed = fraction.replace(/0+$/, "").padEnd(2, "0");
  return `${whole}.${trimmed} %`;
}

/** An objective as it was asked, never rounded: 0.9999 reads 99.99 %. */
export function objective(availability: number): string {
  return `${Number((availability * 100).toPrecision(12))} %`;
}

/** Minutes of a year that a share is. */
export function minutesPerYear(unavailability: number): number {
  return unavailability * MINUTES_PER_YEAR;
}

/** Minutes with the digits that a person can use. */
export function minutes(value: number): string {
  if (value === 0) return "0";
  if (value < 0.01) return "under 0.01";
  if (value < 1) return value.toFixed(2);
  return value < 10 ? figure(value, 1) : figure(value);
}

/** A change as percent with its sign. */
export function percentChange(share: number): string {
  const percent = share * 100;
  const digits = Math.abs(percent) < 10 ? 1 : 0;
  const text = figure(Math.abs(percent), digits);
  if (text === "0") return "no change";
  return `${percent > 0 ? "+" : "-"}${text} %`;
}

/** `1 resource`, `2 resources`. */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${figure(count)} ${count === 1 ? noun : plural}`;
}

/**
 * Two values, old and new, short: where they begin alike, what they begin with gives way to what tells them apart.
 * @param limit Most characters of each.
 */
export function shownPair(from: unknown, to: unknown, limit = 32): readonly [string, string] {
  const [before, after] = [shown(from, Infinity), shown(to, Infinity)];
  if (before.length <= limit && after.length <= limit) return [before, after];
  let same = 0;
  while (same < before.length && same < after.length && before[same] === after[same]) same += 1;
  // A few characters of what is the same stay, so that the place can be found.
  const start = Math.max(0, same - Math.floor(limit / 4));
  return [cut(before, start, limit), cut(after, start, limit)];
}

function cut(text: string, start: number, limit: number): string {
  if (text.length <= limit) return text;
  const room = limit - (start > 0 ? 3 : 0);
  const rest = text.slice(start);
  return `${start > 0 ? "..." : ""}${rest.length > room ? `${rest.slice(0, room - 3)}...` : rest}`;
}

/** Any value of a plan or an input, short. */
export function shown(value: unknown, limit = 60): string {
  if (value === undefined || value === null) return "nothing";
  if (typeof value === "number") return precise(value);
  if (typeof value === "object" && "$unknown" in value) {
    return value.$unknown === "secret" ? "a secret" : "known after deploy";
  }
  const text = typeof value === "string" ? value : JSON.stringify(value);
  const line = text.replaceAll(/\s+/g, " ");
  return line.length > limit ? `${line.slice(0, limit - 3)}...` : line;
}
