import { isNoSecret, isSecretName } from "./secret-names";
import { SECRET_SHOWN, withoutSecretsIn } from "./secret-text";

/** A value that is encrypted in the stack's file (`{secure: ...}`), or was taken away before it came here (`{$unknown: "secret"}`). */
export function isSecret(value: unknown): boolean {
  return (
    typeof value === "object" && value !== null && !Array.isArray(value) && ("secure" in value || "$unknown" in value)
  );
}

/** How Pulumi writes what it encrypted: version, nonce, ciphertext. */
const CIPHERTEXT = /v1:[A-Za-z0-9+/=]{12,}:[A-Za-z0-9+/=]+/g;

/** A text without ciphertext, where a slip of indentation made it part of one. */
export function withoutCiphertext(text: string): string {
  return text.replace(CIPHERTEXT, SECRET_SHOWN);
}

/** Deeper than this nothing is shown: no setting is. */
const SHOWN_DEPTH = 5;

/**
 * A given value as plain JSON that may be printed: secrets, what looks like one, endless and deep values are replaced by a word.
 * Never throws.
 */
export function printable(value: unknown, depth = SHOWN_DEPTH): unknown {
  if (isSecret(value)) return SECRET_SHOWN;
  if (typeof value === "string") return withoutSecretsIn(withoutCiphertext(value)).rest;
  if (value === undefined || value === null || typeof value === "boolean") return value;
  if (typeof value === "number") return Number.isFinite(value) ? value : String(value);
  if (typeof value !== "object") return `(${typeof value})`;
  if (depth === 0) return "(more)";
  if (Array.isArray(value)) return value.map((inner: unknown) => printable(inner, depth - 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      withoutCiphertext(key),
      isPlainSecret(key, inner) ? SECRET_SHOWN : printable(inner, depth - 1),
    ]),
  );
}

function isPlainSecret(key: string, value: unknown): boolean {
  return typeof value === "string" && isSecretName(key, "free") && !isNoSecret(key, value);
}

/** Path of keys and positions. */
export type Path = readonly (string | number)[];

/** Nothing that is configured lies deeper; a value that contains itself ends here. */
const DEEPEST = 40;

/** Takes secrets out: what is left, and where they were. A list that holds one is taken out whole, so that positions stay true. */
export function withoutSecrets(
  value: unknown,
  path: Path = [],
): { readonly rest: unknown; readonly at: readonly Path[] } {
  if (isSecret(value)) return { rest: undefined, at: [path] };
  if (typeof value !== "object" || value === null || path.length > DEEPEST) return { rest: value, at: [] };
  const inner = Object.entries(value).map(
    ([key, each]) => [key, withoutSecrets(each, [...path, Array.isArray(value) ? Number(key) : key])] as const,
  );
  const at = inner.flatMap(([, each]) => each.at);
  if (at.length === 0) return { rest: value, at };
  if (Array.isArray(value)) return { rest: undefined, at };
  return {
    rest: Object.fromEntries(
      inner.filter(([, each]) => each.rest !== undefined).map(([key, each]) => [key, each.rest]),
    ),
    at,
  };
}
