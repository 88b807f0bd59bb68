import type { Inputs } from "../../model";
import { unread } from "./default-source";
import { defaultOf } from "./defaults";
import { dataForceNew } from "./force-new-data";
import { edgeForceNew } from "./force-new-edge";
import { machineForceNew } from "./force-new-machines";
import { networkForceNew } from "./force-new-network";
import { serviceForceNew } from "./force-new-services";
import type { ForceNew } from "./force-new-source";

/** By Pulumi type token. Regional types also have `region`: changing it replaces. */
const table = {
  ...networkForceNew,
  ...machineForceNew,
  ...serviceForceNew,
  ...edgeForceNew,
  ...dataForceNew,
} as const satisfies Record<string, ForceNew>;

/** Replacing inputs by Pulumi type token. */
export const forceNew: Readonly<Record<string, ForceNew>> = table;

/** Types whose replacing inputs are known. */
export type ForceNewType = keyof typeof table;

/**
 * Does a change at that input path replace the resource? A path inside a replacing input, or around one, counts.
 * @param path Pulumi input path, for example `dnsConfig.dnsRecords[0].type` or `launchType`
 * @param change The resource's inputs before and after; they decide conditional inputs. @default - not given
 * @returns true, false, "sometimes" where conditional inputs are not decided, or null for a type that is not in the table
 */
export function replaces(
  type: string,
  path: string,
  change?: { readonly before: Inputs; readonly after: Inputs },
): boolean | "sometimes" | null {
  const entry = Object.hasOwn(forceNew, type) ? forceNew[type] : undefined;
  if (entry === undefined) return null;
  if (change !== undefined && saysDefault(type, path, change)) return false;
  const changed = path.replace(/\[\d+\]/g, "[]");
  if (entry.inputs.some((input) => within(changed, input))) return true;
  const cases = (entry.conditional ?? [])
    .filter(({ input }) => within(changed, input))
    .map(({ decide }) => (change === undefined ? null : (decide?.(change.before, change.after) ?? null)));
  if (cases.includes(true)) return true;
  return cases.includes(null) ? "sometimes" : false;
}

/** One side says what an absent input means, and the other says nothing: the provider sees no difference. */
function saysDefault(
  type: string,
  path: string,
  { before, after }: { readonly before: Inputs; readonly after: Inputs },
): boolean {
  const [from, to] = [before[path], after[path]];
  if ((from === undefined) === (to === undefined)) return false;
  const meant = defaultOf(type, path, from === undefined ? before : after);
  return meant !== null && meant.source !== unread && meant.value === (from ?? to);
}

/** Is one path the other, or inside it? */
function within(path: string, other: string): boolean {
  return (
    path === other ||
    path.startsWith(`${other}.`) ||
    path.startsWith(`${other}[`) ||
    other.startsWith(`${path}.`) ||
    other.startsWith(`${path}[`)
  );
}
