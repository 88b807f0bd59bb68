import { z } from "zod";
import { environmentSchema, stackConfigSchema, systemSchema } from "./schema";

const roots = { stack: stackConfigSchema, environment: environmentSchema, system: systemSchema } as const;

/** Keys that a schema allows at a path below it: what an unknown key may have been meant to be. */
export function allowedKeys(root: keyof typeof roots): (path: readonly (string | number)[]) => readonly string[] {
  return (path) => keysAt(roots[root], path);
}

function keysAt(schema: z.core.$ZodType, path: readonly (string | number)[]): readonly string[] {
  const [step, ...rest] = path;
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable) return keysAt(schema.unwrap(), path);
  if (schema instanceof z.ZodUnion)
    return [...new Set((schema.options as readonly z.core.$ZodType[]).flatMap((option) => keysAt(option, path)))];
  if (schema instanceof z.ZodRecord) return step === undefined ? [] : keysAt(schema.valueType, rest);
  if (schema instanceof z.ZodArray) return step === undefined ? [] : keysAt(schema.element, rest);
  if (!(schema instanceof z.ZodObject)) return [];
  const shape = schema.shape as Readonly<Record<string, z.core.$ZodType>>;
  if (step === undefined) return Object.keys(shape);
  const inner = shape[String(step)];
  return inner === undefined ? [] : keysAt(inner, rest);
}
