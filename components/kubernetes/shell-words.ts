/** Variables of a POSIX shell, a line each, whatever their values hold. */
export function shellWords(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}='${String(value).replaceAll("'", `'\\''`)}'\n`)
    .join("");
}
