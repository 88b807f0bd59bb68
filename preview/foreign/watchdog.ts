import { spawn } from "node:child_process";
import { hasShell } from "./inherited-mark";

/** Waits for the end of its input; then ends the group, all that has the mark, and the folder. */
const SCRIPT = `read -r _
kill -KILL -- "-$1"
for turn in 1 2 3; do
  for limits in $(grep -lsE "$2" /proc/[0-9]*/limits); do
    pid=\${limits#/proc/}
    kill -KILL "\${pid%/limits}"
  done
done
rm -rf -- "$3"`;

/**
 * Nobody can do anything when they are killed: a shell beside nines sees that its pipe to nines is gone, and ends the program then.
 * @returns calls it off
 */
export function watchdog(group: number, limit: string, folder: string): () => void {
  if (!hasShell()) return () => undefined;
  const dog = spawn("/bin/sh", ["-c", SCRIPT, "sh", String(group), limit, folder], {
    // Of a session of its own: what ends nines by its terminal is not to end this first.
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
    env: { PATH: process.env["PATH"] ?? "/usr/bin:/bin" },
  });
  // Where none can be started, there is none.
  dog.on("error", () => undefined);
  dog.stdin.on("error", () => undefined);
  return () => dog.kill("SIGKILL");
}
