import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { manifestFiles } from "../../../preview/manifests/files";

test("what is no file of a folder is named with what it is, and not opened", () => {
  const folder = mkdtempSync(join(tmpdir(), "nines-files-"));
  try {
    writeFileSync(join(folder, "a.yaml"), "kind: Service\n");
    mkdirSync(join(folder, "apps"));
    symlinkSync(join(folder, "apps"), join(folder, "again.yaml"));
    symlinkSync(join(folder, "gone"), join(folder, "b.yaml"));
    // Who opens it waits for a writer for ever.
    execFileSync("mkfifo", [join(folder, "c.yaml")]);
    expect(manifestFiles(folder)).toEqual({
      files: [{ name: "a.yaml", text: "kind: Service\n" }],
      notRead: [
        { file: "again.yaml", why: "a link to a folder: name that folder itself" },
        { file: "b.yaml", why: "a link to nothing" },
        { file: "c.yaml", why: "no file: a pipe, a socket or a device" },
      ],
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
});
