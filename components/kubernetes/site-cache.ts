import { copiesAsked, pullSecretsOf } from "../../capacity";
import { requestsByRegion, type Plan, type Request } from "../../model";
import { partOf, partsOf } from "../plan-parts";
import { RedisCache } from "./redis-cache";
import { copiesArgs } from "./redis-copies";
import { PROXY_IMAGE } from "./redis-proxy";
import { serverImage } from "./redis-pods";
import { copiedPassword } from "./redis-password";
import type { BuiltSystem, Site } from "./site";
import { provisionerOf } from "./volume-class";
import { callersOf } from "./wiring";

/** A cache of no service of the plan: whoever looks up is elsewhere. */
function isAlone({ workloads }: Request): boolean {
  return Object.values(workloads).every(({ kind }) => kind === "cache");
}

/** A cache of the stack's own; one that is there is somebody else's. */
export function buildCache(site: Site, workload: string): void {
  const { plan, request, cluster, transform, given, namespace, opts } = site;
  const part = partOf(plan, "redis-cache", workload);
  if (part === undefined) return;
  const own = transform.redisCache?.[workload];
  const provisioner = provisionerOf(cluster.nodes.platform);
  const cache = new RedisCache(
    `${workload}-${part.region}`,
    {
      part,
      stack: plan.stack,
      namespace,
      callers: given.callers?.[workload] ?? (isAlone(request) ? "anywhere" : callersOf(request, workload)),
      protect: request.protect,
      secretStore: cluster.secretStore,
      ...(provisioner === undefined ? {} : { provisioner }),
      priorityClass: cluster.priorityClass,
      // Its servers and its proxies are the projects' own images.
      ...pullSecretsOf(request, [serverImage({ part }), PROXY_IMAGE]),
      ...copiesArgs(request, part, cluster),
      ...(own === undefined ? {} : { transform: own }),
    },
    opts,
  );
  site.built.caches.set(workload, cache);
}

/** Beside each copy the password of the group that it follows, once all regions are built: the primary may be in any of them. */
export function buildCopiedPasswords(plan: Plan, request: Request, systems: readonly BuiltSystem[]): void {
  const places = requestsByRegion(request).map((here, index) => ({ here, caches: systems[index]?.caches }));
  for (const part of partsOf(plan, "redis-cache")) {
    const asked = copiesAsked(request, part.workload);
    const place = places.find(({ here }) => here.region === part.region);
    const cache = place?.caches?.get(part.workload);
    const cluster = place?.here.kubernetes ?? null;
    if (asked === null || part.crossRegion.kind !== "async" || cache === undefined || cluster === null) continue;
    const primary = places.find(({ here }) => here.region === asked.primary)?.caches?.get(part.workload);
    copiedPassword(
      { part, stack: plan.stack, namespace: cluster.namespace.name, secretStore: cluster.secretStore },
      { region: asked.primary, made: primary?.madePassword ?? null },
      cache,
    );
  }
}
