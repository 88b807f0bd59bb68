import { existsSync, readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { certainPlan } from "../capacity";
import { requestFor, shipped } from "./stacks";

const root = path.join(__dirname, "..");
const text = (file: string): string => readFileSync(path.join(root, file), "utf8");

function sources(folder: string): readonly string[] {
  return readdirSync(path.join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)));
}

const folders = ["model", "catalog", "capacity", "availability", "components", "cost", "policies", "preview", "cli"];

describe("documents", () => {
  test("docs/measure.md says how to measure every assumption that a shipped plan lists", () => {
    const guide = text("docs/measure.md");
    const kinds = new Map(
      // As each stack calls them.
      shipped.flatMap((file) =>
        Object.entries(requestFor(file).workloads).map(([name, { kind }]) => [name, kind] as const),
      ),
    );
    const wordFor = (workload: string, calls: boolean): string =>
      calls ? "<caller>" : kinds.get(workload) === "cache" ? "<cache>" : "<workload>";
    for (const file of shipped) {
      const planned = certainPlan(requestFor(file));
      for (const { name } of (planned.ok ? planned.plan : planned.partial).assumptions) {
        const [first = "", ...rest] = name.split(".");
        const general = kinds.has(first)
          ? [wordFor(first, rest[0] === "calls"), ...rest.map((word) => (kinds.has(word) ? "<callee>" : word))].join(
              ".",
            )
          : name;
        expect(guide).toContain(`\`${general}\``);
      }
    }
  });

  test("every path that a document links to is there", () => {
    for (const file of ["README.md", "CONTRIBUTING.md", "docs/architecture.md", "docs/measure.md"]) {
      for (const [, target = ""] of text(file).matchAll(/\]\((?!https?:)([^)#]+)/g)) {
        expect({ file, target, there: existsSync(path.join(root, path.dirname(file), target)) }).toMatchObject({
          there: true,
        });
      }
    }
  });

  test("no file outside stacks, tests and benches needs stacks/, so that without it everything still compiles", () => {
    const build = JSON.parse(text("tsconfig.build.json")) as { readonly include: readonly string[] };
    expect(build.include).toEqual(folders);
    for (const file of folders.flatMap(sources))
      expect({ file, needs: /from "[./]*\/stacks/.test(text(file)) }).toMatchObject({ needs: false });
  });

  test("no file is called utils, helpers, common, lib, shared or types", () => {
    for (const file of folders.flatMap(sources))
      expect(file).not.toMatch(/(^|\/)(utils?|helpers?|common|lib|shared|types)(\/|\.)/);
  });

  test("package.json has no exports: Pulumi would load them in place of the stack", () => {
    const manifest = JSON.parse(text("package.json")) as Record<string, unknown>;
    expect(manifest).not.toHaveProperty("exports");
    expect(manifest["main"]).toBe("stacks/index.ts");
  });
});
