import type { Inputs } from "../../model";
import { kubernetesForceNew, mutableByChoice, releaseForceNew } from "./force-new-inputs";

/** Of every object: another name is another object. Another version of its API is not: the object stays. */
const everywhere = ["metadata.name", "metadata.namespace"];

/**
 * Does a change at that input path replace the object? A path inside a replacing input, or around one, counts.
 * @param change The object's inputs before and after; they tell what is immutable. @default - not given
 * @returns true, false, "sometimes" where the provider's own settings decide, or null for what is no object of Kubernetes
 */
export function replacesObject(
  type: string,
  path: string,
  change?: { readonly before: Inputs; readonly after: Inputs },
): boolean | "sometimes" | null {
  if (!type.startsWith("kubernetes:")) return null;
  const changed = path.replace(/\[\d+\]/g, "[]");
  const touches = (inputs: readonly string[]) =>
    inputs.some((input) => within(changed, input) || within(input, changed));
  if (touches(releaseForceNew[type] ?? [...everywhere, ...(kubernetesForceNew[type] ?? [])])) return true;
  if (!touches(mutableByChoice[type] ?? [])) return false;
  return change?.after.immutable === true ? true : "sometimes";
}

function within(path: string, other: string): boolean {
  return path === other || path.startsWith(`${other}.`) || path.startsWith(`${other}[`);
}
