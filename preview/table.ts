import type { Range, Report, Reports, Tier } from "../model";
import { nines, range, usd } from "./figures";
import { COLUMNS, columnsOf, wrapped } from "./layout";
import { planOf } from "./report";
import { replicasOf, uncountedOf } from "./replicas";
import { sharedLines } from "./shared-cost";
import { tally } from "./verdict";
import { nothingIsPriced, workloadOf } from "./words";

export const tableHead = ["stack", "replicas", "USD/month", "up to", "nines", "broken rules"] as const;
/** Least width of the replicas' column; it takes what the others leave of a screen. */
const REPLICAS_WIDTH = 16;

/** All stacks side by side, and what they cost together. */
export function tableOf(reports: Reports): string {
  const rows = byTier(reports.reports).map(comparedRow);
  const others = columnsOf([tableHead, ...rows].map((row) => row.map((cell, index) => (index === 1 ? "" : cell))));
  // Two more for the sum, which may have a digit more than its terms, in both columns of money.
  const left = Math.max(REPLICAS_WIDTH, COLUMNS - 4 - Math.max(...others.map((line) => line.length)));
  const folded = rows.flatMap(([stack = "", replicas = "", ...cells]) =>
    unbroken(replicas, left).map((part, index) => (index === 0 ? [stack, part, ...cells] : ["", part])),
  );
  const feasible = reports.reports.filter((report) => report.planned?.ok !== false);
  const sum = (of: (cost: Range) => number): number =>
    feasible.reduce((total, report) => total + of(report.cost.perMonthUsd), 0);
  const partial = feasible.length < rows.length || feasible.some((report) => report.cost.partial);
  const unknown = feasible.length > 0 && feasible.every((report) => nothingIsPriced(report.cost));
  const total = [
    "total",
    partial && !unknown ? "+ not all is priced" : "",
    unknown ? "not known" : usd(sum((cost) => cost.expected)),
    unknown ? "" : usd(sum((cost) => cost.max)),
    "",
    "",
  ];
  const lines = columnsOf([tableHead, ...folded, total], [2, 3]);
  const rule = "-".repeat(Math.max(...lines.map((line) => line.length)));
  return [
    ...lines.slice(0, 1),
    rule,
    ...lines.slice(1, -1),
    rule,
    ...lines.slice(-1),
    ...sharedLines(reports.reports),
    ...reports.removed.map((stack) => `removed: ${stack} (only the baseline has it)`),
  ].join("\n");
}

/** A row whose cost says what it was where that is another. */
function comparedRow(report: Report): readonly string[] {
  const from = report.changes?.perMonthUsd.from ?? null;
  return rowOf(report).map((cell, index) => {
    if (index !== 2 || cell === "" || from === null) return cell;
    return usd(from.expected) === usd(report.cost.perMonthUsd.expected) ? cell : `${usd(from.expected)} -> ${cell}`;
  });
}

/** A count at the end of an item: `44 to 66`. */
const COUNT = /\u00a0(?=\d+(?:\u00a0to\u00a0\d+)?$)/;

/** Lines of whole items: no count stands apart from what it counts, unless both are too long for a line; no count is broken. */
function unbroken(list: string, width: number): readonly string[] {
  const items = list.split(", ").map((item) => {
    const whole = item.replaceAll(" ", "\u00a0");
    return whole.length < width ? whole : whole.replace(COUNT, " ");
  });
  return wrapped(items.join(", "), width).map((line) => line.replaceAll("\u00a0", " "));
}

/** dev, staging, prod, then what has no plan; each by name. */
export function byTier(reports: readonly Report[]): readonly Report[] {
  const rank = (report: Report): number => {
    const tier = planOf(report)?.tier;
    return tier === undefined ? tiers.length : tiers.indexOf(tier);
  };
  return [...reports].sort((a, b) => rank(a) - rank(b) || (a.stack < b.stack ? -1 : a.stack > b.stack ? 1 : 0));
}

const tiers: readonly Tier[] = ["dev", "staging", "prod"];

/** One stack's row; the markdown table has the same cells. */
export function rowOf(report: Report): readonly string[] {
  if (report.planned?.ok === false) return [report.stack, "cannot be planned", "", "", "", ""];
  const { fail, advice, undecided } = tally(report.rules);
  const counts = [
    ...timesOver(replicasOf(report).map((each) => `${workloadOf(each.part)} ${range(each.count)}`)),
    ...uncountedOf(report).map((each) => `${workloadOf(each.part)} not known`),
  ];
  return [
    report.stack,
    counts.join(", "),
    ...(nothingIsPriced(report.cost)
      ? ["not known", ""]
      : [usd(report.cost.perMonthUsd.expected) + (report.cost.partial ? "+" : ""), usd(report.cost.perMonthUsd.max)]),
    report.availability === null ? "not known" : nines(report.availability.unavailability),
    [`${fail}`, advice === 0 ? "" : `${advice} advice`, undecided === 0 ? "" : `${undecided} undecided`]
      .filter((word) => word !== "")
      .join(", "),
  ];
}

/** What several regions have alike, once: `3 x web 4`. */
function timesOver(words: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].map(([word, times]) => (times === 1 ? word : `${times} x ${word}`));
}
