// Where resources of providers hold what people configured: containers in a document, variables of a function, what a machine runs as it starts.
import type { Value } from "./resource";
import { withoutSecretsIn } from "./secret-text";

/** Settings of a process, by name: pairs of a list, or a record. */
const SETTINGS = /^(envs?|environments?|variables|environmentVariables|runtimeEnvironmentVariables)$/i;

export function isSettings(key: string | number | undefined): boolean {
  return typeof key === "string" && SETTINGS.test(key);
}

/** Containers, policies and the like: a document in a text; undefined for any other text. */
export function documentIn(text: string): Value | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text) as Value;
  } catch {
    return undefined;
  }
}

const START_SCRIPT = /^(userData|userDataBase64|customData|startupScript)$/;
const BASE64 = /^[A-Za-z0-9+/\s]{16,}={0,2}\s*$/;

/** Why what a machine runs as it starts holds a secret, where it is in base64; none: it does not, or is plain text. */
export function secretsInScript(key: string | number | undefined, text: string): readonly string[] {
  if (typeof key !== "string" || !START_SCRIPT.test(key) || !BASE64.test(text)) return [];
  return withoutSecretsIn(Buffer.from(text, "base64").toString("utf8")).why;
}
