import { execFileSync, spawnSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Reports } from "../../model";

const repository = join(__dirname, "..", "..");
/** The day that every run judges by. */
export const asOf = ["--as-of", "2026-11-21"] as const;

export interface Ran {
  readonly output: string;
  readonly errors: string;
  readonly status: number | null;
}

/** A folder with the repository's own stacks/, where tests may change what is asked; the library is the repository's dist/. */
export interface AProject {
  readonly root: string;
  /** Where the runs may put temporary files: nothing may be left in it. */
  readonly temporary: string;
  write(file: string, text: string): void;
  read(file: string): string;
  remove(file: string): void;
  /** Replaces text that must be there. */
  edit(file: string, from: string | RegExp, to: string): void;
  /** A stack like prod's with lines of its YAML replaced or added. */
  stack(
    name: string,
    change?: {
      readonly environment?: string;
      readonly system?: string;
      readonly yaml?: string;
      readonly from?: RegExp;
      readonly to?: string;
    },
  ): void;
  git(...args: readonly string[]): string;
  commit(): void;
  nines(...args: readonly string[]): Ran;
  delete(): void;
}

const PROD = "stacks/Pulumi.embedding-prod.yaml";

export function aProject(): AProject {
  const base = realpathSync(mkdtempSync(join(tmpdir(), "nines-project-")));
  const root = join(base, "project");
  const temporary = join(base, "tmp");
  mkdirSync(temporary);
  cpSync(join(repository, "stacks"), join(root, "stacks"), { recursive: true });
  cpSync(join(repository, "Pulumi.yaml"), join(root, "Pulumi.yaml"));
  writeFileSync(join(root, "package.json"), '{ "name": "nines", "private": true }\n');
  writeFileSync(join(root, ".gitignore"), "node_modules\n");
  symlinkSync(join(repository, "node_modules"), join(root, "node_modules"));

  const project: AProject = {
    root,
    temporary,
    write(file, text) {
      mkdirSync(dirname(join(root, file)), { recursive: true });
      writeFileSync(join(root, file), text);
    },
    read: (file) => readFileSync(join(root, file), "utf8"),
    remove: (file) => rmSync(join(root, file), { recursive: true }),
    edit(file, from, to) {
      const text = project.read(file);
      const edited = text.replace(from, to);
      if (edited === text) throw new Error(`${file} has no ${String(from)}`);
      project.write(file, edited);
    },
    stack(name, { environment = "prod", system = "embedding", yaml = "", from, to = "" } = {}) {
      let text = readFileSync(join(repository, PROD), "utf8")
        .replace("nines:environment: prod", `nines:environment: ${environment}`)
        .replace("nines:system: embedding", `nines:system: ${system}`);
      if (from !== undefined) {
        if (!from.test(text)) throw new Error(`${PROD} has no ${String(from)}`);
        text = text.replace(from, to);
      }
      project.write(`stacks/Pulumi.${name}.yaml`, text + yaml);
    },
    git: (...args) => git(root, args),
    commit() {
      project.git("add", "--all");
      project.git("commit", "--quiet", "--allow-empty", "--message", "as it is");
    },
    nines: (...args) => nines(args, root, temporary),
    delete: () => rmSync(base, { recursive: true, force: true }),
  };
  return project;
}

/** Of nobody's configuration but ours. */
export function git(folder: string, args: readonly string[]): string {
  return execFileSync("git", ["-C", folder, "-c", "user.name=a", "-c", "user.email=a@example.com", ...args], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_SYSTEM: "/dev/null" },
  });
}

/** Runs the built command line, and holds what is true of every run: no stack trace, no colour, nothing left behind. */
export function nines(
  args: readonly string[],
  folder: string,
  temporary: string,
  cli = join(repository, "dist/cli/index.js"),
): Ran {
  const child = spawnSync(process.execPath, [cli, ...args], {
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, NO_COLOR: "", TMPDIR: temporary },
    maxBuffer: 64 * 1024 * 1024,
  });
  const ran = { output: child.stdout, errors: child.stderr, status: child.status };
  const all = `${ran.output}\n${ran.errors}`;
  expect(all).not.toMatch(/^ {4}at /m);
  expect(all).not.toContain("\u001b");
  expect(all).not.toMatch(/undefined|\[object |NaN/);
  expect(readdirSync(temporary)).toEqual([]);
  return ran;
}

/** What stands on the error stream besides progress. */
export function complaints({ errors }: Ran): string {
  return errors
    .split("\n")
    .filter((line) => !line.endsWith(" ..."))
    .join("\n")
    .trim();
}

export function reportsOf(ran: Ran): Reports {
  return JSON.parse(ran.output) as Reports;
}
