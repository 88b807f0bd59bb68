import { rangesTogether, type Cost, type CostLine, type PartKey, type Range } from "../model";

/** A bill in two: of that Part alone, and of all the others. Whether either is partial the whole says. */
export function costApart(cost: Cost, part: PartKey): { readonly of: Cost; readonly rest: Cost } {
  const half = (belongs: (key: PartKey) => boolean): Cost => {
    const lines = cost.lines.filter((line) => belongs(line.part));
    const unpriced = cost.unpriced.filter((each) => belongs(each.part));
    const beside = (cost.beside ?? []).filter((each) => belongs(each.part));
    const partial = cost.partial && unpriced.length > 0;
    return { perMonthUsd: sumOf(lines), partial, lines, unpriced, ...(beside.length === 0 ? {} : { beside }) };
  };
  return { of: half((key) => key === part), rest: { ...half((key) => key !== part), partial: cost.partial } };
}

/** What of a bill falls to one of several that share it, 0 to 1; what has no price has none for any of them. */
export function costShare(cost: Cost, share: Pick<Range, "min" | "max">): Cost {
  const of = ({ min, expected, max }: Range): Range => ({
    min: min * share.min,
    expected: expected * share.min,
    max: max * share.max,
  });
  const lines = cost.lines.map((line) => ({ ...line, quantity: of(line.quantity), perMonthUsd: of(line.perMonthUsd) }));
  return { ...cost, perMonthUsd: sumOf(lines), lines };
}

/** Two bills as one. */
export function costsTogether(a: Cost, b: Cost): Cost {
  const beside = [...(a.beside ?? []), ...(b.beside ?? [])];
  return {
    perMonthUsd: rangesTogether(a.perMonthUsd, b.perMonthUsd),
    partial: a.partial || b.partial,
    lines: [...a.lines, ...b.lines],
    unpriced: [...a.unpriced, ...b.unpriced],
    ...(beside.length === 0 ? {} : { beside }),
  };
}

function sumOf(lines: readonly CostLine[]): Range {
  return lines.reduce<Range>((sum, { perMonthUsd }) => rangesTogether(sum, perMonthUsd), {
    min: 0,
    expected: 0,
    max: 0,
  });
}
