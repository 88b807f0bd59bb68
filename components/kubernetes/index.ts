// A plan as objects of Kubernetes, one cluster a region: namespace, secrets, and the pods of each workload with what keeps them up.
// Each Part has a builder and, beside it, a reader. Imports model, catalog, capacity and the provider SDK; never preview or policies.
import { Provider } from "@pulumi/kubernetes/provider";
import type * as pulumi from "@pulumi/pulumi";
import { callOrder, namespaceQuota, nodeClassOf } from "../../capacity";
import { requestsByRegion, wordOfSystem, type Plan, type Request } from "../../model";
import type { Built, Implementation } from "../implementation";
import { partsOf } from "../plan-parts";
import { buildDoor } from "./door";
import { buildFailover } from "./site-failover";
import { karpenterPool } from "./karpenter-pool";
import { Namespace } from "./namespace";
import type { Asked, BuiltSystem, Site, SiteOptions } from "./site";
import { buildAlerts } from "./site-alerts";
import { buildCache, buildCopiedPasswords } from "./site-cache";
import { buildService } from "./site-service";
import { buildStore } from "./site-store";
import { prefixed, type Transforms } from "./transforms";

export type { BuiltSystem, Given } from "./site";
export type { Transforms } from "./transforms";

export const kubernetes: Implementation<Transforms> = {
  build(plan, request, parent, said = {}): Built {
    const transform = prefixed(said, request.namePrefix);
    const built = requestsByRegion(request).map((here) => ({
      region: here.region,
      platform: here.kubernetes?.nodes.platform,
      ...buildRegion(plan, here, parent, transform),
    }));
    buildCopiedPasswords(plan, request, built);
    buildFailover(plan, request, built, parent, transform.dnsFailover);
    return { url: built[0]?.url };
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
    // Who leads callers among regions is in each of them.
    parts: whole.parts.filter(({ region, kind }) => region === request.region || kind === "dns-failover"),
  };
  const { context, namespace } = cluster;
  const provider = new Provider(
    `kubernetes-${plan.region}`,
    {
      context,
      // The context is the cluster: without this a new certificate of its would replace everything.
      clusterIdentifier: context,
      // The SDK would hand over KUBECONFIG as one file's path or text; empty, the provider looks by kubectl's own rules, in several files too.
      kubeconfig: "",
      namespace: namespace.name,
    },
    { parent },
  );
  return buildSystem({ plan, request, transform, given: {} }, { parent, provider });
}

/** Builds the Parts that a plan has in one cluster, in the order in which they need each other. */
export function buildSystem(
  { plan, request, transform, given }: Asked,
  inside: Pick<SiteOptions, "parent" | "provider">,
): BuiltSystem {
  const cluster = request.kubernetes;
  if (cluster === null) throw new RangeError(`${plan.stack}: no cluster is named for ${request.region}`);
  const { namespace } = cluster;
  const created = namespace.create ? [createNamespace(plan, request, namespace.name, transform, inside)] : [];
  const nodeClass = nodeClassOf(cluster);
  const pools =
    nodeClass === null
      ? []
      : partsOf(plan, "node-pool").map((part) =>
          karpenterPool(
            `${part.workload}-${part.region}`,
            { part, stack: plan.stack, prefix: request.namePrefix, nodeClass },
            inside,
          ),
        );
  const opts: SiteOptions = { ...inside, dependsOn: [...created, ...pools] };
  const built: Site["built"] = {
    groups: new Map(),
    caches: new Map(),
    stores: new Map(),
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
  const entry = doors.at(-1);
  return { ...built, url: entry?.url, address: entry?.address };
}

function createNamespace(
  plan: Plan,
  request: Request,
  namespace: string,
  transform: Transforms,
  opts: pulumi.ComponentResourceOptions,
): Namespace {
  const quota = request.kubernetes?.quota;
  return new Namespace(
    `${wordOfSystem(request, "namespace")}-${plan.region}`,
    {
      namespace,
      stack: plan.stack,
      prefix: request.namePrefix,
      protect: request.protect,
      ...(quota === null || quota === undefined ? {} : { quota: namespaceQuota(plan.parts, quota.roomShare) }),
      ...(transform.namespace === undefined ? {} : { transform: transform.namespace }),
    },
    opts,
  );
}
