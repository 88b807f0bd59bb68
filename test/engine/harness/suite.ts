import { spawnSync } from "node:child_process";
import { suiteIfThere } from "../../needs";

const found = spawnSync("pulumi", ["version"], { encoding: "utf8" });

/** What `pulumi version` says; null: there is none on PATH. */
const version = found.status === 0 ? found.stdout.trim() : null;

/** A suite that needs the real engine: without one it is skipped, by its name. */
export function engineSuite(name: string, suite: () => void): void {
  if (version !== null) describe(`${name} (pulumi ${version})`, suite);
  else suiteIfThere("no pulumi on PATH", name, suite);
}
