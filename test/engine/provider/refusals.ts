import type { Refusal } from "./refusal";
import { balancerRefusals } from "./refusals-balancer";
import { cacheRefusals } from "./refusals-cache";
import { ecsRefusals } from "./refusals-ecs";
import { operationsRefusals } from "./refusals-operations";

/** What AWS refuses of one resource by its inputs alone, as its documents were read on 2026-11-20; written apart from the catalog. */
export const refusals: readonly Refusal[] = [
  ...balancerRefusals,
  ...ecsRefusals,
  ...cacheRefusals,
  ...operationsRefusals,
];
