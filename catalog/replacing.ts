import type { Inputs, Loss } from "../model";
import { replaces as awsReplaces } from "./aws/force-new";
import { isStoreOnAws, lostOnAws } from "./aws/losses";
import { replacesObject } from "./kubernetes/force-new";
import { lostWith, type Going, type StandingObject } from "./kubernetes/losses";

/**
 * Does a change at that input path replace the resource? Asked of the target that the type is of.
 * @returns true, false, "sometimes" where it is not decided, or null where nothing is known of the type
 */
export function replaces(
  type: string,
  path: string,
  change?: { readonly before: Inputs; readonly after: Inputs },
): boolean | "sometimes" | null {
  return type.startsWith("kubernetes:") ? replacesObject(type, path, change) : awsReplaces(type, path, change);
}

/** What goes with a resource that is deleted, or replaced, beyond itself; undefined: nothing more. */
export function lossOf(gone: StandingObject, beside: readonly StandingObject[], going?: Going): Loss | undefined {
  return gone.type.startsWith("kubernetes:")
    ? lostWith(gone, beside, going)
    : lostOnAws(gone.type, gone.inputs, going?.after?.inputs);
}

/** Does it keep a service's data: members of a store or a cache, a database, a table, a disk? */
export function isStore(type: string): boolean {
  return type === "kubernetes:apps/v1:StatefulSet" || isStoreOnAws(type);
}

export { namespacesGone } from "./kubernetes/losses";
