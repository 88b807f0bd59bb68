/** A property on the wire, as plain JSON. */
export type Value = string | number | boolean | null | readonly Value[] | Properties;
export type Properties = { readonly [key: string]: Value };

/** Stands for what is not known in a preview (@pulumi/pulumi 3.248, runtime/rpc.js). */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Where Pulumi's bridge notes which inputs it filled in by itself. */
export const DEFAULTS = "__defaults";

export function isRecord(value: Value | undefined): value is Properties {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isList(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value);
}

/** A text that is known. */
export function textAt(properties: Properties, key: string): string | undefined {
  const value = properties[key];
  return typeof value === "string" && value !== UNKNOWN ? value : undefined;
}

/** A number, also one that Pulumi's declarations want as text. */
export function numberAt(properties: Properties, key: string): number | undefined {
  const value = properties[key];
  if (typeof value === "number") return value;
  return typeof value === "string" && value.trim() !== "" && Number.isFinite(Number(value)) ? Number(value) : undefined;
}

export function listAt(properties: Properties, key: string): readonly Value[] {
  const value = properties[key];
  return isList(value) ? value : [];
}

export function recordAt(properties: Properties, key: string): Properties {
  const value = properties[key];
  return isRecord(value) ? value : {};
}

export function textsAt(properties: Properties, key: string): readonly string[] {
  return listAt(properties, key).filter((each): each is string => typeof each === "string");
}

export function isUnknown(value: Value | undefined): boolean {
  return value === UNKNOWN;
}

/** Every text in a value, however deep. */
export function textsIn(value: Value): readonly string[] {
  if (typeof value === "string") return [value];
  if (isList(value)) return value.flatMap(textsIn);
  return isRecord(value) ? Object.values(value).flatMap(textsIn) : [];
}

/** Without the bridge's own notes, at any depth. */
export function plain(properties: Properties): Properties {
  return Object.fromEntries(
    Object.entries(properties)
      .filter(([key]) => key !== DEFAULTS)
      .map(([key, value]) => [key, plainValue(value)]),
  );
}

function plainValue(value: Value): Value {
  if (isList(value)) return value.map(plainValue);
  return isRecord(value) ? plain(value) : value;
}

export function same(one: Value | undefined, other: Value | undefined): boolean {
  if (one === other) return true;
  if (isList(one) && isList(other))
    return one.length === other.length && one.every((item, index) => same(item, other[index]));
  if (!isRecord(one) || !isRecord(other)) return false;
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...keys].every((key) => same(one[key], other[key]));
}
