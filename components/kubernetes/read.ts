import type { PartReader } from "../../model";
import { dnsFailoverReader } from "../aws/dns-failover.read";
import { alertReader } from "./alert.read";
import { externalDnsReader } from "./dns-failover.read";
import { karpenterPoolReader } from "./karpenter-pool.read";
import { loadBalancerReader } from "./load-balancer.read";
import { namespaceReader } from "./namespace.read";
import { redisCacheReader } from "./redis-cache.read";
import { replicaGroupReader } from "./replica-group.read";
import { sloReader } from "./slo.read";
import { storeReader } from "./store.read";
import { supportingReader } from "./supporting.read";

/** Readers of what is built on Kubernetes, ours or anyone's; no builder and no provider SDK is loaded for them. In the order in which they are asked. */
export const kubernetesReaders: readonly PartReader[] = [
  redisCacheReader,
  replicaGroupReader,
  storeReader,
  loadBalancerReader,
  dnsFailoverReader(loadBalancerReader),
  externalDnsReader,
  namespaceReader,
  karpenterPoolReader,
  sloReader,
  alertReader,
  // These read what those before them have left.
  supportingReader,
];
