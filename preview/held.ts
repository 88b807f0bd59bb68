/** Letters by which a longer text is found. */
const FIRST = 12;

/**
 * Whether a text holds any of these, somewhere: asked of each setting of a folder about each value of its Secrets, so that nobody may go
 * through them all.
 */
export function holdsAny(held: Iterable<string>): (text: string) => boolean {
  /** By their first letters, and by how many these are. */
  const byLength = new Map<number, Map<string, string[]>>();
  for (const value of held) {
    const first = value.slice(0, FIRST);
    const alike = byLength.get(first.length) ?? new Map<string, string[]>();
    byLength.set(first.length, alike);
    const there = alike.get(first);
    if (there === undefined) alike.set(first, [value]);
    else there.push(value);
  }
  return (text) => {
    for (const [length, alike] of byLength)
      for (let at = 0; at + length <= text.length; at += 1)
        if (alike.get(text.slice(at, at + length))?.some((value) => text.startsWith(value, at)) === true) return true;
    return false;
  };
}
