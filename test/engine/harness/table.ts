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
    .map(({ urn, id, outputs }) => key(urn, id ?? "", outputs?.["arn"]));
  const there = cloud.things.map(({ urn, id, inputs, computed }) => key(urn, id, computed["arn"] ?? inputs["arn"]));
  return {
    onlyInState: remembered.filter((one) => !there.includes(one)).sort(),
    onlyInCloud: there.filter((one) => !remembered.includes(one)).sort(),
  };
}

export const matched: Mismatch = { onlyInState: [], onlyInCloud: [] };

/** Revisions of one family share their id, and have an ARN each. */
function key(urn: string, id: string, arn: unknown): string {
  return `${urn} ${id} ${typeof arn === "string" ? arn : ""}`;
}
