import type { AlertArgs } from "./alert";
import type { AlertTopicArgs } from "./alert-topic";
import type { BalancerRouteTransform } from "./balancer-route";
import type { ClusterArgs } from "./cluster";
import type { DashboardArgs } from "./dashboard";
import type { LoadBalancerTransform } from "./load-balancer-args";
import type { NetworkTransform } from "./network-args";
import type { RedisCacheTransform } from "./redis-cache-args";
import type { ReplicaGroupTransform } from "./replica-group-args";

type Own<A extends { readonly transform?: unknown }> = NonNullable<A["transform"]>;

/** A last word on single children, typed: by Part, and by workload where there may be several. */
export interface Transforms {
  readonly network?: NetworkTransform;
  readonly cluster?: Own<ClusterArgs>;
  readonly loadBalancer?: Readonly<Record<string, LoadBalancerTransform>>;
  readonly balancerRoute?: Readonly<Record<string, BalancerRouteTransform>>;
  readonly replicaGroup?: Readonly<Record<string, ReplicaGroupTransform>>;
  readonly redisCache?: Readonly<Record<string, RedisCacheTransform>>;
  readonly alert?: Own<AlertArgs>;
  readonly alertTopic?: Own<AlertTopicArgs>;
  readonly dashboard?: Own<DashboardArgs>;
}
