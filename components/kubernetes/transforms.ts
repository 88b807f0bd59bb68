import type { AlertsTransform } from "./alert";
import type { NamespaceArgs } from "./namespace";
import type { ReplicaGroupTransform } from "./replica-group-args";

/** A last word on single children, typed: by Part, and by workload where there may be several. */
export interface Transforms {
  readonly namespace?: NonNullable<NamespaceArgs["transform"]>;
  readonly replicaGroup?: Readonly<Record<string, ReplicaGroupTransform>>;
  readonly alerts?: Readonly<Record<string, AlertsTransform>>;
}
