import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";

const root = path.join(__dirname, "..", "..");

export interface Ran {
  readonly output: string;
  readonly errors: string;
  readonly status: number | null;
}

/** Runs the built command line as a user would, without colour and on a fixed day. */
export function nines(args: readonly string[], folder: string = root): Ran {
  const child = spawnSync(process.execPath, [path.join(root, "dist/cli/index.js"), ...args], {
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, NO_COLOR: "1" },
    maxBuffer: 64 * 1024 * 1024,
  });
  return { output: child.stdout, errors: child.stderr, status: child.status };
}

/** Holds text against the golden of that name; `npm run goldens` writes them anew, and a person reads them before they are committed. */
export function expectGolden(name: string, text: string): void {
  const file = path.join(__dirname, "texts", name);
  if (process.env["NINES_GOLDENS"] === "write") {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  const golden = existsSync(file) ? readFileSync(file, "utf8") : `there is no golden ${name}: npm run goldens writes it`;
  expect(text).toBe(golden);
}
