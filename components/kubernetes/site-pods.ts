import type { ServiceWorkload, StoreWorkload } from "../../model";
import type { ReplicaGroupArgs } from "./replica-group-args";
import type { Site } from "./site";

type Alike = "command" | "image" | "accountAnnotations" | "priorityClass";

/** What a service's pods and a store's members are given alike. */
export function podsOf(
  { cluster, given }: Site,
  workload: string,
  { command }: Pick<ServiceWorkload | StoreWorkload, "command">,
): Pick<ReplicaGroupArgs, Alike> {
  const annotations = cluster.serviceAccounts[workload]?.annotations;
  const image = given.images?.[workload];
  return {
    priorityClass: cluster.priorityClass,
    ...(annotations === undefined ? {} : { accountAnnotations: annotations }),
    ...(command === undefined ? {} : { command }),
    ...(image === undefined ? {} : { image }),
  };
}
