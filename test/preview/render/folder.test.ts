import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { MARK } from "../../../preview/render/files";
import { writeFolder } from "../../../preview/render/folder";

let base: string;
let to: string;
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), "nines-render-"));
  to = join(base, "deep/out");
});
afterEach(() => rmSync(base, { recursive: true, force: true }));

const file = (path: string, text = "a: 1\n") => ({ path, text: `${MARK} shop: changes belong there\n${text}` });
function put(path: string, text: string): void {
  mkdirSync(dirname(join(to, path)), { recursive: true });
  writeFileSync(join(to, path), text);
}
const there = (): readonly string[] =>
  readdirSync(base, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(base.length + 1))
    .sort();

describe("a folder of files", () => {
  test("is written whole, and what an earlier render wrote gives way", () => {
    writeFolder(to, [file("a.yaml"), file("shop/b.yaml")], false);
    expect(there()).toEqual(["deep/out/a.yaml", "deep/out/shop/b.yaml"]);
    writeFolder(to, [file("shop/c.yaml")], false);
    expect(there()).toEqual(["deep/out/shop/c.yaml"]);
  });

  test("is refused beside files of others, of which not one is touched", () => {
    put("README.md", "ours\n");
    put(".git/HEAD", "ref\n");
    put("empty.yaml", "");
    put("a.yaml", file("", "old: 1\n").text);
    expect(() => writeFolder(to, [file("a.yaml")], false)).toThrow(
      `${to} holds 3 files that no render of this wrote (.git/HEAD, README.md, empty.yaml): nothing was written; name another folder, or keep them with --force`,
    );
    expect(readFileSync(join(to, "a.yaml"), "utf8")).toContain("old: 1");
    expect(there()).toEqual(["deep/out/.git/HEAD", "deep/out/README.md", "deep/out/a.yaml", "deep/out/empty.yaml"]);
  });

  test("keeps them with force, and never writes over one of them", () => {
    put("README.md", "ours\n");
    put("old.yaml", file("").text);
    symlinkSync("README.md", join(to, "link.md"));
    writeFolder(to, [file("a.yaml")], true);
    expect(there()).toEqual(["deep/out/README.md", "deep/out/a.yaml", "deep/out/link.md"]);
    put("b.yaml", "by hand\n");
    expect(() => writeFolder(to, [file("a.yaml"), file("b.yaml"), file("link.md/c.yaml")], true)).toThrow(
      `${to} holds 2 files of others under names of this render (b.yaml, link.md): nothing was written; move them, or name another folder`,
    );
    expect(readFileSync(join(to, "b.yaml"), "utf8")).toBe("by hand\n");
  });

  test("another stack's files are somebody else's", () => {
    const other = { path: "a.yaml", text: `${MARK} cafe: changes belong there\nb: 2\n` };
    writeFolder(to, [other], false);
    expect(() => writeFolder(to, [file("b.yaml")], false)).toThrow(
      "holds 1 file that no render of this wrote (a.yaml)",
    );
    writeFolder(to, [file("b.yaml")], true);
    expect(there()).toEqual(["deep/out/a.yaml", "deep/out/b.yaml"]);
  });

  test("is left as it was where something goes wrong half-way", () => {
    put("a.yaml", file("", "old: 1\n").text);
    expect(() => writeFolder(to, [file("a.yaml"), file("a.yaml/b.yaml")], false)).toThrow(/^.*out cannot be written: /);
    expect(there()).toEqual(["deep/out/a.yaml"]);
    expect(readFileSync(join(to, "a.yaml"), "utf8")).toContain("old: 1");
  });

  test("is never the one that somebody stands in, nor a file", () => {
    expect(() => writeFolder(process.cwd(), [file("a.yaml")], true)).toThrow("is the folder that you are in");
    expect(() => writeFolder(dirname(process.cwd()), [file("a.yaml")], true)).toThrow("or above it");
    mkdirSync(dirname(to), { recursive: true });
    writeFileSync(to, "a\n");
    expect(() => writeFolder(to, [file("a.yaml")], true)).toThrow(/out cannot be read: not a directory$/);
    expect(readFileSync(to, "utf8")).toBe("a\n");
  });
});
