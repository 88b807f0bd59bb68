import type { Base, Placement } from "./part";

/** A replicated log of messages: brokers over zones. */
export interface Broker extends Base<"broker"> {
  readonly engine: { readonly name: string; readonly version: string | null };
  readonly placement: Placement;
  /** null: serverless, billed by use. */
  readonly brokers: { readonly count: number; readonly type: string; readonly diskGib: number } | null;
  readonly security: { readonly atRest: boolean; readonly inTransit: boolean };
  readonly runtime: { readonly kind: "msk" };
}
