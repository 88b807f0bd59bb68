import type { Cloud } from "../provider/cloud";
import type { StateResource } from "./engine";

/** What the engine remembers and what exists, where they are not the same. */
export interface Mismatch {
  readonly onlyInState: readonly string[];
  readonly onlyInCloud: readonly string[];
}

export function mismatch(state: readonly StateResource[], cloud: Cloud): Mismatch {
  const remembered = state
    .filter(({ custom, type }) => custom && !type.startsWith("pulumi:"))
    .map(({ type, urn, id, outputs }) => key(type, urn, id ?? "", outputs?.["arn"]));
  const there = cloud.things.map(({ type, urn, id, inputs, computed }) =>
    key(type, urn, id, computed["arn"] ?? inputs["arn"]),
  );
  return {
    onlyInState: remembered.filter((one) => !there.includes(one)).sort(),
    onlyInCloud: there.filter((one) => !remembered.includes(one)).sort(),
  };
}

export const matched: Mismatch = { onlyInState: [], onlyInCloud: [] };

/** Revisions of one family share their id, and have an ARN each; random values have their name alone. */
function key(type: string, urn: string, id: string, arn: unknown): string {
  return type.startsWith("random:") ? urn : `${type} ${id} ${typeof arn === "string" ? arn : ""}`;
}
