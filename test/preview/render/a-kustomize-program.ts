import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";
import type { RenderedFile } from "../../../preview/render/files";
import { writeFolder } from "../../../preview/render/folder";
import { binary } from "../../cluster/harness/cache";
import { lacking } from "../../needs";

/** kubectl as `npm run cluster:up` builds it has kustomize in it; else one on PATH. */
const isBuilt = existsSync(binary("kubectl"));
const [program, word] = isBuilt ? [binary("kubectl"), "kustomize"] : ["kustomize", "build"];

/** Why nothing here builds overlays as kustomize does; null: something does. */
export const kustomizeLacks = isBuilt ? null : lacking(["kustomize"]);

/** What kustomize itself makes of a folder of the files. */
export function kustomized(files: readonly RenderedFile[], folder: string): readonly unknown[] {
  const base = mkdtempSync(join(tmpdir(), "nines-overlays-"));
  try {
    writeFolder(join(base, "out"), files, false);
    const child = spawnSync(program, [word, join(base, "out", folder)], { encoding: "utf8" });
    expect(child.stderr).toBe("");
    return parseAllDocuments(child.stdout, { version: "1.1" }).map((document) => document.toJS() as unknown);
  } finally {
    rmSync(base, { recursive: true });
  }
}
