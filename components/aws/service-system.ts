import * as pulumi from "@pulumi/pulumi";
import type { CacheWorkload, Environment, Existing, Objectives, ServiceWorkload, System } from "../../model";
import { routerOf } from "../../capacity";
import type { ServiceArgs, ServiceListener } from "./service-args";
import { networkChoice } from "./service-network";

/** A program in JavaScript may leave out anything. */
export type Said = Partial<ServiceArgs>;

/** Where the service stands. */
export interface Place {
  readonly project: string;
  readonly stack: string;
  /** Of the program's configuration; undefined where it says none. */
  readonly region: string | undefined;
}

/** Stands for what is known only after deploy; nothing is built with it. */
const LATER = { account: "123456789012", zone: "Z00000000", id: "0000000000000000" } as const;

/** What is missing here, the planner's own checks tell. */
const due = <T>(value: T | undefined): T => value as T;

/** Start of every physical name: two programs with a stack of one name keep apart. */
export function stackWord({ project, stack }: Place): string {
  return `${project}-${stack}`
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-|-$/g, "");
}

/** Name of the cache beside a service. */
export function cacheName(service: string): string {
  return `${service}-cache`;
}

/** Literal name under which the container finds a variable that is known only after deploy. */
export function parameterName(service: string, variable: string, place: Place): string {
  return `/${stackWord(place)}/${service}/${variable}`;
}

/** A value that is not text now. */
export function isLater(value: pulumi.Input<string> | undefined): boolean {
  return pulumi.Output.isInstance(value) || value instanceof Promise;
}

/** The value as text where it is known. */
function nowOr(value: pulumi.Input<string>, later: string): string {
  return isLater(value) ? later : (value as string);
}

/** The service, and its cache, as a system of the planner. */
export function systemOf(name: string, args: Said, place: Place): System {
  const cache = args.cache === undefined ? undefined : cacheName(name);
  const variables = Object.entries(args.environment ?? {});
  const later = variables.filter(([, value]) => isLater(value));
  const now = variables.filter((variable): variable is [string, string] => !isLater(variable[1]));
  const cpuMillis = ownShare(args, "cpuMillis");
  const facts: ServiceWorkload = {
    kind: "service",
    port: due(args.port),
    serviceTimeMs: due(args.serviceTimeMs),
    memoryMiB: ownShare(args, "memoryMiB") ?? 1024,
    startSeconds: args.startSeconds ?? { low: 5, mid: 20, high: 60 },
    probes: { health: typeof args.health === "string" ? { path: args.health } : due(args.health) },
    exposure: args.exposure ?? "private",
    ...(cpuMillis === undefined ? {} : { cpuMillis }),
    ...(args.slotsPerReplica === undefined ? {} : { slotsPerReplica: args.slotsPerReplica }),
    ...(args.callsLeave === undefined ? {} : { callsLeave: args.callsLeave }),
    ...picked(args, ["permissions", "sidecars"]),
    ...(variables.length === later.length ? {} : { environment: Object.fromEntries(now) }),
    ...(args.secrets === undefined && later.length === 0
      ? {}
      : {
          secrets: {
            ...args.secrets,
            ...Object.fromEntries(
              later.map(([variable]) => [variable, { existing: parameterName(name, variable, place) }]),
            ),
          },
        }),
    ...(cache === undefined
      ? {}
      : {
          calls: { [cache]: { perRequest: args.cache?.perRequest ?? 1, required: false } },
          wires: { CACHE_URL: { to: cache, as: "urls" }, CACHE_TOKEN: { to: cache, as: "token" } },
        }),
  };
  const own = Object.fromEntries(Object.entries(args.cache ?? {}).filter(([key]) => key !== "perRequest"));
  return {
    objectives: objectivesOf(args),
    workloads: {
      [name]: facts,
      ...(cache === undefined
        ? {}
        : {
            [cache]: { kind: "cache", hitRatio: { low: 0, mid: 0.4, high: 0.8 }, ...own } as CacheWorkload,
          }),
    },
  };
}

/** What a stated size leaves to the service's own container; where those beside it leave nothing, the planner says so. */
function ownShare({ size, logs, sidecars }: Said, of: "cpuMillis" | "memoryMiB"): number | undefined {
  const whole = size?.[of];
  // A program in JavaScript may give anything for them.
  const beside: readonly unknown[] = [routerOf(logs), ...Object.values(sidecars ?? {})];
  const taken = beside.reduce<number>((sum, each) => {
    const entries = typeof each === "object" && each !== null ? Object.entries(each) : [];
    const says: unknown = entries.find(([key]) => key === of)?.[1];
    return sum + (typeof says === "number" ? says : 0);
  }, 0);
  return whole === undefined || taken >= whole ? whole : whole - taken;
}

/** What it promises. */
export function objectivesOf({ tier = "prod", availability, survive, latency }: Said): Objectives {
  return {
    availability: availability ?? (tier === "dev" ? 0.99 : 0.999),
    survive: survive ?? (tier === "dev" ? "nothing" : "zone"),
    ...(latency === undefined ? {} : { latency }),
  };
}

/** What it stands in, as an environment. */
export function environmentOf(args: Said, zones: readonly string[], region: string): Environment {
  const { tier = "prod", network, alerts, domain } = args;
  return {
    tier,
    regions: { [region]: { zones } },
    network: due(network === undefined ? undefined : networkChoice(network, zones)),
    alerts: due(
      alerts !== undefined && "topicArn" in alerts
        ? {
            existing: { topicArn: nowOr(alerts.topicArn, `arn:aws:sns:${region}:${LATER.account}:known-after-deploy`) },
          }
        : alerts,
    ),
    ...(domain === undefined
      ? {}
      : {
          domain: {
            name: domain.name,
            zone: { existing: { id: nowOr(domain.zoneId, LATER.zone) } },
            ...(domain.certificateArn === undefined
              ? {}
              : {
                  certificate: {
                    existing: {
                      arn: nowOr(
                        domain.certificateArn,
                        `arn:aws:acm:${region}:${LATER.account}:certificate/known-after-deploy`,
                      ),
                    },
                  },
                }),
          },
        }),
    ...picked(args, ["cluster", "protect", "logDays", "tags"]),
  };
}

const choices = [
  "deploys",
  "budget",
  "quotas",
  "utilisationCeiling",
  "headroom",
  "elastic",
  "architecture",
  "surgeShare",
  "minReplicas",
  "replicaDropShare",
  "spotShare",
  "registries",
  "logs",
  "waivers",
  "prices",
] as const;

/** The rest, as a stack says it. */
export function configOf(
  name: string,
  args: Said,
  { stack }: Place,
  region: string | undefined,
): Readonly<Record<string, unknown>> {
  return {
    system: name,
    environment: stack,
    target: "aws",
    load: args.load,
    images: args.image === undefined ? {} : { [name]: nowOr(args.image, laterImage(region ?? "us-east-1")) },
    ...(region === undefined ? {} : { region }),
    ...(args.listener === undefined ? {} : { existing: { [name]: listenerOf(args.listener, region ?? "us-east-1") } }),
    ...(args.size === undefined ? {} : { sizes: { [name]: args.size } }),
    ...(args.replicas === undefined ? {} : { replicas: { [name]: args.replicas } }),
    ...picked(args, choices),
  };
}

/** Where any network may pull from: which registry it will be nobody knows yet. */
function laterImage(region: string): string {
  return `${LATER.account}.dkr.ecr.${region}.amazonaws.com/known-after-deploy:later`;
}

/** Only what is known now is checked; what is not is replaced by what nothing is built with. */
function listenerOf(listener: ServiceListener, region: string): Existing {
  const { listenerArn, securityGroupId, url, priority, hosts, paths } = listener;
  const later = `arn:aws:elasticloadbalancing:${region}:${LATER.account}:listener/app/known-after-deploy/${LATER.id}/${LATER.id}`;
  return {
    listenerArn: nowOr(listenerArn, later),
    securityGroupId: nowOr(securityGroupId, "sg-00000000"),
    url: nowOr(url, "http://known-after-deploy.invalid"),
    priority,
    ...(hosts === undefined ? {} : { hosts }),
    ...(paths === undefined ? {} : { paths }),
  };
}

function picked<K extends keyof ServiceArgs>(args: Said, keys: readonly K[]): Partial<Pick<ServiceArgs, K>> {
  return Object.fromEntries(keys.flatMap((key) => (args[key] === undefined ? [] : [[key, args[key]]]))) as Partial<
    Pick<ServiceArgs, K>
  >;
}
