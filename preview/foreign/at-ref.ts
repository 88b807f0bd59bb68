import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, mkdirSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { Problem } from "../problem";
import { commitOf } from "../stack-folder";

/**
 * A project as a commit has it, in a temporary folder: its repository's files, and today's node_modules wherever the working tree has them.
 * @returns the project's folder there; remove ends it
 * @throws Problem where the commit, or the project in it, is not there
 */
export function projectAtRef(root: string, ref: string): { readonly root: string; readonly remove: () => void } {
  const commit = commitOf(root, ref);
  const top = git(root, ["rev-parse", "--show-toplevel"]).toString().trim();
  const within = relative(top, realpathSync(root));
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "nines-ref-")));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  // Should the process end before its caller is done with it.
  process.once("exit", remove);
  try {
    // The whole repository: a program may import what lies beside its project.
    const archive = git(top, ["archive", "--format=tar", commit]);
    execFileSync("tar", ["-x", "-C", folder], { input: archive, stdio: ["pipe", "ignore", "ignore"] });
    const project = join(folder, within);
    if (!existsSync(join(project, "Pulumi.yaml")))
      throw new Problem(
        `${ref} has no Pulumi.yaml in ${within === "" ? "its root" : within}, so there is nothing to compare with`,
      );
    for (let here = within; ; here = dirname(here)) {
      link(join(top, here), join(folder, here));
      if (here === "" || here === ".") break;
    }
    return { root: project, remove };
  } catch (error) {
    remove();
    throw error;
  }
}

function link(from: string, to: string): void {
  const modules = join(from, "node_modules");
  if (!existsSync(modules) || existsSync(join(to, "node_modules"))) return;
  mkdirSync(to, { recursive: true });
  symlinkSync(modules, join(to, "node_modules"));
}

function git(folder: string, args: readonly string[]): Buffer {
  return execFileSync("git", ["-C", folder, ...args], {
    stdio: ["ignore", "pipe", "ignore"],
    maxBuffer: 1024 * 1024 * 1024,
  });
}
