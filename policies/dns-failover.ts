import { FAILOVER_TTL_SECONDS } from "../availability";
import { at, listAt, numberAt, regionIn, textAt, unknown } from "../model";
import type { BalancerTarget, DnsCheck, Exposure, ReadPart } from "../model";
import { count, finding, onValue, partsOf, undecided, valueAt } from "./finding";
import { beyondDev } from "./rule";
import type { Finding, Rule, Subject } from "./rule";

type Failover = ReturnType<typeof partsOf<"dns-failover">>[number];

/** Judges the places of each name that fails over; where they cannot be read at all: undecided. */
function eachName(
  check: (places: readonly unknown[], failover: Failover, subject: Subject) => readonly Finding[],
): Rule["check"] {
  return (subject) =>
    partsOf(subject.parts, "dns-failover").flatMap((failover) => {
      const places = listAt(failover, "targets");
      return places === undefined
        ? [undecided(failover.key, "targets", { why: "unreadable" })]
        : check(places, failover, subject);
    });
}

/** By its own name, or where that is known only later by its door's region. */
function placeName(place: unknown): string {
  const name = textAt(place, "name");
  if (name !== undefined) return name;
  const part = textAt(place, "part");
  return part === undefined ? "a place" : regionIn(part);
}

/** Judges places by whether their records go with their balancers (null: no alias); where that is not known of one: undecided. */
function byFollowing(
  places: readonly unknown[],
  failover: Failover,
  check: (read: readonly { readonly place: unknown; readonly follows: unknown }[]) => readonly Finding[],
): readonly Finding[] {
  const read: { readonly place: unknown; readonly follows: unknown }[] = [];
  for (const place of places) {
    const leaf = at(place, "followsBalancer");
    if (!leaf.known) return [undecided(failover.key, "evaluateTargetHealth", leaf)];
    read.push({ place, follows: leaf.value });
  }
  return check(read);
}

/** Does anybody ask it? A check that stands elsewhere, or is worked out of others, is one. */
function isAsked(place: unknown): boolean {
  const check = at(place, "check");
  return !check.known || check.value !== null;
}

const priorityOf = (place: unknown): number => numberAt(place, "priority") ?? 1;

/** Places that another stands behind; of places that all take callers, all. */
function withOthersBehind(places: readonly unknown[]): readonly unknown[] {
  const last = Math.max(...places.map(priorityOf));
  return last === 1 ? places : places.filter((place) => priorityOf(place) < last);
}

const several: Rule = {
  id: "dns-failover-two-places",
  title: "A name that fails over has a second place to lead to",
  about: "A lone record of a failover is given out whether its place answers or not.",
  severity: beyondDev,
  peers: [],
  check: eachName((places, failover) => [
    finding(failover.key, {
      ok: places.length > 1,
      message: `leads to ${count(places.length, "place")}`,
      fix: "add a record of type SECONDARY, or one of weight 0",
    }),
  ]),
};

const checked: Rule = {
  id: "dns-failover-checked",
  title: "Somebody finds that a place is gone before callers are led there",
  about: "A record without a health check counts as well for ever: whatever stands behind it is never given out.",
  severity: beyondDev,
  peers: ["Amazon Route 53 Developer Guide, active-passive failover"],
  check: eachName((places, failover) => {
    if (places.length < 2) return [];
    const unasked = withOthersBehind(places).filter((place) => !isAsked(place));
    return byFollowing(unasked, failover, (read) => {
      const blind = read.filter(({ follows }) => follows !== true);
      return [
        finding(failover.key, {
          ok: blind.length === 0,
          message:
            blind.length === 0
              ? "each place with another behind it is asked"
              : `nobody asks whether ${blind.map(({ place }) => placeName(place)).join(", ")} answers`,
          fix: "give its record a healthCheckId",
        }),
      ];
    });
  }),
};

const follows: Rule = {
  id: "dns-alias-follows-balancer",
  title: "An alias that fails over is given out only while its balancer has healthy targets",
  about: "Without it an alias to a balancer whose targets are all ill is given out as if they were well.",
  severity: beyondDev,
  peers: ["Amazon Route 53 API, AliasTarget.EvaluateTargetHealth"],
  check: eachName((places, failover) =>
    byFollowing(places, failover, (read) => {
      const aliases = read.filter(({ follows }) => follows !== null);
      if (aliases.length === 0) return [];
      const deaf = aliases.filter(({ follows }) => follows === false);
      return [
        finding(failover.key, {
          ok: deaf.length === 0,
          message:
            deaf.length === 0
              ? "aliases go with their balancers' targets"
              : `${deaf.length} of ${aliases.length} aliases given out whatever their targets are`,
          fix: "set evaluateTargetHealth: true",
        }),
      ];
    }),
  ),
};

const short: Rule = {
  id: "dns-failover-ttl",
  title: "Resolvers forget the place that is gone within a minute",
  about: "Callers are led to the next place only when the old answer has run out, whatever checks have found.",
  severity: beyondDev,
  peers: ["Amazon Route 53 Developer Guide, best practices for DNS"],
  check: (subject) =>
    partsOf(subject.parts, "dns-failover").map((failover) =>
      onValue<number>(failover, "ttlSeconds", (ttl) => ({
        ok: ttl <= FAILOVER_TTL_SECONDS,
        message: `an answer is kept for ${ttl} s`,
        fix: `set the ttl of its records to ${FAILOVER_TTL_SECONDS} s or less`,
      })),
    ),
};

const asks: Rule = {
  id: "dns-failover-asks-the-door",
  title: "Checks of the DNS ask what the door asks its replicas, by the place's own name",
  about:
    "A check that only connects, or asks another path, is passed by a door that has nobody behind it; one that asks the name itself is answered by whichever place stands.",
  severity: beyondDev,
  peers: [],
  check: eachName((places, failover, subject) => {
    const doors = new Map<string, ReadPart>(partsOf(subject.parts, "load-balancer").map((door) => [door.key, door]));
    const asked = places.filter((place) => textAt(place, "check", "protocol") !== undefined);
    if (asked.length === 0) return [];
    const name = textAt(failover, "name") ?? "";
    const wrong: string[] = [];
    for (const place of asked) {
      const check = valueAt(place, "check");
      if (!check.known) return [undecided(failover.key, `the check of ${placeName(place)}`, check)];
      const said = check.value as DnsCheck;
      if (said.name === name) wrong.push(`a check asks ${name} itself`);
      const part = textAt(place, "part");
      // What is no door of a workload asks nobody.
      if (part === undefined) continue;
      const door = doors.get(part);
      const targets = door === undefined ? unknown("", "targets", "elsewhere") : valueAt(door, "targets");
      if (!targets.known) return [undecided(failover.key, `what ${part} asks its replicas`, targets)];
      wrong.push(...otherThan(targets.value as readonly BalancerTarget[], said));
    }
    return [
      finding(failover.key, {
        ok: wrong.length === 0,
        message: wrong.length === 0 ? `${count(asked.length, "check")} as the doors ask` : wrong.join("; "),
        fix: "ask each place by its own name for the path that its door asks its replicas for",
      }),
    ];
  }),
};

/** What is amiss with a check of a door that asks its own replicas, not those of other doors, for a path. */
function otherThan(targets: readonly BalancerTarget[], check: DnsCheck): readonly string[] {
  const paths = targets.flatMap(({ priority, probe }) =>
    priority === 1 && probe.check.kind === "http" ? [probe.check.path] : [],
  );
  if (paths.length === 0) return [];
  const wanted = `and its door asks for ${[...new Set(paths)].join(", ")}`;
  if (check.protocol === "tcp") return [`${check.name} is only connected to, ${wanted}`];
  const path = check.path ?? "/";
  return paths.includes(path) ? [] : [`${check.name} is asked for ${path}, ${wanted}`];
}

const reaches: Rule = {
  id: "dns-failover-reaches",
  title: "Checkers on the internet can reach the doors that they ask",
  about: "A door inside a network answers none of them: it counts as gone, and when all do, all count as well.",
  severity: beyondDev,
  peers: ["Amazon Route 53 Developer Guide, health checks of private resources"],
  check: eachName((places, failover, subject) => {
    const asked = new Set(
      places.filter((place) => textAt(place, "check", "protocol") !== undefined).map((place) => textAt(place, "part")),
    );
    const doors = partsOf(subject.parts, "load-balancer").filter(({ key }) => asked.has(key));
    return doors.flatMap((door): readonly Finding[] => {
      const exposure = valueAt(door, "exposure");
      if (!exposure.known) return [undecided(failover.key, `exposure of ${door.key}`, exposure)];
      const said = exposure.value as Exposure | null;
      // An Ingress does not say; its controller's Service does.
      if (said === null) return [];
      return [
        finding(failover.key, {
          ok: said === "internet",
          message: `${door.workload} in ${textAt(door, "region") ?? "a region"} is ${said === "internet" ? "on the internet" : "private"}`,
          fix: "set exposure: internet, or failover.dns: none with callers that move by themselves",
          fixByHand: "let the check follow an alarm (type CLOUDWATCH_METRIC), or put the door on the internet",
        }),
      ];
    });
  }),
};

export const dnsFailoverRules: readonly Rule[] = [several, checked, follows, short, asks, reaches];
