import type { Path } from "./secret";

/** A key that was put right: where it stands now, and what was written. */
export interface Respelt {
  readonly path: Path;
  readonly given: string;
}

/** A path as it was written. */
export function asWritten(path: Path, respelt: readonly Respelt[]): Path {
  return path.map((step, index) => {
    const found = respelt.find(
      (each) => each.path.length === index + 1 && each.path.every((own, place) => own === path[place]),
    );
    return found?.given ?? step;
  });
}
