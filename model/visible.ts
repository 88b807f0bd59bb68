/** What a terminal obeys instead of showing it: control characters, and those that turn the direction of writing. */
const OBEYED = /(?!\n)[\p{Cc}\u2028-\u202e\u2066-\u2069]/gu;

/** A text of which a terminal shows every character: what it would obey is written as its escape. Ends of lines stay. */
export function visible(text: string): string {
  return text.replace(OBEYED, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** One line of it: an end of a line inside a value is written as its escape, too, so that no value passes for a line of ours. */
export function oneLine(text: string): string {
  return visible(text.replaceAll("\n", "\\n"));
}
