import { isRecord, isUnknown, unknown, type ReadPart, type Resource, type Value } from "../model";
import { looksSecret } from "../policies/replica-group";

/** In the place of what nobody should read who may read a report. */
const HIDDEN: Value = { $unknown: "secret" };

type Holds = (text: string) => boolean;

/**
 * An object of Kubernetes for a report: without the plain settings that look like secrets, and without what its neighbours' Secrets hold,
 * wherever it stands. Rules judged the object as it is.
 * @param held does a text hold a value of a Secret?
 */
export function withoutPlainSecrets<R extends Pick<Resource, "type" | "inputs">>(resource: R, held: Holds): R {
  if (!resource.type.startsWith("kubernetes:")) return resource;
  const inputs = Object.fromEntries(
    Object.entries(resource.inputs).map(([key, value]) => [
      key,
      resource.type === "kubernetes:core/v1:ConfigMap" && key === "data"
        ? withoutNamed(value, held)
        : hidden(value, held),
    ]),
  );
  return { ...resource, inputs };
}

/** Where somebody may have written it out once more; a name or an image is none of these. */
const TOLD = new Set(["args", "command", "annotations"]);

function hidden(value: Value, held: Holds): Value {
  if (Array.isArray(value)) return (value as readonly Value[]).map((each) => hidden(each, held));
  if (!isRecord(value)) return value;
  const { name, value: setting } = value;
  const secret = typeof name === "string" && typeof setting === "string" && isSecret(name, setting, held);
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      secret && key === "value" ? HIDDEN : TOLD.has(key) ? told(inner, held) : hidden(inner, held),
    ]),
  );
}

function told(value: Value, held: Holds): Value {
  if (typeof value === "string") return held(value) ? HIDDEN : value;
  if (Array.isArray(value)) return (value as readonly Value[]).map((each) => told(each, held));
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, told(inner, held)]));
}

function isSecret(name: string, value: string, held: Holds): boolean {
  return looksSecret(name, value) !== null || held(value);
}

/** Settings by their names. */
function withoutNamed(data: Value, held: Holds): Value {
  if (!isRecord(data)) return data;
  return Object.fromEntries(
    Object.entries(data).map(([name, value]) => [
      name,
      typeof value === "string" && isSecret(name, value, held) ? HIDDEN : value,
    ]),
  );
}

/** A Part for a report, its settings as those of its objects. */
export function partWithoutPlainSecrets<P extends ReadPart>(part: P, held: Holds): P {
  if (part.kind !== "replica-group" && part.kind !== "store") return part;
  const settings = (environment: Environment): Environment =>
    isUnknown(environment)
      ? environment
      : environment.map((each) => {
          if (isUnknown(each) || !each.name.known || !each.value.known) return each;
          const { name, value } = each;
          return isSecret(name.value, value.value, held)
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
