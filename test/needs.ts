import { spawnSync } from "node:child_process";

/** Programs of Debian that tests start, with words that make them say something and end. */
const asked = {
  haproxy: "-v",
  openssl: "version",
  promtool: "--version",
  "redis-cli": "--version",
  "redis-sentinel": "--version",
  "redis-server": "--version",
} as const;
export type Needed = keyof typeof asked;

const looked = new Map<Needed, boolean>();

function isThere(program: Needed): boolean {
  const known = looked.get(program) ?? spawnSync(program, [asked[program]], { stdio: "ignore" }).error === undefined;
  looked.set(program, known);
  return known;
}

/** Why programs cannot be started here; null: they can. */
export function lacking(programs: readonly Needed[]): string | null {
  const gone = programs.filter((each) => !isThere(each));
  return gone.length === 0 ? null : `no ${gone.join(", ")} on PATH`;
}

/** A suite that cannot run for a reason is skipped, by its name; on a machine that must run it (CI) it fails. */
export function suiteUnless(why: string | null, name: string, suite: () => void): void {
  if (why === null) describe(name, suite);
  else if (process.env["CI"] === "true")
    describe(name, () => {
      test("has what it needs", () => {
        throw new Error(`${why}: .ci/run installs it`);
      });
    });
  else describe.skip(`${name} (skipped: ${why})`, suite);
}

/** A suite that starts programs. */
export function suiteWith(programs: readonly Needed[], name: string, suite: () => void): void {
  suiteUnless(lacking(programs), name, suite);
}
