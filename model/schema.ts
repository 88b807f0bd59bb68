// THE SCHEMAS of what is asked. They mirror the types of this folder exactly (held by the compiler), and carry for every value what is
// allowed and what to write. This file loads zod (about 45 ms): load it when something is to be checked, not before; index.ts does not.
import { z } from "zod";
import { builtTargets, stackConfigSchema } from "./schema-stack";

export { demandFileSchema, demandJsonSchema, salvagedDemand } from "./schema-demand";
export { environmentSchema } from "./schema-environment";
export { repaired } from "./schema-repair";
export { standInOfSystem } from "./schema-stand-ins";
export { slips, salvage, valueAt } from "./schema-slips";
export { overrideKeys, stackConfigSchema } from "./schema-stack";
export { systemSchema } from "./schema-system";

const NAMESPACE = "nines:";

/** Every key of the YAML may be missing: what was salvaged from one with mistakes. */
export const partialConfigSchema = stackConfigSchema.partial();

/**
 * Configuration as Pulumi hands it out (all text, with or without the namespace) as the values that the YAML means: text stays text where the
 * schema takes it, else JSON becomes what it says. Values that are not text pass unchanged.
 * @param secretKeys keys whose value is secret, written as in `config`: the value is dropped here and known to nobody
 */
export function fromPulumi(
  config: Readonly<Record<string, unknown>>,
  secretKeys: readonly string[] = [],
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(config).map(([key, value]) => {
      if (secretKeys.includes(key)) return [key, { $unknown: "secret" }];
      return [key, typeof value === "string" ? meant(key, value) : value];
    }),
  );
}

function meant(key: string, given: string): unknown {
  const name = key.startsWith(NAMESPACE) ? key.slice(NAMESPACE.length) : key;
  const schema: z.ZodType | undefined = Object.hasOwn(stackConfigSchema.shape, name)
    ? stackConfigSchema.shape[name as keyof typeof stackConfigSchema.shape]
    : undefined;
  if (schema?.safeParse(given).success) return given;
  try {
    const value: unknown = JSON.parse(given);
    return typeof value === "string" ? given : value;
  } catch {
    return given;
  }
}

/** Names that an editor may offer. */
interface KnownNames {
  readonly systems?: readonly string[];
  readonly environments?: readonly string[];
}

/** The JSON Schema (draft 2020-12) of a stack's YAML file: `config:` with the keys `nines:*`; keys of other namespaces are left alone. */
export function stackSchema(names: KnownNames = {}): object {
  const { properties = {}, required = [] } = z.toJSONSchema(stackConfigSchema) as {
    properties?: Record<string, object>;
    required?: string[];
  };
  const offered: Record<string, readonly string[] | undefined> = {
    system: names.systems,
    environment: names.environments,
    target: builtTargets,
  };
  const own = Object.fromEntries(
    Object.entries(properties).map(([key, schema]) => {
      const choices = offered[key];
      return [`${NAMESPACE}${key}`, choices === undefined ? schema : { ...schema, enum: choices }];
    }),
  );
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "A stack of nines",
    type: "object",
    required: ["config"],
    properties: {
      config: {
        type: "object",
        description: "The facts that only this stack knows",
        properties: own,
        required: required.map((key) => `${NAMESPACE}${key}`),
        propertyNames: { anyOf: [{ enum: Object.keys(own) }, { not: { pattern: `^${NAMESPACE}` } }] },
      },
    },
  };
}
