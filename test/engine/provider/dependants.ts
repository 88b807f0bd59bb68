import type { Cloud, Thing } from "./cloud";
import { namesOf } from "./cloud";
import { isList, textAt, textsIn } from "./values";

/** Why AWS would not delete it now: in its words, as commonly met. */
export function deleteRefusal(thing: Thing, cloud: Cloud): string | null {
  if (thing.type === "aws:lb/loadBalancer:LoadBalancer" && thing.inputs["enableDeletionProtection"] === true)
    return `OperationNotPermitted: ${thing.id} cannot be deleted because deletion protection is enabled`;
  if (thing.type === "aws:s3/bucket:Bucket" && thing.inputs["forceDestroy"] !== true && written(thing, cloud))
    return `BucketNotEmpty: ${thing.id} holds objects`;
  if (thing.type === "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders" && strategyOf(thing, cloud))
    return "ResourceInUseException: The specified capacity provider is in use and cannot be removed.";
  const names = new Set(namesOf(thing));
  const user = cloud.things.find((other) => other !== thing && textsIn(other.inputs).some((text) => names.has(text)));
  return user === undefined ? null : `DependencyViolation: ${thing.id} is used by ${user.urn}`;
}

/** A balancer that is there writes its logs. */
function written(bucket: Thing, cloud: Cloud): boolean {
  return cloud.ofType("aws:lb/loadBalancer:LoadBalancer").some(({ inputs }) => textsIn(inputs).includes(bucket.id));
}

/** A service of the cluster runs by a strategy. */
function strategyOf({ inputs }: Thing, cloud: Cloud): boolean {
  const cluster = textAt(inputs, "clusterName") ?? "";
  return cloud
    .ofType("aws:ecs/service:Service")
    .some(
      (service) =>
        isList(service.inputs["capacityProviderStrategies"]) &&
        (textAt(service.inputs, "cluster") ?? "").split("/").at(-1) === cluster,
    );
}
