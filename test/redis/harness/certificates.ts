import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";

function openssl(folder: string, ...words: readonly string[]): void {
  const said = spawnSync("openssl", words, { cwd: folder, encoding: "utf8" });
  if (said.status !== 0) throw new Error(`openssl ${words.join(" ")}: ${said.stderr}`);
}

/** A new folder with tls.crt, tls.key and ca.crt of an authority of its own, as a Secret holds them; readable by nobody in particular. */
export function certificates(): string {
  const folder = mkdtempSync(path.join(tmpdir(), "nines-tls-"));
  const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  openssl(
    folder,
    "req",
    "-x509",
    ...key,
    "-keyout",
    "ca.key",
    "-out",
    "ca.crt",
    "-days",
    "2",
    "-subj",
    "/CN=authority",
  );
  openssl(folder, "req", ...key, "-keyout", "tls.key", "-out", "tls.csr", "-subj", "/CN=redis");
  openssl(
    folder,
    ...["x509", "-req", "-in", "tls.csr", "-CA", "ca.crt", "-CAkey", "ca.key", "-CAcreateserial"],
    ...["-out", "tls.crt", "-days", "2"],
  );
  chmodSync(folder, 0o755);
  for (const file of ["tls.crt", "tls.key", "ca.crt"]) chmodSync(path.join(folder, file), 0o444);
  return folder;
}
