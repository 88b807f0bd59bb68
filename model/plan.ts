import type { DeployPractice, OwnPrice, Tier, Waiver } from "./environment";
import type { Label, PartKey, Source, Target } from "./part";
import type { CacheRole } from "./redis-cache";
import type { Objectives } from "./system";
import type { NodeFacts } from "./kubernetes";
import type { Part } from "./parts";
import type { Setting } from "./request";

export type Constraint =
  | "latency"
  | "utilisation"
  | "zone-loss"
  | "replica-loss"
  | "burst"
  | "rollout"
  | "objective"
  | "quorum"
  | "scaling-law"
  | "memory"
  | "sidecars"
  | "operations"
  | "floor"
  | "quota"
  | "stated"
  | "price";

export interface Needed {
  readonly by: Constraint;
  readonly value: number;
  readonly label: Label;
  readonly source: Source;
  /** How it came about, one line. */
  readonly because: string;
}

/** Why a number is what it is. Stands beside the Parts, never inside. */
export interface Reason {
  readonly part: PartKey;
  readonly field: string;
  readonly value: number;
  readonly unit: string;
  readonly binding: Constraint;
  readonly needed: readonly Needed[];
  /** How the constraints were combined. */
  readonly combined: string;
  /** Of a count of replicas. @default - they share one queue, or would not be much fewer if they did */
  readonly ownQueues?: OwnQueues;
}

/** What it costs that each replica has a queue of its own. */
export interface OwnQueues {
  /** With one queue for all of them. */
  readonly replicas: number;
  /** Fewer replicas that work on more requests at once, each with CPU and memory for them; null: those are no fewer. */
  readonly larger: { readonly slots: number; readonly replicas: number } | null;
  /** What leads requests to them, and how it chooses. */
  readonly because: string;
  /** By what they would share one; null: by nothing that nines builds. */
  readonly instead: string | null;
}

/** cost and load at the scaler's floor, over the day, at its ceiling. */
export interface Range {
  readonly min: number;
  readonly expected: number;
  readonly max: number;
}

export interface Call {
  readonly from: PartKey;
  readonly to: PartKey;
  readonly perRequest: number;
  readonly tries: number;
  readonly required: boolean;
}

/** How requests come to the replicas: by a balancer of the plan, by one that somebody else built, or straight from callers that ask a registry. */
export type Behind = "balancer" | "existing-balancer" | "registry";

/** What one workload must carry; what cost and availability need and no resource tells. */
export interface WorkloadDemand {
  readonly workload: string;
  /** The Part that carries it. */
  readonly part: PartKey;
  /** At mid demand. */
  readonly requestsPerSecond: { readonly mean: number; readonly peak: number };
  /** Busy slots at the peak. */
  readonly erlangs: { readonly low: number; readonly mid: number; readonly high: number };
  /** Replicas that carry the peak within the objectives, nothing lost. */
  readonly need: number;
  /** Replicas that the mean needs at mid demand; the scaler never goes below its floor. */
  readonly replicasAtMean: number;
  readonly requestBytes: number;
  readonly responseBytes: number;
  readonly logBytesPerRequest: number;
  /** Seconds from container start to the first passed probe, high. */
  readonly startSeconds: number;
  /** Memory that one replica's process holds before any request, MiB. Absent: nobody says. */
  readonly restMemoryMiB?: number;
  readonly entry: boolean;
  readonly callsLeave: boolean;
  readonly behind: Behind;
  /** Interval x failures of the workload's own health settings: what an existing balancer, which is not read, is taken to probe with. */
  readonly detectSeconds: number;
  /** Caches that it calls and the plan does not build. */
  readonly existingCaches: readonly {
    readonly part: PartKey;
    readonly role: CacheRole;
    readonly asksForToken: boolean;
  }[];
  /** Of a store alone: requestsPerSecond are its reads, and need is members that answer them. */
  readonly store?: StoreDemandFacts;
}

/** What a store must take, and how it keeps its members alike. */
export interface StoreDemandFacts {
  readonly writesPerSecond: { readonly mean: number; readonly peak: number };
  /** With all of a member's CPU, low. */
  readonly readsPerSecondPerMember: number;
  readonly writesPerSecondPerLeader: number;
  /** high; null: nobody says. */
  readonly replicationLagMs: number | null;
  /** high; null: the database elects nobody, and member 0 leads. */
  readonly electionSeconds: number | null;
  /** low. */
  readonly copyMiBPerSecond: number;
  /** What passes between the loss of a member's node and its start elsewhere in its zone, with its volume: seconds, mid. */
  readonly reschedule: {
    readonly givenUpSeconds: number;
    /** Until another node is made for it; 0: one that is left in its zone has room. */
    readonly nodeSeconds: number;
    /** What making one takes, whether or not it is waited for. */
    readonly nodeMadeSeconds: number;
    readonly volumeSeconds: number;
  };
}

/** A cache of the regions that take over when the first is lost: a copy of one primary, or a cache of its own that knows nothing of the others. */
export type CacheAcross =
  | {
      readonly workload: string;
      readonly kind: "copied";
      readonly primary: PartKey;
      readonly copies: readonly PartKey[];
      readonly lagSeconds: { readonly low: number; readonly mid: number; readonly high: number };
      readonly promoteMinutes: number;
      /** Services that fill it by themselves: what they write is refused where a copy is. */
      readonly filledBy: readonly string[];
    }
  | {
      readonly workload: string;
      readonly kind: "cold";
      /** In the first region; none of them is known elsewhere. */
      readonly entries: number;
      /** Requests of the first region are not answered without it. */
      readonly required: boolean;
      /** Until look-ups have brought as many entries, seconds, at least; null: who looks up brings none, and its writers must. */
      readonly warmSeconds: number | null;
    };

/** Causes and rates that availability was computed with, so that it can be computed again on what was built. */
export interface FailureModel {
  readonly zoneUnavailability: number;
  readonly regionUnavailability: number;
  /** One replica by its machine: failures a year, and minutes until another runs. */
  readonly replicaFailuresPerYear: number;
  readonly replicaRepairMinutes: number;
  readonly betaReplica: number;
  readonly zoneEventsPerYear: number;
  readonly deploys: DeployPractice;
  /** true: the environment says so; false: the default's practice. */
  readonly deploysMeasured: boolean;
  readonly balancerUnavailability: number;
  readonly natUnavailability: number;
  readonly cacheFailoverSeconds: number;
  readonly cacheNodeFailuresPerYear: number;
  /** Of a cache whose primary nobody follows by itself. */
  readonly cacheAlone: {
    /** From the loss of a member's node until the member runs on another, with nothing on it. */
    readonly backSeconds: number;
    /** More where a volume comes along, and a node must first be made in its zone. */
    readonly volumeSeconds: number;
    /** Until a person has promoted a replica. */
    readonly promoteMinutes: number;
  };
  /** Of a system in several regions alone. */
  readonly betweenRegions?: {
    /** What all regions share: names, identity, the edge. */
    readonly globalUnavailability: number;
    readonly regionEventsPerYear: number;
    readonly balancerEventsPerYear: number;
    readonly natEventsPerYear: number;
    /** From the loss of the region that takes requests until callers have moved to the next; null: nobody moves them. */
    readonly failoverSeconds: number | null;
    /** Who finds that a region must be left: callers in every failed request, checks of its door, which a single replica answers, or connections to it, which it takes with none. */
    readonly foundBy: "callers" | "checks" | "connections";
    /** From the first request that another region gets until its caches are warm enough for the peak; it is in failoverSeconds, and a door's own wait comes before it. */
    readonly warmSeconds: number;
  };
}

export interface Availability {
  readonly unavailability: number;
  /** Largest first. */
  readonly lostTo: readonly {
    readonly cause: string;
    readonly minutesPerYear: number;
    readonly label: Label;
    readonly source: Source;
  }[];
  readonly label: Label;
  /**
   * Of one region: share of the peak's requests that find a replica, by replicas, zones and the region alone; where some replicas are down their share is lost,
   * not all. Of several regions: what availability leaves.
   */
  readonly servedFraction: number;
}

export interface Assumption {
  readonly name: string;
  readonly unit: string;
  readonly low: number;
  readonly mid: number;
  readonly high: number;
  /** false: no interval was given, and +-25 % is tried. */
  readonly given: boolean;
  /** low to high; null until it was worked out. */
  readonly effect: { readonly perMonthUsd: number; readonly replicas: number; readonly minutesPerYear: number } | null;
  /** How a user finds the true value. */
  readonly measure: string;
  readonly source: Source;
}

/** A number of replicas by another rule, beside the planner's. */
export interface SizingRuleResult {
  readonly part: PartKey;
  readonly name: string;
  readonly active: number;
  readonly failover: number;
  readonly total: number;
  /** With a ceiling of the failover share as the rule writes it (not rounded up). */
  readonly asWritten: number;
}

/** A choice that costs minutes or money, shown with its price. */
export interface Option {
  readonly about: string;
  readonly choice: string;
  readonly chosen: boolean;
  readonly perMonthUsd: number | null;
  readonly minutesPerYear: number | null;
}

/** What a demand interval does to the plan. */
export interface DemandColumn {
  readonly demand: "low" | "mid" | "high";
  readonly replicas: readonly { readonly part: PartKey; readonly replicas: number }[];
  readonly perMonthUsd: Range | null;
}

/** What the place that a plan stands in is not said to have, and what the plan loses by it. */
export interface Lack {
  /** For example an addon of a cluster. */
  readonly of: string;
  readonly lost: string;
}

/** A bill of materials with its reasons: plain data. */
export interface Plan {
  readonly schema: 1;
  readonly stack: string;
  readonly system: string;
  readonly environment: string;
  readonly tier: Tier;
  readonly target: Target;
  readonly region: string;
  readonly zones: readonly string[];
  /** Regions in the order in which they take requests, where there are several. @default - region alone */
  readonly regions?: readonly { readonly region: string; readonly zones: readonly string[] }[];
  /** Zone of each subnet that is there already, by id, as stated; no resource of the program tells it. @default - none is there, or their ids are not known yet */
  readonly subnetZones?: Readonly<Record<string, string>>;
  readonly objectives: Objectives;
  readonly budgetPerMonthUsd: number | null;
  readonly replicaDropShare: number;
  readonly quotas: Readonly<Record<string, number>>;
  readonly parts: readonly Part[];
  readonly calls: readonly Call[];
  readonly demand: readonly WorkloadDemand[];
  /** Of each region's nodes, where pods are packed into nodes. @default - nobody packs */
  readonly nodes?: Readonly<Record<string, NodeFacts>>;
  readonly failures: FailureModel;
  /** What each cache has in the regions that take over. @default - one region, or no cache */
  readonly acrossRegions?: readonly CacheAcross[];
  readonly reasons: readonly Reason[];
  /** By what is lacking, in its order. @default - nothing is lost */
  readonly lacks?: readonly Lack[];
  readonly sizingRules: readonly SizingRuleResult[];
  readonly settings: readonly Setting[];
  /** Largest effect first, once effects are worked out. */
  readonly assumptions: readonly Assumption[];
  /** null in a partial plan. */
  readonly availability: Availability | null;
  readonly options: readonly Option[];
  readonly demandColumns: readonly DemandColumn[];
  readonly nextNine: {
    readonly needs: string;
    readonly perMonthUsd: Range | null;
    readonly availability: number | null;
  } | null;
  readonly waivers: readonly Waiver[];
  readonly prices: readonly OwnPrice[];
}

/**
 * What a system must carry and has promised, and how things fail: what rules, cost and availability need and no resource tells. A
 * plan has it; for a program that nobody planned a demand file states it.
 */
export type Basis = Pick<
  Plan,
  | "tier"
  | "objectives"
  | "budgetPerMonthUsd"
  | "replicaDropShare"
  | "quotas"
  | "calls"
  | "demand"
  | "nodes"
  | "failures"
  | "settings"
  | "assumptions"
  | "waivers"
  | "prices"
> & {
  /** Zones of each region that have nodes, where a demand file states them. @default - a plan's own zones */
  readonly nodeZones?: Readonly<Record<string, readonly string[]>>;
};

/** A refusal as a value. */
export interface Infeasible {
  readonly part: PartKey;
  readonly field: string;
  readonly asked: number;
  readonly unit: string;
  readonly limit: {
    readonly name: string;
    readonly value: number;
    readonly source: Source;
    readonly raisable: boolean;
  };
  /** Each of them plans. */
  readonly alternatives: readonly {
    readonly set: Readonly<Record<string, unknown>>;
    readonly perMonthUsd: Range | null;
  }[];
}

export type Planned =
  | { readonly ok: true; readonly plan: Plan }
  | { readonly ok: false; readonly infeasible: readonly [Infeasible, ...Infeasible[]]; readonly partial: Plan };

/** Every limit that forbids a plan, and what would plan instead, as text for a person; what several Parts cannot have alike once. */
export function describeInfeasible(stack: string, infeasible: readonly Infeasible[]): string {
  const alike = new Map<string, Infeasible[]>();
  for (const refusal of infeasible) {
    const key = JSON.stringify({ ...refusal, part: "" });
    alike.set(key, [...(alike.get(key) ?? []), refusal]);
  }
  const lines = [...alike.values()].map((refusals) => {
    const parts = refusals.map(({ part }) => part).join(", ");
    return refusals.slice(0, 1).map(({ field, asked, unit, limit, alternatives }) => {
      // What is asked of the time is asked of the whole, whichever Part stands first in it.
      const ofTime = unit === "share of time";
      const needs = ofTime
        ? `${asAsked(asked)} of the time is asked (${field})`
        : `${parts} ${refusals.length > 1 ? "need" : "needs"} ${grouped(asked)} ${unit}`;
      const allows = ofTime ? atMost(limit.value) : grouped(limit.value);
      const instead = alternatives.map(
        ({ set, perMonthUsd }) =>
          `    plans: ${Object.entries(set)
            .map(([key, value]) => `${key}: ${asWritten(value)}`)
            .join(", ")}${perMonthUsd ? ` (${grouped(Math.round(perMonthUsd.expected))} USD/month)` : ""}`,
      );
      return [`  ${needs}; ${limit.name}: ${allows}${limit.raisable ? " (raisable)" : ""}`, ...instead].join("\n");
    });
  });
  return [`${stack} cannot be planned`, ...lines.flat()].join("\n");
}

/** Never rounded: 0.9999999 is not all of the time. */
function asAsked(share: number): string {
  return `${Number((share * 100).toPrecision(12))} %`;
}

/** With the digits that tell nines apart; what can be had is never more than said. */
function atMost(share: number): string {
  return `${Math.floor(share * 1e6 + 1e-6) / 1e4} %`;
}

const grouped = (value: number): string => value.toLocaleString("en-US");

/** As a program would write it. */
function asWritten(value: unknown): string {
  return JSON.stringify(value)
    .replace(/"(\w+)":/g, "$1: ")
    .replace(/,/g, ", ");
}
