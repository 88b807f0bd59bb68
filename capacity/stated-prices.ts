import type { DemandFile, Target } from "../model";
import { catalogOf } from "../catalog";
import type { StatedSlip } from "./stated-names";

/** Prices of items that the target's list does not have, or has not like that; and of an item twice. */
export function priceSlips({ prices = [] }: DemandFile, target: Target): readonly StatedSlip[] {
  const strange = catalogOf(target).priceProblems(prices);
  const twice = prices.flatMap(({ item, region }, index): readonly StatedSlip[] =>
    prices.findIndex((other) => other.item === item && other.region === region) === index
      ? []
      : [
          {
            path: ["prices", index, "item"],
            given: item,
            allowed: `each item once${region === undefined ? "" : ` in ${region}`}`,
            fix: "keep one of the two",
          },
        ],
  );
  return [...strange.map(({ index, key, ...said }) => ({ path: ["prices", index, key], ...said })), ...twice];
}
