import type { ReadPart } from "../model";
import { shareThatStays } from "../catalog/kubernetes/hand-on";
import { cacheStandings, type CacheStanding } from "./cache-zones";
import { type Cause, computed, lasting } from "./cause";
import { doorOf } from "./door";
import { repairMinutes, replicaUnavailability, type Group, type Told } from "./group";
import { kOfN } from "./k-of-n";

/** Of a replica: quotients of counts are not exact. */
const ROUNDING = 1e-9;

/** Of a group or a cache, what its zones take along. */
type Spread = Pick<Group, "byZone">;

/** A group, and how often its replicas are down by themselves. */
interface Failing {
  readonly group: Group;
  /** Of one replica, its zone up. */
  readonly replicaDown: number;
  /** Probability that too few are up of those whose zones stand. Every set of zones asks, and few counts differ: each is worked out once. */
  readonly tooFew: (standing: number) => number;
}

function failing(group: Group, replicaDown: number): Failing {
  const { need } = group;
  const known = new Map<number, number>();
  const tooFew = (standing: number): number => {
    const share = known.get(standing) ?? (standing < need ? 1 : kOfN(need, standing, 1 - replicaDown).unavailability);
    known.set(standing, share);
    return share;
  };
  return { group, replicaDown, tooFew };
}

/** Probability that a group is down in a way that counts, of the replicas whose zones stand. */
type GroupDown = (of: Failing, standing: number) => number;

const tooFew: GroupDown = (of, standing) => of.tooFew(standing);

/** The same, where some are left: a check of the whole is answered by one of them. */
const someLeft: GroupDown = (of, standing) => Math.max(0, of.tooFew(standing) - of.replicaDown ** standing);

/**
 * The same, where requests stay that those left cannot carry. A door counts healthy replicas among those on its list, which the replicas of a zone that is
 * gone have left: where none is ill it hands nothing on, however few they are.
 */
const staysTooMuch =
  (overprovisioning: number): GroupDown =>
  (of, standing) => {
    const left = someLeft(of, standing);
    const { need } = of.group;
    // One fewer than are needed is the hardest: each further ill one takes less away than is handed on for it.
    const healthy = need - 1;
    const stays = shareThatStays(healthy / standing, overprovisioning) * need;
    const enough = standing >= need && stays <= healthy + ROUNDING;
    return enough ? 0 : left;
  };

/** Replicas, caches and the zones that take them along; zones are shared by all groups, so they are enumerated together. */
export function replicaCauses(
  parts: readonly ReadPart[],
  basis: Told,
  groups: readonly Group[],
  caches: readonly ReadPart[],
): readonly Cause[] {
  const { failures } = basis;
  // Fewer than the peak needs with nothing lost: no zone and no machine is to blame.
  const short = groups.some((group) => group.replicas < group.need);
  const entries = new Set(basis.demand.filter(({ entry }) => entry).map(({ part }) => part));
  const ofEntries = groups.filter(({ key }) => entries.has(key));
  const watched = caches.flatMap((part) => cacheStandings(part, failures));
  // What is seen of an entry is seen whoever else is down.
  const entriesFirst = [...ofEntries, ...groups.filter(({ key }) => !entries.has(key))];
  const steady = new Map(groups.map((group) => [group, failing(group, 0)]));
  const ailing = new Map(groups.map((group) => [group, failing(group, replicaUnavailability(group, basis))]));
  const down = (replicasFail: boolean, of: readonly Group[], unseen: (group: Group) => GroupDown): number =>
    short
      ? 0
      : groupsDown(
          of.flatMap((group) => (replicasFail ? ailing : steady).get(group) ?? []),
          watched,
          failures.zoneUnavailability,
          (group) => (entries.has(group.key) ? unseen(group) : tooFew),
        );
  const unseenByDoor = ({ key }: Group): GroupDown => {
    const door = doorOf(parts, key);
    return door === null ? tooFew : staysTooMuch(door.overprovisioning);
  };
  const zones = down(false, groups, () => tooFew);
  const all = down(true, groups, () => tooFew);
  // Of one region nobody asks who sees what.
  const seen = (replicasFail: boolean, of: number) =>
    failures.betweenRegions === undefined
      ? { byDoor: 0, byChecks: 0 }
      : {
          byDoor: Math.max(0, of - down(replicasFail, entriesFirst, unseenByDoor)),
          byChecks: Math.max(0, of - down(replicasFail, entriesFirst, () => someLeft)),
        };
  const seenOfZones = seen(false, zones);
  const seenOfAll = seen(true, all);
  const beta = (some: readonly Group[]): number =>
    some.reduce((sum, group) => sum + failures.betaReplica * replicaUnavailability(group, basis), 0);
  const repairSeconds = 60 * Math.min(...groups.map((group) => repairMinutes(group, basis)));
  return [
    {
      cause: "too few replicas",
      unavailability: short ? 1 : 0,
      label: "exact",
      source: computed("the peak needs more than run at it"),
    },
    {
      cause: "zones",
      unavailability: zones,
      label: "assumed",
      source: computed("zones and replicas enumerated together (replica-causes.ts)"),
      seconds: lasting(failures.zoneUnavailability, failures.zoneEventsPerYear),
      seen: seenOfZones,
    },
    {
      cause: "replicas",
      unavailability: Math.max(0, all - zones),
      label: "assumed",
      source: computed("k of n over the zones that are up (k-of-n.ts)"),
      seconds: repairSeconds,
      seen: {
        byDoor: Math.max(0, seenOfAll.byDoor - seenOfZones.byDoor),
        byChecks: Math.max(0, seenOfAll.byChecks - seenOfZones.byChecks),
      },
    },
    {
      cause: "common cause",
      unavailability: beta(groups),
      label: "assumed",
      source: computed("beta factor of replicas that fail together"),
      seconds: repairSeconds,
      // Nobody of the group is left.
      seen: {
        byDoor: beta(ofEntries.filter(({ key }) => doorOf(parts, key) !== null)),
        byChecks: beta(ofEntries),
      },
    },
  ];
}

/** Probability that a group is down in a way that counts, and none before it in any: over every set of zones that may be down. */
function groupsDown(
  groups: readonly Failing[],
  caches: readonly CacheStanding[],
  zoneUnavailability: number,
  counted: (group: Group) => GroupDown,
): number {
  const spreads: readonly Spread[] = [...groups.map(({ group }) => group), ...caches];
  const zones = [...new Set(spreads.flatMap(({ byZone }) => [...byZone.keys()]))];
  // The same in every set of zones.
  const asked = groups.map((of) => ({ of, downOf: counted(of.group) }));
  let sum = 0;
  for (let down = 0; down < 2 ** zones.length; down += 1) {
    let probability = 1;
    zones.forEach((_, i) => {
      probability *= (down >> i) & 1 ? zoneUnavailability : 1 - zoneUnavailability;
    });
    let up = 1;
    let fails = 0;
    const leftOf = ({ byZone }: Spread): number =>
      zones.reduce((count, zone, i) => ((down >> i) & 1 ? count : count + (byZone.get(zone) ?? 0)), 0);
    for (const { of, downOf } of asked) {
      const left = leftOf(of.group);
      fails += up * downOf(of, left);
      up *= 1 - of.tooFew(left);
    }
    // Of one member that fails others take the place: that is told of the cache itself.
    fails += up * Math.max(0, ...caches.map((cache) => (leftOf(cache) < cache.need ? cache.share : 0)));
    sum += probability * fails;
  }
  return sum;
}
