// What it takes to write a stack's objects as files, and to read folders of them.
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { least, taken, type Taken } from "./foreign";
import { writeVaried } from "./varied";

const cli = path.join(__dirname, "../dist/cli/index.js");
const groups = path.join(__dirname, "groups");
/** Objects of one replica group. */
const OBJECTS = 6;

function inFolder<T>(work: (folder: string) => T): T {
  const folder = mkdtempSync(path.join(tmpdir(), "nines-bench-"));
  try {
    return work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function render(folder: string, copies: number, waits: boolean): Taken {
  const config = ["--config", `groups:copies=${copies}`, "--config", `groups:waits=${waits}`];
  return taken([cli, "render", "bench", "-C", groups, "--timeout", "600", "--to", folder, ...config]);
}

/** The least of several runs of `render`; the program yields between groups, or registers all in one loop. */
export function renderedGroups(copies: number, runs: number, waits = true): Taken {
  return inFolder((folder) =>
    least(Array.from({ length: runs }, () => render(path.join(folder, "out"), copies, waits))),
  );
}

/** The least of several runs of `preview --from`: so many objects one a file, or so many MB in files of a hundred groups each. */
export function readManifests(size: { readonly objects: number } | { readonly mb: number }, runs: number): Taken {
  return inFolder((folder) => {
    const source = path.join(folder, "out");
    render(source, "objects" in size ? Math.ceil(size.objects / OBJECTS) : 100, true);
    const read = "objects" in size ? source : multiplied(source, path.join(folder, "large"), size.mb * 1e6);
    return least(Array.from({ length: runs }, () => taken([cli, "preview", "--from", read])));
  });
}

/** The least of several runs of `preview --from` a folder of so many objects, by eighteen for a team. */
export function readVaried(objects: number, spaces: "each its own" | "one", runs: number): Taken {
  return inFolder((folder) => {
    const source = path.join(folder, "varied");
    writeVaried(source, objects, spaces);
    return least(Array.from({ length: runs }, () => taken([cli, "preview", "--from", source])));
  });
}

/** A hundred groups in one file, over and over in namespaces of their own. */
function multiplied(from: string, to: string, bytes: number): string {
  const texts = readdirSync(path.join(from, "shop")).map((file) => readFileSync(path.join(from, "shop", file), "utf8"));
  const whole = texts.join("---\n");
  mkdirSync(to);
  for (let copy = 0; copy * whole.length < bytes; copy += 1)
    writeFileSync(path.join(to, `${copy}.yaml`), whole.replaceAll("namespace: shop", `namespace: shop-${copy}`));
  return to;
}
