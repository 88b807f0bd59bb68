import type { Network } from "../model";

export type Addressed =
  | { readonly ok: true; readonly subnets: Network["subnets"] }
  /** The range holds `fits` blocks of /20; the highest that a zone of this region asks for is number `asked`. */
  | { readonly ok: false; readonly asked: number; readonly fits: number };

const BLOCK_PREFIX = 20;
const BLOCK_ADDRESSES = 2 ** (32 - BLOCK_PREFIX);
/** Private blocks come first, eight of them; public ones behind. */
const TIER_BLOCKS = 8;

/**
 * One /20 for each zone and tier, at a place that only the zone's letter decides: adding a zone moves no other, and no live subnet is ever resized.
 * Private blocks are 0 to 7 (a to h), public blocks 8 to 15; a /16 holds them all.
 * @returns a refusal where the range is too small for a zone's place
 */
export function subnetsOf({
  addressRange,
  zones,
}: {
  readonly addressRange: string;
  readonly zones: readonly string[];
}): Addressed {
  const { first, prefix } = parsed(addressRange);
  const fits = prefix > BLOCK_PREFIX ? 0 : 2 ** (BLOCK_PREFIX - prefix);
  const places = zones.map((zone) => ({ zone, ordinal: ordinalOf(zone) }));
  const asked = Math.max(0, ...places.map(({ ordinal }) => TIER_BLOCKS + ordinal + 1));
  if (asked > fits || places.some(({ ordinal }) => ordinal >= TIER_BLOCKS)) return { ok: false, asked, fits };
  const sorted = [...places].sort((a, b) => (a.zone < b.zone ? -1 : 1));
  const tier = (name: "private" | "public", offset: number): Network["subnets"] =>
    sorted.map(({ zone, ordinal }) => ({
      zone,
      tier: name,
      addressRange: `${written(first + (offset + ordinal) * BLOCK_ADDRESSES)}/${BLOCK_PREFIX}`,
    }));
  return { ok: true, subnets: [...tier("private", 0), ...tier("public", TIER_BLOCKS)] };
}

/** Place of a zone by its last letter: us-east-1a is 0. */
function ordinalOf(zone: string): number {
  const ordinal = zone.charCodeAt(zone.length - 1) - "a".charCodeAt(0);
  if (ordinal < 0 || ordinal > 25) throw new RangeError(`zones: a zone ends in a letter, got ${zone}`);
  return ordinal;
}

function parsed(addressRange: string): { readonly first: number; readonly prefix: number } {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(addressRange);
  const [a, b, c, d, prefix] = (match ?? []).slice(1).map(Number);
  if (
    a === undefined ||
    b === undefined ||
    c === undefined ||
    d === undefined ||
    prefix === undefined ||
    [a, b, c, d].some((byte) => byte > 255) ||
    prefix > 32
  ) {
    throw new RangeError(`addressRange: needs the form 10.0.0.0/16, got ${addressRange}`);
  }
  const address = a * 2 ** 24 + b * 2 ** 16 + c * 2 ** 8 + d;
  const size = 2 ** (32 - prefix);
  return { first: Math.floor(address / size) * size, prefix };
}

function written(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join(".");
}
