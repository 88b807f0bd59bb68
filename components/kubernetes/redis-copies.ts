import { Service, type ServiceArgs } from "@pulumi/kubernetes/core/v1";
import { NetworkPolicy } from "@pulumi/kubernetes/networking/v1";
import type * as pulumi from "@pulumi/pulumi";
import { copiesAsked } from "../../capacity";
import type { RedisCache as RedisCachePart, Request, RequestedCluster } from "../../model";
import { transformed } from "../transform";
import { exposureAnnotations, hostAnnotations } from "./door-annotations";
import { objectLabels } from "./labels";
import type { RedisCacheArgs } from "./redis-cache-args";
import { redisNames, roleLabels } from "./redis-names";
import { copiesNetworkPolicy } from "./redis-network-policy";
import { groupName } from "./redis-part-settings";
import { copiedSecret } from "./secrets";

/** What the builder of a cache needs to know of its copies: whom it follows, or that it is followed. */
export function copiesArgs(
  request: Request,
  part: RedisCachePart,
  cluster: RequestedCluster,
): Pick<RedisCacheArgs, "copied" | "copyOf" | "certificateSecret"> {
  const asked = copiesAsked(request, part.workload);
  if (asked === null) return {};
  const { host, port, secret: certificateSecret, primary } = asked;
  if (part.crossRegion.kind !== "async")
    return {
      certificateSecret,
      copied: {
        annotations: {
          ...exposureAnnotations("private", cluster.nodes.platform),
          ...(cluster.nodes.platform === "eks" ? {} : GLOBAL_ACCESS),
          ...(cluster.has.includes("external-dns") ? hostAnnotations(host) : {}),
        },
      },
    };
  return {
    certificateSecret,
    copyOf: {
      host,
      port,
      masterPort: part.port,
      group: groupName(cluster.namespace.name, part.workload, primary),
      password: copiedSecret(part.workload),
    },
  };
}

/** Google Kubernetes Engine, parameters of LoadBalancer Services: an internal one is reached from its own region alone without it. */
const GLOBAL_ACCESS = { "networking.gke.io/internal-load-balancer-allow-global-access": "true" };

const EXCEPTION = {
  "ignore-check.kube-linter.io/exposed-services":
    "copies of other regions come by an internal balancer, with TLS and a password",
};

/**
 * The way in for copies elsewhere: an internal balancer before the proxies, by one port to a replica, by the other to the master, whom a
 * promotion stops first. Nothing where nobody follows.
 */
export function copiesWay(args: RedisCacheArgs, parent: pulumi.Resource): void {
  const { part, stack, namespace, copied, transform } = args;
  if (copied === undefined || part.crossRegion.kind !== "copied") return;
  const name = redisNames(part).copies;
  const child = `${name}-${part.region}`;
  const { annotations = {} } = copied;
  const metadata = { name, namespace, labels: objectLabels(stack, part.workload) };
  new NetworkPolicy(child, { metadata, spec: copiesNetworkPolicy(args) }, { parent });
  new Service(
    child,
    transformed<ServiceArgs>(
      {
        metadata: { ...metadata, annotations: { ...annotations, ...EXCEPTION } },
        spec: {
          type: "LoadBalancer",
          selector: { ...roleLabels(part.workload, "proxy") },
          ports: [
            { name: "copies", port: part.crossRegion.port, targetPort: "copies", protocol: "TCP" },
            { name: "redis", port: part.port, targetPort: "redis", protocol: "TCP" },
          ],
        },
      },
      transform?.copiesService,
    ),
    { parent },
  );
}
