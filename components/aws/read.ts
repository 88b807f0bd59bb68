import type { PartReader } from "../../model";
import { addressReader } from "./address.read";
import { alertTopicReader } from "./alert-topic.read";
import { alertReader } from "./alert.read";
import { brokerReader } from "./broker.read";
import { bucketReader } from "./bucket.read";
import { cdnReader } from "./cdn.read";
import { clusterReader } from "./cluster.read";
import { balancerRouteReader } from "./balancer-route.read";
import { dashboardReader } from "./dashboard.read";
import { dnsFailoverReader } from "./dns-failover.read";
import { functionReader } from "./function.read";
import { instanceGroupReader } from "./instance-group.read";
import { databaseClusterReader } from "./database-cluster.read";
import { databaseReader } from "./database.read";
import { fileSystemReader } from "./file-system.read";
import { loneCacheReader } from "./lone-cache.read";
import { loadBalancerReader } from "./load-balancer.read";
import { networkReader } from "./network.read";
import { nodePoolReader } from "./node-pool.read";
import { queueReader } from "./queue.read";
import { redisCacheReader } from "./redis-cache.read";
import { replicaGroupReader } from "./replica-group.read";
import { volumeReader } from "./volume.read";
import { supportingReader } from "./supporting.read";
import { searchReader } from "./search.read";
import { serverlessCacheReader } from "./serverless-cache.read";
import { tableReader } from "./table.read";

/** Readers of what is built on AWS, ours or anyone's; no builder and no provider SDK is loaded for them. In the order in which they are asked. */
export const awsReaders: readonly PartReader[] = [
  networkReader,
  replicaGroupReader,
  instanceGroupReader,
  nodePoolReader,
  clusterReader,
  volumeReader,
  addressReader,
  loadBalancerReader,
  balancerRouteReader,
  dnsFailoverReader(loadBalancerReader),
  redisCacheReader,
  loneCacheReader,
  serverlessCacheReader,
  databaseReader,
  databaseClusterReader,
  tableReader,
  searchReader,
  brokerReader,
  fileSystemReader,
  alertReader,
  alertTopicReader,
  dashboardReader,
  queueReader,
  cdnReader,
  functionReader,
  // These read what those before them have left.
  bucketReader,
  supportingReader,
];
