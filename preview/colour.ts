/** Colours a finished screen line by line, so that its layout never depends on a terminal. */
export function coloured(text: string): string {
  return text
    .split("\n")
    .map((line) => {
      if (/^ {2}FAIL /.test(line) || / cannot be planned$/.test(line)) return paint(RED, line);
      if (/^ {2}(advice|open|differs|conflict|unread|waived) /.test(line)) return paint(YELLOW, line);
      if (/^ {10}fix: /.test(line)) return paint(GREEN, line);
      if (/^\S/.test(line)) return paint(BOLD, line);
      return line.replace(
        /^( {2})([a-z]+)( {2,})/,
        (_, start: string, word: string, gap: string) => start + paint(DIM, word) + gap,
      );
    })
    .join("\n");
}

// Select Graphic Rendition codes of ECMA-48: [on, off].
const BOLD = [1, 22] as const;
const DIM = [2, 22] as const;
const RED = [31, 39] as const;
const GREEN = [32, 39] as const;
const YELLOW = [33, 39] as const;

function paint([on, off]: readonly [number, number], text: string): string {
  return text === "" ? text : `\u001b[${on}m${text}\u001b[${off}m`;
}
