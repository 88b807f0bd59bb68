import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join, posix, relative, sep } from "node:path";
import type { Environment, System } from "../model";
import { Problem, firstLine } from "./problem";
import { STACKS, type StackFolder } from "./stack-folder";

/** What a project's stacks/ exports. */
export interface Tables {
  readonly systems: Readonly<Record<string, System>>;
  readonly environments: Readonly<Record<string, Environment>>;
  /** What `pulumi up` runs; loaded when it is asked for, since it loads the builders. */
  readonly program: () => () => unknown;
}

/** The compiled library when this runs from dist/, the sources when a test runs them. */
const LIBRARY = join(__dirname, "..");
/** Finds what this file finds, and only when it is asked. */
const own = createRequire(__filename);

/**
 * Loads stacks/ by transpiling it: TypeScript without a compile step, and imports of the library's folders (`../model`) find
 * this very library, whichever commit the folder is of.
 * @throws Problem in a sentence: a file that is missing, does not parse, or throws
 */
export function loadTables(folder: StackFolder): Tables {
  const load = loader(folder);
  const systems = named(load(`${STACKS}/systems/index.ts`), "systems", `${STACKS}/systems/index.ts`);
  const environments = named(
    load(`${STACKS}/environments/index.ts`),
    "environments",
    `${STACKS}/environments/index.ts`,
  );
  return {
    systems: systems as Tables["systems"],
    environments: environments as Tables["environments"],
    program: () => {
      const program = load(`${STACKS}/index.ts`);
      if (typeof program !== "function")
        throw new Problem(`${STACKS}/index.ts must end in: export = () => deploy({ systems, environments });`);
      return program as () => unknown;
    },
  };
}

function named(exports: unknown, name: string, file: string): Readonly<Record<string, unknown>> {
  const table =
    typeof exports === "object" && exports !== null ? (exports as Readonly<Record<string, unknown>>)[name] : undefined;
  if (typeof table !== "object" || table === null) throw new Problem(`${file} exports no table called ${name}`);
  return table as Readonly<Record<string, unknown>>;
}

/** A module loader of its own, so that two commits of one folder stand side by side in one process. */
function loader(folder: StackFolder): (path: string) => unknown {
  const modules = new Map<string, { exports: unknown }>();
  const outside = createRequire(join(folder.root, "package.json"));

  const load = (path: string): unknown => {
    const known = modules.get(path);
    if (known !== undefined) return known.exports;
    const source = folder.read(path);
    if (source === undefined) throw new Problem(`${path} is missing`);
    const module: { exports: unknown } = { exports: {} };
    modules.set(path, module);
    if (path.endsWith(".json")) {
      module.exports = JSON.parse(source) as unknown;
      return module.exports;
    }
    try {
      // As Node wraps a CommonJS module. Of this realm, so that arrays of stacks/ are arrays to the SDK.
      // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the project's own code, as require would run it
      const run = new Function(
        "exports",
        "require",
        "module",
        "__filename",
        "__dirname",
        `${transpiled(folder.root, path, source)}\n//# sourceURL=${join(folder.root, path)}`,
      ) as (...args: readonly unknown[]) => void;
      run(
        module.exports,
        (request: string) => required(path, request),
        module,
        join(folder.root, path),
        join(folder.root, dirname(path)),
      );
    } catch (error) {
      modules.delete(path);
      throw error instanceof Problem ? error : new Problem(`${path} cannot be loaded: ${whyNot(error)}`);
    }
    return module.exports;
  };

  const required = (from: string, request: string): unknown => {
    if (!request.startsWith(".")) return outside(request) as unknown;
    const path = posix.normalize(posix.join(posix.dirname(from), request));
    if (path === STACKS || path.startsWith(`${STACKS}/`)) {
      const stem = path.replace(/\.js$/, "");
      const found = [path, `${stem}.ts`, `${path}.json`, `${path}/index.ts`].find(
        (each) => folder.read(each) !== undefined,
      );
      if (found === undefined) throw new Problem(`${from} imports ${request}, which is not there`);
      return load(found);
    }
    // The library's folders, in dist/ or as sources.
    return own(join(LIBRARY, path)) as unknown;
  };
  return load;
}

/** Goes into the cache's key: a change of how files are transpiled must not find what was cached before. */
const TRANSPILER = "swc commonjs es2022 1";

/** JavaScript of one file, from the cache where this very text was transpiled before: then no compiler is loaded. */
function transpiled(root: string, path: string, source: string): string {
  const cache = join(root, "node_modules", ".cache", "nines", "stacks");
  const kept = join(
    cache,
    `${createHash("sha256").update(TRANSPILER).update("\0").update(path).update("\0").update(source).digest("hex")}.js`,
  );
  try {
    return readFileSync(kept, "utf8");
  } catch {
    // Not there yet.
  }
  const code = compiler()(source, path);
  try {
    mkdirSync(cache, { recursive: true });
    const whole = `${kept}.${process.pid}`;
    writeFileSync(whole, code);
    renameSync(whole, kept);
  } catch {
    // A cache that cannot be written costs time, nothing else.
  }
  return code;
}

function compiler(): (source: string, path: string) => string {
  let swc: typeof import("@swc/core");
  try {
    swc = own("@swc/core") as typeof import("@swc/core");
  } catch {
    throw new Problem(
      "@swc/core is not installed, and stacks/ is TypeScript: run npm ci (or npm install --save-dev @swc/core)",
    );
  }
  return (source, path) => {
    try {
      return swc.transformSync(source, {
        filename: path,
        swcrc: false,
        configFile: false,
        sourceMaps: false,
        jsc: { parser: { syntax: "typescript" }, target: "es2022" },
        module: { type: "commonjs" },
      }).code;
    } catch (error) {
      throw new Problem(`${path} does not parse: ${syntaxError(error)}`);
    }
  };
}

/** The compiler draws a picture of the place: its first words and the line's number are enough. */
function syntaxError(error: unknown): string {
  // eslint-disable-next-line no-control-regex -- terminal colours
  const text = (error instanceof Error ? error.message : String(error)).replaceAll(/\u001b\[[0-9;]*m/g, "");
  const said = text
    .split("\n")
    .map((line) => line.trim().replace(/^[x×]\s*/, ""))
    .find((line) => line !== "");
  const line = /:(\d+):(\d+)\]/.exec(text);
  return line === null ? (said ?? "it is no TypeScript") : `line ${line[1]}: ${said}`;
}

/** Folders of the library that dist/ holds compiled. */
const COMPILED = ["model", "catalog", "capacity", "availability", "components", "cost", "policies", "preview", "cli"];

/**
 * Compiled code must be at least as new as its sources, else the figures would be yesterday's.
 * @throws Problem which says what to run; where no sources lie beside dist/ there is nothing to compare
 */
export function requireFreshBuild(library: string = LIBRARY): void {
  if (basename(library) !== "dist") return;
  const sources = dirname(library);
  const folders = COMPILED.filter((folder) => existsSync(join(sources, folder)));
  // A compiler that finds a file unchanged leaves its output alone: what counts is when it last ran.
  const stamp = statSync(join(library, ".built"), { throwIfNoEntry: false })?.mtimeMs;
  const built =
    stamp ??
    newest(
      folders.map((folder) => join(library, folder)),
      ".js",
    ).time;
  const source = newest(
    folders.map((folder) => join(sources, folder)),
    ".ts",
  );
  if (source.time > built)
    throw new Problem(`${relative(sources, source.path).split(sep).join("/")} is newer than dist/: run npm run build`);
}

function newest(folders: readonly string[], ending: string): { readonly path: string; readonly time: number } {
  let found = { path: "", time: 0 };
  const visit = (folder: string): void => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) visit(path);
      else if (entry.name.endsWith(ending)) {
        const time = statSync(path).mtimeMs;
        if (time > found.time) found = { path, time };
      }
    }
  };
  for (const folder of folders) if (existsSync(folder)) visit(folder);
  return found;
}

/** A package that is not there is most often one that nobody installed yet. */
function whyNot(error: unknown): string {
  const line = firstLine(error);
  return /^Cannot find (module|package) '[^./]/.test(line) ? `${line}: run npm install` : line;
}
