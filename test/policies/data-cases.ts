import { partKey, type Broker, type FileSystem, type Search, type Table } from "../../model";
import type { Subject } from "../../policies";
import { network, of, region, zones } from "./fixture";

const base = <K extends "table" | "search" | "broker" | "file-system">(kind: K) => ({
  kind,
  key: partKey(kind, "orders", region),
  workload: "orders",
  region,
});

export function table(over: Partial<Table> = {}): Table {
  return {
    ...base("table"),
    placement: { kind: "regional" },
    capacity: { kind: "provisioned", read: { min: 10, max: 10 }, write: { min: 5, max: 20 } },
    indexes: [],
    replicaRegions: [],
    pointInTimeRecovery: true,
    deletionProtection: true,
    runtime: { kind: "dynamodb" },
    ...over,
  };
}

export function search(over: Partial<Search> = {}): Search {
  return {
    ...base("search"),
    engine: { name: "OpenSearch", version: "2.11" },
    placement: { kind: "zonal", zones, spread: "hard" },
    awareZones: 3,
    data: { count: 3, type: "m7g.large.search", diskGib: 100, diskType: "gp2" },
    managers: { count: 3, type: "m7g.medium.search" },
    warm: null,
    security: { atRest: true, betweenNodes: true, tlsOnly: true },
    runtime: { kind: "opensearch" },
    ...over,
  };
}

export function broker(over: Partial<Broker> = {}): Broker {
  return {
    ...base("broker"),
    engine: { name: "kafka", version: "3.7.x" },
    placement: { kind: "zonal", zones, spread: "hard" },
    brokers: { count: 3, type: "kafka.t3.small", diskGib: 100 },
    security: { atRest: true, inTransit: true },
    runtime: { kind: "msk" },
    ...over,
  };
}

export function files(over: Partial<FileSystem> = {}): FileSystem {
  return {
    ...base("file-system"),
    placement: { kind: "regional" },
    mountZones: zones,
    provisionedMbPerSecond: null,
    atRest: true,
    backups: true,
    runtime: { kind: "efs" },
    ...over,
  };
}

const secure = search().security;
const zonal = (count: number) => ({ kind: "zonal" as const, zones: zones.slice(0, count), spread: "hard" as const });
const managers = (count: number) => search({ managers: { count, type: "m7g.medium.search" } });

/** Each rule about tables, search clusters, brokers and file systems: what fails, and its neighbour that passes. */
export const dataCases: readonly (readonly [id: string, failing: Subject, passing: Subject])[] = [
  ["table-recovers", of([table({ pointInTimeRecovery: false })]), of([table()])],
  ["table-deletion-protected", of([table({ deletionProtection: false })]), of([table()])],
  ["search-over-zones", of([search({ awareZones: 1 })]), of([search({ awareZones: 2 })])],
  ["search-managers", of([search({ managers: null })]), of([managers(3)])],
  ["search-managers", of([managers(2)]), of([managers(3)])],
  ["search-encrypted", of([search({ security: { ...secure, atRest: false } })]), of([search()])],
  ["search-encrypted", of([search({ security: { ...secure, betweenNodes: false } })]), of([search()])],
  ["search-encrypted", of([search({ security: { ...secure, tlsOnly: false } })]), of([search()])],
  ["broker-over-zones", of([broker({ placement: zonal(1) })]), of([broker({ placement: zonal(2) })])],
  ["broker-encrypted-in-transit", of([broker({ security: { atRest: true, inTransit: false } })]), of([broker()])],
  ["file-system-encrypted", of([files({ atRest: false })]), of([files()])],
  ["file-system-backups", of([files({ backups: false })]), of([files()])],
  ["file-system-mounted-in-zones", of([files({ placement: zonal(1) })]), of([files()])],
  [
    "file-system-mounted-in-zones",
    of([files({ mountZones: zones.slice(0, 1) })]),
    of([files({ mountZones: zones.slice(0, 2) })]),
  ],
  ["file-system-mounted-in-zones", of([files({ mountZones: zones.slice(0, 2) }), network()]), of([files(), network()])],
];
