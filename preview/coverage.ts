import { isBilledWithAnother } from "../catalog/aws/billed-with";
import { isFreeType } from "../components/aws/supporting-types.read";
import type { Claim, Cost, Coverage, ReportedResource } from "../model";

const PROVIDER = "pulumi:providers:";

/** How much of a program's resources is read and priced. */
export function coverageOf(resources: readonly ReportedResource[], claims: readonly Claim[], cost: Cost): Coverage {
  const own = resources.filter(({ type }) => !type.startsWith(PROVIDER));
  const billed = own.filter(({ type }) => !isFreeType(type) && !isBilledWithAnother(type));
  const withPrice = new Set(cost.lines.map((line) => line.part));
  const priced = new Set(claims.filter(({ part }) => part !== null && withPrice.has(part)).map(({ urn }) => urn));
  return {
    resources: own.length,
    read: own.filter(({ state }) => state === "read").length,
    billed: billed.length,
    billedRead: billed.filter(({ state }) => state === "read").length,
    priced: billed.filter(({ urn }) => priced.has(urn)).length,
  };
}
