import type { Infeasible, Report } from "../model";
import { nines, objective, precise, range, usd } from "./figures";
import { hanging, wrapped } from "./layout";
import { partName } from "./words";

/** What cannot be had, whose limit it is, and what can be had instead. */
export function infeasibleText(report: Report): string {
  const refusals = report.planned?.ok === false ? report.planned.infeasible : [];
  return [`${report.stack} cannot be planned`, ...refusals.map((refusal) => refusalLines(refusal).join("\n"))].join(
    "\n\n",
  );
}

function refusalLines({ part, field, asked, unit, limit, alternatives }: Infeasible): readonly string[] {
  // What is asked of the time is asked of the whole system, whichever Part stands first in it.
  const ofTime = unit === "share of time";
  const needs = ofTime
    ? `${objective(asked)} of the time is asked (${field});`
    : `${partName(part)} needs ${precise(asked)} ${unit} (${field});`;
  const allows = `${limit.name} allows ${ofTime ? nines(1 - limit.value) : precise(limit.value)} (${limit.source.title}, ${limit.source.date}; ${limit.raisable ? "can be raised" : "cannot be raised"})`;
  const lines = wrapped(`${needs} ${allows}`, 98).map((line) => `  ${line}`);
  if (alternatives.length === 0) return [...lines, "    nothing near it plans"];
  return [
    ...lines,
    ...alternatives.flatMap(({ set, perMonthUsd }, index) => {
      const choices = Object.entries(set).map(
        ([key, value]) => `${key}: ${typeof value === "string" ? value : JSON.stringify(value)}`,
      );
      const price = perMonthUsd === null ? "" : `   ${range(perMonthUsd, usd)} USD/month`;
      return hanging(index === 0 ? "    these plan:" : "", choices.join(", ") + price, 18);
    }),
  ];
}
