import type { AlertsTransform } from "./alert";
import type { LoadBalancerTransform } from "./load-balancer-args";
import type { NamespaceArgs } from "./namespace";
import type { DnsFailoverTransform } from "../aws/dns-failover";
import type { Transform } from "../transform";
import type { RedisCacheTransform } from "./redis-cache-args";
import type { ReplicaGroupTransform } from "./replica-group-args";
import type { ServiceMonitorSpec } from "./service-monitor";
import type { SloTransform } from "./slo";
import type { StoreTransform } from "./store-args";

/** A last word on single children, typed: by Part, and by workload, as the system calls it, where there may be several. */
export interface Transforms {
  readonly namespace?: NonNullable<NamespaceArgs["transform"]>;
  readonly redisCache?: Readonly<Record<string, RedisCacheTransform>>;
  readonly store?: Readonly<Record<string, StoreTransform>>;
  readonly loadBalancer?: Readonly<Record<string, LoadBalancerTransform>>;
  readonly replicaGroup?: Readonly<Record<string, ReplicaGroupTransform>>;
  readonly slo?: Readonly<Record<string, SloTransform>>;
  readonly serviceMonitor?: Readonly<Record<string, Transform<ServiceMonitorSpec>>>;
  readonly dnsFailover?: DnsFailoverTransform;
  readonly alerts?: Readonly<Record<string, AlertsTransform>>;
}

/** Of what a stack has once: those are by no workload. */
const ONCE: ReadonlySet<string> = new Set<keyof Transforms>(["namespace", "dnsFailover"]);

/** The same by the names of workloads that begin with a prefix. */
export function prefixed(transforms: Transforms, prefix: string): Transforms {
  const named = (entries: object): object =>
    Object.fromEntries(Object.entries(entries).map(([name, transform]) => [`${prefix}${name}`, transform as unknown]));
  return Object.fromEntries(
    Object.entries(transforms).map(([part, entries]: [string, object]) => [
      part,
      ONCE.has(part) ? entries : named(entries),
    ]),
  );
}
