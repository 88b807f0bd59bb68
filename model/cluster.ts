import type { Base, Placement } from "./part";

/** A control plane that schedules replicas, where it is billed or can fail by itself. */
export interface Cluster extends Base<"cluster"> {
  readonly placement: Placement;
  /** As the provider names it: `1.33`; null: the provider chooses. */
  readonly version: string | null;
  readonly endpoint: {
    readonly public: boolean;
    /** CIDRs that may call the public endpoint; sorted; empty where it is private. */
    readonly publicRanges: readonly string[];
  };
  readonly encryptsSecrets: boolean;
  /** Control-plane logs that are kept; sorted. */
  readonly logs: readonly string[];
  readonly deletionProtection: boolean;
  /** Old versions cost more an hour. */
  readonly support: "standard" | "extended";
  readonly runtime: { readonly kind: "eks" };
}
