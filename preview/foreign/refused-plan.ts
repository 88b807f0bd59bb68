import { describeMistakes, type Mistake } from "../../model";
import { Problem } from "../problem";
import { plain } from "./failure";

/** A component of nines refuses its arguments before anything is registered: every mistake. */
export class MistakenArguments extends Error {
  constructor(
    /** `Service "web"`. */
    readonly where: string,
    readonly mistakes: readonly Omit<Mistake, "stack">[],
  ) {
    super(
      describeMistakes(
        where,
        mistakes.map((mistake) => ({ ...mistake, stack: "" })),
      ),
    );
    this.name = "MistakenArguments";
  }
}

const MISTAKEN = /^\d+ mistakes? in (.+)$/;
/** And below it each limit with what does plan, a line each. */
const UNPLANNABLE = /^.+ cannot be planned$/;
/** A key with what it got, and below it what is allowed and what to do. */
const MISTAKE = /^ {2}(\S.*?) {3}got (.*)$/;

/** What a component of nines in somebody's program had logged as it refused itself, by the lines that it wrote; undefined for any other error. */
export function refusedPlan(logged: string): MistakenArguments | Problem | undefined {
  const [first = "", ...rest] = plain(logged).trimEnd().split("\n");
  if (rest[0]?.startsWith("  ") !== true) return undefined;
  if (UNPLANNABLE.test(first)) return new Problem([first, ...rest].join("\n"), "infeasible");
  const where = MISTAKEN.exec(first)?.[1];
  if (where === undefined) return undefined;
  const mistakes = rest.flatMap((line, index): readonly Omit<Mistake, "stack">[] => {
    const [, key, given] = MISTAKE.exec(line) ?? [];
    if (key === undefined || given === undefined) return [];
    const [allowed = "", fix = ""] = rest.slice(index + 1, index + 3).map((each) => each.trim());
    return [{ file: where, key, given: given === "nothing" ? undefined : given, allowed, fix }];
  });
  return mistakes.length === 0 ? undefined : new MistakenArguments(where, mistakes);
}
