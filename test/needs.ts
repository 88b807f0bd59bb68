import { spawnSync } from "node:child_process";

/** Programs of Debian that tests start and .ci/run installs, with words that make them say something and end. */
const installed = {
  haproxy: "-v",
  openssl: "version",
  promtool: "--version",
  "redis-cli": "--version",
  "redis-sentinel": "--version",
  "redis-server": "--version",
} as const;
export type Needed = keyof typeof installed;

/** Programs that nobody has to have. */
const welcome = { kustomize: "version", pulumi: "version" } as const;

const asked = { ...installed, ...welcome };
type Program = keyof typeof asked;

const looked = new Map<Program, boolean>();

function isThere(program: Program): boolean {
  const known = looked.get(program) ?? spawnSync(program, [asked[program]], { stdio: "ignore" }).error === undefined;
  looked.set(program, known);
  return known;
}

/** Why programs cannot be started here; null: they can. */
export function lacking(programs: readonly Program[]): string | null {
  const gone = programs.filter((each) => !isThere(each));
  return gone.length === 0 ? null : `no ${gone.join(", ")} on PATH`;
}

/** A suite of what nobody has to have: where that is lacking it is skipped, by its name. */
export function suiteIfThere(why: string | null, name: string, suite: () => void): void {
  if (why === null) describe(name, suite);
  else describe.skip(`${name} (skipped: ${why})`, suite);
}

/** What a skipped suite is given in place of what it would use: it only tells its names. */
export function notThere(): never {
  throw new Error("a skipped suite has nothing to use");
}

/** A suite that cannot run for a reason is skipped, by its name; on a machine that must run it (CI) it fails. */
export function suiteUnless(why: string | null, name: string, suite: () => void): void {
  if (why !== null && process.env["CI"] === "true")
    describe(name, () => {
      test("has what it needs", () => {
        throw new Error(`${why}: .ci/run installs it`);
      });
    });
  else suiteIfThere(why, name, suite);
}

/** A suite that starts programs. */
export function suiteWith(programs: readonly Needed[], name: string, suite: () => void): void {
  suiteUnless(lacking(programs), name, suite);
}
