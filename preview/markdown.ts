import type { Report, Reports } from "../model";
import { oneLine, visible } from "../model/visible";
import { growth, isEmpty } from "./diff";
import { counted, percentChange, shown, usd } from "./figures";
import { infeasibleText } from "./infeasible";
import { mistakesText } from "./mistakes";
import { rowOf, tableHead } from "./table";
import { changeLine, textOf } from "./text";
import { broken, sorted, tally } from "./verdict";
import { nothingIsPriced, operations, partName } from "./words";

/** Finds the old comment, so that a pull request carries one. Hidden when rendered. */
export const commentTag = "<!-- nines preview -->";

/** GitHub refuses a comment beyond 65,536 characters. */
const LIMIT = 60_000;

/** A comment for a pull request: one sentence, one small table, the rest folded. Below 60,000 characters. */
export function markdownOf(reports: Reports): string {
  const head = [commentTag, `**${headline(reports)}**`, table(reports)];
  const rules = reports.reports.flatMap(ruleLines);
  if (rules.length > 0) head.push(rules.join("\n"));
  if (reports.mistakes.length > 0)
    head.push(fold(counted(reports.mistakes.length, "mistake"), mistakesText(reports.mistakes)));
  const kept = [...head];
  let left = 0;
  for (const report of reports.reports) {
    const details = [
      ...(report.changes === undefined || isEmpty(report.changes)
        ? []
        : [fold(`${report.stack}: what changes`, changesText(report))]),
      fold(`${report.stack}: the whole screen`, isRefused(report) ? infeasibleText(report) : textOf(report)),
    ];
    for (const detail of details) {
      if (kept.join("\n\n").length + detail.length > LIMIT - 500) left += 1;
      else kept.push(detail);
    }
  }
  if (left > 0)
    kept.push(`_${counted(left, "section")} left out to stay below ${LIMIT.toLocaleString("en-US")} characters._`);
  const text = kept.join("\n\n");
  return text.length < LIMIT
    ? text
    : `${text.slice(0, LIMIT - 200)}\n\n_cut to stay below ${LIMIT.toLocaleString("en-US")} characters_`;
}

function headline({ reports, mistakes }: Reports): string {
  const said: string[] = [];
  const refused = reports.filter(isRefused);
  const compared = reports.filter((report) => report.changes !== undefined);
  // What cannot be planned costs what nobody knows, and not nothing.
  const known = (compared.length > 0 ? compared : reports).filter((report) => !isRefused(report));
  const open = known.some(({ cost }) => cost.partial) ? ", not all of it priced" : "";
  const rest = known.length > 0 && refused.length > 0 ? " without what cannot be planned" : "";
  const sum = (of: (report: Report) => number): number => known.reduce((total, report) => total + of(report), 0);
  if (compared.length > 0) {
    const from = sum((report) => report.changes?.perMonthUsd.from?.expected ?? 0);
    const to = sum((report) => report.changes?.perMonthUsd.to.expected ?? 0);
    const unlike = known.some((report) => report.changes?.unlike !== undefined);
    const change = growth({ min: from, expected: from, max: from }, { min: to, expected: to, max: to });
    const touched = compared.reduce((total, report) => total + (report.changes?.resources.length ?? 0), 0);
    said.push(
      known.length === 0
        ? "Cost not known"
        : usd(from) === usd(to) && !unlike
          ? `Cost stays at ${usd(to)} USD a month${rest}${open}`
          : `Cost goes from ${usd(from)} to ${usd(to)} USD a month${rest}${unlike ? " (not all of it is priced on both sides)" : change === null ? open : ` (${percentChange(change)})${open}`}`,
      touched === 0 ? "no resource changes" : `${counted(touched, "resource")} ${touched === 1 ? "changes" : "change"}`,
    );
  } else {
    const unknown = reports.length > 0 && known.every(({ cost }) => nothingIsPriced(cost));
    const total = usd(sum(({ cost }) => cost.perMonthUsd.expected));
    said.push(
      `${counted(reports.length, "stack")}, ${unknown ? "cost not known" : `${total} USD a month${rest}${open}`}`,
    );
  }
  const failing = reports.reduce((total, report) => total + tally(report.rules).fail, 0);
  if (refused.length > 0) said.push(`${counted(refused.length, "stack")} cannot be planned`);
  if (failing > 0) said.push(`${counted(failing, "mandatory rule")} ${failing === 1 ? "fails" : "fail"}`);
  if (mistakes.length > 0) said.push(counted(mistakes.length, "mistake"));
  return said.join("; ");
}

const isRefused = ({ planned }: Report): boolean => planned?.ok === false;

function table(reports: Reports): string {
  const rows = reports.reports.map((report) => {
    const [stack = "", replicas = "", , max = "", nines = "", rules = ""] = rowOf(report);
    const from = report.changes?.perMonthUsd.from ?? null;
    const now = isRefused(report)
      ? ""
      : nothingIsPriced(report.cost)
        ? "not known"
        : usd(report.cost.perMonthUsd.expected);
    const money = from === null || usd(from.expected) === now ? now : `${usd(from.expected)} -> ${now}`;
    return [stack, replicas, money, max, nines, rules].map(cell);
  });
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [
    line(tableHead),
    line(tableHead.map((_, index) => (index === 2 || index === 3 ? "---:" : "---"))),
    ...rows.map(line),
    ...reports.removed.map((stack) => line([cell(stack), "removed", "", "", "", ""])),
  ].join("\n");
}

function ruleLines(report: Report): readonly string[] {
  return sorted(broken(report.rules).filter((rule) => rule.severity === "mandatory")).map(
    (rule) =>
      `- **${inline(report.stack)}** \`${rule.id}\` ${inline(partName(rule.part))}: ${inline(rule.message)}${rule.fix === "" ? "" : `; fix: ${inline(rule.fix)}`}`,
  );
}

function changesText(report: Report): string {
  const changes = report.changes;
  if (changes === undefined) return "";
  return [
    ...changes.settings.map(({ key, from, to }) => `setting  ${key}: ${shown(from)} -> ${shown(to)}`),
    ...operations.flatMap((op) =>
      changes.resources.filter((change) => change.op === op).map((change) => `${op.padEnd(8)} ${changeLine(change)}`),
    ),
    `same     ${counted(changes.same, "resource")}`,
  ]
    .map(oneLine)
    .join("\n");
}

function fold(summary: string, text: string): string {
  const fence = "`".repeat(Math.max(3, longestRun(text) + 1));
  return `<details><summary>${inline(summary)}</summary>\n\n${fence}\n${visible(text)}\n${fence}\n\n</details>`;
}

/** Of backticks, so that text which holds a fence cannot end ours. */
function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map((match) => match[0].length));
}

function cell(text: string): string {
  return inline(text).replaceAll("|", "\\|");
}

/** Text from configuration is not markup. */
function inline(text: string): string {
  return oneLine(text).replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
