import * as pulumi from "@pulumi/pulumi";
import * as vpc from "@pulumi/aws/vpc";
import type { Plan } from "../../model";
import type { CacheArgs, CacheTransform } from "./cache-args";
import { buildSystem, type Transforms } from "./index";
import { tagsOf } from "./tags";
import { partOf } from "../plan-parts";
import { Building, expectedAvailability, monthlyCost } from "../planned-component";
import { cacheSystem, cacheWords } from "../service-facts";
import { noFigures, nowhere } from "../unplanned";
import { plannedOnAws } from "./planned-component";
import type { RedisCacheHandle } from "./redis-cache-args";
import { existingHandle } from "./service-network";
import { awsKind } from "./service-request";

const known: Readonly<Record<Exclude<keyof CacheArgs, (typeof cacheWords)[number]>, true>> = {
  load: true,
  callers: true,
  transform: true,
  availability: true,
  survive: true,
  tier: true,
  region: true,
  network: true,
  alerts: true,
  protect: true,
  tags: true,
  budget: true,
  quotas: true,
  waivers: true,
  prices: true,
  adopt: true,
};
const cacheKind = awsKind({
  word: "Cache",
  argumentNames: [...cacheWords, ...Object.keys(known)],
  systemOf: cacheSystem,
});

/**
 * A cache that speaks Redis' protocol, in any Pulumi program: nodes, shards and copies as entries, look-ups and objectives need, with alarms.
 * The plan is the component's own input, so that preview, state and policy pack find it.
 */
export class Cache extends pulumi.ComponentResource {
  /** rediss://host:port; it holds no token. */
  readonly url: pulumi.Output<string>;
  /** host:port. */
  readonly endpoint: pulumi.Output<string>;
  /** Lets in those of `callers`, and whom else the program lets in. */
  readonly securityGroupId: pulumi.Output<string>;
  /** Literal name of the secret in Secrets Manager that holds the token callers authenticate with. */
  readonly tokenSecretName: string;
  /** Nodes, copies counted. */
  readonly replicas: number;
  /** Of what it builds itself, expected. What has no price is not in it; the preview names that. */
  readonly costPerMonthUsd: number;
  /** Expected, as a share of time. */
  readonly availability: number;

  /** @throws pulumi.RunError with every mistake, or every limit that forbids the plan, before anything is registered; a preview tells them and goes on */
  constructor(name: string, args: CacheArgs, opts?: pulumi.ComponentResourceOptions) {
    const component = plannedOnAws(cacheKind, name, args);
    const building = new Building(`Cache "${name}"`, args.adopt);
    super("nines:aws:Cache", name, component.ok ? { plan: component.plan } : {}, building.optionsOf(opts));
    if (!component.ok) {
      [this.url, this.endpoint, this.securityGroupId] = [nowhere(), nowhere(), nowhere()];
      this.tokenSecretName = `${name}/token`;
      ({ replicas: this.replicas, costPerMonthUsd: this.costPerMonthUsd, availability: this.availability } = noFigures);
      return;
    }
    const { request, plan: planned, zones } = component;
    const tags = tagsOf(planned, request);
    const cache = building.built(() => {
      const given = {
        ...("existing" in args.network ? { network: existingHandle(args.network.existing, zones) } : {}),
        ...("topicArn" in args.alerts ? { topicArn: args.alerts.topicArn } : {}),
      };
      const transform = transformsOf(name, args.transform ?? {});
      const { caches } = buildSystem({ plan: planned, request, transform, given, tags }, { parent: this });
      return builtCache(name, caches);
    });
    this.#letIn(name, args.callers ?? [], cache, { region: planned.region, tags });
    this.url = cache.url;
    this.endpoint = cache.address;
    this.securityGroupId = cache.securityGroupId;
    this.tokenSecretName = cache.tokenSecretName;
    this.replicas = nodesOf(planned, name);
    this.costPerMonthUsd = monthlyCost(planned);
    this.availability = expectedAvailability(planned);
    this.registerOutputs({
      url: this.url,
      replicas: this.replicas,
      costPerMonthUsd: this.costPerMonthUsd,
      availability: this.availability,
    });
  }

  #letIn(
    name: string,
    callers: readonly pulumi.Input<string>[],
    { port, securityGroupId }: BuiltCache,
    own: { readonly region: string; readonly tags: Readonly<Record<string, string>> },
  ): void {
    callers.forEach((referencedSecurityGroupId, index) => {
      const rule = { securityGroupId, referencedSecurityGroupId, ipProtocol: "tcp", fromPort: port, toPort: port };
      new vpc.SecurityGroupIngressRule(
        `${name}-${own.region}-caller-${index + 1}`,
        { ...rule, ...own },
        { parent: this },
      );
    });
  }
}

interface BuiltCache extends Pick<RedisCacheHandle, "url" | "address" | "port"> {
  readonly securityGroupId: pulumi.Output<string>;
  readonly tokenSecretName: string;
}

function builtCache(name: string, caches: ReadonlyMap<string, RedisCacheHandle>): BuiltCache {
  const cache = caches.get(name);
  const { url, address, port, securityGroupId = null, tokenSecretName = null } = cache ?? {};
  if (!url || !address || port === undefined || securityGroupId === null || tokenSecretName === null)
    throw new RangeError("its plan has no cache with a token");
  return { url, address, port, securityGroupId, tokenSecretName };
}

function transformsOf(name: string, { cache, ...system }: CacheTransform): Transforms {
  return { ...system, ...(cache ? { redisCache: { [name]: cache } } : {}) };
}

function nodesOf(planned: Plan, name: string): number {
  const topology = partOf(planned, "redis-cache", name)?.topology;
  if (topology === undefined) return 0;
  if (topology.kind === "sharded") return topology.shards * (1 + topology.replicasPerShard);
  return topology.kind === "replicated" ? 1 + topology.replicas : 1;
}
