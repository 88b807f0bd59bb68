import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import * as path from "node:path";

/** A certificate and its key, as PEM. */
export interface Issued {
  readonly cert: string;
  readonly key: string;
}

/** An authority in a folder of its own. */
export class Authority {
  private constructor(
    private readonly folder: string,
    private readonly called: string,
  ) {}

  static make(folder: string, called: string): Authority {
    const made = new Authority(folder, called);
    made.openssl(
      "req",
      "-x509",
      ...KEY,
      "-keyout",
      `${called}.key`,
      "-out",
      `${called}.crt`,
      ...DAYS,
      "-subj",
      `/CN=${called}`,
    );
    return made;
  }

  /** Its own certificate's file: who trusts it trusts what it issues. */
  get file(): string {
    return path.join(this.folder, `${this.called}.crt`);
  }

  /** A certificate that holds for names. */
  issue(names: readonly string[]): Issued {
    const [first = ""] = names;
    const file = `${this.called}-${first}`;
    const holds = `subjectAltName=${names.map((name) => `DNS:${name}`).join(",")}`;
    this.openssl(
      "req",
      ...KEY,
      "-keyout",
      `${file}.key`,
      "-out",
      `${file}.csr`,
      "-subj",
      `/CN=${first}`,
      "-addext",
      holds,
    );
    this.openssl(
      ...["x509", "-req", "-in", `${file}.csr`, "-CA", `${this.called}.crt`, "-CAkey", `${this.called}.key`],
      ...["-CAcreateserial", "-copy_extensions", "copy", "-out", `${file}.crt`, ...DAYS],
    );
    const read = (end: string): string => readFileSync(path.join(this.folder, `${file}.${end}`), "utf8");
    return { cert: read("crt"), key: read("key") };
  }

  private openssl(...words: readonly string[]): void {
    const said = spawnSync("openssl", words, { cwd: this.folder, encoding: "utf8" });
    if (said.status !== 0) throw new Error(`openssl ${words.join(" ")}: ${said.stderr}`);
  }
}

const KEY = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"] as const;
const DAYS = ["-days", "2"] as const;
