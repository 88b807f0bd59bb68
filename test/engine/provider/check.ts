import { isKnown } from "./answers";
import { apiRefusals } from "./api-check";
import { modelsAreThere } from "./api-models";
import { refusals } from "./refusals";
import type { Properties } from "./values";

export interface CheckFailure {
  readonly property: string;
  readonly reason: string;
}

/** Why AWS would refuse one resource by its inputs alone: what its reference says, and its API's model where that is there. */
export function refusalsOf(type: string, inputs: Properties): readonly CheckFailure[] {
  if (!isKnown(type)) return [{ property: "", reason: `${type}: test/engine/provider/answers.ts has no row for it` }];
  return [...(modelsAreThere ? apiRefusals(type, inputs) : []), ...documented(type, inputs)];
}

function documented(type: string, inputs: Properties): readonly CheckFailure[] {
  return refusals
    .filter((refusal) => refusal.type === type && refusal.refuses(inputs))
    .map(({ quote }) => ({ property: "", reason: quote }));
}
