import { randomInt } from "node:crypto";
import { existsSync, readFileSync, readdirSync } from "node:fs";

/** Of the environment. */
const VARIABLE = "NINES_RUN";
const SHELL = "/bin/sh";
/** Bytes that a shell counts a file's size in, by its kind. */
const BLOCKS = [512, 1024] as const;

/**
 * What every process of one run inherits: a variable, and a bound on the size of its files, far beyond any file and of a number that no
 * other run has. A program may clear the environment of what it starts, and take it out of its group; the bound stays.
 */
export interface InheritedMark {
  /** The command as it is to be started. */
  readonly command: (args: readonly string[], env: NodeJS.ProcessEnv) => Command;
  /** Processes that have it now. Linux alone tells. */
  readonly processes: () => readonly number[];
  /** The lines of /proc/<pid>/limits that hold it, as an extended regular expression. */
  readonly limit: string;
}

interface Command {
  readonly file: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
}

/** Whether there is a POSIX shell to start things with. */
export function hasShell(): boolean {
  return process.platform !== "win32" && existsSync(SHELL);
}

export function inheritedMark(run: string): InheritedMark {
  const blocks = 2 ** 41 + randomInt(2 ** 40);
  const limit = `^Max file size +(${BLOCKS.map((bytes) => blocks * bytes).join("|")}) `;
  const marked = { limit: new RegExp(limit, "m"), variable: `${VARIABLE}=${run}` };
  return {
    limit,
    command: (args, env) => {
      const own = { ...env, [VARIABLE]: run };
      if (!hasShell() || process.platform !== "linux") return { file: process.execPath, args, env: own };
      // A shell hands on no variable whose name it could not say itself.
      const unsaid = Object.entries(own).filter(([name]) => !/^[A-Za-z_]\w*$/.test(name));
      const through = unsaid.length === 0 ? [] : ["env", ...unsaid.map(([name, value]) => `${name}=${value}`)];
      const script = `ulimit -S -f ${blocks} 2>/dev/null; exec "$@"`;
      return { file: SHELL, args: ["-c", script, "sh", ...through, process.execPath, ...args], env: own };
    },
    processes: () =>
      process.platform === "linux"
        ? readdirSync("/proc").flatMap((name) => (has(name, marked) ? [Number(name)] : []))
        : [],
  };
}

function has(name: string, { limit, variable }: { readonly limit: RegExp; readonly variable: string }): boolean {
  return (
    /^\d+$/.test(name) && (limit.test(read(name, "limits")) || read(name, "environ").split("\0").includes(variable))
  );
}

function read(pid: string, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "latin1");
  } catch {
    // Ended meanwhile, or another user's.
    return "";
  }
}
