import type { InstanceCell, InstanceItem, PriceTable } from "./price-row";

/** RDS beside its instances: storage of one copy. A standby's is billed as much again (the list's own pairs, to 0.001 USD). */
export const databasePrices = {
  // Aurora's storage, I/O and backups are billed by use.
  "aurora-acu-hour": [["us-east-1", 0.12, "infracost", "B"]],
  "aurora-iopt1-acu-hour": [["us-east-1", 0.16, "infracost", "B"]],
  "rds-gp2-gb-month": [
    ["us-east-1", 0.115, "togen-price-list", "A"],
    ["us-west-2", 0.115, "togen-price-list", "A"],
    ["eu-west-1", 0.127, "togen-price-list", "A"],
    ["eu-central-1", 0.137, "togen-price-list", "A"],
    ["ap-northeast-1", 0.138, "togen-price-list", "A"],
  ],
  "rds-gp3-gb-month": [["us-east-1", 0.115, "infracost", "B"]],
  "rds-io1-gb-month": [["us-east-1", 0.125, "infracost", "B"]],
} as const satisfies PriceTable;

/**
 * RDS for PostgreSQL on demand, one instance, USD an hour. A Multi-AZ instance is two of them, to 0.001 USD an hour in the
 * list's own pairs. Only the t4g ones are known to cost the same for MySQL.
 */
const postgres: readonly (readonly [type: string, ...usd: readonly (readonly [region: string, usd: number])[]])[] = [
  [
    "db.t4g.micro",
    ["us-east-1", 0.016],
    ["us-west-2", 0.016],
    ["eu-west-1", 0.017],
    ["eu-central-1", 0.019],
    ["ap-northeast-1", 0.025],
  ],
  [
    "db.t4g.medium",
    ["us-east-1", 0.065],
    ["us-west-2", 0.065],
    ["eu-west-1", 0.069],
    ["eu-central-1", 0.074],
    ["ap-northeast-1", 0.101],
  ],
  ["db.r6g.large", ["us-east-1", 0.225], ["us-west-2", 0.225], ["eu-central-1", 0.274], ["ap-northeast-1", 0.27]],
];

const others: readonly InstanceCell[] = [
  ["database-hour:postgres:db.t4g.small", "us-east-1", 0.032, "infracost", "B"],
  ["database-hour:postgres:db.t3.large", "us-east-1", 0.145, "infracost", "B"],
  // Of MySQL and PostgreSQL alike.
  ["database-hour:aurora:db.t3.medium", "us-east-1", 0.082, "infracost", "B"],
  ["database-hour:aurora:db.r6g.large", "us-east-1", 0.26, "aurora-tables", "C"],
  ["database-hour:aurora:db.r7g.large", "us-east-1", 0.276, "aurora-tables", "C"],
  ["database-hour:mysql:db.r6g.large", "us-east-1", 0.215, "togen-price-list", "A"],
  ["database-hour:mysql:db.r6g.large", "us-west-2", 0.215, "togen-price-list", "A"],
  ["database-hour:mysql:db.r6g.large", "eu-west-1", 0.237, "togen-price-list", "A"],
];

/** The item that an hour of a database's machine is billed as. */
export function databaseItem(engine: string, type: string): InstanceItem {
  return `database-hour:${engine}:${type}`;
}

/** Every database instance's price that is known. */
export function databaseCells(): readonly InstanceCell[] {
  const listed = postgres.flatMap(([type, ...cells]) =>
    cells.flatMap(([region, usd]) =>
      (type.startsWith("db.t4g.") ? ["postgres", "mysql"] : ["postgres"]).map((engine): InstanceCell => [
        databaseItem(engine, type),
        region,
        usd,
        "togen-price-list",
        "A",
      ]),
    ),
  );
  return [...listed, ...others];
}
