import { isKnown } from "./answers";

export interface CheckFailure {
  readonly property: string;
  readonly reason: string;
}

/** Why AWS would refuse one resource by its inputs alone. */
export function refusalsOf(type: string): readonly CheckFailure[] {
  return isKnown(type) ? [] : [{ property: "", reason: `${type}: test/engine/provider/answers.ts has no row for it` }];
}
