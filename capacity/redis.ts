import { above, atLeast, wholeAtLeast } from "../model/argument";
import { roundUp } from "./round-up";

/**
 * Memory allocator of the server. bundled: the jemalloc that Redis and Valkey are built with by their projects (8-byte quantum);
 * system: the jemalloc of Debian's package (16-byte quantum), 20 to 25 % more for small entries.
 */
export type Allocator = "bundled" | "system";

/** One entry of the hash table: key, value and next pointer. */
const TABLE_ENTRY_BYTES = 24;
/** The object that points to a value which is not embedded. */
const OBJECT_BYTES = 16;
/** Longest value that is stored in the same allocation as its object (OBJ_ENCODING_EMBSTR_SIZE_LIMIT). */
const LONGEST_EMBEDDED = 44;
/** Object, header of the embedded string. */
const EMBEDDED_OVERHEAD = 19;
/** One pointer an entry with a full table, two just after it has doubled. */
const LARGEST_TABLE_SHARE = 16;
/** Least masters of a cluster (redis.io, cluster tutorial). */
const LEAST_CLUSTERED_SHARDS = 3;

/** Bytes that jemalloc hands out for a request of so many: its size class. */
function allocated(bytes: number, allocator: Allocator): number {
  if (bytes <= 8) return 8;
  if (bytes <= 128) {
    const quantum = allocator === "bundled" && bytes <= 64 ? 8 : 16;
    return Math.ceil(bytes / quantum) * quantum;
  }
  let doubling = 128;
  while (bytes > 2 * doubling) doubling *= 2;
  return Math.ceil(bytes / (doubling / 4)) * (doubling / 4);
}

/** A simple dynamic string: header, bytes, terminating zero. */
function stringBytes(length: number): number {
  const header = length < 32 ? 1 : length < 256 ? 3 : length < 65536 ? 5 : 9;
  return length + 1 + header;
}

/** Buckets are a power of two, 8 bytes each. */
function tableShare(entries: number | undefined): number {
  if (entries === undefined) return LARGEST_TABLE_SHARE;
  let buckets = 1;
  while (buckets < wholeAtLeast("entries", entries, 1)) buckets *= 2;
  return (8 * buckets) / entries;
}

/**
 * Memory of one entry with a string key and a string value, in bytes: table, key, value and, where it expires, the second table.
 * Redis 6 to 7.2, not clustered; within 0.1 % of 7.2.6 as measured. Clustered 7.x takes up to 16 B more, Valkey 8 less; values
 * that are small whole numbers share objects and take less.
 * @param entry keyBytes, valueBytes: whole, at least 0; entries: how many the table holds, whole, at least 1 (absent: the
 *   table's largest share, 16 B); allocator: default bundled
 * @throws RangeError that names the argument
 */
export function bytesPerEntry(entry: {
  readonly keyBytes: number;
  readonly valueBytes: number;
  readonly hasTtl: boolean;
  readonly entries?: number;
  readonly allocator?: Allocator;
}): number {
  const keyBytes = wholeAtLeast("keyBytes", entry.keyBytes, 0);
  const valueBytes = wholeAtLeast("valueBytes", entry.valueBytes, 0);
  const allocator: Allocator = entry.allocator ?? "bundled";
  if (!["bundled", "system"].includes(allocator)) {
    throw new RangeError(`allocator: "bundled" or "system"; got ${JSON.stringify(allocator)}`);
  }
  const table = allocated(TABLE_ENTRY_BYTES, allocator) + tableShare(entry.entries);
  const value =
    valueBytes <= LONGEST_EMBEDDED
      ? allocated(EMBEDDED_OVERHEAD + valueBytes + 1, allocator)
      : OBJECT_BYTES + allocated(stringBytes(valueBytes), allocator);
  return table + allocated(stringBytes(keyBytes), allocator) + value + (entry.hasTtl ? table : 0);
}

/**
 * Least shards that hold the bytes and carry the operations; copies never add capacity, so they are not counted here.
 * @param load bytes and operationsPerSecond: at least 0; usableBytesPerNode and operationsPerShard: above 0; fragmentation:
 *   resident memory over allocated, at least 1; clustered: a cluster has at least 3 shards
 * @returns shards, and what asked for them: of equals memory before operations before the minimum. More than 16,384 shards are
 *   more than a cluster has slots: the caller refuses
 * @throws RangeError that names the argument
 */
export function redisShards(load: {
  readonly bytes: number;
  readonly usableBytesPerNode: number;
  readonly fragmentation: number;
  readonly operationsPerSecond: number;
  readonly operationsPerShard: number;
  readonly clustered: boolean;
}): { readonly shards: number; readonly binding: "memory" | "operations" | "minimum" } {
  const resident = atLeast("bytes", load.bytes, 0) * atLeast("fragmentation", load.fragmentation, 1);
  const memory = roundUp(resident / above("usableBytesPerNode", load.usableBytesPerNode, 0));
  const operations = roundUp(
    atLeast("operationsPerSecond", load.operationsPerSecond, 0) /
      above("operationsPerShard", load.operationsPerShard, 0),
  );
  const minimum = load.clustered ? LEAST_CLUSTERED_SHARDS : 1;
  const shards = Math.max(memory, operations, minimum);
  return { shards, binding: shards === memory ? "memory" : shards === operations ? "operations" : "minimum" };
}
