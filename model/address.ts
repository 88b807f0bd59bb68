import type { Base } from "./part";

/** A public address that is held, used or not, and that no other Part pays for. */
export interface Address extends Base<"address"> {
  readonly runtime: { readonly kind: "elastic-ip" };
}
