import type { Inputs } from "../model";
import { replaces as awsReplaces } from "./aws/force-new";
import { replacesObject } from "./kubernetes/force-new";

/**
 * Does a change at that input path replace the resource? Asked of the target that the type is of.
 * @returns true, false, "sometimes" where it is not decided, or null where nothing is known of the type
 */
export function replaces(
  type: string,
  path: string,
  change?: { readonly before: Inputs; readonly after: Inputs },
): boolean | "sometimes" | null {
  return type.startsWith("kubernetes:") ? replacesObject(type, path) : awsReplaces(type, path, change);
}

/** What a replacement costs that no other sort of resource does; undefined: nothing more. */
export function replacementCost(type: string): string | undefined {
  return type === "kubernetes:apps/v1:StatefulSet"
    ? "stops the store: all its members go before the first new one starts, and its claims stay for them"
    : undefined;
}
