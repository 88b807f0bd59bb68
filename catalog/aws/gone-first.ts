import { isUnknownValue } from "../../model";
import type { Inputs } from "../../model";

/**
 * What runs replicas under a name that nothing else may have meanwhile: where the program gives the name and keeps it, Pulumi deletes the old
 * one before it makes the new one (pulumi-terraform-bridge, as commonly known: a name that it did not make itself).
 */
const named: Readonly<Record<string, string>> = {
  "aws:ecs/service:Service": "name",
  "aws:autoscaling/group:Group": "name",
};

/** Does nothing run between the old and the new, when that replaces it? */
export function goneFirst(type: string, before: Inputs, after: Inputs): boolean {
  const key = Object.hasOwn(named, type) ? named[type] : undefined;
  if (key === undefined) return false;
  const name = after[key];
  return name !== undefined && !isUnknownValue(name) && name === before[key];
}
