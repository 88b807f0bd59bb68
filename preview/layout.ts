import { oneLine } from "../model/visible";

/** Columns that a screen of text may use. */
export const COLUMNS = 100;

/**
 * Breaks text at spaces so that each line fits `width`; a word that is longer is cut, so that the width always holds.
 * Runs of spaces inside a line stay: they set things apart. An end of a line inside the text is a value's own, and is shown as its escape.
 */
export function wrapped(given: string, width: number): readonly string[] {
  const text = oneLine(given);
  const lines: string[] = [];
  let line = "";
  for (const [, gap = "", word = ""] of text.matchAll(/( *)([^ ]+)/g)) {
    pieces(word, width).forEach((piece, index) => {
      const between = line === "" ? "" : index === 0 ? gap : " ";
      if (line !== "" && line.length + between.length + piece.length > width) {
        lines.push(line);
        line = piece;
      } else {
        line += between + piece;
      }
    });
  }
  if (line !== "" || lines.length === 0) lines.push(line);
  return lines;
}

function pieces(word: string, width: number): readonly string[] {
  if (word.length <= width) return [word];
  return Array.from({ length: Math.ceil(word.length / width) }, (_, index) =>
    word.slice(index * width, (index + 1) * width),
  );
}

/** Least columns that text beside a lead may have; a lead that leaves fewer gets lines of its own. */
const BESIDE = 24;

/** A lead once, the text beside it, further lines under the text. The lead pads to `indent`. */
export function hanging(word: string, text: string, indent: number, columns: number = COLUMNS): readonly string[] {
  const lead = oneLine(word);
  const first = lead.length >= indent ? `${lead} ` : lead.padEnd(indent);
  if (columns - first.length < Math.min(BESIDE, columns / 2)) {
    const under = Math.min(indent, Math.floor(columns / 4));
    const margin = " ".repeat(Math.min(under, lead.length - lead.trimStart().length));
    const leads = wrapped(lead, columns - margin.length).map((line) => margin + line);
    return [...leads, ...wrapped(text, columns - under).map((line) => " ".repeat(under) + line)];
  }
  return wrapped(text, columns - first.length).map((line, index) =>
    `${index === 0 ? first : " ".repeat(first.length)}${line}`.trimEnd(),
  );
}

/** Two texts at the two ends of a line; one under the other where they do not fit. */
export function ends(start: string, end: string, columns: number = COLUMNS): readonly string[] {
  const [left, right] = [oneLine(start), oneLine(end)];
  if (right === "") return wrapped(left, columns);
  const gap = columns - left.length - right.length;
  if (gap >= 2) return [left + " ".repeat(gap) + right];
  return [...wrapped(left, columns), ...wrapped(right, columns - 2).map((line) => `  ${line}`)];
}

/** Rows as columns, two spaces between; columns named in `right` are set flush right. The last column is not padded. */
export function columnsOf(cells: readonly (readonly string[])[], right: readonly number[] = []): readonly string[] {
  const rows = cells.map((row) => row.map(oneLine));
  const widths: number[] = [];
  for (const row of rows) row.forEach((cell, index) => (widths[index] = Math.max(widths[index] ?? 0, cell.length)));
  return rows.map((row) =>
    row
      .map((cell, index) =>
        right.includes(index) ? cell.padStart(widths[index] ?? 0) : cell.padEnd(widths[index] ?? 0),
      )
      .join("  ")
      .trimEnd(),
  );
}

/** Widest that the columns before the last may be together. */
const HEADS = 74;

/** Columns whose last cell wraps under itself; where they are too wide together, all but the first cell wrap as one. */
export function hangingTable(rows: readonly (readonly string[])[], right: readonly number[] = []): readonly string[] {
  const heads = columnsOf(
    rows.map((row) => [...row.slice(0, -1), ""]),
    right,
  );
  const widest = Math.max(0, ...heads.map((head) => head.length));
  if (widest <= HEADS) return rows.flatMap((row, index) => hanging(heads[index] ?? "", row.at(-1) ?? "", widest + 2));
  const first = Math.min(40, Math.max(0, ...rows.map((row) => (row[0] ?? "").length))) + 2;
  return rows.flatMap(([lead = "", ...cells]) => hanging(lead, cells.filter((cell) => cell !== "").join("   "), first));
}
