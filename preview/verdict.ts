import type { Report, RuleResult } from "../model";

/** What a command ends with (Pulumi's own numbers where it has one). */
export const exitCodes = {
  fine: 0,
  error: 1,
  configuration: 2,
  rule: 5,
  infeasible: 10,
  undecided: 11,
} as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** Of several the first that occurred: what cannot even be judged comes before what was judged. */
const precedence: readonly ExitCode[] = [1, 2, 10, 5, 11];

export function worst(codes: Iterable<ExitCode>): ExitCode {
  const seen = new Set(codes);
  return precedence.find((code) => seen.has(code)) ?? exitCodes.fine;
}

/** Of one report. strict: a mandatory rule that is undecided counts. */
export function exitOf(report: Report, strict: boolean): ExitCode {
  if (report.planned?.ok === false) return exitCodes.infeasible;
  const mandatory = report.rules.filter((rule) => rule.severity === "mandatory");
  if (mandatory.some((rule) => rule.verdict === "fail")) return exitCodes.rule;
  if (strict && mandatory.some((rule) => rule.verdict === "undecided")) return exitCodes.undecided;
  return exitCodes.fine;
}

/** Broken rules, mandatory first, then by id and Part. */
export function broken(rules: readonly RuleResult[]): readonly RuleResult[] {
  return sorted(rules.filter((rule) => rule.verdict === "fail"));
}

export function sorted(rules: readonly RuleResult[]): readonly RuleResult[] {
  return rules
    .map((rule) => ({ rule, key: `${rule.severity === "mandatory" ? 0 : 1} ${rule.id} ${rule.part ?? ""}` }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ rule }) => rule);
}

export interface Tally {
  readonly pass: number;
  /** Mandatory. */
  readonly fail: number;
  /** Broken, and only advisory. */
  readonly advice: number;
  readonly undecided: number;
  readonly waived: number;
}

/** Rules counted by their worst verdict over all Parts: a rule passes where it fails nowhere. */
export function tally(rules: readonly RuleResult[]): Tally {
  const order: readonly (keyof Tally)[] = ["fail", "advice", "undecided", "waived", "pass"];
  const byId = new Map<string, keyof Tally>();
  for (const { id, verdict, severity } of rules) {
    const word = verdict === "fail" && severity === "advisory" ? "advice" : verdict;
    const known = byId.get(id);
    if (known === undefined || order.indexOf(word) < order.indexOf(known)) byId.set(id, word);
  }
  const counts = { pass: 0, fail: 0, advice: 0, undecided: 0, waived: 0 };
  for (const word of byId.values()) counts[word] += 1;
  return counts;
}
