import type { InstanceCell } from "./price-row";

/** RDS for PostgreSQL on demand, one instance (a standby bills another), an hour. */
const postgres: readonly (readonly [type: string, region: string, usd: number])[] = [
  ["db.t4g.micro", "us-east-1", 0.016],
  ["db.t4g.micro", "us-west-2", 0.016],
  ["db.t4g.micro", "eu-west-1", 0.017],
  ["db.t4g.micro", "eu-central-1", 0.019],
  ["db.t4g.micro", "ap-northeast-1", 0.025],
];

/** Every database instance's price that is known. */
export function databaseCells(): readonly InstanceCell[] {
  return postgres.map(([type, region, usd]) => [
    `database-hour:postgres:${type}`,
    region,
    usd,
    "togen-price-list",
    "A",
  ]);
}
