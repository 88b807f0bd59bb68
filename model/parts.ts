import type { Alert, AlertTopic, Dashboard } from "./alert";
import type { LoadBalancer } from "./load-balancer";
import type { Network } from "./network";
import type { RedisCache } from "./redis-cache";
import type { ReplicaGroup } from "./replica-group";

/** Everything that a plan may hold. */
export type Part = Network | ReplicaGroup | LoadBalancer | RedisCache | Alert | AlertTopic | Dashboard;
