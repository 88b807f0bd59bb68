/**
 * The JSON object in a text: the whole of it, or what stands between lines of chatter (`pulumi preview --json` may print what an
 * installation says before the document, and a warning after it).
 * @returns undefined where there is none
 */
export function jsonIn(text: string): unknown {
  const whole = parsed(text);
  if (whole !== undefined) return whole;
  const lines = text.split(/\r?\n/);
  const last = lines.findLastIndex((line) => line.trimEnd().endsWith("}"));
  for (const [index, line] of lines.entries()) {
    if (!line.startsWith("{")) continue;
    // A document that is printed over many lines ends with the first brace that stands alone, or with the last one.
    const alone = lines.findIndex((each, at) => at > index && each.trimEnd() === "}");
    for (const end of new Set([alone, last, index])) {
      const found = end < index ? undefined : parsed(lines.slice(index, end + 1).join("\n"));
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A file's text. PowerShell's `>` writes UTF-16; a mark at the start says so. */
export function textOfFile(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return bytes.toString("utf16le").replace(/^\uFEFF/, "");
  return bytes.toString("utf8").replace(/^\uFEFF/, "");
}
