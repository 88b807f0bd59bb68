// A plan as AWS resources: network, cluster, caches, front doors, alarms and replica groups, in the order in which they need each other.
// Each Part has a builder and, beside it, a reader. Imports model, catalog, capacity and the provider SDK; never preview or policies.
import type { Region } from "@pulumi/aws";
import { Provider } from "@pulumi/aws/provider";
import type * as pulumi from "@pulumi/pulumi";
import { callOrder, existingPlace, registrySecret } from "../../capacity";
import { wordOfSystem, type Plan, type Request } from "../../model";
import type { Built, Implementation } from "../implementation";
import { Alarms } from "./alarms";
import { AlertTopic } from "./alert-topic";
import { BalancerRoute, type ListenerHandle } from "./balancer-route";
import { Cluster } from "./cluster";
import { Dashboard } from "./dashboard";
import { existingLoadBalancer, LoadBalancer } from "./load-balancer";
import type { LoadBalancerHandle } from "./load-balancer-args";
import { loggingOf } from "./log-router";
import { existingNetwork, Network } from "./network";
import type { NetworkHandle } from "./network-args";
import { partOf, partsOf } from "../plan-parts";
import type { RedisCacheHandle } from "./redis-cache-args";
import { existingRedisCache, RedisCache } from "./redis-cache";
import { ReplicaGroup } from "./replica-group";
import { tagsOf } from "./tags";
import type { Transforms } from "./transforms";
import { wiringOf, type Neighbours } from "./wiring";

export type { Transforms } from "./transforms";

/** What is there already by ids that may be known only after deploy; each stands in the place of what the request says of it. */
export interface Given {
  readonly network?: NetworkHandle;
  readonly topicArn?: pulumi.Input<string>;
  /** Hosted zone of the domain. */
  readonly zoneId?: pulumi.Input<string>;
  readonly certificateArn?: pulumi.Input<string>;
  /** Listeners of somebody else's balancers, by workload. */
  readonly listeners?: Readonly<Record<string, ListenerHandle>>;
  /** Images that the plan does without, by workload. */
  readonly images?: Readonly<Record<string, pulumi.Input<string>>>;
  /** What replicas wait for besides. */
  readonly ready?: readonly pulumi.Resource[];
}

export interface Asked {
  readonly plan: Plan;
  readonly request: Request;
  readonly transform: Transforms;
  readonly given: Given;
  /** On everything, where the provider sets none. */
  readonly tags: Readonly<Record<string, string>>;
}

/** A system that stands: where callers go, and its caches by workload. */
interface BuiltSystem extends Built {
  readonly caches: ReadonlyMap<string, RedisCacheHandle>;
}

/** Everything that is built of one plan, as far as it stands. */
interface Site extends Asked {
  readonly opts: pulumi.ComponentResourceOptions;
  readonly network: NetworkHandle;
  /** undefined: nothing runs in one. */
  readonly cluster: Cluster | undefined;
  readonly neighbours: Neighbours;
  readonly alarms: Alarms;
}

export const aws: Implementation<Transforms> = {
  build(plan: Plan, request: Request, parent: pulumi.ComponentResource, transform: Transforms = {}): Built {
    const provider = new Provider(
      `aws-${plan.region}`,
      { region: plan.region as Region, defaultTags: { tags: tagsOf(plan, request) } },
      { parent },
    );
    return buildSystem({ plan, request, transform, given: {}, tags: {} }, { parent, provider });
  },
};

/** Builds a plan's Parts in the order in which they need each other. */
export function buildSystem(asked: Asked, opts: pulumi.ComponentResourceOptions): BuiltSystem {
  const { plan } = asked;
  const network = networkOf(asked, opts);
  const cluster = partsOf(plan, "replica-group").length === 0 ? undefined : clusterOf(asked, network, opts);
  const site: Site = {
    ...asked,
    opts,
    network,
    cluster,
    neighbours: { balancers: new Map(), caches: new Map(), groups: new Map() },
    alarms: new Alarms(plan, topicOf(asked, opts), opts, asked.transform.alert, asked.tags),
  };
  buildCaches(site);
  // Callees stand before their callers: a caller's rules and wires name them.
  for (const workload of [...callOrder(asked.request.workloads)].reverse()) buildService(site, workload);
  site.alarms.networks(network);
  buildDashboard(site);
  const entry = plan.demand.find((demand) => demand.entry);
  const { balancers, caches } = site.neighbours;
  return { url: entry === undefined ? undefined : balancers.get(entry.workload)?.url, caches };
}

function clusterOf(asked: Asked, network: NetworkHandle, opts: pulumi.ComponentResourceOptions): Cluster {
  const { plan, request, transform, tags } = asked;
  return new Cluster(
    `${wordOfSystem(request, "cluster")}-${plan.region}`,
    {
      stack: systemName(asked),
      region: plan.region,
      registries: registriesOf(plan),
      spot: partsOf(plan, "replica-group").some(
        ({ runtime }) => runtime.kind === "ecs-fargate" && runtime.spotShare > 0,
      ),
      vpcId: network.vpcId,
      tags,
      ...(request.cluster ? { existing: request.cluster.existing } : {}),
      ...(transform.cluster ? { transform: transform.cluster } : {}),
    },
    opts,
  );
}

/** Physical name of what a system has once: a stack's own, and the component's where a stack may hold several. */
function systemName({ plan, request }: Asked): string {
  return request.component === null ? plan.stack : `${plan.stack}-${request.component}`;
}

function networkOf(
  { plan, request, transform, given, tags }: Asked,
  opts: pulumi.ComponentResourceOptions,
): NetworkHandle {
  if (given.network) return given.network;
  if ("existing" in request.network) return existingNetwork(request.network.existing);
  const [part] = partsOf(plan, "network");
  if (part === undefined)
    throw new RangeError(`${plan.stack}: the plan has no network, and the environment names none`);
  return new Network(
    `${part.workload}-${part.region}`,
    { part, stack: plan.stack, tags, ...(transform.network ? { transform: transform.network } : {}) },
    opts,
  );
}

function registriesOf(plan: Plan): readonly ("service-connect" | "cloud-map")[] {
  return [
    ...new Set(
      partsOf(plan, "replica-group").flatMap(({ registry }) =>
        registry === null || registry.kind === "cluster-ip" ? [] : [registry.kind],
      ),
    ),
  ].sort();
}

function topicOf(asked: Asked, opts: pulumi.ComponentResourceOptions): pulumi.Input<string> {
  const { plan, request, transform, given, tags } = asked;
  if (given.topicArn !== undefined) return given.topicArn;
  if ("existing" in request.alerts) return request.alerts.existing.topicArn;
  const [part] = partsOf(plan, "alert-topic");
  if (part === undefined)
    throw new RangeError(`${plan.stack}: the plan has no alert topic, and the environment names none`);
  return new AlertTopic(
    `${part.workload}-${part.region}`,
    { part, stack: systemName(asked), tags, ...(transform.alertTopic ? { transform: transform.alertTopic } : {}) },
    opts,
  ).topicArn;
}

function buildCaches(site: Site): void {
  const { plan, request, network, opts, transform, tags } = site;
  for (const part of partsOf(plan, "redis-cache")) {
    const own = transform.redisCache?.[part.workload];
    const cache = new RedisCache(
      `${part.workload}-${part.region}`,
      { part, stack: plan.stack, network, protect: request.protect, tags, ...(own ? { transform: own } : {}) },
      opts,
    );
    site.neighbours.caches.set(part.workload, cache);
    site.alarms.cache(part, cache);
  }
  for (const [workload, existing] of Object.entries(request.existing.caches))
    site.neighbours.caches.set(workload, existingRedisCache(existing));
}

/** A service: its front door, the alarms that a rollout watches, its replicas, and the alarms on them. */
function buildService(site: Site, workload: string): void {
  const { plan, request, network, cluster, opts, transform, neighbours, tags } = site;
  const facts = request.workloads[workload];
  const part = partOf(plan, "replica-group", workload);
  if (facts?.kind !== "service" || part === undefined || cluster === undefined) return;
  const balancer = balancerOf(site, workload);
  const deploymentAlarms = site.alarms.callers(workload, balancer);
  const wiring = wiringOf(request, workload, neighbours);
  const own = transform.replicaGroup?.[workload];
  const image = site.given.images?.[workload];
  const group = new ReplicaGroup(
    `${workload}-${part.region}`,
    {
      part,
      stack: plan.stack,
      cluster,
      network,
      startSeconds: plan.demand.find((demand) => demand.workload === workload)?.startSeconds ?? 0,
      callees: wiring.callees,
      secrets: { ...facts.secrets, ...wiring.secrets },
      wires: wiring.wires,
      joinsServiceConnect: wiring.joinsServiceConnect,
      ...loggingOf(facts),
      protocol: "http",
      tags,
      ...(balancer === undefined ? {} : { balancer }),
      ...(deploymentAlarms === undefined ? {} : { deploymentAlarms }),
      sidecars: facts.sidecars ?? {},
      registrySecrets: Object.fromEntries(
        [part.image, ...part.sidecars.map(({ image }) => image)].flatMap(({ reference }) => {
          const secret = registrySecret(request, reference);
          return secret === undefined ? [] : [[reference, secret]];
        }),
      ),
      ...(facts.command === undefined ? {} : { command: facts.command }),
      ...(image === undefined ? {} : { image }),
      ...(own === undefined ? {} : { transform: own }),
    },
    { ...opts, dependsOn: [...network.ready, ...(site.given.ready ?? [])] },
  );
  neighbours.groups.set(workload, group);
  site.alarms.replicas(workload, cluster.name, group);
}

function balancerOf(site: Site, workload: string): LoadBalancerHandle | undefined {
  const { plan, request, network, opts, transform, neighbours, given, tags } = site;
  const existing = Object.hasOwn(request.existing.balancers, workload)
    ? request.existing.balancers[workload]
    : undefined;
  if (existing) {
    const there = existingLoadBalancer(existing);
    neighbours.balancers.set(workload, there);
    return there;
  }
  const route = routeOf(site, workload);
  if (route !== undefined) return route;
  const part = partOf(plan, "load-balancer", workload);
  if (part === undefined) return undefined;
  const own = transform.loadBalancer?.[workload];
  const domain = part.domain === null ? null : request.domain;
  const zoneId = given.zoneId ?? domain?.zone.existing.id;
  const certificateArn = given.certificateArn ?? domain?.certificate?.existing.arn;
  const balancer = new LoadBalancer(
    `${workload}-${part.region}`,
    {
      part,
      network,
      protect: request.protect,
      accessLogDays: request.logDays,
      tags,
      ...(domain === null || zoneId === undefined ? {} : { zoneId }),
      ...(domain === null || certificateArn === undefined ? {} : { certificateArn }),
      ...(own ? { transform: own } : {}),
    },
    opts,
  );
  neighbours.balancers.set(workload, balancer);
  return balancer;
}

/** A rule on a listener that is there already. */
function routeOf(site: Site, workload: string): LoadBalancerHandle | undefined {
  const { plan, request, network, opts, transform, neighbours, given, tags } = site;
  const { listeners } = request.existing;
  const there = Object.hasOwn(listeners, workload) ? listeners[workload] : undefined;
  const part = partOf(plan, "balancer-route", workload);
  if (there === undefined || part === undefined) return undefined;
  const own = transform.balancerRoute?.[workload];
  const { listenerArn, securityGroupId, url } = given.listeners?.[workload] ?? there;
  if (listenerArn === null) throw new RangeError(`${part.key}: its listener is handed over, and nobody gave it`);
  const route = new BalancerRoute(
    `${workload}-${part.region}`,
    {
      part,
      network,
      listener: { listenerArn, securityGroupId, url },
      callerPort: existingPlace(request.existing, workload)?.port ?? null,
      tags,
      ...(own ? { transform: own } : {}),
    },
    opts,
  );
  neighbours.balancers.set(workload, route);
  return route;
}

function buildDashboard(site: Site): void {
  const { plan, alarms, opts, transform } = site;
  const [part] = partsOf(plan, "dashboard");
  if (part === undefined) return;
  new Dashboard(
    `${part.workload}-${part.region}`,
    {
      part,
      stack: systemName(site),
      rows: alarms.rows(),
      ...(transform.dashboard ? { transform: transform.dashboard } : {}),
    },
    opts,
  );
}
