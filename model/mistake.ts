import { oneLine } from "./visible";

/** One mistake in what was asked: what was given, what is allowed, the likely fix, where. */
export interface Mistake {
  readonly stack: string;
  /** File that holds it, relative to the project. */
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
  readonly key: string;
  readonly given: unknown;
  readonly allowed: string;
  readonly fix: string;
}

/** All mistakes of one stack at once. */
export class MistakesError extends Error {
  constructor(readonly mistakes: readonly Mistake[]) {
    super(
      mistakes
        .map(said)
        .map(({ key, given, allowed, fix }) => `${key}: got ${given}; ${allowed}; ${fix}`)
        .join("\n"),
    );
    this.name = "MistakesError";
  }
}

/** A given value as text, short, on one line. */
export function show(given: unknown): string {
  if (given === undefined) return "nothing";
  const text = oneLine(typeof given === "string" ? given : JSON.stringify(given));
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

/** A mistake as it is printed: what a file holds is shown, never obeyed. */
export function said({
  key,
  given,
  allowed,
  fix,
}: Mistake): Readonly<Record<"key" | "given" | "allowed" | "fix", string>> {
  return { key: oneLine(key), given: show(given), allowed: oneLine(allowed), fix: oneLine(fix) };
}

/** All mistakes as text for a person. where: `stack embedding-prod`. */
export function describeMistakes(where: string, mistakes: readonly Mistake[]): string {
  const lines = mistakes
    .map(said)
    .map(({ key, given, allowed, fix }) => `  ${key}   got ${given}\n    ${allowed}\n    ${fix}`);
  return `${mistakes.length} ${mistakes.length === 1 ? "mistake" : "mistakes"} in ${where}\n${lines.join("\n")}`;
}
