import { isBilledWithAnother } from "../catalog/aws/billed-with";
import { isFreeObject } from "../catalog/kubernetes/free-kinds";
import { isFreeType } from "../components/aws/supporting-types.read";
import { isProviderType, type Claim, type Cost, type Coverage, type ReportedResource } from "../model";

/** What stands and is billed by the hour or by its number, where nobody knows that number, its type or its price: the main line of its Part. */
const MAIN =
  /^(machine-hour|machines|replicas|fargate|share of Spot|cache|database-hour|aurora-(iopt1-)?acu-hour|broker-hour|search-node-hour|eks-cluster|balancer$|[an]lb-hour|nat-(regional-)?hour)/;

/** Use that needs a demand is left out of any program's price without one; what stands is not. */
function mainIsUnpriced({ item, why }: Cost["unpriced"][number]): boolean {
  return MAIN.test(item) && !why.startsWith("needs demand");
}

/** How much of a program's resources is read and priced. */
export function coverageOf(resources: readonly ReportedResource[], claims: readonly Claim[], cost: Cost): Coverage {
  const own = resources.filter(({ type }) => !isProviderType(type));
  const billed = own.filter(
    ({ type, inputs }) => !isFreeType(type) && !isBilledWithAnother(type) && !isFreeObject(type, inputs),
  );
  const withPrice = new Set(cost.lines.map((line) => line.part));
  for (const each of cost.unpriced) if (mainIsUnpriced(each)) withPrice.delete(each.part);
  // Pods are billed with the nodes that carry them, which have a price where nobody says otherwise.
  const pods = new Set(own.filter(({ type }) => type.startsWith("kubernetes:apps/")).map(({ urn }) => urn));
  const ofPods = new Set(claims.flatMap(({ urn, part }) => (pods.has(urn) ? [part] : [])));
  const carried = new Set(cost.unpriced.filter(({ item }) => item === "nodes").map(({ part }) => part));
  for (const { part } of claims) if (part !== null && ofPods.has(part) && !carried.has(part)) withPrice.add(part);
  const priced = new Set(claims.filter(({ part }) => part !== null && withPrice.has(part)).map(({ urn }) => urn));
  return {
    resources: own.length,
    read: own.filter(({ state }) => state === "read").length,
    billed: billed.length,
    billedRead: billed.filter(({ state }) => state === "read").length,
    priced: billed.filter(({ urn }) => priced.has(urn)).length,
  };
}
