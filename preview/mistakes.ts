import { said, type Mistake } from "../model";
import { counted } from "./figures";
import { hanging } from "./layout";

/** All mistakes, by file and line, each with what to do. */
export function mistakesText(mistakes: readonly Mistake[]): string {
  const files = new Map<string, Mistake[]>();
  for (const mistake of mistakes) {
    const known = files.get(mistake.file);
    if (known) known.push(mistake);
    else files.set(mistake.file, [mistake]);
  }
  return [...files].map(([file, found]) => ofFile(file, found)).join("\n\n");
}

function ofFile(file: string, mistakes: readonly Mistake[]): string {
  const placed = [...mistakes].sort((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0));
  const width = Math.max(...placed.map((mistake) => lead(mistake).length)) + 3;
  return [
    `${counted(placed.length, "mistake")} in ${file}`,
    "",
    ...placed.flatMap((mistake) => {
      const { key, given, allowed, fix } = said(mistake);
      return [
        ...hanging(lead(mistake), `${key}   ${mistake.given === undefined ? "" : `got ${given}`}`, width),
        ...hanging("", [allowed, fix].filter((text) => text !== "").join("; "), width),
      ];
    }),
  ].join("\n");
}

function lead({ line, column }: Mistake): string {
  if (line === undefined) return " ";
  return column === undefined ? `  line ${line}` : `  line ${line}:${column}`;
}
