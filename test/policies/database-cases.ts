import type { Database } from "../../model";
import type { Subject } from "../../policies";
import { database, of, region, zones } from "./fixture";

const one = (over: Partial<Database>): Subject => of([database(over)]);
const secure = database().security;
const cluster = (members: number): Partial<Database> => ({ topology: { kind: "cluster", members } });
const zonal = (count: number): Partial<Database> => ({
  placement: { kind: "zonal", zones: zones.slice(0, count), spread: "hard" },
});
/** A read copy is asked for nothing that its source has. */
export const copy: Partial<Database> = {
  topology: { kind: "single" },
  replicaOf: `database/orders/${region}`,
  backups: null,
  deletion: { protected: false, finalSnapshot: false },
};

/** Each rule about databases: what fails, and its neighbour that passes. */
export const databaseCases: readonly (readonly [id: string, failing: Subject, passing: Subject])[] = [
  ["database-fails-over", one({ topology: { kind: "single" } }), one({})],
  ["database-fails-over", one(cluster(1)), one(cluster(2))],
  ["database-over-zones", one(zonal(1)), one(zonal(2))],
  ["database-over-zones", one({ ...cluster(2), ...zonal(1) }), one({ ...cluster(2), ...zonal(2) })],
  ["database-deletion-protected", one({ deletion: { protected: false, finalSnapshot: true } }), one({})],
  ["database-backups", one({ backups: null }), one({})],
  ["database-backups", one({ backups: { keepDays: 6 } }), one({ backups: { keepDays: 7 } })],
  ["database-encrypted-at-rest", one({ security: { ...secure, atRest: false } }), one({})],
  ["database-not-public", one({ security: { ...secure, public: true } }), one({})],
  ["database-tls-enforced", one({ security: { ...secure, inTransit: false } }), one({})],
];
