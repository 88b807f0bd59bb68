import type { BalancerTarget, Basis, CacheTopology, PartKey, Probe } from "../model";
import { at } from "../model";
import { doorsOf, finding, onValue, partsOf, undecided, valueAt } from "./finding";
import { beyondDev, inProd } from "./rule";
import type { Finding, Rule, Subject } from "./rule";

/** Worst seconds until a failed replica gets no more requests: the failures in a row, and the last check's timeout. */
function detectionSeconds(probe: Pick<Probe, "intervalSeconds" | "timeoutSeconds" | "failures">): number {
  return probe.intervalSeconds * probe.failures + probe.timeoutSeconds;
}

const targetsProbed: Rule = {
  id: "targets-probed",
  title: "Every balancer target is probed over HTTP at a path",
  about: "A port that accepts connections says nothing of the process behind it.",
  severity: beyondDev,
  peers: ["CKV_AWS_261"],
  check: (subject) =>
    doorsOf(subject.parts).map((part) =>
      onValue<readonly BalancerTarget[]>(part, "targets", (targets) => {
        const weak = targets.filter(({ probe }) => probe.check.kind !== "http" && probe.check.kind !== "grpc");
        if (targets.length === 0)
          // A shared balancer's targets are behind rules that other programs make.
          return {
            ok: false,
            message: "no target here",
            fix: "give the balancer a target group",
            severity: "advisory",
          };
        return {
          ok: weak.length === 0,
          message:
            weak.length === 0
              ? `${targets.length} probed`
              : weak.map(({ port, probe }) => `port ${port} by ${probe.check.kind}`).join(", "),
          fix: "give probes.health.path",
        };
      }),
    ),
};

// A probe that takes more than five minutes is slower than the deploys it should stop: an assumption of this rule.
const SLOWEST_DETECTION_SECONDS = 300;

function judgeProbe(part: PartKey, probe: Probe): Finding {
  const seconds = detectionSeconds(probe);
  const settings = `every ${probe.intervalSeconds} s, timeout ${probe.timeoutSeconds} s, ${probe.failures} in a row: ${seconds} s`;
  const wrong =
    probe.timeoutSeconds >= probe.intervalSeconds
      ? "give a timeout below the interval"
      : probe.failures < 2
        ? "let 2 or more checks fail in a row: one lost packet takes a replica out"
        : // A probe of the start waits for as long as a start may take.
          probe.role !== "startup" && seconds > SLOWEST_DETECTION_SECONDS
          ? `probe more often: at most ${SLOWEST_DETECTION_SECONDS} s`
          : null;
  return finding(part, { ok: wrong === null, message: `${probe.role} probe ${settings}`, fix: wrong ?? "" });
}

const probesSane: Rule = {
  id: "probes-sane",
  title: "Probes find a failure, and only a failure, in time",
  about: "A probe that one lost packet trips takes good replicas out; one that takes minutes leaves bad ones in.",
  severity: beyondDev,
  peers: [],
  check: (subject) => [
    ...partsOf(subject.parts, "replica-group").flatMap((part): readonly Finding[] => {
      const probes = valueAt(part, "probes");
      if (!probes.known) return [undecided(part.key, "probes", probes)];
      return (probes.value as readonly Probe[]).map((probe) => judgeProbe(part.key, probe));
    }),
    ...doorsOf(subject.parts).flatMap((part): readonly Finding[] => {
      const targets = valueAt(part, "targets");
      if (!targets.known) return [undecided(part.key, "targets", targets)];
      return (targets.value as readonly BalancerTarget[]).map(({ probe }) => judgeProbe(part.key, probe));
    }),
  ],
};

// Callers keep an address of a balancer for its DNS record's 60 s (aws.md section 3, "ALB zone removal").
const BALANCER_DNS_SECONDS = 60;

function cacheSeconds(basis: Basis, topology: CacheTopology): number {
  const automatic =
    topology.kind === "replicated"
      ? topology.failover === "automatic" && topology.replicas > 0
      : topology.kind === "sharded" && topology.replicasPerShard > 0;
  return automatic ? basis.failures.cacheFailoverSeconds : Number.POSITIVE_INFINITY;
}

/** Promised seconds against one mechanism's. */
function within(part: PartKey, what: string, seconds: number, promised: number, fix: string): Finding {
  const took = Number.isFinite(seconds) ? `${seconds} s` : "until a person acts";
  return finding(part, { ok: seconds <= promised, message: `${what}: ${took}; ${promised} s promised`, fix });
}

function recoveries(subject: Subject, basis: Basis, promised: number): readonly Finding[] {
  const loneStart = new Map<string, number>();
  for (const demand of basis.demand) loneStart.set(demand.workload, demand.startSeconds);
  const groups = new Map(partsOf(subject.parts, "replica-group").map((part) => [part.key, part]));
  const ofBalancers = doorsOf(subject.parts).flatMap((part): readonly Finding[] => {
    const targets = valueAt(part, "targets");
    if (!targets.known) return [undecided(part.key, "targets", targets)];
    return (targets.value as readonly BalancerTarget[]).map((target) => {
      const group = groups.get(target.part);
      const floor = group ? at(group, "scaling", "kind") : undefined;
      const least = group && floor?.known ? at(group, "scaling", floor.value === "fixed" ? "count" : "min") : undefined;
      const lone = least?.known === true && least.value === 1;
      const start = lone ? (loneStart.get(part.workload) ?? 0) : 0;
      const seconds = Math.max(detectionSeconds(target.probe) + start, BALANCER_DNS_SECONDS);
      return within(
        part.key,
        lone ? "a lone replica is detected and started again" : "a failed replica or zone is out",
        seconds,
        promised,
        "probe more often, or promise less",
      );
    });
  });
  const ofCaches = partsOf(subject.parts, "redis-cache").flatMap((part): readonly Finding[] => {
    const role = valueAt(part, "role");
    // Replicas are counted as if a latency cache were empty: its failover is nobody's recovery.
    if (role.known && role.value === "latency-cache") return [];
    const topology = valueAt(part, "topology");
    if (!topology.known) return [undecided(part.key, "topology", topology)];
    return [
      within(
        part.key,
        "cache failover",
        cacheSeconds(basis, topology.value as CacheTopology),
        promised,
        "give the cache a replica and automatic failover",
      ),
    ];
  });
  return [...ofBalancers, ...ofCaches];
}

const recoveryInTime: Rule = {
  id: "recovery-in-time",
  title: "A failure is over within the promised recovery time",
  about: "Recovery takes as long as the slowest probe, DNS record or failover on the way.",
  severity: inProd,
  peers: [],
  check: (subject) => {
    const promised = subject.basis?.objectives.recoverySeconds;
    return subject.basis === null || promised === undefined ? [] : recoveries(subject, subject.basis, promised);
  },
};

export const probeRules: readonly Rule[] = [targetsProbed, probesSane, recoveryInTime];
