/** Something that a person must change before a preview can go on: one plain sentence, no stack trace. */
export class Problem extends Error {
  constructor(message: string) {
    super(message);
    this.name = "Problem";
  }
}

/** The first line of whatever was thrown, for a sentence. */
export function firstLine(error: unknown): string {
  // Not instanceof: what a program throws may come from another realm.
  const message =
    typeof error === "object" && error !== null && "message" in error ? String(error.message) : String(error);
  return (message.split("\n").find((line) => line.trim() !== "") ?? "no reason given").trim();
}
