import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import type { Command } from "commander";
import { counted } from "../preview/figures";
import { Problem } from "../preview/problem";
import { finish, say } from "./exit";
import { print } from "./screen";

export function addInit(program: Command): void {
  program
    .command("init")
    .description("write a small project into this folder: a system, an environment, a stack, CI; it previews at once")
    .option("-C, --directory <dir>", "another folder, made where it is not there")
    .action(({ directory }: { readonly directory?: string }) => {
      try {
        const written = writeProject(resolve(directory ?? "."));
        const there = directory === undefined ? "" : `cd ${directory} && `;
        print(
          `${counted(written.length, "file")} written: ${written.join(", ")}\n\n${there}npm install && npx nines preview`,
        );
        finish(0);
      } catch (error) {
        say(error);
        finish(1);
      }
    });
}

/** A file of the project to be, relative to it. */
interface ProjectFile {
  readonly path: string;
  readonly text: string;
}

/** @throws Problem where a file would be overwritten: then none is written */
function writeProject(folder: string): readonly string[] {
  const files = projectFiles(folder);
  const there = files.filter(({ path }) => existsSync(join(folder, path))).map(({ path }) => path);
  if (there.length > 0) {
    const which = there.length === 1 ? "is there already" : "are there already";
    const said = there.length === files.length ? `all ${files.length} files of a project` : there.join(", ");
    throw new Problem(`${said} ${which}: nothing was written; run nines init in an empty folder`);
  }
  for (const { path, text } of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text, { flag: "wx" });
  }
  return files.map(({ path }) => path);
}

function projectFiles(folder: string): readonly ProjectFile[] {
  const templates = join(ownFolder("templates"), "project");
  const words = wordsFor(folder);
  return readdirSync(templates, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((file) => ({
      // npm leaves a .gitignore out of what it publishes.
      path: relative(templates, file)
        .split(sep)
        .join("/")
        .replace(/^gitignore$/, ".gitignore"),
      text: readFileSync(file, "utf8").replaceAll(
        /__([@\w/-]+?)__/g,
        (whole, word: string) => words.get(word) ?? whole,
      ),
    }));
}

/** The folder's name, and the versions that this very library was made with. */
function wordsFor(folder: string): ReadonlyMap<string, string> {
  const manifest = JSON.parse(readFileSync(join(ownFolder("package.json"), "package.json"), "utf8")) as Manifest;
  const name = basename(folder)
    .toLowerCase()
    .replaceAll(/[^a-z0-9-]+/g, "-")
    .replaceAll(/^-+|-+$/g, "");
  return new Map([
    ...Object.entries({ ...manifest.devDependencies, ...manifest.dependencies, ...manifest.peerDependencies }),
    ["name", name === "" ? "services" : name],
    ["nines", `^${manifest.version}`],
  ]);
}

interface Manifest {
  readonly version: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

/** Below the package when it was published, above dist/ when it was not. */
function ownFolder(entry: "templates" | "package.json"): string {
  const above = join(__dirname, "..");
  const root = basename(above) === "dist" ? dirname(above) : above;
  return entry === "templates" ? join(root, entry) : root;
}
