import { oneLine, visible } from "../model/visible";
import { coloured } from "../preview/colour";

/** Writes a screen to standard output, coloured only for a person: on a terminal, without NO_COLOR (no-color.org). */
export function print(text: string): void {
  const noColour = process.env["NO_COLOR"] ?? "";
  const colour = process.stdout.isTTY && noColour === "" && process.env["TERM"] !== "dumb";
  const shown = visible(text);
  process.stdout.write(`${colour ? coloured(shown) : shown}\n`);
}

/** Writes data to standard output as it is. */
export function printRaw(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** What a program prints must not end up between our lines, least of all in JSON. */
export function keepStandardOutput(): void {
  const aside = (...words: readonly unknown[]): void => console.error(...words);
  console.log = aside;
  console.info = aside;
}

/** Says on the error stream what takes so long, once a second has passed. */
export function progress(): (doing: string) => void {
  const started = Date.now();
  let doing = "";
  let told = "";
  const tell = (): void => {
    if (doing !== told) process.stderr.write(`${oneLine(doing)} ...\n`);
    told = doing;
  };
  setTimeout(tell, 1000).unref();
  return (next) => {
    doing = next;
    if (Date.now() - started > 1000) tell();
  };
}
