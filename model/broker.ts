import type { Base, Placement } from "./part";

/** A replicated log of messages: brokers over zones. */
export interface Broker extends Base<"broker"> {
  readonly engine: { readonly name: string; readonly version: string | null };
  readonly placement: Placement;
  readonly brokers: number;
  readonly type: string;
  readonly diskGib: number;
  readonly security: { readonly atRest: boolean; readonly inTransit: boolean };
  readonly runtime: { readonly kind: "msk" };
}
