import { isUnknown } from "../model";
import type { BalancerTarget, Placement, ReadPart } from "../model";
import { restsOnSpot } from "../availability";
import { divisionOf, standsWithoutSpot } from "../catalog";
import {
  advised,
  ceilingOf,
  count,
  demandOf,
  finding,
  floorOf,
  onFloor,
  onUntoldNodes,
  onValue,
  partsOf,
  undecided,
  valueAt,
  zonesUntold,
} from "./finding";
import { beyondDev, inProd } from "./rule";
import type { Finding, Rule, Subject } from "./rule";

const spread = ["replica-group", "redis-cache", "load-balancer"] as const;

function spreadParts(subject: Subject): readonly ReadPart[] {
  return spread.flatMap((kind): readonly ReadPart[] => partsOf(subject.parts, kind));
}

/** Nodes or replicas that the zones of a Part can be filled with; undefined for a balancer, which is in each of its zones. */
function members(part: ReadPart): number | undefined {
  if (part.kind === "replica-group") {
    const floor = floorOf(part);
    return floor.known ? floor.value : undefined;
  }
  if (part.kind !== "redis-cache") return undefined;
  const topology = valueAt(part, "topology");
  if (!topology.known) return undefined;
  const shape = topology.value as { kind: string; replicas?: number; replicasPerShard?: number };
  return 1 + (shape.replicas ?? shape.replicasPerShard ?? 0);
}

/** Zones that really hold something: a third zone is none for two replicas. */
function zonesHeld(part: ReadPart, placement: Placement): number {
  if (placement.kind !== "zonal") return 1;
  return Math.min(placement.zones.length, members(part) ?? placement.zones.length);
}

/** A machine that nothing is sent to (a bastion, a builder) may be one: nobody said that it must stay up. */
function aside(subject: Subject, part: ReadPart): boolean {
  const kind = valueAt(part, "runtime.kind");
  if (subject.plan !== null || !kind.known || kind.value !== "instance-group") return false;
  return !partsOf(subject.parts, "load-balancer").some((balancer) => {
    const targets = valueAt(balancer, "targets");
    // Who knows where one sends whose targets are not known.
    return !targets.known || (targets.value as readonly BalancerTarget[]).some((target) => target.part === part.key);
  });
}

const twoReplicas: Rule = {
  id: "two-replicas",
  title: "A replica group runs at least two replicas",
  about: "A lone replica is an outage whenever its machine fails or is patched.",
  severity: beyondDev,
  peers: ["kube-linter minimum-three-replicas", "kube-linter hpa-minimum-three-replicas"],
  check: (subject) =>
    partsOf(subject.parts, "replica-group").map((part) => {
      const found = onFloor(part, (floor) => ({
        ok: floor >= 2,
        message: `${count(floor, "replica")} at least; 2 are needed`,
        fix: subject.plan === null ? "run 2 or more" : "set minReplicas: 2",
      }));
      return aside(subject, part) ? advised(found) : found;
    }),
};

const singleZone: Rule = {
  id: "single-zone",
  title: "Nothing stands in one zone alone",
  about: "Whatever stands in one zone is gone with it.",
  severity: beyondDev,
  peers: ["CKV2_AWS_50", "cdk-nag AEC4", "regula FG_R00014*"],
  check: (subject) => {
    const planned = subject.plan !== null;
    return [...spreadParts(subject), ...partsOf(subject.parts, "node-pool")].map((part) => {
      if (onUntoldNodes(part)) return zonesUntold(part.key);
      const found = onValue<Placement>(part, "placement", (placement) => {
        if (placement.kind === "regional") return { ok: true, message: "zones are the provider's business", fix: "" };
        if (placement.kind === "one-host")
          return { ok: false, message: "one host: its zones are a rehearsal", fix: "deploy to a target with zones" };
        const held = zonesHeld(part, placement);
        return {
          ok: held >= 2,
          message: `in ${count(held, "zone")}; 2 are needed`,
          fix:
            held < placement.zones.length
              ? "run a replica in each zone"
              : planned
                ? "give zones: 2 or more"
                : isOnKubernetes(part)
                  ? "let it stand on nodes in 2 zones or more"
                  : "give it subnets in 2 zones or more",
        };
      });
      // A pool for each zone is a way to hold disks where they are: its neighbours are the other zones.
      return aside(subject, part) || (part.kind === "node-pool" && hasNeighbours(subject, part))
        ? advised(found)
        : found;
    });
  },
};

function isOnKubernetes(part: ReadPart): boolean {
  const kind = valueAt(part, "runtime.kind");
  return kind.known && ["kubernetes", "sentinel", "kubernetes-nodes"].includes(String(kind.value));
}

/** Other pools of the same cluster. */
function hasNeighbours(subject: Subject, pool: ReadPart): boolean {
  const cluster = valueAt(pool, "cluster");
  return (
    cluster.known &&
    cluster.value !== null &&
    partsOf(subject.parts, "node-pool").some((other) => {
      const its = valueAt(other, "cluster");
      return other.key !== pool.key && its.known && its.value === cluster.value;
    })
  );
}

const zonesPromised: Rule = {
  id: "zones-promised",
  title: "As many zones as were planned, and two where a zone must be survived",
  about: "A promise to survive a zone holds only for what stands in another one.",
  severity: inProd,
  peers: [],
  check: (subject) => {
    const { plan } = subject;
    if (plan === null) return [];
    const survives = plan.objectives.survive === "zone" || plan.objectives.survive === "region";
    return spreadParts(subject).map((part) =>
      onValue<Placement>(part, "placement", (placement) => {
        if (placement.kind === "regional") return { ok: true, message: "zones are the provider's business", fix: "" };
        const held = zonesHeld(part, placement);
        const named = placement.kind === "zonal" ? placement.zones.length : 1;
        // A cache of two nodes holds two of three zones, and the plan knows it: it must survive one, not fill all.
        const planned =
          part.kind === "redis-cache" ? 1 : Math.min(plan.zones.length, members(part) ?? plan.zones.length);
        const needed = Math.max(planned, survives ? 2 : 1);
        const asked = survives ? `to survive a ${plan.objectives.survive} takes ${needed}` : `${needed} planned`;
        return {
          ok: held >= needed,
          message: `in ${held} of ${count(Math.max(named, plan.zones.length), "zone")}; ${asked}`,
          fix: "spread it over the plan's zones",
        };
      }),
    );
  },
};

/** What is left when the fullest of `zones` is gone, replicas spread evenly. */
export function leftWithoutFullestZone(replicas: number, zones: number): number {
  return replicas - Math.ceil(replicas / Math.max(1, zones));
}

function isElastic(subject: Subject): boolean {
  return subject.basis?.settings.some((setting) => setting.key === "elastic" && setting.value === true) ?? false;
}

const zoneLossCarried: Rule = {
  id: "zone-loss-carried",
  title: "The peak is carried after the fullest zone is gone",
  about:
    "Scaling out during the loss of a zone competes with everybody else who lost it, so what must survive has to be running before.",
  severity: inProd,
  peers: [],
  check: (subject) => {
    const { basis } = subject;
    if (basis === null || (basis.objectives.survive !== "zone" && basis.objectives.survive !== "region")) return [];
    const elastic = isElastic(subject);
    return partsOf(subject.parts, "replica-group").flatMap((part): readonly Finding[] => {
      const demand = demandOf(basis, part.key);
      if (demand === undefined) return [];
      const running = elastic ? ceilingOf(part) : floorOf(part);
      if (!running.known) return [undecided(part.key, running.path, running)];
      const division = divisionOf(part);
      if (isUnknown(division)) return [undecided(part.key, "runtime.spotShare", division)];
      // Who loses a zone competes for Spot with all others who lost it.
      const standing = standsWithoutSpot(running.value, division);
      const stand = standing === running.value ? `${standing}` : `${standing} On-Demand of ${running.value}`;
      return [
        onValue<Placement>(part, "placement", (placement) => {
          if (placement.kind === "regional")
            return {
              ok: standing >= demand.need,
              message: `${stand} run, ${demand.need} are needed`,
              fix: `run ${demand.need} replicas`,
            };
          const zones = placement.kind === "zonal" ? placement.zones.length : 1;
          const oneEach = placement.kind === "zonal" && placement.spread === "one-each";
          const left = leftWithoutFullestZone(oneEach ? Math.min(standing, zones) : standing, zones);
          const whose = elastic ? "at the scaler's ceiling (elastic)" : "at the floor";
          return {
            ok: left >= demand.need,
            message: `${stand} in ${count(zones, "zone")} ${whose} leave ${left} without the fullest; the peak needs ${demand.need}`,
            fix: `raise the ${elastic ? "ceiling" : "floor"} until ${demand.need} are left, or spread over more zones`,
          };
        }),
      ];
    });
  },
};

const objectiveMet: Rule = {
  id: "objective-met",
  title: "What was built meets the availability objective",
  about: "The objective is a promise about what runs, not about what was planned.",
  severity: inProd,
  peers: [],
  check: ({ parts, basis, availability }) => {
    if (basis === null) return [];
    const onSpot = basis.demand.find(({ part, need }) =>
      parts.some((group) => group.kind === "replica-group" && group.key === part && restsOnSpot(group, need)),
    );
    if (availability === null && onSpot !== undefined)
      return [
        {
          part: null,
          verdict: "undecided",
          message: `${onSpot.workload} has enough only with Spot, and how often all of that is taken nobody says`,
          fix: "run as many On-Demand as the peak needs",
        },
      ];
    if (availability === null)
      return [
        {
          part: null,
          verdict: "undecided",
          message: "availability could not be computed on what was built",
          fix: "see which reading is unknown",
        },
      ];
    const allowed = 1 - basis.objectives.availability;
    if (availability.lostTo.some(({ cause }) => cause === "too few replicas"))
      return [
        finding(null, {
          ok: false,
          message: `${((1 - allowed) * 100).toFixed(4)} % promised, and the peak is not carried: fewer replicas run than it needs`,
          fix: "run as many as the peak needs, or state the peak that is meant",
        }),
      ];
    const worst = availability.lostTo[0];
    const share = (unavailability: number): string => `${((1 - unavailability) * 100).toFixed(4)} %`;
    return [
      finding(null, {
        // 1 - 0.9999 is not exactly 0.0001 in floating point.
        ok: availability.unavailability <= allowed * (1 + 1e-9),
        message: `${share(availability.unavailability)} expected, ${share(allowed)} promised${worst ? `; most is lost to ${worst.cause} (${worst.minutesPerYear.toFixed(0)} min/year)` : ""}`,
        fix: worst ? `lose less to ${worst.cause}, or promise less` : "promise less",
      }),
    ];
  },
};

export const availabilityRules: readonly Rule[] = [
  twoReplicas,
  singleZone,
  zonesPromised,
  zoneLossCarried,
  objectiveMet,
];
