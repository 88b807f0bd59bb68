import { createRequire, Module } from "node:module";
import { join } from "node:path";

/**
 * What the SDK loads at start and a recording never uses: a package manager, to find what a closure needs, a compiler, to serialise one, and
 * what drives the engine from a program. The first two are two thirds of the SDK's load (0.42 s of which 0.29 s, measured with SDK 3.248 on Node 20), the third a fifth of the rest.
 */
const UNUSED = ["@npmcli/arborist", "typescript", "./automation"] as const;

/** A program in TypeScript is compiled when it is loaded. */
const COMPILER = "typescript";

/**
 * Puts modules that the SDK requires at start off until something of them is asked for; call it before the SDK is loaded. A module that is not
 * there, or is loaded already, is left alone: the SDK then loads as it always does.
 * @param of The SDK's folder, where it is another program's; and whether that program's own files are compiled as they are loaded.
 * @returns the names that are put off
 */
export function deferUnusedModules(of: { readonly sdk?: string; readonly compiles?: boolean } = {}): readonly string[] {
  const sdk = sdkRequire(of.sdk);
  if (sdk === undefined) return [];
  return UNUSED.filter((name) => !(of.compiles === true && name === COMPILER) && defer(name, sdk));
}

function sdkRequire(folder: string | undefined): NodeJS.Require | undefined {
  try {
    if (folder !== undefined) return createRequire(join(folder, "package.json"));
    return createRequire(createRequire(__filename).resolve("@pulumi/pulumi/package.json"));
  } catch {
    return undefined;
  }
}

/**
 * Makes the library that checks what is asked ready for a process that checks it a few times; call it before anything of that is loaded. The words of its
 * fifty languages are never asked for, and a check that is compiled first takes three times as long, the first time (57 ms of which 20, zod 4.6 on Node 20).
 */
export async function checkFewTimes(): Promise<void> {
  defer("zod/v4/locales", createRequire(__filename));
  const { config } = await import("zod");
  config({ jitless: true });
}

/** @param by Whose module of that name it is. */
function defer(name: string, by: NodeJS.Require): boolean {
  let path: string;
  try {
    path = by.resolve(name);
  } catch {
    return false;
  }
  if (by.cache[path] !== undefined) return false;
  let real: object | undefined;
  const load = (): object => {
    if (real === undefined) {
      Reflect.deleteProperty(by.cache, path);
      real = by(name) as object;
    }
    return real;
  };
  const placeholder = new Module(path);
  placeholder.filename = path;
  placeholder.loaded = true;
  placeholder.exports = new Proxy(
    {},
    {
      // Whoever imports it asks this first; the answer needs no load, and saves a copy.
      get: (_, key) => (key === "__esModule" ? true : (Reflect.get(load(), key) as unknown)),
      has: (_, key) => Reflect.has(load(), key),
      ownKeys: () => Reflect.ownKeys(load()),
      getOwnPropertyDescriptor: (_, key) => {
        const found = Reflect.getOwnPropertyDescriptor(load(), key);
        return found && { ...found, configurable: true };
      },
    },
  );
  by.cache[path] = placeholder;
  return true;
}
