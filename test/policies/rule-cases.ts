import type { CacheAcross, LoadBalancer, Part, RedisCache, ReplicaGroup, Waiver } from "../../model";
import { asReading } from "../../model";
import type { Subject } from "../../policies";
import {
  alert,
  allParts,
  balancer,
  bucket,
  cdn,
  cache,
  cost,
  demand,
  group,
  groupKey,
  lambda,
  letters,
  network,
  of,
  plan,
  queue,
  resource,
  route,
  subject,
  target,
  topic,
  zones,
} from "./fixture";
import { kubernetesCases } from "./kubernetes-cases";
import { fallbackCases } from "./fallback-cases";
import { moreKubernetesCases } from "./kubernetes-more-cases";
import { calleesCases } from "./callees-cases";
import { karpenterCases } from "./karpenter-cases";
import { nodeCases } from "./node-cases";
import { pendingCases } from "./pending-cases";
import { replacedCases } from "./replaced-cases";
import { machineCases } from "./machine-cases";
import { dataCases } from "./data-cases";
import { scalerMemoryCases } from "./scaler-memory-cases";
import { spotCases } from "./spot-cases";
import { databaseCases } from "./database-cases";
import { dnsFailoverCases } from "./dns-failover-cases";

const two = zones.slice(0, 2);
const one = zones.slice(0, 1);
const zonal = (list: readonly string[]) => ({ kind: "zonal" as const, zones: list, spread: "hard" as const });
export const range = (min: number, max: number, initial: number | null = min) => ({
  kind: "range" as const,
  min,
  max,
  initial,
  signals: [{ metric: "cpu" as const, target: 70 }],
  schedule: [],
});
export const withEnvironment = (name: string, value: string): Part => group({ environment: [{ name, value }] });
const probe = (intervalSeconds: number, timeoutSeconds: number, failures: number) =>
  balancer({ targets: [target({ probe: { ...target().probe, intervalSeconds, timeoutSeconds, failures } })] });
const unprobed = balancer({ targets: [target({ probe: { ...target().probe, check: { kind: "tcp" } } })] });
export const plain = { port: 80, tlsFloor: null, redirects: false };
/** A door of Envoy Gateway, sending to six replicas of which four carry the peak. */
const door = (
  ejected: LoadBalancer["ejection"],
  over: { readonly panicBelow?: number; readonly mostRequests?: number | null } = {},
): Part =>
  balancer({
    ejection: ejected,
    runtime: { kind: "gateway-api", implementation: "envoy-gateway", panicBelow: 0.01, mostRequests: 1024, ...over },
  });
const ejection = (maxShare: number) => ({ failures: 3, seconds: 30, maxShare });
const service = (inputs: Parameters<typeof resource>[1], ignoreChanges: readonly string[]): Subject => {
  const built = resource("aws:ecs/service:Service", { name: "web", ...inputs }, {}, { ignoreChanges });
  return subject({
    resources: [
      built,
      resource(
        "aws:appautoscaling/target:Target",
        { resourceId: { $unknown: "after-deploy" } },
        { resourceId: [built] },
      ),
    ],
  });
};
const fenced = (fences: boolean): Subject => {
  const built = resource("aws:s3/bucket:Bucket", {});
  const block = resource(
    "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
    { blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: fences },
    { bucket: [built] },
  );
  return subject({ resources: [built, block] });
};
const dropped = (floor: number): Subject =>
  of([group({ scaling: range(floor, 20) })], {
    baseline: { parts: [asReading(group({ scaling: range(10, 20) }))], cost: cost(1), changes: [] },
  });
const objective = (unavailability: number): Subject =>
  subject({ availability: { unavailability, lostTo: [], label: "assumed", servedFraction: 1 } });
const lone = (seconds: number): Subject =>
  of([group({ scaling: range(1, 3) }), balancer()], {
    plan: plan({ objectives: { availability: 0.99, survive: "nothing", recoverySeconds: seconds } }),
  });
const waiving = (over: Partial<Waiver>): Subject =>
  of([group()], {
    plan: plan({ waivers: [{ rule: "image-pinned", reason: "moving registries", until: "2026-11-30", ...over }] }),
  });
const routed = (keepDays: number | null) =>
  ({ kind: "router", router: "log-router", output: "datadog", keepDays }) as const;
const sidecar = (pinned: boolean): ReplicaGroup["sidecars"][number] => ({
  name: "proxy",
  image: { reference: "proxy", pinned },
  cpuMillis: 250,
  memoryMiB: 128,
  essential: true,
  ports: [],
  environment: [],
  secrets: [],
  probe: null,
  awaited: null,
});
const other = (over: Parameters<typeof route>[0]) =>
  route({ key: "balancer-route/api/us-east-1", workload: "api", priority: 200, hosts: ["api.example.com"], ...over });
const beside = (over: Parameters<typeof route>[0]): Partial<Subject> => ({
  beside: [{ stack: "api-prod", parts: [asReading(other(over))] }],
});
const calling = plan({ demand: [demand({ callsLeave: true })] });
const follower = { kind: "async", peer: "redis-cache/memory/eu-west-1", promotion: "manual" } as const;
/** Three members, and Sentinels, in so many zones. */
function watchedIn(
  zones: number,
  over: Partial<RedisCache> = {},
  sentinelZones = zones,
  spread: "hard" | "best-effort" = "hard",
): RedisCache {
  const named = (count: number) => ["us-east-1a", "us-east-1b", "us-east-1c"].slice(0, count);
  return cache({
    topology: { kind: "replicated", replicas: 2, failover: "automatic" },
    placement: { kind: "zonal", zones: named(zones), spread: "hard" },
    runtime: {
      kind: "sentinel",
      sentinels: { count: 3, placement: { kind: "zonal", zones: named(sentinelZones), spread }, volumeGib: 1 },
      quorum: 2,
      downAfterSeconds: 5,
      minReplicasToWrite: 1,
      volume: { gib: 4, class: null, bindsLate: null },
    },
    ...over,
  });
}
type Cold = Extract<CacheAcross, { readonly kind: "cold" }>;
const coldThere = (over: Partial<Cold> = {}): Cold => ({
  workload: "memory",
  kind: "cold",
  entries: 500_000,
  required: true,
  warmSeconds: null,
  ...over,
});
const copiedThere: CacheAcross = {
  workload: "memory",
  kind: "copied",
  primary: "redis-cache/memory/us-east-1",
  copies: ["redis-cache/memory/eu-west-1"],
  lagSeconds: { low: 0.1, mid: 0.5, high: 5 },
  promoteMinutes: 30,
  filledBy: [],
};
/** What caches have in a second region that is to take over. */
const across = (acrossRegions: readonly CacheAcross[]) =>
  of([cache()], { plan: plan({ objectives: { availability: 0.99, survive: "region" }, acrossRegions }) });
const farther = plan({ objectives: { availability: 0.9999, survive: "region", recoverySeconds: 120 } });
const elastic = plan({ settings: [{ key: "elastic", value: true, from: "environment" }] });

/** Each rule: what fails, and its neighbour that passes. */
export const cases: readonly (readonly [id: string, failing: Subject, passing: Subject])[] = [
  ...databaseCases,
  ...dnsFailoverCases,
  ...dataCases,
  ...kubernetesCases,
  ...moreKubernetesCases,
  ...fallbackCases,
  ...nodeCases,
  ...calleesCases,
  ...karpenterCases,
  ["two-replicas", of([group({ scaling: range(1, 3) })]), of([group({ scaling: range(2, 3) })])],
  [
    "two-replicas",
    of([group({ scaling: { kind: "fixed", count: 1 } })]),
    of([group({ scaling: { kind: "fixed", count: 2 } })]),
  ],
  ["single-zone", of([group({ placement: zonal(one) })]), of([group({ placement: zonal(two) })])],
  ["single-zone", of([group({ scaling: range(1, 3) })]), of([group({ scaling: range(2, 3) })])],
  [
    "single-zone",
    of([group({ placement: { kind: "one-host", labels: ["a", "b"] } })]),
    of([group({ placement: { kind: "regional" } })]),
  ],
  ["single-zone", of([cache({ topology: { kind: "single" } })]), of([cache()])],
  ["zones-promised", of([group({ placement: zonal(two) })]), of([group()])],
  ["zones-promised", of([cache({ topology: { kind: "single" } })]), of([cache()])],
  ["zone-loss-carried", of([group({ scaling: range(5, 12) })]), of([group({ scaling: range(6, 12) })])],
  [
    "zone-loss-carried",
    of([group({ scaling: range(3, 5) })], { plan: elastic }),
    of([group({ scaling: range(3, 6) })], { plan: elastic }),
  ],
  ["objective-met", objective(1.0001e-4), objective(1e-4)],
  ["waivers-meant", waiving({ rule: "image-pined" }), waiving({ rule: "image-pinned" })],
  ["waivers-meant", waiving({ part: "wbe" }), waiving({ part: "web" })],
  ["waivers-meant", waiving({ part: "replica-group/wbe/us-east-1" }), waiving({ part: "replica-group/web/us-east-1" })],
  ["listener-rules-apart", of([route(), other({ priority: 100 })]), of([route(), other({ priority: 101 })])],
  [
    "listener-rules-apart",
    of([route(), other({ hosts: ["WEB.example.com"] })]),
    of([route(), other({ hosts: ["WEB.example.com"], paths: ["/api/*"] })]),
  ],
  [
    "listener-rules-apart",
    of([route()], beside({ priority: 100 })),
    of([route()], beside({ priority: 100, listener: `${route().listener ?? ""}0` })),
  ],
  ["listener-rules-apart", of([route()], beside({ hosts: ["web.example.com"] })), of([route()], beside({}))],
  ["targets-probed", of([unprobed]), of([balancer()])],
  ["targets-probed", of([balancer({ targets: [] })]), of([balancer()])],
  ["probes-sane", of([probe(5, 5, 3)]), of([probe(6, 5, 3)])],
  ["probes-sane", of([probe(30, 5, 1)]), of([probe(30, 5, 2)])],
  ["probes-sane", of([probe(99, 4, 3)]), of([probe(99, 3, 3)])],
  ["recovery-in-time", of([probe(30, 5, 4)]), of([probe(29, 4, 4)])],
  ["recovery-in-time", lone(134), lone(135)],
  ["recovery-in-time", of([cache({ topology: { kind: "replicated", replicas: 1, failover: "none" } })]), of([cache()])],
  ["image-pinned", of([group({ sidecars: [sidecar(false)] })]), of([group({ sidecars: [sidecar(true)] })])],
  [
    "no-plain-secret",
    of([group({ sidecars: [{ ...sidecar(true), environment: [{ name: "API_PASSWORD", value: "hunter22" }] }] })]),
    of([group({ sidecars: [{ ...sidecar(true), environment: [{ name: "UPSTREAM", value: "localhost" }] }] })]),
  ],
  ["image-pinned", of([group({ image: { reference: "web:1", pinned: false } })]), of([group()])],
  ["rollout-rolls-back", of([group({ rollout: { ...group().rollout, rollsBack: false } })]), of([group()])],
  [
    "rollout-keeps-need",
    of([group({ rollout: { ...group().rollout, unavailable: 3 } })]),
    of([group({ rollout: { ...group().rollout, unavailable: 2 } })]),
  ],
  ["rollout-watches-alarms", of([group({ rollout: { ...group().rollout, watchesAlarms: false } })]), of([group()])],
  ["logs-kept", of([group({ logs: null })]), of([group({ logs: { kind: "group", keepDays: 1 } })])],
  ["logs-kept", of([group({ logs: { kind: "group", keepDays: 0 } })]), of([group()])],
  ["logs-kept", of([group({ logs: routed(0) })]), of([group({ logs: routed(1) })])],
  ["logs-kept", of([group({ logs: routed(0) })]), of([group({ logs: routed(null) })])],
  [
    "zones-rebalanced",
    of([group({ runtime: { kind: "ecs-fargate", architecture: "arm64", spotShare: 0, rebalancing: false } })]),
    of([group()]),
  ],
  [
    "spot-not-alone",
    of([group({ runtime: { kind: "ecs-fargate", architecture: "arm64", spotShare: 1, rebalancing: true } })]),
    of([group({ runtime: { kind: "ecs-fargate", architecture: "arm64", spotShare: 0.9, rebalancing: true } })]),
  ],
  ...spotCases,
  ...scalerMemoryCases,
  [
    "no-plain-secret",
    of([withEnvironment("DB_PASSWORD", "hunter22")]),
    of([withEnvironment("DB_PASSWORD_FILE", "/run/secrets/db")]),
  ],
  [
    "no-plain-secret",
    of([withEnvironment("ID", "AKIAABCDEFGHIJKLMNOP")]),
    of([withEnvironment("ID", "AKIAABCDEFGHIJKLMNO")]),
  ],
  ["no-plain-secret", of([withEnvironment("URL", "redis://u:pass@h:1")]), of([withEnvironment("URL", "redis://h:1")])],
  ["ceiling-carries-burst", of([group({ scaling: range(4, 5) })]), of([group({ scaling: range(4, 6) })])],
  ["floor-carries-peak", of([group({ scaling: range(3, 8) })]), of([group({ scaling: range(4, 8) })])],
  ["scales-by-itself", of([group({ scaling: { kind: "fixed", count: 4 } })]), of([group()])],
  ["scales-by-itself", of([group({ scaling: range(4, 4) })]), of([group({ scaling: range(4, 5) })])],
  ["scaler-bounds-agree", of([group({ scaling: range(4, 8, 3) })]), of([group({ scaling: range(4, 8, 4) })])],
  ["scaler-bounds-agree", of([group({ scaling: range(4, 8, 9) })]), of([group({ scaling: range(4, 8, 8) })])],
  ["scaler-not-fought", service({ desiredCount: 3 }, []), service({ desiredCount: 3 }, ["desiredCount"])],
  [
    "cache-fails-over",
    of([cache({ topology: { kind: "replicated", replicas: 0, failover: "automatic" } })]),
    of([cache()]),
  ],
  [
    "cache-fails-over",
    of([cache({ topology: { kind: "sharded", shards: 2, replicasPerShard: 0 } })]),
    of([cache({ topology: { kind: "sharded", shards: 2, replicasPerShard: 1 } })]),
  ],
  [
    "cache-fails-over",
    of([cache({ topology: { kind: "replicated", replicas: 0, failover: "none" }, crossRegion: follower })]),
    of([cache({ topology: { kind: "replicated", replicas: 1, failover: "none" }, crossRegion: follower })]),
  ],
  ["cache-majority-after-zone", of([watchedIn(2)]), of([watchedIn(3)])],
  ["cache-majority-after-zone", of([watchedIn(3, {}, 2)]), of([watchedIn(3)])],
  ["cache-majority-after-zone", of([watchedIn(2, {}, 3)]), of([watchedIn(3)])],
  ["cache-majority-after-zone", of([watchedIn(3, {}, 3, "best-effort")]), of([watchedIn(3)])],
  ["caches-warm-elsewhere", across([coldThere()]), across([copiedThere])],
  ["caches-warm-elsewhere", across([coldThere()]), across([coldThere({ required: false, warmSeconds: 60 })])],
  ["cache-encrypted-at-rest", of([cache({ security: { atRest: false, inTransit: true, auth: true } })]), of([cache()])],
  [
    "cache-encrypted-in-transit",
    of([cache({ security: { atRest: true, inTransit: false, auth: true } })]),
    of([cache()]),
  ],
  ["cache-asks-for-token", of([cache({ security: { atRest: true, inTransit: true, auth: false } })]), of([cache()])],
  ["cache-snapshots", of([cache({ snapshots: null })]), of([cache({ snapshots: { everyHours: 24, keepDays: 1 } })])],
  ["cache-eviction-fits", of([cache({ eviction: "noeviction" })]), of([cache({ eviction: "volatile-lru" })])],
  [
    "cache-eviction-fits",
    of([cache({ eviction: "volatile-lru", role: "latency-cache" })]),
    of([cache({ eviction: "allkeys-lru", role: "latency-cache" })]),
  ],
  [
    "balancer-deletion-protected",
    of([balancer({ protection: { ...balancer().protection, deletion: false } })]),
    of([balancer()]),
  ],
  ["balancer-logs", of([balancer({ protection: { ...balancer().protection, logs: false } })]), of([balancer()])],
  [
    "tls-floor",
    of([balancer({ listeners: [plain] })]),
    of([balancer({ listeners: [{ port: 443, tlsFloor: "1.2", redirects: false }] })]),
  ],
  ...(["1.0", "1.1"] as const).map(
    (tlsFloor) =>
      [
        "tls-floor",
        of([balancer({ listeners: [{ port: 443, tlsFloor, redirects: false }] })]),
        of([balancer({ listeners: [{ port: 443, tlsFloor: "1.2", redirects: false }] })]),
      ] as const,
  ),
  [
    "tls-floor",
    of([
      balancer({
        listeners: [
          { port: 443, tlsFloor: "1.3", redirects: false },
          { port: 8443, tlsFloor: "1.1", redirects: false },
        ],
      }),
    ]),
    of([balancer({ listeners: [{ port: 443, tlsFloor: "1.3", redirects: false }] })]),
  ],
  [
    "http-redirects",
    of([balancer({ listeners: [plain] })]),
    of([balancer({ listeners: [{ ...plain, redirects: true }] })]),
  ],
  [
    "invalid-headers-dropped",
    of([balancer({ protection: { ...balancer().protection, dropsInvalidHeaders: false } })]),
    of([balancer()]),
  ],
  [
    "internet-rate-limited",
    of([balancer({ protection: { ...balancer().protection, rateLimitPerSecond: null } })]),
    of([balancer()]),
  ],
  [
    "balancer-cross-zone",
    of([balancer({ runtime: { kind: "nlb", crossZone: false } })]),
    of([balancer({ runtime: { kind: "nlb", crossZone: true } })]),
  ],
  ["balancer-zonal-shift", of([balancer({ zonalShift: false })]), of([balancer()])],
  // Of six replicas one is a sixth.
  ["door-ejects-a-host", of([group(), door(ejection(0.16))]), of([group(), door(ejection(0.17))])],
  [
    "door-panics-late",
    of([group(), door(null, { panicBelow: 0.67 })]),
    of([group(), door(null, { panicBelow: 0.66 })]),
  ],
  [
    "door-carries-the-peak",
    of([group(), door(null, { mostRequests: 3 })]),
    of([group(), door(null, { mostRequests: 4 })]),
  ],
  ["drain-agrees", of([group({ drainSeconds: 31 }), balancer()]), of([group({ drainSeconds: 30 }), balancer()])],
  ["flow-logs", of([network({ flowLogs: null })]), of([network()])],
  ["nat-per-zone", of([network({ natZones: two })]), of([network()])],
  ["nat-per-zone", of([network({ natZones: two, natRegional: true })]), of([network({ natRegional: true })])],
  ["way-out", of([network({ natZones: [] })], { plan: calling }), of([network({ natZones: one })], { plan: calling })],
  [
    "network-zones",
    of([network({ subnets: network().subnets.filter(({ zone }) => zone !== zones[2]) })]),
    of([network()]),
  ],
  ["buckets-private", fenced(false), fenced(true)],
  ["bucket-versioned", of([bucket({ versioned: false })]), of([bucket()])],
  ["bucket-versions-expire", of([bucket({ hasLifecycle: false })]), of([bucket()])],
  ["bucket-replicated", of([bucket({ replicated: false })], { plan: farther }), of([bucket()], { plan: farther })],
  ["bucket-tls", of([bucket({ inTransit: false })]), of([bucket()])],
  ["bucket-kept", of([bucket({ forceDestroy: true })]), of([bucket()])],
  ["queue-dead-letter", of([queue({ deadLetter: null }), letters]), of([queue(), letters])],
  [
    "dead-letter-kept-longer",
    of([queue({ keepSeconds: 1_209_600 }), { ...letters, keepSeconds: 1_209_599 }]),
    of([queue({ keepSeconds: 1_209_600 }), letters]),
  ],
  ["queue-encrypted", of([queue({ atRest: false })]), of([queue()])],
  ["cdn-tls-floor", of([cdn({ tlsFloor: "1.1" })]), of([cdn()])],
  ["cdn-tls-floor", of([cdn({ redirectsToTls: false })]), of([cdn({ tlsFloor: "1.3" })])],
  ["cdn-origin-failover", of([cdn({ originFailover: false })]), of([cdn()])],
  ["cdn-logs", of([cdn({ logs: false })]), of([cdn()])],
  ["cdn-firewall", of([cdn({ firewall: false })]), of([cdn()])],
  ["function-keeps-failures", of([lambda({ keepsFailures: false })]), of([lambda()])],
  [
    "queue-outlasts-function",
    of([lambda({ timeoutSeconds: 31 }), queue()]),
    of([lambda({ timeoutSeconds: 30 }), queue()]),
  ],
  ["queue-tls", of([queue({ inTransit: false })]), of([queue()])],
  ["alarms-notify", of([group(), alert({ notifies: false })]), of([group(), alert()])],
  [
    "alarms-notify",
    of([group(), balancer({ targets: [] }), alert({ watches: balancer().key })]),
    of([group(), balancer(), alert({ watches: balancer().key })]),
  ],
  ["no-silent-alarm", of([alert({ notifies: false })]), of([alert()])],
  ["silence-read-right", of([alert({ missingData: "missing" })]), of([alert()])],
  [
    "silence-read-right",
    of([alert({ signal: "server-errors" })]),
    of([alert({ signal: "server-errors", missingData: "not-breaching" })]),
  ],
  ["topic-subscribed", of([topic({ subscriptions: [] })]), of([topic()])],
  ["need-watched", of([group(), alert({ signal: "cpu" })]), of([group(), alert()])],
  ["budget", subject({ cost: cost(1000.01) }), subject({ cost: cost(1000) })],
  [
    "everything-priced",
    subject({ cost: cost(1, [{ part: groupKey, item: "x", why: "y" }]) }),
    subject({ cost: cost(1) }),
  ],
  [
    "built-as-planned",
    of(allParts.map((part) => (part.kind === "replica-group" ? group({ drainSeconds: 31 }) : part))),
    subject(),
  ],
  ["built-as-planned", of(allParts.slice(1)), subject()],
  ["replicas-not-dropped", dropped(4), dropped(5)],
  ...machineCases,
  ...pendingCases,
  ...replacedCases,
];
