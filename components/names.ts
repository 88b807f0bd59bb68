import { createHash } from "node:crypto";

const HASH_LENGTH = 7;

/**
 * A literal name from words: lower-case letters, digits and single hyphens, joined with "-". A name that is longer than
 * `limit` characters is cut and ends in a short hash of the whole, so that two long names do not meet. Never random.
 * Throws a RangeError when no word is left or the limit has no room for a letter and the hash.
 */
export function physicalName(words: readonly string[], limit: number): string {
  if (limit < HASH_LENGTH + 2) throw new RangeError(`limit must be at least ${HASH_LENGTH + 2}, got ${limit}`);
  const whole = words.join("-");
  const name = whole
    .toLowerCase()
    .replace(/[^a-z0-9-]+/g, "-")
    .replace(/-{2,}/g, "-")
    .replace(/^-|-$/g, "");
  if (name === "") throw new RangeError(`words hold no letter or digit: ${JSON.stringify(words)}`);
  if (name.length <= limit) return name;
  const hash = createHash("sha256").update(whole).digest("hex").slice(0, HASH_LENGTH);
  return `${name.slice(0, limit - HASH_LENGTH - 1).replace(/-$/, "")}-${hash}`;
}
