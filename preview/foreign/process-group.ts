import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inheritedMark, type InheritedMark } from "./inherited-mark";
import { watchdog } from "./watchdog";

/** How a process that was not ours to write ended. */
export interface Ended {
  /** null: a signal ended it. */
  readonly exitCode: number | null;
  readonly timedOut: boolean;
  /** The end of what it wrote, to either stream. */
  readonly printed: string;
}

/** Of what is printed, in characters. */
const KEPT = 20_000;

/** An empty folder of one run; it and every process of the run end with `end`, or with nines itself. */
export interface Run {
  readonly folder: string;
  readonly home: string;
  readonly temporary: string;
  /** Runs Node in a process group of its own until it exits, or longer than allowed. Its group ends with it. */
  start(given: {
    readonly args: readonly string[];
    readonly cwd: string;
    readonly env: NodeJS.ProcessEnv;
    readonly timeoutSeconds: number;
  }): Promise<Ended>;
  end(): void;
}

const running = new Set<Run>();

export function newRun(): Run {
  const folder = mkdtempSync(join(tmpdir(), "nines-run-"));
  const mark = inheritedMark(`${process.pid}-${folder.slice(folder.lastIndexOf("-") + 1)}`);
  const home = join(folder, "home");
  const temporary = join(folder, "tmp");
  mkdirSync(home);
  mkdirSync(temporary);
  const groups = new Set<number>();
  const dogs = new Set<() => void>();
  const run: Run = {
    folder,
    home,
    temporary,
    start: ({ args, cwd, env, timeoutSeconds }) =>
      new Promise((resolve, reject) => {
        const command = mark.command(args, env);
        const child = spawn(command.file, command.args, {
          cwd,
          env: command.env,
          detached: true,
          stdio: ["ignore", "pipe", "pipe"],
        });
        const group = child.pid;
        const callOff = group === undefined ? () => undefined : watchdog(group, mark.limit, folder);
        dogs.add(callOff);
        if (group !== undefined) groups.add(group);
        let printed = "";
        const keep = (chunk: Buffer): void => void (printed = (printed + chunk.toString()).slice(-KEPT));
        child.stdout.on("data", keep);
        child.stderr.on("data", keep);
        let timedOut = false;
        const timer = setTimeout(() => {
          timedOut = true;
          if (group === undefined) return;
          // Asked first to leave word of how far it came; a busy one does not hear.
          kill(-group, "SIGUSR2");
          setTimeout(() => kill(-group), 300).unref();
        }, timeoutSeconds * 1000);
        child.once("error", (error) => {
          clearTimeout(timer);
          reject(error);
        });
        // Not "close": what the program left running may hold its streams open.
        child.once("exit", (exitCode) => {
          clearTimeout(timer);
          if (group !== undefined) {
            kill(-group);
            groups.delete(group);
          }
          killMarked(mark);
          dogs.delete(callOff);
          callOff();
          // Its streams close once nobody is left to write; not waited for long, should somebody be out of reach.
          const done = (): void => {
            clearTimeout(grace);
            child.stdout.destroy();
            child.stderr.destroy();
            resolve({ exitCode, timedOut, printed });
          };
          const grace = setTimeout(done, 500);
          child.once("close", done);
        });
      }),
    end() {
      if (!running.delete(run)) return;
      for (const group of groups) kill(-group);
      if (groups.size > 0) killMarked(mark);
      for (const callOff of dogs) callOff();
      rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
    },
  };
  watch();
  running.add(run);
  return run;
}

function kill(pid: number, signal: NodeJS.Signals = "SIGKILL"): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It ended before.
  }
}

/** What the program started and took out of its process group. A few turns, since a process may start others meanwhile. */
function killMarked(mark: InheritedMark): void {
  for (let turn = 0; turn < 5; turn += 1) {
    const left = mark.processes();
    if (left.length === 0) return;
    left.forEach((pid) => kill(pid));
  }
}

let watching = false;

/** Whatever ends nines ends what it runs. */
function watch(): void {
  if (watching) return;
  watching = true;
  const endAll = (): void => {
    for (const run of running) run.end();
  };
  process.on("exit", endAll);
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.once(signal, () => {
      endAll();
      // As if nobody had listened.
      process.kill(process.pid, signal);
    });
  }
}
