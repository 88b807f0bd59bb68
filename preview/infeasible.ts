import type { Infeasible, Report } from "../model";
import { nines, objective, precise, range, usd } from "./figures";
import { hanging, wrapped } from "./layout";
import { partName, partNames } from "./words";

/** What cannot be had, whose limit it is, and what can be had instead; what several regions cannot have alike once, with their names. */
export function infeasibleText(report: Report): string {
  if (report.planned?.ok !== false) return "";
  const { infeasible, partial } = report.planned;
  // Of one region its name says nothing.
  const several = new Set(partial.regions === undefined ? [] : infeasible.map(({ part }) => partName(part)));
  const alike = new Map<string, Infeasible[]>();
  for (const refusal of infeasible) {
    const key = JSON.stringify({ ...refusal, part: partName(refusal.part) });
    alike.set(key, [...(alike.get(key) ?? []), refusal]);
  }
  return [
    `${report.stack} cannot be planned`,
    ...[...alike.values()].map((refusals) => refusalLines(refusals, several).join("\n")),
  ].join("\n\n");
}

function refusalLines(refusals: readonly Infeasible[], several: ReadonlySet<string>): readonly string[] {
  const [first] = refusals;
  if (first === undefined) return [];
  const { field, asked, unit, limit, alternatives } = first;
  // What is asked of the time is asked of the whole system, whichever Part stands first in it.
  const ofTime = unit === "share of time";
  const [name = ""] = partNames(
    refusals.map(({ part }) => part),
    several,
  );
  const needs = ofTime
    ? `${objective(asked)} of the time is asked (${field})`
    : `${name} needs ${precise(asked)} ${unit} (${field})`;
  const most = ofTime ? nines(1 - limit.value) : precise(limit.value);
  const allows = `${most} at most: ${limit.name} (${limit.source.title}, ${limit.source.date}; ${limit.raisable ? "can be raised" : "cannot be raised"})`;
  const lines = wrapped(`${needs}; ${allows}`, 98).map((line) => `  ${line}`);
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
