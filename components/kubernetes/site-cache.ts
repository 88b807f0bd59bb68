import type { Request } from "../../model";
import { partOf } from "../plan-parts";
import { RedisCache } from "./redis-cache";
import type { Site } from "./site";
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
