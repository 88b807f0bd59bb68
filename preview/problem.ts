import { figure } from "./figures";

/** Something that a person must change before a preview can go on: one plain sentence, no stack trace. */
export class Problem extends Error {
  /** @param ends exit code by its name, where it is all that went wrong */
  constructor(
    message: string,
    readonly ends: "error" | "infeasible" = "error",
  ) {
    super(message);
    this.name = "Problem";
  }
}

/** Of somebody else's message, in characters: more is no help to a person. */
const KEPT = 2000;

/** Somebody else's message without its further end; it says how much that is. */
export function shortened(message: string): string {
  if (message.length <= KEPT) return message;
  return `${message.slice(0, KEPT)} ... (${figure(message.length - KEPT)} more characters left out)`;
}

/** The first line of whatever was thrown, for a sentence. */
export function firstLine(error: unknown): string {
  // Not instanceof: what a program throws may come from another realm.
  const message =
    typeof error === "object" && error !== null && "message" in error ? String(error.message) : String(error);
  const line = (message.split("\n").find((each) => each.trim() !== "") ?? "no reason given").trim().replace(/:$/, "");
  // Node's own code, call and path around the system's words: the sentence says the path already.
  return shortened(line.replace(/^E[A-Z]+: (.+), [a-z]+( '.*')?$/, "$1"));
}
