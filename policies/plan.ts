import { isRecord, plansIn, show } from "../model";
import { finding } from "./finding";
import { advice, always, inProd } from "./rule";
import type { Finding, Rule, Subject } from "./rule";

const dollars = (usd: number): string => Math.round(usd).toLocaleString("en-US");

/** What is left to do about missing prices where nines planned nothing: a demand file states the load of replica groups, and prices of what the price list has. */
function pricedByHand({ parts, basis, cost, resources }: Subject): string {
  const untold = cost.unpriced.some(({ item }) => item === "nodes") && basis?.nodes === undefined;
  if (untold && plansIn(resources).length === 0)
    return "say which nodes the pods stand on: cluster.nodes in a demand file, --demand FILE";
  const useful = cost.unpriced.some(({ why }) => why === "needs demand");
  if (!useful || basis !== null || plansIn(resources).length > 0) return "add them to the total by hand";
  if (parts.some(({ kind }) => kind === "replica-group")) return "say what is used: --demand FILE";
  return parts.some(({ kind }) => kind === "node-pool")
    ? "add them to the total by hand; what runs on the nodes, and its load, no resource here says"
    : "add them to the total by hand; their use follows no replica group, so no demand file can state it";
}

const budget: Rule = {
  id: "budget",
  title: "The expected month is within the budget",
  about: "A bill is easier to change before the deploy than after.",
  severity: inProd,
  peers: [],
  check: (subject) => {
    const { basis, cost } = subject;
    if (basis === null || basis.budgetPerMonthUsd === null) return [];
    const { expected } = cost.perMonthUsd;
    const message = `${dollars(expected)} of ${dollars(basis.budgetPerMonthUsd)} USD/month`;
    if (expected > basis.budgetPerMonthUsd)
      return [finding(null, { ok: false, message, fix: "raise budget.perMonthUsd, or promise less" })];
    // A total that leaves something out is a lower bound.
    if (cost.partial)
      return [
        {
          part: null,
          verdict: "undecided",
          message: `${message}, ${cost.unpriced.length} items without a price left out`,
          fix: "give their prices in nines:prices",
          fixByHand: pricedByHand(subject),
        },
      ];
    return [finding(null, { ok: true, message, fix: "" })];
  },
};

const priced: Rule = {
  id: "everything-priced",
  title: "Everything has a price",
  about: "A total that leaves something out is too low, and nobody knows by how much.",
  severity: advice,
  peers: [],
  check: (subject) => {
    const { cost } = subject;
    const names = [...new Set(cost.unpriced.map(({ item, why }) => `${item} (${why})`))];
    const more = names.length > 3 ? ` and ${names.length - 3} more` : "";
    return [
      finding(null, {
        ok: names.length === 0,
        message: names.length === 0 ? "nothing unpriced" : `unpriced: ${names.slice(0, 3).join(", ")}${more}`,
        fix: "give their prices in nines:prices",
        fixByHand: pricedByHand(subject),
      }),
    ];
  },
};

const planKnown: Rule = {
  id: "plan-known",
  title: "The plan is there to be judged by",
  about: "Load, promises and budget are in the plan alone: without it the rules that need them say nothing.",
  severity: advice,
  peers: [],
  check: ({ plan, basis, resources }): readonly Finding[] => {
    if (plan !== null)
      return [finding(null, { ok: true, message: `plan of ${plan.system} in ${plan.environment}`, fix: "" })];
    if (basis !== null) return [finding(null, { ok: true, message: "demand and objectives are stated", fix: "" })];
    const own = resources.find((resource) => !resource.custom && resource.type.startsWith("nines:"));
    const message =
      own === undefined
        ? "no plan in this program: what it must carry and promises is not known"
        : `${own.name} was registered without its plan: rules that need it were not judged`;
    const hidden = own !== undefined && !isRecord(own.inputs["plan"]);
    return [
      {
        part: null,
        verdict: "undecided",
        message,
        fix: hidden
          ? "unset PULUMI_NODEJS_SKIP_COMPONENT_INPUTS"
          : "state it: nines demand writes the file, --demand reads it",
      },
    ];
  },
};

const inputsAgree: Rule = {
  id: "inputs-agree",
  title: "Inputs that must agree do",
  about: "Two resources that say different things about one fact are a deploy that fails, or worse, one that does not.",
  severity: always,
  peers: [],
  check: ({ conflicts }) =>
    conflicts.map(({ part, field, says }) =>
      finding(part, {
        ok: false,
        message: `${field}: ${says.map(({ urn, property, value }) => `${urn.slice(urn.lastIndexOf("::") + 2)}.${property} says ${show(value)}`).join(", ")}`,
        fix: "give both the same value",
      }),
    ),
};

export const planRules: readonly Rule[] = [budget, priced, planKnown, inputsAgree];
