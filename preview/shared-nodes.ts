import { numberAt, type Range, type Report, type ReportedNodes } from "../model";
import { builtPart } from "./built-parts";
import { figure, range, usd } from "./figures";
import { hanging } from "./layout";
import { workloadOf } from "./words";

/** Who needs how much of nodes that several systems share, and what they would need apart; nothing where each has its own. */
export function sharedNodeLines(report: Report, indent: number): readonly string[] {
  return (report.sharedNodes ?? []).flatMap((shared) => hanging("  shared", textOf(shared, report), indent));
}

function textOf({ part, among }: ReportedNodes, report: Report): string {
  const pool = builtPart(report, part);
  const min = (pool && numberAt(pool, "scaling", "min")) ?? 0;
  const nodes = nodesOf({ min, max: (pool && numberAt(pool, "scaling", "max")) ?? min });
  const sum = (end: "min" | "max"): number => among.reduce((all, { alone }) => all + alone[end], 0);
  const each = among.map(({ system, alone, perMonthUsd }) => {
    const pays = perMonthUsd === null ? "" : `, pays ${usd(perMonthUsd.expected)}`;
    return `${system} ${nodesOf(alone)}${pays}`;
  });
  const apart = nodesOf({ min: sum("min"), max: sum("max") });
  return `${nodes} ${workloadOf(part)} for ${figure(among.length)} systems, which would need ${apart} apart: ${each.join("; ")}`;
}

function nodesOf({ min, max }: Pick<Range, "min" | "max">): string {
  return range({ min, expected: min, max });
}
