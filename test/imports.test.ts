import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { preProcessFile } from "typescript";

const root = resolve(__dirname, "..");
const folders = [
  "model",
  "catalog",
  "availability",
  "cost",
  "capacity",
  "components",
  "policies",
  "preview",
  "cli",
  "stacks",
];

/** Files that each file imports, types among them: what is only a type is read in the same order. */
function importsOf(): ReadonlyMap<string, readonly string[]> {
  const files = folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts"))
      .map((file) => join(folder, file)),
  );
  const found = (from: string, name: string): string[] => {
    const path = relative(root, resolve(root, dirname(from), name));
    return [`${path}.ts`, join(path, "index.ts")].filter((each) => existsSync(join(root, each)));
  };
  return new Map(
    files.map((file) => [
      file,
      preProcessFile(readFileSync(join(root, file), "utf8")).importedFiles.flatMap(({ fileName }) =>
        fileName.startsWith(".") ? found(file, fileName).slice(0, 1) : [],
      ),
    ]),
  );
}

/** One circle of imports, from a file back to itself; undefined: there is none. */
function circleIn(imports: ReadonlyMap<string, readonly string[]>): readonly string[] | undefined {
  const ended = new Set<string>();
  const walk = (file: string, path: readonly string[]): readonly string[] | undefined => {
    const at = path.indexOf(file);
    if (at >= 0) return [...path.slice(at), file];
    if (ended.has(file)) return undefined;
    for (const next of imports.get(file) ?? []) {
      const circle = walk(next, [...path, file]);
      if (circle !== undefined) return circle;
    }
    ended.add(file);
    return undefined;
  };
  for (const file of imports.keys()) {
    const circle = walk(file, []);
    if (circle !== undefined) return circle;
  }
  return undefined;
}

test("imports run in no circle, not even those of types", () => {
  const imports = importsOf();
  expect(imports.size).toBeGreaterThan(500);
  expect(circleIn(imports)).toBeUndefined();
});

test("a circle is found, and told from its first file to the same", () => {
  const imports = new Map([
    ["a.ts", ["b.ts"]],
    ["b.ts", ["c.ts", "d.ts"]],
    ["c.ts", []],
    ["d.ts", ["b.ts"]],
  ]);
  expect(circleIn(imports)).toEqual(["b.ts", "d.ts", "b.ts"]);
});
