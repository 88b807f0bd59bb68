import { spawn, type ChildProcess } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { suiteIfThere } from "../needs";
import { aProgram, type AProgram } from "../preview/a-program";

const cli = join(__dirname, "../../dist/cli/index.js");

/** Seconds that only this test's processes sleep: their mark. */
const SLEEP = String(100_000 + process.pid);

let program: AProgram;
let temporary: string;
beforeAll(() => {
  temporary = mkdtempSync(join(tmpdir(), "nines-processes-"));
});
afterEach(() => program.delete());
afterAll(() => rmSync(temporary, { recursive: true }));

/** Starts children of every kind: in its group, of a shell, one that leaves the group, and one that leaves it and knows of no environment. */
const SPAWNS = `
const { spawn } = require("node:child_process");
spawn("sleep", ["${SLEEP}"], { stdio: "inherit" }).unref();
spawn("sh", ["-c", "sleep ${SLEEP} & sleep ${SLEEP}"], { stdio: "ignore" }).unref();
spawn("sleep", ["${SLEEP}"], { detached: true, stdio: "ignore" }).unref();
spawn("sh", ["-c", "(setsid env -i sleep ${SLEEP} >/dev/null 2>&1 </dev/null &)"], { stdio: "ignore" }).unref();
require("node:fs").writeFileSync(require("node:os").tmpdir() + "/left", "");
require("node:fs").writeFileSync(require("node:os").homedir() + "/left", "");
`;

function sleeping(): number {
  return readdirSync("/proc").filter((name) => {
    try {
      return readFileSync(`/proc/${name}/cmdline`, "utf8") === `sleep\0${SLEEP}\0`;
    } catch {
      return false;
    }
  }).length;
}

function nines(...args: readonly string[]): ChildProcess {
  mkdirSync(temporary, { recursive: true });
  return spawn(process.execPath, [cli, "preview", "-C", program.root, ...args], {
    env: { ...process.env, TMPDIR: temporary },
    stdio: "ignore",
  });
}

function ended(child: ChildProcess): Promise<number | string | null> {
  return new Promise((resolve) => child.once("exit", (code, signal) => resolve(code ?? signal)));
}

async function until(holds: () => boolean): Promise<void> {
  for (let turn = 0; turn < 600 && !holds(); turn += 1) await new Promise((resolve) => setTimeout(resolve, 100));
}

const left = (): unknown => ({ sleeping: sleeping(), files: readdirSync(temporary) });
const NOTHING = { sleeping: 0, files: [] };

suiteIfThere(process.platform === "linux" ? null : "not Linux", "nothing of the program is left", () => {
  test.each([
    ["it ends well and leaves children", 0, SPAWNS],
    ["it throws", 1, `${SPAWNS}throw new Error("no");`],
    ["it exits", 1, `${SPAWNS}process.exit(0);`],
    ["it never ends", 1, `${SPAWNS}setInterval(() => {}, 1000);`],
  ])("where %s", async (_, expected, text) => {
    program = aProgram({ "index.js": text });
    const code = await ended(nines("--timeout", "6"));
    expect(code).toBe(expected);
    expect(left()).toEqual(NOTHING);
  });

  test.each(["SIGINT", "SIGTERM", "SIGHUP", "SIGKILL"] as const)(
    "where nines itself is ended by %s",
    async (signal) => {
      // A busy one could not see for itself that nines is gone.
      program = aProgram({ "index.js": `${SPAWNS}for (;;) {}` });
      const child = nines();
      const end = ended(child);
      await until(() => sleeping() === 5);
      expect(sleeping()).toBe(5);
      child.kill(signal);
      expect(await end).toBe(signal);
      await until(() => sleeping() === 0 && readdirSync(temporary).length === 0);
      expect(left()).toEqual(NOTHING);
    },
  );
});
