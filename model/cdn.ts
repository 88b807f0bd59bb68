import type { Base } from "./part";

/** Caches near the users, before an origin. */
export interface Cdn extends Base<"cdn"> {
  readonly origins: number;
  /** Another origin answers where the first fails. */
  readonly originFailover: boolean;
  readonly tlsFloor: "1.0" | "1.1" | "1.2" | "1.3" | null;
  readonly redirectsToTls: boolean;
  readonly logs: boolean;
  readonly firewall: boolean;
  readonly priceClass: string;
  readonly runtime: { readonly kind: "cloudfront" };
}
