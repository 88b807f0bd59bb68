import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import * as path from "node:path";
import { nameOfUrn, type Report, type ResourceChange } from "../../../model";
import type { Run } from "./engine";
import type { ProjectFolder } from "./project";
import type { StackRun } from "./stack-run";

const cli = path.join(__dirname, "../../../dist/cli/index.js");

/** Where the engine and nines run. */
type Place = Pick<StackRun, "stack" | "engine"> & { readonly project: ProjectFolder };

/** What `nines preview` says in the project's folder; --json is added. */
export function ninesPreview(run: Pick<Place, "stack" | "project">, ...flags: readonly string[]): Report {
  const ran = spawnSync(
    process.execPath,
    [cli, "preview", ...(run.stack === "" ? [] : [run.stack]), "--json", ...flags],
    {
      cwd: run.project.folder,
      encoding: "utf8",
      maxBuffer: 100 * 1024 * 1024,
    },
  );
  const { reports } = JSON.parse(ran.stdout === "" ? "{}" : ran.stdout) as { readonly reports?: readonly Report[] };
  const report = reports?.[0];
  if (report === undefined) throw new Error(`nines preview ${flags.join(" ")}: ${ran.stderr}${ran.stdout}`);
  return report;
}

/** A document of the engine's, as a file in the run's project. */
export function kept(run: Pick<Place, "project">, name: string, document: string): string {
  const file = path.join(run.project.folder, name);
  writeFileSync(file, document);
  return file;
}

/** What nines announces against the state as it is, as `pulumi stack export` gives it. */
export async function announced(run: Place, ...flags: readonly string[]): Promise<readonly ResourceChange[]> {
  const file = kept(run, "exported.json", await run.engine.exported());
  return ninesPreview(run, ...flags, "--against", file).changes?.resources ?? [];
}

export type Op = "create" | "update" | "replace" | "delete";

/** What a run of the engine did, or would do, by URN: what stays as it is, and the halves of a replacement, are left out. */
export function done(run: Run): ReadonlyMap<string, Op> {
  const ops = new Map<string, Op>();
  for (const { op, urn } of run.steps) {
    if (op === "create" || op === "update" || op === "replace" || op === "delete") ops.set(urn, op);
    if (op === "create-replacement" || op === "delete-replaced") ops.set(urn, "replace");
  }
  return ops;
}

/** `update Service embedding-us-east-1`, sorted. The system's own component holds the plan, and is nothing in AWS. */
export function listed(changes: Iterable<readonly [urn: string, op: string]>): readonly string[] {
  return [...changes]
    .map(([urn, op]) => `${op} ${(urn.split("::")[2] ?? "").split(":").at(-1) ?? ""} ${nameOfUrn(urn)}`)
    .filter((line) => !line.startsWith("update System "))
    .sort();
}
