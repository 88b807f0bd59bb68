/** A configured value that is not to be read: nobody prints it. */
export const SECRET = { $unknown: "secret" } as const;

export function isSecret(value: unknown): boolean {
  return typeof value === "object" && value !== null && "$unknown" in value && (value as { readonly $unknown: unknown }).$unknown === "secret";
}

/** Keys whose values stay text even where they look like a number. */
const TEXT = new Set(["system", "environment", "target", "region", "architecture", "headroom"]);

/**
 * Configuration as Pulumi hands it to a program: every value is text, objects are JSON. Keys lose the namespace `nines:`; a secret is
 * unknown, whatever it is.
 */
export function fromPulumi(config: Readonly<Record<string, string>>, secretKeys: readonly string[] = []): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(config).map(([key, text]) => {
      const name = key.replace(/^nines:/, "");
      return [name, secretKeys.includes(key) ? SECRET : TEXT.has(name) ? text : parsed(text)];
    }),
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
