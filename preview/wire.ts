import type { Inputs, Value } from "../model";

/**
 * Pulumi's wire form of property values: marks that no version changes, since state files hold them too
 * (@pulumi/pulumi 3.248, runtime/rpc.js).
 */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";
const RESOURCE = "5cf8f73096256a8f31e491e813e4eb8e";
const OUTPUT = "d0e6a833031e9bbcd3f4e8bde6ca49a4";
/** What `pulumi preview --json` prints in place of a secret. */
const PRINTED_SECRET = "[secret]";

/** One value from the wire as plain JSON: unknowns and secrets are said in place, a secret's value is dropped. */
export function valueFromWire(wire: unknown): Value {
  if (wire === undefined || wire === null) return null;
  if (typeof wire === "string") {
    if (wire === UNKNOWN) return { $unknown: "after-deploy" };
    return wire === PRINTED_SECRET ? { $unknown: "secret" } : wire;
  }
  if (typeof wire === "number" || typeof wire === "boolean") return wire;
  if (Array.isArray(wire)) return wire.map(valueFromWire);
  if (typeof wire !== "object") return null;
  const record = wire as Readonly<Record<string, unknown>>;
  switch (record[SIGNATURE]) {
    case SECRET:
      return { $unknown: "secret" };
    case RESOURCE:
      return { $unknown: "after-deploy" };
    case OUTPUT:
      if (record["secret"] === true) return { $unknown: "secret" };
      return "value" in record ? valueFromWire(record["value"]) : { $unknown: "after-deploy" };
    default:
      return inputsFromWire(record);
  }
}

/** All properties of one resource; marks of assets and archives are dropped, their paths and texts stay. */
export function inputsFromWire(wire: Readonly<Record<string, unknown>>): Inputs {
  return Object.fromEntries(
    Object.keys(wire)
      .filter((key) => key !== SIGNATURE && wire[key] !== undefined)
      .sort()
      .map((key) => [key, valueFromWire(wire[key])]),
  );
}
