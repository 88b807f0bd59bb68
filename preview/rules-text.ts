import type { Severity, Tier } from "../model";
import { counted } from "./figures";
import { hanging } from "./layout";

/** What is printed of a rule. */
interface PrintedRule {
  readonly id: string;
  readonly title: string;
  readonly severity: Readonly<Record<Tier, Severity>>;
  readonly peers: readonly string[];
}

const tiers: readonly Tier[] = ["dev", "staging", "prod"];

/** All rules on a screen: id, where it is mandatory, what it asks, its peers. */
export function rulesText(rules: readonly PrintedRule[]): string {
  const width = Math.min(26, Math.max(0, ...rules.map((rule) => rule.id.length))) + 2;
  const lines = rules.flatMap((rule) => {
    const peers = rule.peers.length === 0 ? "" : ` (${rule.peers.join(", ")})`;
    return hanging(rule.id, `${mandatoryIn(rule.severity)}: ${rule.title}${peers}`, width);
  });
  return [...lines, "", `${counted(rules.length, "rule")}; a waiver needs a reason and an end date`].join("\n");
}

function mandatoryIn(severity: PrintedRule["severity"]): string {
  const where = tiers.filter((tier) => severity[tier] === "mandatory");
  if (where.length === tiers.length) return "mandatory";
  return where.length === 0 ? "advice" : `mandatory in ${where.join(" and ")}`;
}
