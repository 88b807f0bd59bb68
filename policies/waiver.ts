import type { Waiver } from "../model";
import type { Finding } from "./rule";

/** Days since 1970 of YYYY-MM-DD; null where it is no date. */
function dayNumber(date: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) return null;
  const ms = Date.parse(`${date}T00:00:00Z`);
  return Number.isNaN(ms) || new Date(ms).toISOString().slice(0, 10) !== date ? null : Math.floor(ms / 86_400_000);
}

/** Does it hold on that day? Through `until`; the day after, the rule counts again. Without a reason, or a date, it never holds. */
export function holds(waiver: Waiver, asOf: string): boolean {
  const until = dayNumber(waiver.until);
  const today = dayNumber(asOf);
  return waiver.reason.trim() !== "" && until !== null && today !== null && until >= today;
}

function covers(waiver: Waiver, rule: string, { part, object }: Finding): boolean {
  if (waiver.rule !== rule) return false;
  if (waiver.part === undefined) return true;
  return part === null ? waiver.part === object : waiver.part === part || waiver.part === part.split("/")[1];
}

/** The waiver that covers a finding, or what is wrong with the one that would. */
export function waive(
  waivers: readonly Waiver[],
  rule: string,
  finding: Finding,
  asOf: string,
): { readonly waiver: Waiver } | { readonly lapsed: string } | null {
  const ours = waivers.filter((waiver) => covers(waiver, rule, finding));
  const good = ours.find((waiver) => holds(waiver, asOf));
  if (good) return { waiver: good };
  const bad = ours[0];
  if (bad === undefined) return null;
  if (bad.reason.trim() === "") return { lapsed: "its waiver gives no reason" };
  return {
    lapsed:
      dayNumber(bad.until) === null ? `its waiver's end, ${bad.until}, is no date` : `its waiver ended on ${bad.until}`,
  };
}
