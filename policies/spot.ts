import { isUnknown } from "../model";
import type { BalancerTarget, ReadPart } from "../model";
import { divisionOf, divisionOfMachines, standsWithoutSpot } from "../catalog";
import { limits } from "../catalog/aws/limits";
import { advised, count, demandOf, doorsOf, finding, floorOf, partsOf, undecided, valueAt } from "./finding";
import { beyondDev, inProd } from "./rule";
import type { Finding, Rule } from "./rule";

/** A base may stand where all beyond it is Spot. */
function notAlone(part: ReadPart, path: string, division: ReturnType<typeof divisionOf>): Finding {
  if (isUnknown(division)) return undecided(part.key, path, division);
  const { spotShare, base } = division;
  const first = base === undefined ? "" : ` beyond ${base.replicas} ${base.on === "spot" ? "on Spot" : "On-Demand"}`;
  return finding(part.key, {
    ok: spotShare < 1 || (base?.on === "on-demand" && base.replicas > 0),
    message: `${Math.round(spotShare * 100)} % on Spot${first}`,
    fix: "run a base of On-Demand replicas",
  });
}

const onDemand: Rule = {
  id: "spot-not-alone",
  title: "A group does not live on Spot alone",
  about:
    "Spot capacity is taken back with two minutes' notice, from all replicas at once, and nothing falls back to On-Demand.",
  severity: beyondDev,
  peers: [],
  check: (subject) => [
    ...partsOf(subject.parts, "replica-group").flatMap((group): readonly Finding[] => {
      const kind = valueAt(group, "runtime.kind");
      if (!kind.known) return [undecided(group.key, "runtime", kind)];
      if (kind.value === "ecs-fargate") return [notAlone(group, "runtime.spotShare", divisionOf(group))];
      return kind.value === "instance-group" ? [notAlone(group, "runtime.machine.spotShare", divisionOf(group))] : [];
    }),
    // A pool of Spot beside others is how Spot is meant to be used.
    ...partsOf(subject.parts, "node-pool").map((pool) =>
      advised(notAlone(pool, "machine.spotShare", divisionOfMachines(pool, ["machine"]))),
    ),
  ],
};

function onMachines(group: ReadPart): boolean {
  const kind = valueAt(group, "runtime.kind");
  return kind.known && kind.value === "instance-group";
}

/** Replica groups that run on Spot in part, or may: tasks on Fargate, and machines where `machines`. */
function onSpot(parts: readonly ReadPart[], machines: boolean): readonly ReadPart[] {
  return partsOf(parts, "replica-group").filter((group) => {
    const kind = valueAt(group, "runtime.kind");
    if (!(kind.known && kind.value === "ecs-fargate") && !(machines && onMachines(group))) return false;
    const division = divisionOf(group);
    return isUnknown(division) || division.spotShare > 0 || division.base?.on === "spot";
  });
}

const keepsNeed: Rule = {
  id: "spot-leaves-need",
  title: "What the peak needs stands when all Spot is taken",
  about: "All Spot of a group can be taken at once, and what replaces it is Spot that is not there.",
  severity: inProd,
  peers: [],
  check: ({ parts, basis }) =>
    onSpot(parts, true).flatMap((group): readonly Finding[] => {
      const demand = demandOf(basis, group.key);
      if (demand === undefined) return [];
      const division = divisionOf(group);
      if (isUnknown(division)) return [undecided(group.key, "runtime.spotShare", division)];
      const floor = floorOf(group);
      if (!floor.known) return [undecided(group.key, floor.path, floor)];
      const running = Math.max(floor.value, demand.need);
      const left = standsWithoutSpot(running, division);
      return [
        finding(group.key, {
          ok: left >= demand.need,
          message: `${count(running, "replica")} less Spot leave ${left}; the peak needs ${demand.need}`,
          fix: onMachines(group)
            ? `set onDemandBaseCapacity to ${demand.need} or more`
            : `give FARGATE a base of ${demand.need} or more`,
        }),
      ];
    }),
};

const WARNING_SECONDS = limits["spot-warning"].max;

const drainsInTime: Rule = {
  id: "spot-drains-in-time",
  title: "A Spot replica has drained before it is taken",
  about: "Two minutes after the warning a task is gone, and with it the requests that it still works on.",
  severity: inProd,
  peers: [],
  check: ({ parts }) =>
    onSpot(parts, false).flatMap((group): readonly Finding[] => {
      const stop = valueAt(group, "drainSeconds");
      if (!stop.known) return [undecided(group.key, "drainSeconds", stop)];
      const delays: number[] = [];
      for (const door of doorsOf(parts)) {
        const targets = valueAt(door, "targets");
        if (!targets.known) return [undecided(door.key, "targets", targets)];
        for (const { part, drainSeconds } of targets.value as readonly BalancerTarget[])
          if (part === group.key) delays.push(drainSeconds);
      }
      const longest = Math.max(Number(stop.value), ...delays);
      return [
        finding(group.key, {
          ok: longest <= WARNING_SECONDS,
          message: `drains for ${count(longest, "second")} of the ${WARNING_SECONDS} that a warning leaves`,
          fix: `drain for ${WARNING_SECONDS} seconds at most, in the container and in its target group`,
        }),
      ];
    }),
};

export const spotRules: readonly Rule[] = [onDemand, keepsNeed, drainsInTime];
