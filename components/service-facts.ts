import type * as pulumi from "@pulumi/pulumi";
import type {
  CacheFacts,
  CacheWorkload,
  HealthProbe,
  Objectives,
  SecretReference,
  ServiceFacts,
  ServiceWorkload,
  System,
  Tier,
  Uncertain,
} from "../model";
import { isLater, laterOnly, picked } from "./component-arguments";

/** A cache beside the service; the container finds it at CACHE_URL, and what it asks for in CACHE_TOKEN. */
export interface ServiceCache extends Omit<CacheFacts, "hitRatio"> {
  /** Share of look-ups that hit, 0 to 1. @default 0 to 0.8, assumed: measure it */
  readonly hitRatio?: Uncertain;
  /** Look-ups for each request. @default 1 */
  readonly perRequest?: number;
}

/** What the components of every target call the same. A program in JavaScript may leave out anything. */
export interface ServiceWords
  extends
    Partial<Pick<ServiceFacts, "port" | "serviceTimeMs" | "startSeconds">>,
    Pick<ServiceFacts, "slotsPerReplica" | "callsLeave" | "exposure" | "sidecars"> {
  readonly health?: string | HealthProbe;
  readonly size?: { readonly cpuMillis?: number; readonly memoryMiB?: number };
  readonly tier?: Tier;
  readonly availability?: Objectives["availability"];
  readonly survive?: Objectives["survive"];
  readonly latency?: NonNullable<Objectives["latency"]>;
  readonly environment?: Readonly<Record<string, pulumi.Input<string>>>;
  readonly secrets?: Readonly<Record<string, SecretReference>>;
  readonly cache?: ServiceCache;
}

/** Name of the cache beside a service. */
export function cacheName(service: string): string {
  return `${service}-cache`;
}

/** The service, and its cache, as a system of the planner. */
export function serviceSystem(name: string, args: ServiceWords, facts: ServiceWorkload): System {
  const objectives = objectivesOf(args);
  if (args.cache === undefined) return { objectives, workloads: { [name]: facts } };
  const cache = cacheName(name);
  const own = Object.fromEntries(Object.entries(args.cache).filter(([key]) => key !== "perRequest"));
  return {
    objectives,
    workloads: {
      [name]: {
        ...facts,
        calls: { [cache]: { perRequest: args.cache.perRequest ?? 1, required: false } },
        wires: { CACHE_URL: { to: cache, as: "urls" }, CACHE_TOKEN: { to: cache, as: "token" } },
      },
      [cache]: { kind: "cache", hitRatio: { low: 0, mid: 0.4, high: 0.8 }, ...own } as CacheWorkload,
    },
  };
}

/** Of a cache by itself: what it holds. */
export const cacheWords = ["entries", "keyBytes", "valueBytes", "expires", "role", "eviction", "engine"] as const;

/** A system of one cache: whoever looks up is elsewhere. */
export function cacheSystem(
  name: string,
  args: Partial<Pick<CacheFacts, (typeof cacheWords)[number]>> & Parameters<typeof objectivesOf>[0],
): System {
  // Nobody's replicas are counted with its hits: the ratio moves nothing here.
  const hitRatio = { low: 0, mid: 0.4, high: 0.8 };
  const workload = { kind: "cache", hitRatio, ...picked(args, cacheWords) } as unknown as CacheWorkload;
  return { objectives: objectivesOf(args), workloads: { [name]: workload } };
}

/** What is missing here, the planner's own checks tell. */
export const due = <T>(value: T | undefined): T => value as T;

/**
 * A service's own facts.
 * @param keptLater the secret that holds a variable that is known only after deploy
 * @param beside what shares the replica's size with the container, sidecars apart
 */
export function serviceFacts(
  args: ServiceWords,
  keptLater: (variable: string) => string,
  beside: readonly unknown[] = [],
): ServiceWorkload {
  const later = Object.keys(laterOnly(args.environment ?? {}));
  const now = Object.entries(args.environment ?? {}).filter(
    (variable): variable is [string, string] => !isLater(variable[1]),
  );
  const cpuMillis = ownShare(args, "cpuMillis", beside);
  return {
    kind: "service",
    port: due(args.port),
    serviceTimeMs: due(args.serviceTimeMs),
    memoryMiB: ownShare(args, "memoryMiB", beside) ?? 1024,
    startSeconds: args.startSeconds ?? { low: 5, mid: 20, high: 60 },
    probes: { health: probeOf(due(args.health)) },
    exposure: args.exposure ?? "private",
    ...(cpuMillis === undefined ? {} : { cpuMillis }),
    ...picked(args, ["slotsPerReplica", "callsLeave", "sidecars"]),
    ...(now.length === 0 ? {} : { environment: Object.fromEntries(now) }),
    ...(args.secrets === undefined && later.length === 0
      ? {}
      : {
          secrets: {
            ...args.secrets,
            ...Object.fromEntries(later.map((variable) => [variable, { existing: keptLater(variable) }])),
          },
        }),
  };
}

/** A path alone is the whole probe. */
export function probeOf(probe: string | HealthProbe): HealthProbe {
  return typeof probe === "string" ? { path: probe } : probe;
}

/** What a stated size leaves to the service's own container; where those beside it leave nothing, the planner says so. */
function ownShare(
  { size, sidecars }: ServiceWords,
  of: "cpuMillis" | "memoryMiB",
  others: readonly unknown[],
): number | undefined {
  // A program in JavaScript may give anything for them; what is no number, the planner's checks tell of the size itself.
  const whole: unknown = size?.[of];
  if (typeof whole !== "number") return undefined;
  const beside: readonly unknown[] = [...others, ...Object.values(sidecars ?? {})];
  const taken = beside.reduce<number>((sum, each) => {
    const entries = typeof each === "object" && each !== null ? Object.entries(each) : [];
    const says: unknown = entries.find(([key]) => key === of)?.[1];
    return sum + (typeof says === "number" ? says : 0);
  }, 0);
  return taken >= whole ? whole : whole - taken;
}

/** What it promises. */
export function objectivesOf({
  tier = "prod",
  availability,
  survive,
  latency,
}: Pick<ServiceWords, "tier" | "availability" | "survive" | "latency">): Objectives {
  return {
    availability: availability ?? (tier === "dev" ? 0.99 : 0.999),
    survive: survive ?? (tier === "dev" ? "nothing" : "zone"),
    ...(latency === undefined ? {} : { latency }),
  };
}
