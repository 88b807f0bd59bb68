// A plan as objects of Kubernetes, one cluster a region: namespace, secrets, and the pods of each workload with what keeps them up.
// Each Part has a builder and, beside it, a reader. Imports model, catalog, capacity and the provider SDK; never preview or policies.
import { Provider } from "@pulumi/kubernetes/provider";
import type * as pulumi from "@pulumi/pulumi";
import { callOrder } from "../../capacity";
import {
  requestsByRegion,
  wordOfSystem,
  type Part,
  type Plan,
  type ReplicaGroup as ReplicaGroupPart,
  type Request,
  type RequestedCluster,
  type ServiceWorkload,
} from "../../model";
import type { Built, Implementation } from "../implementation";
import { partOf, partsOf } from "../plan-parts";
import { Alerts, type AlertsArgs } from "./alert";
import { portsOf } from "./container";
import { buildDoor } from "./door";
import { Namespace } from "./namespace";
import { RedisCache } from "./redis-cache";
import { ReplicaGroup } from "./replica-group";
import { secretKeyOf } from "./secrets";
import { serviceMonitor } from "./service-monitor";
import { Slo } from "./slo";
import { StoreMembers } from "./store";
import type { StoreArgs } from "./store-args";
import type { Transforms } from "./transforms";
import { callersOf, neighboursOf, secretsOf } from "./wiring";
import { workloadSecrets } from "./workload-secrets";

export type { Transforms } from "./transforms";

/** What is known only after deploy, by workload; each stands in the place of what the request says of it. */
export interface Given {
  /** Images that the plan does without. */
  readonly images?: Readonly<Record<string, pulumi.Input<string>>>;
  /** Variables that the pods read from a Secret. */
  readonly environment?: Readonly<Record<string, Readonly<Record<string, pulumi.Input<string>>>>>;
  /** Who reaches a cache or a store, where it is not the plan's own workloads; undefined: whoever reaches the pods. */
  readonly callers?: Readonly<Record<string, readonly string[]>>;
}

export interface Asked {
  readonly plan: Plan;
  /** Of one region. */
  readonly request: Request;
  readonly transform: Transforms;
  readonly given: Given;
}

/** A system that stands in one cluster, by workload. */
export interface BuiltSystem {
  readonly groups: ReadonlyMap<string, ReplicaGroup>;
  readonly caches: ReadonlyMap<string, RedisCache>;
  readonly stores: ReadonlyMap<string, StoreMembers>;
  /** Of the entry; undefined where it has no door. */
  readonly url: pulumi.Output<string> | undefined;
}

/** The cluster is the provider's; without one it is the program's own default. */
interface Options {
  readonly parent: pulumi.Resource;
  readonly provider?: pulumi.ProviderResource;
  readonly dependsOn: pulumi.Resource[];
}

type WatchedPart = Pick<Part, "key" | "workload" | "region">;

/** Everything that is built of one plan in one cluster. */
interface Site {
  readonly plan: Plan;
  readonly request: Request;
  readonly cluster: RequestedCluster;
  readonly transform: Transforms;
  readonly given: Given;
  readonly built: {
    readonly groups: Map<string, ReplicaGroup>;
    readonly caches: Map<string, RedisCache>;
    readonly stores: Map<string, StoreMembers>;
  };
  /** Its literal name: what reads the objects must not wait for the cluster to say it. */
  readonly namespace: string;
  readonly opts: Options;
}

export const kubernetes: Implementation<Transforms> = {
  build(plan, request, parent, transform = {}): Built {
    const [first] = requestsByRegion(request).map((here) => buildRegion(plan, here, parent, transform));
    return { url: first?.url };
  },
};

/** What a plan has in one region, in that region's cluster. */
function buildRegion(
  whole: Plan,
  request: Request,
  parent: pulumi.ComponentResource,
  transform: Transforms,
): BuiltSystem {
  const cluster = request.kubernetes;
  if (cluster === null) throw new RangeError(`${whole.stack}: no cluster is named for ${request.region}`);
  const plan: Plan = {
    ...whole,
    region: request.region,
    parts: whole.parts.filter(({ region }) => region === request.region),
  };
  const { context, namespace } = cluster;
  const provider = new Provider(
    `kubernetes-${plan.region}`,
    // The context is the cluster: without this a new certificate of its would replace everything.
    { context, clusterIdentifier: context, namespace: namespace.name },
    { parent },
  );
  return buildSystem({ plan, request, transform, given: {} }, { parent, provider });
}

/** Builds the Parts that a plan has in one cluster, in the order in which they need each other. */
export function buildSystem(
  { plan, request, transform, given }: Asked,
  inside: Pick<Options, "parent" | "provider">,
): BuiltSystem {
  const cluster = request.kubernetes;
  if (cluster === null) throw new RangeError(`${plan.stack}: no cluster is named for ${request.region}`);
  const { namespace } = cluster;
  const created = namespace.create ? [createNamespace(plan, request, namespace.name, transform, inside)] : [];
  const opts: Options = { ...inside, dependsOn: created };
  const built = {
    groups: new Map<string, ReplicaGroup>(),
    caches: new Map<string, RedisCache>(),
    stores: new Map<string, StoreMembers>(),
  };
  const site: Site = { plan, request, cluster, transform, given, built, namespace: namespace.name, opts };
  const doors = [...callOrder(request.workloads)].reverse().flatMap((workload) => {
    buildCache(site, workload);
    buildService(site, workload);
    buildStore(site, workload);
    return buildDoor(site, workload) ?? [];
  });
  for (const kept of [...partsOf(plan, "redis-cache"), ...partsOf(plan, "store")])
    buildAlerts(site, kept, "StatefulSet", false);
  // The entry's is built last: those it calls come first.
  return { ...built, url: doors.at(-1)?.url };
}

function createNamespace(
  plan: Plan,
  request: Request,
  namespace: string,
  transform: Transforms,
  opts: pulumi.ComponentResourceOptions,
): Namespace {
  return new Namespace(
    `${wordOfSystem(request, "namespace")}-${plan.region}`,
    {
      namespace,
      stack: plan.stack,
      protect: request.protect,
      ...(transform.namespace === undefined ? {} : { transform: transform.namespace }),
    },
    opts,
  );
}

/** A cache of no service of the plan: whoever looks up is elsewhere. */
function isAlone({ workloads }: Request): boolean {
  return Object.values(workloads).every(({ kind }) => kind === "cache");
}

/** A cache of the stack's own; one that is there is somebody else's. */
function buildCache(site: Site, workload: string): void {
  const { plan, request, cluster, transform, given, namespace, opts } = site;
  const part = partOf(plan, "redis-cache", workload);
  if (part === undefined) return;
  const own = transform.redisCache?.[workload];
  const cache = new RedisCache(
    `${workload}-${part.region}`,
    {
      part,
      stack: plan.stack,
      namespace,
      callers: given.callers?.[workload] ?? (isAlone(request) ? "anywhere" : callersOf(request, workload)),
      protect: request.protect,
      secretStore: cluster.secretStore,
      storageClass: cluster.storageClass,
      priorityClass: cluster.priorityClass,
      ...(own === undefined ? {} : { transform: own }),
    },
    opts,
  );
  site.built.caches.set(workload, cache);
}

/** A service: its secrets, and its pods with what keeps them up. */
function buildService(site: Site, workload: string): void {
  const { plan, request, cluster, transform, namespace, opts } = site;
  const facts = request.workloads[workload];
  const part = partOf(plan, "replica-group", workload);
  if (facts?.kind !== "service" || part === undefined) return;
  const own = transform.replicaGroup?.[workload];
  const annotations = cluster.serviceAccounts[workload]?.annotations;
  const created = workloadSecrets(
    {
      workload,
      region: part.region,
      stack: plan.stack,
      namespace,
      secrets: facts.secrets ?? {},
      store: cluster.secretStore,
      later: site.given.environment?.[workload] ?? {},
    },
    opts,
  );
  const image = site.given.images?.[workload];
  const group = new ReplicaGroup(
    `${workload}-${part.region}`,
    {
      part,
      stack: plan.stack,
      namespace,
      neighbours: neighboursOf(request, workload, facts, partOf(plan, "load-balancer", workload) !== undefined),
      secrets: secretsOf(request, workload, facts),
      sidecars: Object.fromEntries(
        Object.entries(facts.sidecars ?? {}).map(([name, { command, secrets = {} }]) => [
          name,
          {
            ...(command === undefined ? {} : { command }),
            secrets: Object.fromEntries(
              Object.entries(secrets).map(([variable, reference]) => [
                variable,
                secretKeyOf(workload, variable, reference),
              ]),
            ),
          },
        ]),
      ),
      priorityClass: cluster.priorityClass,
      ...(annotations === undefined ? {} : { accountAnnotations: annotations }),
      ...(facts.command === undefined ? {} : { command: facts.command }),
      ...(image === undefined ? {} : { image }),
      ...(own === undefined ? {} : { transform: own }),
    },
    { ...opts, dependsOn: [...opts.dependsOn, ...created] },
  );
  site.built.groups.set(workload, group);
  buildAlerts(site, part, "Deployment", part.scaling.kind === "range");
  buildObjectives(site, part);
  buildMonitor(site, part, facts);
}

/** Alerts of what has pods; `scales`: an autoscaler moves their count. */
function buildAlerts(site: Site, watched: WatchedPart, owner: AlertsArgs["owner"], scales: boolean): void {
  const { plan, cluster, transform, namespace, opts } = site;
  const parts = partsOf(plan, "alert").filter(({ watches }) => watches === watched.key);
  if (parts.length === 0) return;
  const { workload, region } = watched;
  const own = transform.alerts?.[workload];
  new Alerts(
    `${workload}-alerts-${region}`,
    {
      parts,
      workload,
      region,
      stack: plan.stack,
      namespace,
      owner,
      scales,
      labels: cluster.prometheusLabels,
      ...(own === undefined ? {} : { transform: own }),
    },
    opts,
  );
}

function buildObjectives({ plan, cluster, transform, namespace, opts }: Site, group: ReplicaGroupPart): void {
  for (const part of partsOf(plan, "slo").filter(({ watches }) => watches === group.key)) {
    const own = transform.slo?.[part.workload];
    new Slo(
      `${part.workload}-slo-${part.region}`,
      {
        part,
        service: group.workload,
        stack: plan.stack,
        namespace,
        labels: cluster.prometheusLabels,
        ...(own === undefined ? {} : { transform: own }),
      },
      opts,
    );
  }
}

/** Where Prometheus finds the pods; without its operator, its own configuration says so. */
function buildMonitor(site: Site, group: ReplicaGroupPart, { metrics }: ServiceWorkload): void {
  const { plan, cluster, transform, namespace, opts } = site;
  if (metrics === undefined || !cluster.has.includes("prometheus-operator")) return;
  const port = metrics.port ?? group.ports[0];
  const named = portsOf(group.ports).find((each) => each.port === port);
  if (named === undefined) throw new RangeError(`metrics.port of ${group.key}: one of its ports; got ${String(port)}`);
  const own = transform.serviceMonitor?.[group.workload];
  serviceMonitor(
    `${group.workload}-${group.region}`,
    {
      workload: group.workload,
      stack: plan.stack,
      namespace,
      labels: cluster.prometheusLabels,
      port: named.name,
      path: metrics.path ?? "/metrics",
      ...(own === undefined ? {} : { transform: own }),
    },
    opts,
  );
}

/** A store: its secrets, and its members with what keeps them up. */
function buildStore(site: Site, workload: string): void {
  const { plan, request, cluster, transform, given, namespace, opts } = site;
  const facts = request.workloads[workload];
  const part = partOf(plan, "store", workload);
  if (facts?.kind !== "store" || part === undefined) return;
  const own = transform.store?.[workload];
  const { secrets = {}, snapshots } = facts;
  const annotations = cluster.serviceAccounts[workload]?.annotations;
  const created = workloadSecrets(
    {
      workload,
      region: part.region,
      stack: plan.stack,
      namespace,
      secrets,
      store: cluster.secretStore,
      later: given.environment?.[workload] ?? {},
    },
    opts,
  );
  const callers = callersOf(request, workload);
  const image = given.images?.[workload];
  const provisioner = provisionerOf(cluster.nodes.platform);
  const members = new StoreMembers(
    `${workload}-${part.region}`,
    {
      part,
      stack: plan.stack,
      namespace,
      protect: request.protect,
      neighbours: {
        callers: given.callers?.[workload] ?? (callers.length === 0 ? "anywhere" : callers),
        callees: [],
        leavesOn: [],
        scrapedOn: null,
      },
      secrets: Object.fromEntries(
        Object.entries(secrets).map(([variable, reference]) => [variable, secretKeyOf(workload, variable, reference)]),
      ),
      priorityClass: cluster.priorityClass,
      ...(facts.command === undefined ? {} : { command: facts.command }),
      ...(image === undefined ? {} : { image }),
      ...(facts.dataPath === undefined ? {} : { dataPath: facts.dataPath }),
      ...(provisioner === undefined ? {} : { provisioner }),
      ...(snapshots === undefined ? {} : { snapshots }),
      ...(cluster.has.includes("prometheus-operator") ? { monitorLabels: cluster.prometheusLabels } : {}),
      ...(annotations === undefined ? {} : { accountAnnotations: annotations }),
      ...(own === undefined ? {} : { transform: own }),
    },
    { ...opts, dependsOn: [...opts.dependsOn, ...created] },
  );
  site.built.stores.set(workload, members);
}

/** Drivers of the platforms' own disks, encrypted where that is to be asked for. */
function provisionerOf(platform: RequestedCluster["nodes"]["platform"]): StoreArgs["provisioner"] {
  if (platform === "eks") return { name: "ebs.csi.aws.com", parameters: { type: "gp3", encrypted: "true" } };
  return platform === "gke" ? { name: "pd.csi.storage.gke.io", parameters: { type: "pd-balanced" } } : undefined;
}
