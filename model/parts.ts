import type { Address } from "./address";
import type { Alert, AlertTopic, Dashboard } from "./alert";
import type { BalancerRoute } from "./balancer-route";
import type { Broker } from "./broker";
import type { Bucket } from "./bucket";
import type { Cdn } from "./cdn";
import type { Cluster } from "./cluster";
import type { Database } from "./database";
import type { DnsFailover } from "./dns-failover";
import type { FileSystem } from "./file-system";
import type { Function } from "./function";
import type { LoadBalancer } from "./load-balancer";
import type { Network } from "./network";
import type { NodePool } from "./node-pool";
import type { PartKind } from "./part";
import type { Queue } from "./queue";
import type { RedisCache } from "./redis-cache";
import type { ReplicaGroup } from "./replica-group";
import type { Search } from "./search";
import type { Slo } from "./slo";
import type { Store } from "./store";
import type { Supporting } from "./supporting";
import type { Table } from "./table";
import type { Volume } from "./volume";

/** What a plan holds and nines builds. */
export type PlannedPart =
  | Network
  | ReplicaGroup
  | LoadBalancer
  | BalancerRoute
  | DnsFailover
  | RedisCache
  | Store
  | Alert
  | AlertTopic
  | Dashboard
  | NodePool
  | Slo;

const plannedKinds: { readonly [kind in PlannedPart["kind"]]: true } = {
  network: true,
  "replica-group": true,
  "load-balancer": true,
  "balancer-route": true,
  "dns-failover": true,
  "redis-cache": true,
  store: true,
  alert: true,
  "alert-topic": true,
  dashboard: true,
  "node-pool": true,
  slo: true,
};

/** Whether a plan can hold such a Part. */
export function isPlannedKind(kind: PartKind): kind is PlannedPart["kind"] {
  return Object.hasOwn(plannedKinds, kind);
}

/** What other programs hold: read, priced and judged, not yet planned or built. */
export type FoundPart =
  | Cluster
  | Database
  | Table
  | Queue
  | Bucket
  | Cdn
  | Function
  | FileSystem
  | Volume
  | Address
  | Search
  | Broker
  | Supporting;

/** Everything that can stand in a stack. */
export type Part = PlannedPart | FoundPart;
