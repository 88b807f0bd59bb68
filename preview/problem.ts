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
  const line = (message.split("\n").find((each) => each.trim() !== "") ?? "no reason given").trim();
  // Node's own code, call and path around the system's words: the sentence says the path already.
  return line.replace(/^E[A-Z]+: (.+), [a-z]+( '.*')?$/, "$1");
}
