import { majority } from "../availability/quorum";
import { leftAfterZone } from "../capacity/store-count";
import { at, listAt, numberAt, prefixOfPlan, textAt, wordOfWorkload } from "../model";
import type { Store } from "../model";
import { count as counted, demandOf, finding, onValue, partsOf, undecided, zonesUntold } from "./finding";
import { advice, always, beyondDev, inProd } from "./rule";
import type { Finding, Rule, Subject } from "./rule";
import { writesBackInTime } from "./store-recovery";
import { notReplaced, objectsNotReplaced } from "./replaced";

type ReadStore = ReturnType<typeof partsOf<"store">>[number];

function each(check: (store: ReadStore, subject: Subject) => Finding): Rule["check"] {
  return (subject) => partsOf(subject.parts, "store").map((store) => check(store, subject));
}

/** Members at the floor and at the ceiling. */
function range(store: ReadStore): readonly [number, number] | undefined {
  const count = numberAt(store, "scaling", "count");
  if (count !== undefined) return [count, count];
  const [min, max] = [numberAt(store, "scaling", "min"), numberAt(store, "scaling", "max")];
  return min === undefined || max === undefined ? undefined : [min, max];
}

const majorityLeft: Rule = {
  id: "store-majority-after-zone",
  title: "A store keeps a majority of its members when a zone is lost",
  about: "Members that elect a leader need more than half of them; a zone that holds half takes the writes along.",
  severity: inProd,
  peers: [],
  check: each((store) => {
    const members = range(store);
    const zones = listAt(store, "placement", "zones")?.length;
    const floor = at(store, "scaling");
    if (members === undefined) return undecided(store.key, "scaling", floor.known ? { why: "elsewhere" } : floor);
    if (zones === undefined) return zonesUntold(store.key);
    const [min, max] = members;
    const kept = (count: number) => leftAfterZone(count, zones) >= majority(count);
    const lost = Array.from({ length: max - min + 1 }, (_, more) => min + more).filter((count) => !kept(count));
    const floorKept = kept(min);
    return finding(store.key, {
      ok: lost.length === 0,
      message: floorKept
        ? `${counted(min, "member")} in ${counted(zones, "zone")}: ${leftAfterZone(min, zones)} are left, ${majority(min)} a majority${lost.length === 0 ? "" : `; at ${lost.join(", ")} of its sizes a zone takes it`}`
        : `${counted(min, "member")} in ${counted(zones, "zone")}: ${leftAfterZone(min, zones)} are left, and ${majority(min)} are a majority`,
      fix: "three members or more in three zones; of four a zone takes two",
      // The floor stands all year; what the autoscaler makes of it, for an hour.
      ...(floorKept ? { severity: "advisory" as const } : {}),
    });
  }),
};

const bindsLate: Rule = {
  id: "store-volume-binds-late",
  title: "Volumes of a store wait for their pod before they choose a zone",
  about:
    "A class that binds at once puts the disk in any zone, and the pod that is spread elsewhere stays Pending for ever.",
  severity: always,
  peers: ["Kubernetes storage classes, volume binding mode"],
  check: each((store) => {
    const zones = listAt(store, "placement", "zones")?.length;
    const leaf = at(store, "volume", "bindsLate");
    if (!leaf.known) return undecided(store.key, "volume.bindsLate", leaf);
    if (zones === 1) return finding(store.key, { ok: true, message: "one zone: a volume can be in no other", fix: "" });
    if (leaf.value === null) return undecided(store.key, "the binding mode of its StorageClass", { why: "elsewhere" });
    return finding(store.key, {
      ok: leaf.value === true,
      message: leaf.value === true ? "binds when its pod is placed" : "binds at once, over several zones",
      fix: "volumeBindingMode: WaitForFirstConsumer, in a class of another name",
    });
  }),
};

const peersKnown: Rule = {
  id: "store-members-find-each-other",
  title: "A store has a headless Service that names members which are not ready too",
  about: "A member that starts must find the others by name, and they it, before any of them is ready.",
  severity: beyondDev,
  peers: ["kube-score statefulset-has-servicename"],
  check: ({ parts }) =>
    partsOf(parts, "store").flatMap((store): readonly Finding[] => {
      // One alone looks for nobody.
      if (range(store)?.[1] === 1) return [];
      return [
        onValue<Store["peers"]>(store, "peers", (peers) => ({
          ok: peers !== null && peers.notReadyToo,
          message:
            peers === null
              ? "no headless Service names its members"
              : peers.notReadyToo
                ? `${peers.name} names each member`
                : `${peers.name} names members that are ready alone`,
          fix: "serviceName of a Service with clusterIP: None and publishNotReadyAddresses: true",
        })),
      ];
    }),
};

const claimsKept: Rule = {
  id: "store-volumes-kept",
  title: "Volumes of a store outlive its members",
  about: "A store that is scaled down or deleted by a slip takes its data along where its claims go with it.",
  severity: beyondDev,
  peers: [],
  check: each((store) =>
    onValue<boolean>(store, "volume.retained", (ok) => ({
      ok,
      message: ok ? "claims are kept" : "claims go with their members",
      fix: "persistentVolumeClaimRetentionPolicy: whenDeleted and whenScaled Retain",
    })),
  ),
};

const volumesKept: Rule = {
  id: "store-volumes-outlive-claims",
  title: "Volumes of a store outlive their claims",
  about:
    "Who deletes a namespace deletes the claims in it, whatever the set says of them, and a class that deletes takes the data along.",
  severity: inProd,
  peers: ["Kubernetes persistent volumes, reclaim policy"],
  check: ({ parts, plan }) =>
    partsOf(parts, "store").flatMap((store): readonly Finding[] => {
      // Without a claim there is no volume to outlive it.
      if (numberAt(store, "volume", "gib") === 0) return [];
      const leaf = at(store, "volume", "outlivesClaim");
      if (!leaf.known) return [undecided(store.key, "volume.outlivesClaim", leaf)];
      if (leaf.value === null)
        return [undecided(store.key, "the reclaim policy of its StorageClass", { why: "elsewhere" })];
      const named = textAt(store, "volume", "class") ?? "its class";
      return [
        finding(store.key, {
          ok: leaf.value === true,
          message:
            leaf.value === true
              ? `${named} retains them: they are deleted by hand, and cost until then`
              : `${named} deletes volumes with their claims, and these go with the namespace`,
          fix: `keepVolumes: true of ${wordOfWorkload(prefixOfPlan(plan), store.workload)}`,
          fixByHand:
            "reclaimPolicy: Retain in the class, made anew; volumes that are there keep their own, persistentVolumeReclaimPolicy",
        }),
      ];
    }),
};

const drained: Rule = {
  id: "store-majority-in-drain",
  title: "A drain leaves a store a majority of its members",
  about: "A budget lets so many go at once; what is left must be able to elect, and to answer.",
  severity: inProd,
  peers: [],
  check: each((store) => {
    const members = range(store);
    const leaf = at(store, "runtime", "disruptionMaxUnavailable");
    if (members === undefined) return undecided(store.key, "scaling", { why: "elsewhere" });
    if (!leaf.known) return undecided(store.key, "its PodDisruptionBudget", leaf);
    const [min] = members;
    const gone = typeof leaf.value === "number" ? leaf.value : min;
    return finding(store.key, {
      ok: min - gone >= majority(min),
      message: `${counted(min, "member")}, ${leaf.value === null ? "no budget" : `${gone} may go`}: ${Math.max(0, min - gone)} are left, ${majority(min)} a majority`,
      fix: min < 3 ? "three members or more" : "maxUnavailable: 1",
      ...(min < 3 ? { severity: "advisory" as const } : {}),
    });
  }),
};

const copiesFirst: Rule = {
  id: "store-scales-by-copying",
  title: "What an autoscaler of a store really does",
  about:
    "A new member copies all the data before it answers, and takes no writes ever: load that comes suddenly is not carried by it. It holds all of it too: nobody else's memory falls.",
  severity: advice,
  peers: [],
  check: ({ parts, basis }) =>
    partsOf(parts, "store").flatMap((store): readonly Finding[] => {
      if (textAt(store, "scaling", "kind") !== "range") return [];
      const gib = numberAt(store, "volume", "gib");
      const rate = basis?.demand.find(({ part }) => part === store.key)?.store?.copyMiBPerSecond;
      if (gib === undefined || rate === undefined)
        return [undecided(store.key, "how fast a member copies", { why: "elsewhere" })];
      const byMemory = memoryGrowth(store);
      return [
        finding(store.key, {
          ok: false,
          message: `a new member copies up to ${gib} GiB at ${rate} MiB/s before it answers: ${Math.round(copySeconds(gib, rate) / 60)} minutes; it takes no writes${byMemory === undefined ? "" : `; ${byMemory}`}`,
          fix: `size the floor for the peak, as is planned; let the autoscaler follow the growth of days${byMemory === undefined ? "" : "; ask for memory that all the data fits in below that (memoryMiB)"}`,
        }),
      ];
    }),
};

/** What an autoscaler's memory target does to members that each hold everything; undefined: it has none. */
function memoryGrowth(store: ReadStore): string | undefined {
  const signals = listAt(store, "scaling", "signals") ?? [];
  const target = signals.findIndex((_, index) => textAt(store, "scaling", "signals", index, "metric") === "memory");
  const max = numberAt(store, "scaling", "max");
  if (target < 0 || max === undefined) return undefined;
  const percent = numberAt(store, "scaling", "signals", target, "target");
  const asked = numberAt(store, "size", "memoryMiB");
  const above =
    percent === undefined || asked === undefined
      ? "above its target"
      : `above ${percent} % of ${asked.toLocaleString("en-US")} MiB`;
  return `each member holds everything, so none that is added lowers the memory of another: ${above} the autoscaler adds members up to ${max}, and keeps them`;
}

/** Seconds until a new member holds what a full volume holds. */
export function copySeconds(gib: number, mibPerSecond: number): number {
  return (gib * 1024) / mibPerSecond;
}

const copiesKept: Rule = {
  id: "store-snapshots",
  title: "A store's data is copied out of it",
  about: "Followers copy a wrong write at once; only a past state undoes it.",
  severity: inProd,
  peers: [],
  check: each((store, { plan }) => {
    const found = onValue<Store["snapshots"]>(store, "snapshots", (snapshots) => ({
      ok: snapshots !== null,
      message: snapshots === null ? "no snapshots" : `every ${snapshots.everyHours} h, kept ${snapshots.keepDays} days`,
      fix: "snapshots of the store, with volume-snapshots among what the cluster has",
    }));
    // A dump, an operator's or a driver's own backup: of others' copies most are none that is read.
    return plan !== null || found.verdict !== "fail"
      ? found
      : {
          ...found,
          verdict: "undecided",
          message: "no job that makes VolumeSnapshots of it is read; whether it is copied otherwise no object says",
          fix: "see that it is: snapshots of its volumes, or of its data in an object store",
        };
  }),
};

const writesCarried: Rule = {
  id: "store-writes-carried",
  title: "The one member that takes writes carries their peak",
  about: "Each write goes through the leader, and more members take no more of them.",
  severity: inProd,
  peers: [],
  check: ({ parts, basis }) =>
    partsOf(parts, "store").flatMap((store): readonly Finding[] => {
      const told = demandOf(basis, store.key)?.store;
      if (told === undefined || told.writesPerSecond.peak === 0) return [];
      const { writesPerSecond, writesPerSecondPerLeader: most } = told;
      return [
        finding(store.key, {
          ok: writesPerSecond.peak <= most,
          message: `${perSecond(writesPerSecond.peak)} writes/s at the peak; one leader takes ${perSecond(most)}`,
          fix: "divide the data over several stores, or let each write take less time",
        }),
      ];
    }),
};

const perSecond = (rate: number): string => Number(rate.toPrecision(4)).toLocaleString("en-US");

export const storeRules: readonly Rule[] = [
  majorityLeft,
  drained,
  bindsLate,
  peersKnown,
  claimsKept,
  volumesKept,
  copiesFirst,
  copiesKept,
  writesCarried,
  notReplaced,
  objectsNotReplaced,
  writesBackInTime,
];
