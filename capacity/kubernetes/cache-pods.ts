/**
 * What the pods beside a cache's data ask for, and how many there are; of a member its CPU: one command at a time is what a server carries
 * out, on one core. components/kubernetes builds them so, and nodes are counted for them.
 */
export const cachePods = {
  member: { cpuMillis: 1000 },
  /** Watch the members. Three outvote one, and in three zones each of them may go. */
  sentinel: { count: 3, cpuMillis: 50, memoryMiB: 64, volumeGib: 1 },
  /** Lead callers to the master; one a zone. */
  proxy: { count: 3, cpuMillis: 100, memoryMiB: 128 },
} as const;
