/**
 * A number as a person would write it: 1 - 0.999 is 0.001 and not 0.0009999999999999432. Twelve significant digits, no exponent.
 * @throws RangeError for what is no finite number
 */
export function decimal(value: number): string {
  if (!Number.isFinite(value)) throw new RangeError(`decimal: a finite number; got ${value}`);
  const [digits = "0", exponent] = Number(value.toPrecision(12)).toString().split("e");
  if (exponent === undefined) return digits;
  const sign = digits.startsWith("-") ? "-" : "";
  const [whole = "", fraction = ""] = digits.replace("-", "").split(".");
  const places = Number(exponent);
  return places < 0
    ? `${sign}0.${"0".repeat(-places - whole.length)}${whole}${fraction}`
    : `${sign}${whole}${fraction.padEnd(places, "0")}`;
}

const units = [
  ["d", 86_400],
  ["h", 3_600],
  ["m", 60],
  ["s", 1],
] as const;

/**
 * A duration in its largest whole unit: 300 is 5m, 5,400 is 90m, 86,400 is 1d.
 * @param seconds whole, above 0
 * @throws RangeError that names the argument
 */
export function duration(seconds: number): string {
  if (!Number.isSafeInteger(seconds) || seconds <= 0)
    throw new RangeError(`duration: whole seconds, above 0; got ${seconds}`);
  const [unit, size] = units.find(([, each]) => seconds % each === 0) ?? ["s", 1];
  return `${seconds / size}${unit}`;
}

/** A label matcher: `job="embedding"`. */
export function matcher(name: string, value: string, operator: "=" | "=~" | "!=" = "="): string {
  return `${name}${operator}${JSON.stringify(value)}`;
}

/** Braces around matchers; nothing around none. */
export function matchers(labels: Readonly<Record<string, string>>): string {
  const written = Object.entries(labels).map(([name, value]) => matcher(name, value));
  return written.length === 0 ? "" : `{${written.join(",")}}`;
}

/** A name that may stand for a value inside a regular expression. */
export function literal(name: string): string {
  return name.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}
