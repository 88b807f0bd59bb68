import { describeMistakes, type Mistake } from "../../model";
import { plain } from "./failure";

/** Components of nines refuse their arguments before anything is deployed: every mistake of each, and each that cannot be planned. */
export class RefusedComponents extends Error {
  constructor(
    readonly mistakes: readonly Omit<Mistake, "stack">[],
    /** What cannot be planned, as it was said: by its limits, with what does plan. */
    readonly infeasible: readonly string[],
  ) {
    const files = [...new Set(mistakes.map(({ file }) => file))];
    const told = files.map((file) =>
      describeMistakes(
        file,
        mistakes.filter((mistake) => mistake.file === file).map((mistake) => ({ ...mistake, stack: "" })),
      ),
    );
    super([...told, ...infeasible].join("\n"));
    this.name = "RefusedComponents";
  }
}

const MISTAKEN = /^\d+ mistakes? in (.+)$/;
/** And below it each limit with what does plan, a line each. */
const UNPLANNABLE = /^.+ cannot be planned$/;
/** A key with what it got, and below it what is allowed and what to do. */
const MISTAKE = /^ {2}(\S.*?) {3}got (.*)$/;

type Said = Pick<RefusedComponents, "mistakes" | "infeasible">;

/** What components of nines in somebody's program had logged as they refused themselves, by the lines that they wrote; undefined where none did. */
export function refusedComponents(logged: readonly string[]): RefusedComponents | undefined {
  // An SDK may tell one error twice.
  const refused = [...new Set(logged)].flatMap((text) => refusedBy(text) ?? []);
  if (refused.length === 0) return undefined;
  return new RefusedComponents(
    refused.flatMap(({ mistakes }) => mistakes),
    refused.flatMap(({ infeasible }) => infeasible),
  );
}

/** One component's; undefined for any other error. */
function refusedBy(logged: string): Said | undefined {
  const [first = "", ...rest] = plain(logged).trimEnd().split("\n");
  if (rest[0]?.startsWith("  ") !== true) return undefined;
  if (UNPLANNABLE.test(first)) return { mistakes: [], infeasible: [[first, ...rest].join("\n")] };
  const file = MISTAKEN.exec(first)?.[1];
  if (file === undefined) return undefined;
  const mistakes = rest.flatMap((line, index): Said["mistakes"] => {
    const [, key, given] = MISTAKE.exec(line) ?? [];
    if (key === undefined || given === undefined) return [];
    const [allowed = "", fix = ""] = rest.slice(index + 1, index + 3).map((each) => each.trim());
    return [{ file, key, given: given === "nothing" ? undefined : given, allowed, fix }];
  });
  return mistakes.length === 0 ? undefined : { mistakes, infeasible: [] };
}
