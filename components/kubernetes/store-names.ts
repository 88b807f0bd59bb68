/** What a store's object says of itself that no field of Kubernetes holds. */
export const storeAnnotations = {
  topology: "nines/topology",
  batchMs: "nines/replication-batch-ms",
  /** Of a CronJob: the StatefulSet whose data it copies, and where to. */
  snapshotsOf: "nines/snapshots-of",
  snapshotsKind: "nines/snapshots-kind",
} as const;

/** Label that the StatefulSet controller gives each pod (Kubernetes, StatefulSets, pod name label). */
export const POD_NAME_LABEL = "statefulset.kubernetes.io/pod-name";

/** The same of its ordinal, since 1.28. */
export const POD_INDEX_LABEL = "apps.kubernetes.io/pod-index";

/** Of a CronJob's container: days that a snapshot is kept. */
export const KEEP_DAYS = "KEEP_DAYS";

/** The volume of a member, by the name of its claim's template. */
export const VOLUME = "data";
