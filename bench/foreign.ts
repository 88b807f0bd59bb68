// What it takes to run, read, price and judge programs that nines did not write: a service of 44 resources, as often as is asked.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";

const root = path.join(__dirname, "..");
const fleet = path.join(__dirname, "fleet");

interface Usage {
  readonly pid: number;
  readonly cpuSeconds: number;
  readonly peakMb: number;
  readonly wallSeconds: number;
}

export interface Taken {
  /** Of all processes together. */
  readonly cpuSeconds: number;
  /** Of the largest one. */
  readonly peakMb: number;
  /** Of the program's own process. */
  readonly programSeconds: number;
}

export function taken(args: readonly string[]): Taken {
  const folder = mkdtempSync(path.join(tmpdir(), "nines-bench-"));
  const file = path.join(folder, "usage");
  const child = spawnSync(process.execPath, args, {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 256 * 1024 * 1024,
    env: { ...process.env, NODE_OPTIONS: `--require=${path.join(__dirname, "usage.js")}`, BENCH_USAGE: file },
  });
  const usages = readFileSync(file, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Usage);
  rmSync(folder, { recursive: true });
  // 5: rules that the fleet breaks; what is measured is that they were judged.
  if (child.status !== 0 && child.status !== 5)
    throw new Error(`${args.join(" ")} ended with ${child.status ?? "a signal"}: ${child.stderr}`);
  const programs = usages.filter(({ pid }) => pid !== child.pid);
  return {
    cpuSeconds: usages.reduce((sum, usage) => sum + usage.cpuSeconds, 0),
    peakMb: Math.max(...usages.map((usage) => usage.peakMb)),
    programSeconds: Math.max(...(programs.length > 0 ? programs : usages).map((usage) => usage.wallSeconds)),
  };
}

export function least(runs: readonly Taken[]): Taken {
  return {
    cpuSeconds: Math.min(...runs.map((run) => run.cpuSeconds)),
    peakMb: Math.min(...runs.map((run) => run.peakMb)),
    programSeconds: Math.min(...runs.map((run) => run.programSeconds)),
  };
}

/** The least of several runs: what else the machine does can only add. */
export function previewed(copies: number, runs: number, waits = false): Taken {
  const config = ["--config", `fleet:copies=${copies}`, "--config", `fleet:waits=${waits}`];
  const args = [path.join(root, "dist/cli/index.js"), "preview", "-C", fleet, "--timeout", "600", "--json", ...config];
  return least(Array.from({ length: runs }, () => taken(args)));
}

/** As `previewed`, with the program's SDK as it comes. */
export function asItComes(copies: number): Taken {
  return taken([path.join(__dirname, "as-it-comes.js"), String(copies)]);
}

/** A process that loads the SDKs and nothing else. */
export function loaded(program: string, runs: number): Taken {
  return least(Array.from({ length: runs }, () => taken(["-e", program])));
}
