import type { Availability, Label, PartKey, ReadPart, Source } from "../model";
import { downtimeMinutesPerYear } from "./downtime";
import { availabilityOfRegion, type Told } from "./system";

const computed = (title: string): Source => ({ title, date: "2026-11-21" });
const rates: Source = { title: "failure rates of catalog/failures.ts, listed as assumptions", date: "2026-11-21" };
const SECONDS_PER_YEAR = 31_536_000;

/** Causes that do not end with a region: they come to all of them. */
const shared: ReadonlySet<string> = new Set(["deploys"]);

/**
 * Expected availability of the entry, at its peak, of the parts as they are. Of several regions it is that of the first, unless callers are
 * moved: then it is down while all are, each by itself;
 * while callers move from the first to the next; and by what all share: names and identity, and deploys, which reach one region after the
 * other and are seen in the one that takes the requests.
 * @returns null where a required group's count or zones cannot be read
 */
export function availabilityOf(parts: readonly ReadPart[], basis: Told): Availability | null {
  const regions = [...new Set(basis.demand.map(({ part }) => regionIn(part)))];
  const between = basis.failures.betweenRegions;
  const [taking] = regions;
  if (regions.length < 2 || taking === undefined) return availabilityOfRegion(parts, basis);
  // Where nobody moves callers, they are where the first region is, up or down.
  if (between === undefined) return ofRegion(parts, basis, taking);
  const each = regions.map((region) => ofRegion(parts, basis, region));
  const known = each.filter((found) => found !== null);
  const [first] = known;
  if (first === undefined || known.length < each.length) return null;
  const together = known.reduce((product, { lostTo }) => product * minutesOf(lostTo, (cause) => !shared.has(cause)), 1);
  const causes: readonly (readonly [string, number, Label, Source])[] = [
    ...first.lostTo
      .filter(({ cause }) => shared.has(cause))
      .map(({ cause, minutesPerYear, label, source }) => [cause, share(minutesPerYear), label, source] as const),
    ["what regions share", between.globalUnavailability, "assumed", rates],
    [
      "moving between regions",
      (between.regionEventsPerYear * between.failoverSeconds) / SECONDS_PER_YEAR,
      "assumed",
      computed("events of the first region x seconds until callers have moved (regions.ts)"),
    ],
    [
      "all regions at once",
      together,
      "assumed",
      computed(`${regions.join(", ")}: each down by itself, their shares multiplied (regions.ts)`),
    ],
  ];
  const unavailability = Math.min(
    1,
    causes.reduce((sum, [, down]) => sum + down, 0),
  );
  return {
    unavailability,
    lostTo: causes
      .filter(([, down]) => down > 0)
      .map(([cause, down, label, source]) => ({
        cause,
        minutesPerYear: downtimeMinutesPerYear(Math.min(1, down)),
        label,
        source,
      }))
      .sort((a, b) => b.minutesPerYear - a.minutesPerYear || (a.cause < b.cause ? -1 : 1)),
    label: "assumed",
    servedFraction: 1 - unavailability,
  };
}

function ofRegion(parts: readonly ReadPart[], basis: Told, region: string): Availability | null {
  return availabilityOfRegion(
    parts.filter(({ key }) => regionIn(key) === region),
    {
      ...basis,
      calls: basis.calls.filter(({ from }) => regionIn(from) === region),
      demand: basis.demand.filter(({ part }) => regionIn(part) === region),
    },
  );
}

/** Share of the year that the causes of a kind cost together. */
function minutesOf(lostTo: Availability["lostTo"], counts: (cause: string) => boolean): number {
  return Math.min(
    1,
    lostTo.filter(({ cause }) => counts(cause)).reduce((sum, { minutesPerYear }) => sum + share(minutesPerYear), 0),
  );
}

function share(minutesPerYear: number): number {
  return minutesPerYear / 525_600;
}

/** The last word of a key. */
function regionIn(key: PartKey): string {
  return key.slice(key.lastIndexOf("/") + 1);
}
