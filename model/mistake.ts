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
        .map((mistake) => `${mistake.key}: got ${show(mistake.given)}; ${mistake.allowed}; ${mistake.fix}`)
        .join("\n"),
    );
    this.name = "MistakesError";
  }
}

/** A given value as text, short. */
export function show(given: unknown): string {
  if (given === undefined) return "nothing";
  const text = typeof given === "string" ? given : JSON.stringify(given);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

/** All mistakes as text for a person. where: `stack embedding-prod`. */
export function describeMistakes(where: string, mistakes: readonly Mistake[]): string {
  const lines = mistakes.map(
    (mistake) => `  ${mistake.key}   got ${show(mistake.given)}\n    ${mistake.allowed}\n    ${mistake.fix}`,
  );
  return `${mistakes.length} ${mistakes.length === 1 ? "mistake" : "mistakes"} in ${where}\n${lines.join("\n")}`;
}
