import { asWritten, printable, withoutCiphertext, type Mistake, type Path, type Respelt } from "../model";

/** Where a mistake can stand: the stack's YAML, or the file of its system or environment. */
export type Place = "yaml" | "system" | "environment";

/** What is being asked, by name; it makes the keys and files of mistakes. */
export interface Asker {
  readonly stack: string;
  /** The YAML, relative to the project. */
  readonly file: string;
  readonly system: string;
  readonly environment: string;
  /** Line and column of a key of the YAML, where somebody knows them. */
  readonly locate?: ((key: string) => { readonly line?: number; readonly column?: number } | undefined) | undefined;
}

/** Collects mistakes. The first of a key stands; one about a value that was refused already, or about what holds or is held by it, is dropped. */
export interface MistakeList {
  add(place: Place, path: Path, given: unknown, allowed: string, fix: string): void;
  /** As add, of a name that is a key: it stands beside what is wrong with what it holds. */
  addName(place: Place, path: Path, given: unknown, allowed: string, fix: string): void;
  /** From now on paths are in the spelling that was meant; they are told as they were written. */
  respell(place: Place, respelt: readonly Respelt[]): void;
  readonly mistakes: readonly Mistake[];
  /** From now on a mistake about what was refused before is dropped. */
  seal(): void;
}

/** A path as a user writes it: `load.requestsPerSecond.peak`, `waivers[0].until`. */
export function written(path: Path): string {
  return path.map((step, index) => (typeof step === "number" ? `[${step}]` : index === 0 ? step : `.${step}`)).join("");
}

export function mistakeList(asker: Asker): MistakeList {
  const found: Mistake[] = [];
  let sealed: readonly string[] = [];
  const respelt = new Map<Place, readonly Respelt[]>();
  const add = (place: Place, meant: Path, given: unknown, allowed: string, fix: string, ofName: boolean): void => {
    const path = asWritten(meant, respelt.get(place) ?? []);
    const { file, key } = addressed(asker, place, path);
    const self = `${file} ${key}`;
    const same = found.filter((mistake) => mistake.file === file && mistake.key === key);
    // Of a key that is misspelt its value may be wrong as well.
    if (same.some((each) => each.allowed === allowed || (!ofName && !each.allowed.startsWith("unknown key")))) return;
    if (sealed.some((other) => within(self, other) || (!ofName && within(other, self)))) return;
    const at = place === "yaml" ? (asker.locate?.(key) ?? {}) : {};
    found.push({
      stack: asker.stack,
      file,
      ...(at.line === undefined ? {} : { line: at.line }),
      ...(at.column === undefined ? {} : { column: at.column }),
      key: withoutCiphertext(key),
      given: path.includes("secure") ? printable({ secure: given }) : printable(given),
      allowed: withoutCiphertext(allowed),
      fix: withoutCiphertext(fix),
    });
  };
  return {
    mistakes: found,
    seal() {
      // A key that was put right is checked further, by what it holds.
      const right = [...respelt].flatMap(([place, each]) =>
        each.map(({ path }) => {
          const { file, key } = addressed(asker, place, asWritten(path, each));
          return `${file} ${key}`;
        }),
      );
      sealed = found.map(({ file, key }) => `${file} ${key}`).filter((each) => !right.includes(each));
    },
    add: (place, path, given, allowed, fix) => add(place, path, given, allowed, fix, false),
    addName: (place, path, given, allowed, fix) => add(place, path, given, allowed, fix, true),
    respell: (place, each) => respelt.set(place, each),
  };
}

const within = (inner: string, outer: string): boolean =>
  inner.startsWith(outer) && /^[.[]/.test(inner.slice(outer.length));

function addressed(asker: Asker, place: Place, path: Path): { readonly file: string; readonly key: string } {
  if (place === "yaml") return { file: asker.file, key: `nines:${written(path)}` };
  const folder = place === "system" ? "systems" : "environments";
  const name = asker[place];
  return { file: `stacks/${folder}/${name}.ts`, key: written([folder, name, ...path]) };
}
