import type { Source } from "../../model";

/** Which parameter of an engine refuses connections without TLS, and what it is where nobody says. */
export interface TlsParameter {
  readonly parameter: "rds.force_ssl" | "require_secure_transport";
  /** First version that refuses by itself; null: none does. */
  readonly refusesFrom: string | null;
  readonly source: Source;
}

const guide = (page: string, note = ""): Source => ({
  title: `Amazon RDS User Guide, ${page}${note}`,
  url: `https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/${page}.html`,
  date: "2026-11-21",
});
const known: Source = { title: "AWS behaviour as commonly known (not read)", date: "2026-11-21" };

/** By engine, as the provider names it. Of Oracle and Db2 no parameter says it. */
const byEngine: Readonly<Record<string, TlsParameter>> = {
  postgres: {
    parameter: "rds.force_ssl",
    refusesFrom: "15",
    source: guide("PostgreSQL.Concepts.General.SSL", "; the version as commonly known (not read)"),
  },
  "aurora-postgresql": { parameter: "rds.force_ssl", refusesFrom: "17", source: known },
  mysql: {
    parameter: "require_secure_transport",
    refusesFrom: null,
    source: guide("mysql-ssl-connections.require-ssl"),
  },
  mariadb: {
    parameter: "require_secure_transport",
    refusesFrom: "11.8",
    source: guide("mariadb-ssl-connections.require-ssl"),
  },
  "aurora-mysql": { parameter: "require_secure_transport", refusesFrom: null, source: known },
};
const sqlserver: TlsParameter = { parameter: "rds.force_ssl", refusesFrom: null, source: known };

/** The parameter of an engine; null where none says it. */
export function tlsParameterOf(engine: string): TlsParameter | null {
  if (Object.hasOwn(byEngine, engine)) return byEngine[engine] ?? null;
  return engine.startsWith("sqlserver-") ? sqlserver : null;
}

/** Does that version refuse connections without TLS by itself? null: the version is not known and would decide it. */
export function refusesByDefault(tls: TlsParameter, version: string | null): boolean | null {
  if (tls.refusesFrom === null) return false;
  if (version === null) return null;
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [fromMajor = 0, fromMinor = 0] = tls.refusesFrom.split(".").map(Number);
  if (!Number.isFinite(major)) return null;
  return major > fromMajor || (major === fromMajor && (Number.isFinite(minor) ? minor : 0) >= fromMinor);
}
