import type { Base } from "./part";

export type Nat = "none" | "one" | "per-zone" | "regional";

/** The private network of a region: subnets, ways out, flow logs. An existing network is no Part: nothing is built and nothing is read. */
export interface Network extends Base<"network"> {
  /** CIDR of the whole network, for example 10.0.0.0/16. */
  readonly addressRange: string;
  readonly zones: readonly string[];
  /** Sorted by tier, then zone. */
  readonly subnets: readonly {
    readonly zone: string;
    readonly tier: "private" | "public";
    readonly addressRange: string;
  }[];
  /** Zones that hold a NAT gateway; sorted; empty for none. */
  readonly natZones: readonly string[];
  /** One gateway of the region stands in all of natZones, and is one target of routes. Absent: each of these zones has its own. */
  readonly natRegional?: true;
  /** Provider services reached without NAT, sorted by name: `s3`, `ecr.api`, `logs`. */
  readonly endpoints: readonly {
    readonly service: string;
    readonly kind: "gateway" | "interface";
    readonly zones: number;
  }[];
  /** null: no flow logs. */
  readonly flowLogs: { readonly keepDays: number } | null;
  readonly runtime: { readonly kind: "vpc" };
}
