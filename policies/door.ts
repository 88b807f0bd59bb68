import type { BalancerTarget, LoadBalancer, ReadPart } from "../model";
import { listAt, numberAt, textAt } from "../model";
import { demandOf, finding, floorOf, onValue, partsOf, undecided, valueAt } from "./finding";
import { beyondDev } from "./rule";
import type { Finding, Rule, Subject } from "./rule";

type Door = ReturnType<typeof partsOf<"load-balancer">>[number];
type Group = ReturnType<typeof partsOf<"replica-group">>[number];

/** Judges each group that a door sends to; what the door sends to is not known: undecided. */
function eachGroup(
  subject: Subject,
  door: Door,
  check: (group: Group, floor: number) => readonly Finding[],
): readonly Finding[] {
  const targets = valueAt(door, "targets");
  if (!targets.known) return [undecided(door.key, "targets", targets)];
  const groups = new Map(partsOf(subject.parts, "replica-group").map((part) => [part.key, part]));
  return (targets.value as readonly BalancerTarget[]).flatMap((target): readonly Finding[] => {
    const group = groups.get(target.part);
    if (group === undefined) return [];
    const floor = floorOf(group);
    return floor.known ? check(group, floor.value) : [undecided(group.key, floor.path, floor)];
  });
}

/** Judges each door whose proxies are Envoy's; of others nobody knows what they do. */
function eachGateway(check: (door: Door, subject: Subject) => readonly Finding[]): Rule["check"] {
  return (subject) =>
    partsOf(subject.parts, "load-balancer").flatMap((door): readonly Finding[] => {
      const kind = valueAt(door, "runtime.kind");
      return kind.known && kind.value === "gateway-api" ? check(door, subject) : [];
    });
}

const ejects: Rule = {
  id: "door-ejects-a-host",
  title: "A door that takes out replicas which fail may take out at least one",
  about: "A highest share below one replica, as the usual tenth is of nine, takes out nobody, and says nothing of it.",
  severity: beyondDev,
  peers: [],
  check: (subject) =>
    partsOf(subject.parts, "load-balancer").flatMap((door): readonly Finding[] => {
      const ejection = valueAt(door, "ejection");
      if (!ejection.known) return [undecided(door.key, "ejection", ejection)];
      const said = ejection.value as LoadBalancer["ejection"];
      if (said === null) return [];
      return eachGroup(subject, door, (_, floor) => {
        const percent = Math.min(100, Math.ceil(100 / Math.max(1, floor)));
        return [
          finding(door.key, {
            // A share is written in whole percent: 34 of three is one.
            ok: said.maxShare * floor >= 1,
            message: `${Math.round(said.maxShare * 100)} % of ${floor} replicas may be out`,
            fix: `allow ${percent} % or more`,
            fixByHand: `set maxEjectionPercent to ${percent} or more`,
          }),
        ];
      });
    }),
};

/** Replicas that are left when the zone with the most of them is gone; undefined where zones are not known, or there is one. */
function withoutAZone(group: ReadPart, floor: number): number | undefined {
  const zones = listAt(group, "placement", "zones")?.length ?? 0;
  return zones < 2 ? undefined : floor - Math.ceil(floor / zones);
}

const panics: Rule = {
  id: "door-panics-late",
  title: "A door sends to dead replicas only when too few live ones are left",
  about:
    "Below a share of healthy replicas it sends to all of them, dead ones too: requests are lost that the live ones would have carried.",
  severity: beyondDev,
  peers: [],
  check: eachGateway((door, subject) =>
    eachGroup(subject, door, (group, floor) => {
      const enough = demandOf(subject.basis, group.key)?.need ?? withoutAZone(group, floor);
      if (enough === undefined || floor < 2) return [];
      const percent = Math.floor((100 * enough) / floor);
      return [
        onValue<number>(door, "runtime.panicBelow", (share) => ({
          ok: share * floor <= enough,
          message: `${enough} of ${floor} replicas carry it; below ${Math.round(share * 100)} % healthy all are sent to`,
          fix: `set the threshold to ${percent} % or less`,
          fixByHand: `set panicThreshold (of Istio minHealthPercent) to ${percent} or less`,
        })),
      ];
    }),
  ),
};

const panicsAfterOthers: Rule = {
  id: "door-panics-after-others",
  title: "A door that hands on to several others sends to dead replicas only once none of its own is left",
  about:
    "Envoy leaves its panic aside only while what it may send to is healthy enough together; with one of several other doors standing it is not, and requests go to dead replicas though that one would take them.",
  severity: beyondDev,
  peers: [],
  check: eachGateway((door, subject) => {
    const later = (listAt(door, "targets") ?? []).filter((target) => (numberAt(target, "priority") ?? 1) > 1);
    if (later.length < 2) return [];
    return eachGroup(subject, door, (group, floor) => {
      if (textAt(group, "region") !== textAt(door, "region")) return [];
      const percent = Math.floor(100 / Math.max(1, floor));
      return [
        onValue<number>(door, "runtime.panicBelow", (share) => ({
          ok: share * floor <= 1,
          message: `${later.length} others stand behind ${floor} replicas; below ${Math.round(share * 100)} % healthy all of these are sent to`,
          fix: `set the threshold to ${percent} % or less`,
          fixByHand: `set panicThreshold (of Istio minHealthPercent) to ${percent} or less`,
        })),
      ];
    });
  }),
};

const carries: Rule = {
  id: "door-carries-the-peak",
  title: "A door lets as many requests through as are in flight at the peak",
  about: "Beyond its limit it refuses, however idle the replicas are; Envoy's own limit is 1,024.",
  severity: beyondDev,
  peers: [],
  check: eachGateway((door, subject) => {
    if (subject.basis === null) return [];
    return eachGroup(subject, door, (group) => {
      const demand = demandOf(subject.basis, group.key);
      if (demand === undefined) return [];
      const inFlight = Math.ceil(demand.erlangs.high);
      return [
        onValue<number | null>(door, "runtime.mostRequests", (most) => ({
          ok: most === null || most > inFlight,
          message: `${inFlight} in flight at the peak, ${most === null ? "no limit" : `${most} let through`}`,
          fix: `let more than ${inFlight} through`,
          fixByHand: `set maxParallelRequests (of Istio http2MaxRequests) above ${inFlight}`,
        })),
      ];
    });
  }),
};

export const doorRules: readonly Rule[] = [ejects, panics, panicsAfterOthers, carries];
