import { rangesTogether, regionIn, type CostLine, type Range, type Report } from "../model";
import { figure, range, unitUsd, usd } from "./figures";
import { hanging, hangingTable } from "./layout";
import { inSeveralRegions, nothingIsPriced, partName, partNames, workloadOf } from "./words";

/** Lines of one item that cost less than a dollar each are one row where there are more than this. */
const FEW = 3;

/** The bill: what is billed by, how much of it at which price, dearest first; then what has no price. */
export function costLines(report: Report): readonly string[] {
  const { unpriced, perMonthUsd, partial } = report.cost;
  const several = inSeveralRegions(unpriced.map(({ part }) => part));
  const rows = costRows(report.cost.lines)
    .sort((a, b) => b.perMonthUsd.expected - a.perMonthUsd.expected)
    .map((line) => [
      `  ${range(line.perMonthUsd, usd)}`,
      `${line.who}: ${line.item}, ${range(line.quantity, (value) => figure(value, 1))} ${line.unit} x ${unitUsd(line.unitUsd)}${line.usage ? ", from the demand" : ""}, ${line.source.date}, grade ${line.grade}`,
    ]);
  return [
    ...hanging(
      "cost",
      nothingIsPriced(report.cost)
        ? "not known: nothing in it has a price"
        : `${range(perMonthUsd, usd)} USD/month, ${usd(perMonthUsd.expected)} expected${partial ? ", partial" : ""}`,
      8,
    ),
    ...hangingTable(rows, [0]),
    ...unpriced.flatMap((each) =>
      hanging("  unpriced", `${partNames([each.part], several).join()}: ${each.item} (${each.why})`, 12),
    ),
    ...besideText(report).flatMap((text) => hanging("  not in it", text, 12)),
  ];
}

/** What is paid for beside what the bill has: no total has it. Nothing where nothing is. */
export function besideText({ cost }: Report): readonly string[] {
  const items = new Map<string, NonNullable<typeof cost.beside>[number][]>();
  for (const each of cost.beside ?? []) items.set(each.item, [...(items.get(each.item) ?? []), each]);
  return [...items.values()].flatMap((all): readonly string[] => {
    const [first] = all;
    if (first === undefined) return [];
    const prices = new Map<string, Set<string>>();
    for (const { usd: amount, unit, part } of all) {
      const price = amount === null ? "no price known" : `${amount < 10 ? unitUsd(amount) : usd(amount)} USD a ${unit}`;
      prices.set(price, (prices.get(price) ?? new Set()).add(regionIn(part)));
    }
    const said = [...prices].map(([price, regions]) =>
      prices.size > 1 ? `${price} in ${[...regions].join(", ")}` : price,
    );
    return [`${first.item} (${said.join("; ")}): ${first.why}`];
  });
}

type CostRow = CostLine & { readonly who: string };

/** Each line, except that many small ones of one item and price are added up. */
function costRows(lines: readonly CostLine[]): CostRow[] {
  const several = inSeveralRegions(lines.map(({ part }) => part));
  const who = ({ part }: CostLine): string =>
    several.has(partName(part)) ? `${workloadOf(part)} ${regionIn(part)}` : workloadOf(part);
  const groups = new Map<string, CostLine[]>();
  for (const line of lines) {
    const small = line.perMonthUsd.max < 1 ? "" : line.part;
    const key = JSON.stringify([line.item, line.unit, line.unitUsd, line.source, line.usage, small]);
    groups.set(key, [...(groups.get(key) ?? []), line]);
  }
  return [...groups.values()].flatMap((group): CostRow[] => {
    const [first] = group;
    if (first === undefined || group.length <= FEW) return group.map((line) => ({ ...line, who: who(line) }));
    const sum = (of: (line: CostLine) => Range): Range =>
      group.map(of).reduce(rangesTogether, { min: 0, expected: 0, max: 0 });
    const small = `${figure(group.length)} small ones`;
    return [
      { ...first, who: small, quantity: sum((line) => line.quantity), perMonthUsd: sum((line) => line.perMonthUsd) },
    ];
  });
}
