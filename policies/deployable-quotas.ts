import { at, isUnknown, numberAt } from "../model";
import { divisionOf, mostOnDemand } from "../catalog";
import type { ReadPart, ReplicaGroup } from "../model";
import { limit, quotaLimits } from "../catalog/aws/limits";
import type { LimitId } from "../catalog/aws/limits";
import { ceilingOf, doorsOf, floorOf, partsOf } from "./finding";
import { type DeployCheck, fine, limitCheck, type Outcome, refused } from "./deployable-check";
import { SERVICE } from "./deployable-capacity";
import type { Subject } from "./rule";

const NAT = "aws:ec2/natGateway:NatGateway";
const EIP = "aws:ec2/eip:Eip";
const CACHE = "aws:elasticache/replicationGroup:ReplicationGroup";

type Raisable = keyof typeof quotaLimits;

/** What the environment or the demand file says was raised, else AWS's default. */
function quotaOf(subject: Subject, key: Raisable): number {
  return subject.basis?.quotas[key] ?? limit(quotaLimits[key]).max ?? Number.POSITIVE_INFINITY;
}

/**
 * Refused for a quota that AWS raises when asked; nines' own words for what was raised are its environment's, and a demand file's
 * where nines did not plan it. Where neither says one, the account of another's program may have it raised long since: advice.
 */
function beyond(subject: Subject, seen: string, key: Raisable, needed: number): Outcome {
  const most = Math.ceil(needed);
  const said = `quotas.${key}: ${most}`;
  const unsaid = subject.plan === null && subject.basis?.quotas[key] === undefined;
  return {
    ...refused(
      unsaid ? `${seen}, the default where nothing was raised` : seen,
      `have it raised with AWS, then say ${said} in the environment`,
      `have it raised to ${most} with AWS, then say ${said} in the demand file`,
    ),
    ...(unsaid ? { advised: true } : {}),
  };
}

/** One outcome for the whole stack, which is no resource's own. */
function once(id: LimitId, type: string, check: (subject: Subject) => readonly Outcome[]): DeployCheck {
  const one = limitCheck(id, type, (resource, subject) => {
    if (subject.graph.ofType(type)[0] !== resource) return null;
    const outcomes = check(subject);
    return outcomes.length === 0 ? null : outcomes;
  });
  return { ...one, ofStack: true };
}

type Group = ReadPart<ReplicaGroup>;

/**
 * Most replicas of a group at once: those that stand, and a rollout's surge. Held against the scaler's floor, which always
 * stands; the ceiling is only said, since a scaler that stops at a quota is late, not refused.
 */
function inRollout(group: Group): { readonly steady: number; readonly surge: number } | string {
  const steady = floorOf(group);
  if (!steady.known) return steady.path;
  const surge = numberAt(group, "rollout", "surge");
  return surge === undefined ? "rollout.surge" : { steady: steady.value, surge };
}

function vcpus(subject: Subject): readonly Outcome[] {
  let total = 0;
  let ceiling = 0;
  for (const group of partsOf(subject.parts, "replica-group")) {
    const runtime = at(group, "runtime", "kind");
    if (runtime.known && runtime.value !== "ecs-fargate") continue;
    const replicas = inRollout(group);
    const cpuMillis = numberAt(group, "size", "cpuMillis");
    const most = ceilingOf(group);
    if (typeof replicas === "string") return [{ unknown: `${group.workload}.${replicas}` }];
    if (cpuMillis === undefined || !most.known) return [{ unknown: `${group.workload}.size` }];
    // Spot has a quota of its own. A share that is not known is none: then all of it counts here.
    const found = divisionOf(group);
    const division = isUnknown(found) ? { spotShare: 0 } : found;
    // Each deployment has a base of its own.
    const steady = mostOnDemand(replicas.steady, division);
    const rolling = steady + mostOnDemand(replicas.surge, division);
    total += (rolling * cpuMillis) / 1000;
    ceiling += (Math.max(mostOnDemand(most.value, division), rolling) * cpuMillis) / 1000;
  }
  const quota = quotaOf(subject, "fargateVcpus");
  if (total > quota)
    return [
      beyond(
        subject,
        `${round(total)} vCPUs while all roll out, of ${quota}`,
        "fargateVcpus",
        Math.max(total, ceiling),
      ),
    ];
  return [fine];
}

const round = (value: number): number => Math.round(value * 100) / 100;

/** Replicas of one group, against a limit that a quota may raise. */
function perGroup(
  id: LimitId,
  key: Raisable | null,
  concerns: (group: Group, subject: Subject) => boolean,
): DeployCheck {
  return once(id, SERVICE, (subject) =>
    partsOf(subject.parts, "replica-group").flatMap((part): readonly Outcome[] => {
      const group = part;
      if (!concerns(group, subject)) return [];
      const most = ceilingOf(group);
      const replicas = inRollout(group);
      if (!most.known) return [{ unknown: `${group.workload}.${most.path}` }];
      if (typeof replicas === "string") return [{ unknown: `${group.workload}.${replicas}` }];
      const tasks = Math.max(most.value, replicas.steady + replicas.surge);
      const allowed = key === null ? (limit(id).max ?? Number.POSITIVE_INFINITY) : quotaOf(subject, key);
      return [
        tasks <= allowed
          ? fine
          : key === null
            ? refused(`${group.workload} may run ${tasks} of ${allowed}`, "split the service")
            : beyond(subject, `${group.workload} may run ${tasks} of ${allowed}`, key, tasks),
      ];
    }),
  );
}

/** Machines are replicas of nobody's service. */
function isService(group: Group): boolean {
  const runtime = at(group, "runtime", "kind");
  return !runtime.known || runtime.value !== "instance-group";
}

function isRegistered(group: Group): boolean {
  const registry = at(group, "registry");
  return registry.known && registry.value !== null;
}

const targetsOf = new WeakMap<Subject, ReadonlySet<unknown>>();

/** Groups that a balancer sends to; gone through once for a stack. */
function isTarget(group: Group, subject: Subject): boolean {
  let known = targetsOf.get(subject);
  if (known === undefined) {
    known = new Set(
      doorsOf(subject.parts).flatMap((balancer) => {
        const targets = at(balancer, "targets");
        return targets.known && Array.isArray(targets.value)
          ? (targets.value as readonly { readonly part?: unknown }[]).map(({ part }) => part)
          : [];
      }),
    );
    targetsOf.set(subject, known);
  }
  return known.has(group.key);
}

export const quotaDeployChecks: readonly DeployCheck[] = [
  once("fargate-vcpus", SERVICE, vcpus),
  perGroup("tasks-per-service", "tasksPerService", isService),
  perGroup("targets-per-group", "targetsPerGroup", isTarget),
  perGroup("targets-per-balancer", null, isTarget),
  perGroup("service-connect-tasks", null, isRegistered),
  once("services-per-cluster", SERVICE, ({ graph }) => {
    const services = graph.ofType(SERVICE).length;
    const most = limit("services-per-cluster").max ?? 0;
    return [services <= most ? fine : refused(`${services} services in this stack alone`, "use a second cluster")];
  }),
  once("cache-nodes-per-region", CACHE, (subject) => {
    let nodes = 0;
    for (const cache of partsOf(subject.parts, "redis-cache")) {
      const kind = at(cache, "topology", "kind");
      if (!kind.known) return [{ unknown: `${cache.workload}.topology` }];
      const copies = numberAt(cache, "topology", kind.value === "sharded" ? "replicasPerShard" : "replicas");
      const shards = numberAt(cache, "topology", "shards");
      if (kind.value !== "single" && copies === undefined) return [{ unknown: `${cache.workload}.topology` }];
      if (kind.value === "sharded" && shards === undefined) return [{ unknown: `${cache.workload}.topology.shards` }];
      nodes += (shards ?? 1) * (1 + (kind.value === "single" ? 0 : (copies ?? 0)));
    }
    const quota = quotaOf(subject, "cacheNodesPerRegion");
    return [nodes <= quota ? fine : beyond(subject, `${nodes} nodes of ${quota}`, "cacheNodesPerRegion", nodes)];
  }),
  once("elastic-ips-per-region", EIP, (subject) => {
    const addresses = subject.graph.ofType(EIP).length;
    const quota = quotaOf(subject, "elasticIps");
    return [addresses <= quota ? fine : beyond(subject, `${addresses} addresses of ${quota}`, "elasticIps", addresses)];
  }),
  once("nat-gateways-per-zone", NAT, (subject) => {
    const quota = quotaOf(subject, "natGatewaysPerZone");
    const zones = new Map<string, number>();
    let open = 0;
    for (const nat of subject.graph.ofType(NAT)) {
      // One of the region stands in no zone's subnet.
      if (nat.inputs["availabilityMode"] === "regional") continue;
      const zone = subject.graph.referenced(nat, "subnetId", "aws:ec2/subnet:Subnet")[0]?.inputs["availabilityZone"];
      if (typeof zone === "string") zones.set(zone, (zones.get(zone) ?? 0) + 1);
      else open += 1;
    }
    const worst = Math.max(0, ...zones.values());
    // Even with all that are not known in the fullest zone it fits: then it is not open.
    if (worst + open <= quota) return [fine];
    return [
      worst > quota
        ? beyond(subject, `${worst} gateways in one zone, of ${quota}`, "natGatewaysPerZone", worst)
        : { unknown: "zones of NAT gateways" },
    ];
  }),
];
