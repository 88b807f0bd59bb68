import * as pulumi from "@pulumi/pulumi";
import { partOf } from "../plan-parts";
import { Building, expectedAvailability, monthlyCost } from "../planned-component";
import { cacheSystem, cacheWords } from "../service-facts";
import type { CacheArgs, CacheTransform } from "./cache-args";
import { buildSystem, type Transforms } from "./index";
import { plannedOnKubernetes } from "./planned-component";
import { leadsTo, reachablePods, type Reachable } from "./reaches";
import { SENTINEL_PORT } from "./redis-part-settings";
import { membersOf } from "./redis-names";
import { cacheSecret } from "./secrets";
import { kubernetesKind, type OwnWords } from "./service-request";
import type { KubernetesPlace, Said } from "./service-system";
import { NO_PORT, noFigures, nowhere } from "../unplanned";

const known: OwnWords<Omit<CacheArgs, (typeof cacheWords)[number]>> = { callers: true };
const cacheKind = (place: KubernetesPlace) =>
  kubernetesKind<Said>("Cache", [...cacheWords, ...Object.keys(known)], cacheSystem, place);

/**
 * A cache that speaks Redis' protocol, in any Pulumi program: a primary and replicas with volumes, Sentinels that watch them, proxies that
 * lead callers to the primary. The plan is the component's own input, so that preview, state and policy pack find it.
 */
export class Cache extends pulumi.ComponentResource {
  /** redis://host:port for callers of any namespace; it holds no password. */
  readonly url: pulumi.Output<string>;
  /** host:port of the same. Literal. */
  readonly address: string;
  /** What another component's `reaches` takes: its pods and ports. Literal. */
  readonly reachable: Reachable;
  /** Secret of its namespace that holds the password callers authenticate with, `name/key`: what a service's `secrets` take as existing. Literal. */
  readonly passwordSecret: string;
  /** Members, the primary counted. */
  readonly replicas: number;
  /** Of the nodes that it would need alone, expected. */
  readonly costPerMonthUsd: number;
  /** Expected, as a share of time. */
  readonly availability: number;

  /** @throws pulumi.RunError with every mistake, or every limit that forbids the plan, before anything is registered; a preview tells them and goes on */
  constructor(name: string, args: CacheArgs, opts?: pulumi.ComponentResourceOptions) {
    const planned = plannedOnKubernetes(cacheKind, name, args);
    const { namespace } = planned;
    const building = new Building(`Cache "${name}"`, args.adopt);
    super("nines:kubernetes:Cache", name, planned.ok ? { plan: planned.plan } : {}, building.optionsOf(opts));
    if (!planned.ok) {
      const { name: secret, key } = cacheSecret(name);
      this.url = nowhere();
      this.address = `${name}.${namespace}`;
      this.reachable = reachablePods(name, namespace, [NO_PORT]);
      this.passwordSecret = `${secret}/${key}`;
      ({ replicas: this.replicas, costPerMonthUsd: this.costPerMonthUsd, availability: this.availability } = noFigures);
      return;
    }
    const { request, plan } = planned;
    const cache = building.built(() => {
      const transform = transformsOf(name, args.transform ?? {});
      const given = args.callers === undefined ? {} : { callers: { [name]: args.callers } };
      const { caches } = buildSystem({ plan, request, transform, given }, { parent: this });
      const { password, urn } = caches.get(name) ?? {};
      if (!password || urn === undefined) throw new RangeError("its plan has no cache with a password");
      return { password, urn };
    });
    const port = partOf(plan, "redis-cache", name)?.port ?? 6379;
    this.address = `${name}.${namespace}:${port}`;
    this.reachable = reachablePods(name, namespace, [port, SENTINEL_PORT], args.callers);
    // Known when the cache is there.
    this.url = cache.urn.apply(() => `redis://${this.address}`);
    leadsTo(this.url, this.reachable);
    this.passwordSecret = `${cache.password.name}/${cache.password.key}`;
    const part = partOf(plan, "redis-cache", name);
    this.replicas = part === undefined ? 0 : membersOf(part);
    this.costPerMonthUsd = monthlyCost(plan);
    this.availability = expectedAvailability(plan);
    this.registerOutputs({
      url: this.url,
      replicas: this.replicas,
      costPerMonthUsd: this.costPerMonthUsd,
      availability: this.availability,
    });
  }
}

function transformsOf(name: string, { namespace, cache, alerts }: CacheTransform): Transforms {
  return {
    ...(namespace ? { namespace } : {}),
    ...(cache ? { redisCache: { [name]: cache } } : {}),
    ...(alerts ? { alerts: { [name]: alerts } } : {}),
  };
}
