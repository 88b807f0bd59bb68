import { kubernetesLags } from "../catalog/kubernetes";
import {
  interval,
  type DemandFile,
  type Interval,
  type ReadPart,
  type Source,
  type StatedWorkload,
  type StoreDemandFacts,
} from "../model";
import type { Assumptions } from "./assumptions";
import { COPY_MIB_PER_SECOND } from "./store-count";
import type { StatedSlip } from "./stated-names";

const stated: Source = { title: "the demand file, as stated", date: "stated" };
const assumed: Source = { title: "no measurement given: assumed", date: "2026-11-22" };

/** Requests a second. */
interface Rate {
  readonly peak: Interval;
  readonly mean: number;
}

/** What of a store's requests its members answer, and what its one leader takes. */
interface StatedStore {
  readonly reads: Rate;
  readonly store: StoreDemandFacts;
}

/** A store's load out of what the file states of it; undefined for a replica group. */
export function writesOf(
  name: string,
  facts: StatedWorkload,
  part: ReadPart,
  rate: Rate,
  assumptions: Assumptions,
): StatedStore | undefined {
  if (part.kind !== "store") return undefined;
  const share = assumptions.asked(
    `${name}.writeShare`,
    "share of requests",
    facts.writeShare ?? 0,
    "count of writes in a day's requests, divided by all",
    facts.writeShare === undefined ? assumed : stated,
  );
  const election =
    facts.electionSeconds === undefined
      ? null
      : assumptions.asked(
          `${name}.electionSeconds`,
          "s",
          facts.electionSeconds,
          "kill the leader and take the time to the next accepted write",
          stated,
        ).high;
  const { peak, mean } = rate;
  // A member works on so many at once, each for so long.
  const perMember = ((facts.slotsPerReplica ?? 1) * 1000) / interval(facts.serviceTimeMs).high;
  return {
    reads: {
      mean: mean * (1 - share.mid),
      peak: { low: peak.low * (1 - share.high), mid: peak.mid * (1 - share.mid), high: peak.high * (1 - share.low) },
    },
    store: {
      writesPerSecond: { mean: mean * share.mid, peak: peak.mid * share.mid },
      readsPerSecondPerMember: perMember,
      writesPerSecondPerLeader: perMember,
      replicationLagMs: null,
      electionSeconds: election,
      copyMiBPerSecond: assumptions.asked(
        `${name}.copyMiBPerSecond`,
        "MiB/s",
        COPY_MIB_PER_SECOND,
        "add a member to a full store and divide its volume's use by the time until it is ready",
        assumed,
      ).low,
      reschedule: {
        givenUpSeconds: assumptions.known(kubernetesLags.nodeGivenUpSeconds).mid,
        nodeSeconds: 0,
        nodeMadeSeconds: assumptions.known(kubernetesLags.nodeSeconds.clusterAutoscaler).mid,
        volumeSeconds: assumptions.known(kubernetesLags.volumeMovedSeconds).mid,
      },
    },
  };
}

/** What only a store has, said of something else. */
export function storeSlips(file: DemandFile, groups: ReadonlyMap<string, ReadPart>): readonly StatedSlip[] {
  return Object.entries(file.workloads).flatMap(([name, facts]) => {
    const part = groups.get(name);
    if (part === undefined || part.kind === "store") return [];
    return (["writeShare", "electionSeconds"] as const).flatMap((key) =>
      facts[key] === undefined
        ? []
        : [
            {
              path: ["workloads", name, key],
              given: facts[key],
              allowed: `of a store alone; ${name} is a ${part.kind.replaceAll("-", " ")}`,
              fix: "take it out",
            },
          ],
    );
  });
}
