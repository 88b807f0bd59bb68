import type { Source } from "../../model";

const largeClusters: Source = {
  title: "Kubernetes: Considerations for large clusters, no more than 150,000 pods in all, on no more than 5,000 nodes",
  url: "https://kubernetes.io/docs/setup/best-practices/cluster-large/",
  date: "2026-11-21",
};
const sentinels: Source = {
  title: "Redis Sentinel: one primary with its replicas, no shards",
  url: "https://valkey.io/topics/sentinel/",
  date: "2026-11-21",
};

/** What a cluster, or what is built in one, can hold. */
export const kubernetesLimits = {
  podsPerCluster: { name: "pods of one cluster", value: 150_000, source: largeClusters },
  nodesPerCluster: { name: "nodes of one cluster", value: 5_000, source: largeClusters },
  /** Primary and replicas watched by Sentinels. */
  shardsPerCache: { name: "shards of a cache that Sentinels watch", value: 1, source: sentinels },
} as const;
