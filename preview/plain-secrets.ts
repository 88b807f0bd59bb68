import {
  isRecord,
  isUnknown,
  looksSecret,
  sentenceWithoutSecrets,
  unknown,
  withoutPlainSecrets,
  withoutSecretsIn,
  type ReadPart,
  type Resource,
  type RuleResult,
  type Value,
} from "../model";

/** In the place of what nobody should read who may read a report. */
const HIDDEN: Value = { $unknown: "secret" };

/** Does a text hold a value of a Secret? */
export type Holds = (text: string) => boolean;

/**
 * A resource for a report: without the plain values that look like secrets, and, of Kubernetes, without what its neighbours' Secrets hold,
 * where somebody writes settings. Rules judged the resource as it is.
 * @param held null: no Secret is in view
 */
export function reportable<R extends Pick<Resource, "type" | "inputs">>(resource: R, held: Holds | null): R {
  const { rest } = withoutPlainSecrets(resource);
  if (held === null || !resource.type.startsWith("kubernetes:"))
    return rest === resource.inputs ? resource : { ...resource, inputs: rest };
  const settings = resource.type === "kubernetes:core/v1:ConfigMap" ? [...TOLD, "data"] : TOLD;
  const told = new Set(settings);
  const inputs = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, hidden(key, value, told, held)]));
  return { ...resource, inputs };
}

/** Where somebody may have written it out once more; a name or an image is none of these. */
const TOLD = ["args", "command", "annotations", "values", "valuesObject", "parameters"];

function hidden(key: string, value: Value, told: ReadonlySet<string>, held: Holds): Value {
  if (told.has(key)) return withoutHeld(value, held);
  if (Array.isArray(value)) return (value as readonly Value[]).map((each) => hidden("", each, told, held));
  if (!isRecord(value)) return value;
  const { name, value: setting } = value;
  const secret = typeof name === "string" && typeof setting === "string" && held(setting);
  return Object.fromEntries(
    Object.entries(value).map(([inner, each]) => [
      inner,
      secret && inner === "value" ? HIDDEN : hidden(inner, each, told, held),
    ]),
  );
}

function withoutHeld(value: Value, held: Holds): Value {
  if (typeof value === "string") return held(value) ? HIDDEN : value;
  if (Array.isArray(value)) return (value as readonly Value[]).map((each) => withoutHeld(each, held));
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withoutHeld(inner, held)]));
}

/** A Part for a report, its settings as those of its objects. */
export function reportablePart<P extends ReadPart>(part: P, held: Holds | null): P {
  return printed(withoutSettings(part, held));
}

function withoutSettings<P extends ReadPart>(part: P, held: Holds | null): P {
  if (part.kind !== "replica-group" && part.kind !== "store") return part;
  const settings = (environment: Environment): Environment =>
    isUnknown(environment)
      ? environment
      : environment.map((each) => {
          if (isUnknown(each) || !each.name.known || !each.value.known) return each;
          const { name, value } = each;
          return looksSecret(name.value, value.value) !== null || held?.(value.value) === true
            ? { ...each, value: unknown(value.urn, "environment", "secret") }
            : each;
        });
  return {
    ...part,
    environment: settings(part.environment),
    sidecars: isUnknown(part.sidecars)
      ? part.sidecars
      : part.sidecars.map((each) => (isUnknown(each) ? each : { ...each, environment: settings(each.environment) })),
  };
}

type Environment = Extract<ReadPart, { readonly kind: "replica-group" }>["environment"];

/** Verdicts may quote what was written. */
export function printedRules(rules: readonly RuleResult[]): readonly RuleResult[] {
  return rules.map((each) => {
    const [message, fix] = [sentenceWithoutSecrets(each.message), sentenceWithoutSecrets(each.fix)];
    return message === each.message && fix === each.fix ? each : { ...each, message, fix };
  });
}

/** Plain data of which every text may be printed; what has none to hide stays the same object. */
export function printed<T>(value: T): T {
  return withTexts(value) as T;
}

function withTexts(value: unknown): unknown {
  if (typeof value === "string") return withoutSecretsIn(value).rest;
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) {
    const made = value.map(withTexts);
    return made.some((each, index) => each !== value[index]) ? made : value;
  }
  let made: Record<string, unknown> | null = null;
  for (const [key, inner] of Object.entries(value)) {
    const left = withTexts(inner);
    if (left !== inner) (made ??= { ...value })[key] = left;
  }
  return made ?? value;
}
