import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";

export const root = path.join(__dirname, "..", "..");

/** What would be published, as the registry would hand it out: packed once, unpacked where it is installed. */
export interface Packed {
  /** Relative to the package, sorted. */
  readonly files: readonly string[];
  /** Into a project's folder: the package, of the rest of node_modules what `wants` lets in, and single packages of a scope. */
  readonly install: (folder: string, wants?: (name: string) => boolean, scoped?: readonly string[]) => void;
  readonly temporary: string;
  readonly remove: () => void;
}

/** Needs a built dist/. */
export function packed(): Packed {
  const temporary = mkdtempSync(path.join(tmpdir(), "nines-pack-"));
  const folder = path.join(temporary, "package");
  execFileSync(process.execPath, [path.join(root, "scripts/pack.js"), folder]);
  const told = execFileSync("npm", ["pack", folder, "--json", "--pack-destination", temporary, "--offline"], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
  const [tarball] = JSON.parse(told) as readonly {
    readonly filename: string;
    readonly files: readonly { readonly path: string }[];
  }[];
  if (tarball === undefined) throw new Error("npm pack made nothing");
  rmSync(folder, { recursive: true });
  return {
    files: tarball.files.map((file) => file.path).sort(),
    temporary,
    install(project, wants = () => true, scoped = []) {
      const modules = path.join(project, "node_modules");
      mkdirSync(modules, { recursive: true });
      execFileSync("tar", ["-xzf", path.join(temporary, tarball.filename), "-C", modules]);
      renameSync(path.join(modules, "package"), path.join(modules, "nines"));
      for (const name of readdirSync(path.join(root, "node_modules"))) {
        if (name === "nines" || name.startsWith(".") || !wants(name)) continue;
        symlinkSync(path.join(root, "node_modules", name), path.join(modules, name));
      }
      for (const name of scoped) {
        mkdirSync(path.dirname(path.join(modules, name)), { recursive: true });
        symlinkSync(path.join(root, "node_modules", name), path.join(modules, name));
      }
    },
    remove: () => rmSync(temporary, { recursive: true, force: true }),
  };
}

/** Runs a program of a project; what it printed and how it ended. */
export function run(
  project: string,
  command: string,
  args: readonly string[],
): { readonly code: number; readonly stdout: string; readonly stderr: string } {
  try {
    const stdout = execFileSync(command, args, { cwd: project, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
    return { code: 0, stdout, stderr: "" };
  } catch (error) {
    const { status, stdout, stderr } = error as {
      readonly status: number;
      readonly stdout: string;
      readonly stderr: string;
    };
    return { code: status, stdout, stderr };
  }
}

/** The command line as the project installed it. */
export function nines(project: string, ...args: readonly string[]): ReturnType<typeof run> {
  return run(project, process.execPath, [path.join(project, "node_modules/nines/cli/index.js"), ...args]);
}

/** The compiler as the project installed it. */
export function tsc(project: string, ...args: readonly string[]): ReturnType<typeof run> {
  return run(project, process.execPath, [path.join(root, "node_modules/typescript/bin/tsc"), ...args]);
}
