import { execFileSync, spawn } from "node:child_process";
import { openSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/** A process that was started here. Its start time tells it from another that was given its id since. */
export interface Started {
  readonly name: string;
  readonly pid: number;
  readonly startedAt: string;
  readonly log: string;
}

/** Starts a command in the background; what it says goes to the log. It outlives this process. */
export function start(name: string, command: string, args: readonly string[], log: string): Started {
  const output = openSync(log, "a");
  const child = spawn(command, args, { detached: true, stdio: ["ignore", output, output] });
  // Without a listener the error would end this process; that nothing started is seen below.
  child.on("error", () => undefined);
  child.unref();
  const { pid } = child;
  const startedAt = pid === undefined ? null : startTime(pid);
  if (pid === undefined || startedAt === null) throw new Error(`${name} did not start: ${command}; see ${log}`);
  return { name, pid, startedAt, log };
}

/** When the process of this id started, in the words of the system; null: there is none. */
function startTime(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The name, in parentheses, may hold spaces: the fields are counted behind it. State is the first, start the 20th.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return fields[0] === "Z" ? null : fields[19]!;
  } catch {
    if (process.platform === "linux") return null;
  }
  try {
    return execFileSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8" }).trim();
  } catch {
    return null;
  }
}

export function runs({ pid, startedAt }: Started): boolean {
  return startTime(pid) === startedAt;
}

/** Ends a process: asked first, after 2 s made to, for an API server waits a minute for its watchers. What has its id but not its start time is another's and left alone. */
export async function end(started: Started): Promise<"ended" | "was gone"> {
  if (!runs(started)) return "was gone";
  for (const [signal, waitMs] of [
    ["SIGTERM", 2_000],
    ["SIGKILL", 5_000],
  ] as const) {
    process.kill(started.pid, signal);
    for (const until = Date.now() + waitMs; Date.now() < until; await sleep(20)) if (!runs(started)) return "ended";
  }
  throw new Error(`${started.name} (process ${started.pid}) does not end`);
}

/** The last lines that a process wrote: why it ended. */
export function lastWords({ log }: Started): string {
  return readFileSync(log, "utf8").trim().split("\n").slice(-15).join("\n");
}
