import { regionIn, type Availability, type ReadPart } from "../model";
import { addedUp, type Cause, computed, rates } from "./cause";
import { doorOf } from "./door";
import type { Group, Told } from "./group";
import { availabilityOfRegion, causesOfRegion } from "./system";

/** Causes that do not end with a region: they come to all of them. */
const shared: ReadonlySet<string> = new Set(["deploys", "rollouts"]);

/**
 * Expected availability of the entry, at its peak, of the parts as they are. Of several regions it is that of the first, less what others take over:
 * - its door hands on what its replicas cannot carry, where it sees that (`seen` of each cause says how much), after its check has failed;
 * - callers move, or DNS moves them, where the region or its door is gone;
 * - an event that is over before anybody has moved is nobody's to take over, nor is one whose length is not known, or that no check sees.
 * What was taken over is lost while all other regions are down too, each by itself. What regions share, and deploys, which reach one region after the other,
 * stay whole.
 * @returns null where a region's count or zones cannot be read
 */
export function availabilityOf(parts: readonly ReadPart[], basis: Told): Availability | null {
  const regions = [...new Set(basis.demand.map(({ part }) => regionIn(part)))];
  const { betweenRegions: between, ...failures } = basis.failures;
  const [taking] = regions;
  if (regions.length < 2 || taking === undefined) return availabilityOfRegion(parts, basis);
  // Where nobody moves callers, they are where the first region is, up or down.
  if (between === undefined) return availabilityOfRegion(...inRegion(parts, basis, taking));
  // Of the others it is asked how long they are down, and not who sees it.
  const unseen = { ...basis, failures };
  const each = regions.map((region, index) => causesOfRegion(...inRegion(parts, index === 0 ? basis : unseen, region)));
  const known = each.filter((found) => found !== null);
  const [first, ...others] = known;
  if (first === undefined || known.length < each.length) return null;
  const othersDown = others.reduce(
    (product, { causes }) =>
      product *
      Math.min(
        1,
        sum(causes.filter(own), ({ unavailability }) => unavailability),
      ),
    1,
  );
  const handsOn = doorSeconds(parts, basis, first.groups);
  const door = handsOn === null ? null : handsOn + between.warmSeconds;
  const taken = first.causes.filter(own).map((cause) => takenOver(cause, { door, between }));
  const found = addedUp([
    ...first.causes.filter((cause) => !own(cause)),
    ...first.causes
      .filter(own)
      .map((cause, i) => ({ ...cause, unavailability: Math.max(0, cause.unavailability - whole(taken[i])) })),
    { cause: "what regions share", unavailability: between.globalUnavailability, label: "assumed", source: rates },
    {
      cause: "handing on between regions",
      unavailability: sum(taken, ({ byDoor }) => byDoor.waiting),
      label: "assumed",
      source: computed("events that the first region's door sees x seconds until its checks have failed (regions.ts)"),
    },
    {
      cause: "moving between regions",
      unavailability: sum(taken, ({ byCallers }) => byCallers.waiting),
      label: "assumed",
      source: computed("events of the first region x seconds until callers have moved (regions.ts)"),
    },
    {
      cause: "all regions at once",
      unavailability: sum(taken, ({ byDoor, byCallers }) => byDoor.saved + byCallers.saved) * othersDown,
      label: "assumed",
      source: computed(`${regions.join(", ")}: each down by itself, their shares multiplied (regions.ts)`),
    },
  ]);
  return { ...found, label: "assumed", servedFraction: 1 - found.unavailability };
}

/** Of an unavailability: what is lost until somebody has moved, and what is not lost. */
interface Moved {
  readonly waiting: number;
  readonly saved: number;
}

interface Taken {
  readonly byDoor: Moved;
  readonly byCallers: Moved;
}

interface Movers {
  /** Until the door's checks have failed, and others can carry what it hands on; null: it hands nothing on. */
  readonly door: number | null;
  readonly between: NonNullable<Told["failures"]["betweenRegions"]>;
}

/** What others take over of a cause in the first region. Where two would, the faster one does. */
function takenOver({ unavailability, seconds, seen }: Cause, { door, between }: Movers): Taken {
  const { failoverSeconds: move, foundBy } = between;
  const byDoor = door === null ? 0 : Math.min(unavailability, seen?.byDoor ?? 0);
  const checked = (foundBy === "connections" ? seen?.byConnections : seen?.byChecks) ?? 0;
  const found = foundBy === "callers" ? unavailability : Math.min(unavailability, checked);
  const doorWaits = move === null || door === null ? door : Math.min(door, move);
  return {
    byDoor: moved(byDoor, doorWaits, seconds),
    byCallers: moved(Math.max(0, found - byDoor), move, seconds),
  };
}

function moved(unavailability: number, waitSeconds: number | null, eventSeconds: number | undefined): Moved {
  if (waitSeconds === null || eventSeconds === undefined || waitSeconds >= eventSeconds)
    return { waiting: 0, saved: 0 };
  const waiting = (unavailability * waitSeconds) / eventSeconds;
  return { waiting, saved: unavailability - waiting };
}

const whole = (taken: Taken | undefined): number =>
  taken === undefined ? 0 : sum([taken.byDoor, taken.byCallers], ({ waiting, saved }) => waiting + saved);

const own = ({ cause }: Cause): boolean => !shared.has(cause);

/** Until the door of every entry has seen that its replicas are ill; null: one hands nothing on. */
function doorSeconds(parts: readonly ReadPart[], basis: Told, groups: readonly Group[]): number | null {
  const entries = groups.filter(({ key }) => basis.demand.some(({ part, entry }) => entry && part === key));
  if (entries.length === 0 || entries.some(({ key }) => doorOf(parts, key) === null)) return null;
  return Math.max(...entries.map(({ detectSeconds }) => detectSeconds));
}

function inRegion(parts: readonly ReadPart[], basis: Told, region: string): [readonly ReadPart[], Told] {
  return [
    parts.filter(({ key }) => regionIn(key) === region),
    {
      ...basis,
      calls: basis.calls.filter(({ from }) => regionIn(from) === region),
      demand: basis.demand.filter(({ part }) => regionIn(part) === region),
    },
  ];
}

function sum<T>(of: readonly T[], by: (each: T) => number): number {
  return of.reduce((total, each) => total + by(each), 0);
}
