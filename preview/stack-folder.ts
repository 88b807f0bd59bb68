import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { Problem } from "./problem";

/** Where what is asked is kept. */
export const STACKS = "stacks";

/** The stacks/ of a project: as it lies on disk, or as a commit has it. Paths are relative to the project, with `/`. */
export interface StackFolder {
  /** Absolute path of the project. */
  readonly root: string;
  /** Files below stacks/, sorted. */
  readonly files: readonly string[];
  /** Text of one of them; undefined where there is none. */
  read(path: string): string | undefined;
}

export function folderOnDisk(root: string): StackFolder {
  const files: string[] = [];
  const visit = (folder: string): void => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory() && entry.name !== "node_modules") visit(path);
      else if (entry.isFile()) files.push(relative(root, path).split(sep).join("/"));
    }
  };
  try {
    visit(join(root, STACKS));
  } catch {
    throw new Problem(`${root} has no ${STACKS}/ folder`);
  }
  const known = new Set(files);
  return {
    root,
    files: files.sort(),
    read: (path) => (known.has(path) ? readFileSync(join(root, path), "utf8") : undefined),
  };
}

/** Held in memory: nothing is checked out and nothing is left behind. A commit without stacks/ has no files of it. */
export function folderAtRef(root: string, ref: string): StackFolder {
  const commit = commitOf(root, ref);
  const files = git(root, ["ls-tree", "-r", "-z", "--name-only", commit, "--", `${STACKS}/`])
    .split("\0")
    .filter((path) => path !== "")
    .sort();
  const known = new Set(files);
  const texts = new Map<string, string>();
  return {
    root,
    files,
    read(path) {
      if (!known.has(path)) return undefined;
      const text = texts.get(path) ?? git(root, ["cat-file", "blob", `${commit}:./${path}`]);
      texts.set(path, text);
      return text;
    },
  };
}

export function commitOf(root: string, ref: string): string {
  try {
    git(root, ["rev-parse", "--git-dir"]);
  } catch (error) {
    if (isMissingProgram(error))
      throw new Problem(`git is not installed, so ${ref} cannot be read; --against also takes a file`);
    throw new Problem(`${root} is in no git repository, so ${ref} cannot be read; --against also takes a file`);
  }
  try {
    return git(root, ["rev-parse", "--verify", "--quiet", "--end-of-options", `${ref}^{commit}`]).trim();
  } catch {
    if (git(root, ["rev-parse", "--is-shallow-repository"]).trim() === "true") {
      throw new Problem(
        `this is a shallow clone without ${ref}: fetch more of it (git fetch --unshallow; fetch-depth: 0 in GitHub Actions)`,
      );
    }
    throw new Problem(`${ref} is neither a file nor a ref of this repository`);
  }
}

function git(root: string, args: readonly string[]): string {
  return execFileSync("git", ["-C", root, ...args], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
    maxBuffer: 64 * 1024 * 1024,
  });
}

function isMissingProgram(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}
