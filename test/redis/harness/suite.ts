import { spawnSync } from "node:child_process";

const lacking = ["redis-server", "redis-sentinel", "redis-cli"].filter(
  (program) => spawnSync(program, ["--version"], { stdio: "ignore" }).error !== undefined,
);
// Other systems have one loopback address; only Linux answers on all of 127.0.0.0/8.
const why = process.platform !== "linux" ? "not Linux" : lacking.length > 0 ? `no ${lacking.join(", ")} on PATH` : null;

/** Why no group of Redis can be started here; null: it can. */
export const noRedis = why;

/** A suite that starts Redis: without it skipped, by its name; on a machine that must have it (CI) it fails. */
export function redisSuite(name: string, suite: () => void): void {
  if (why === null) describe(name, suite);
  else if (process.env["CI"] === "true") {
    describe(name, () => {
      test("needs Redis", () => {
        throw new Error(`${why}: .ci/run installs it`);
      });
    });
  } else describe.skip(`${name} (skipped: ${why})`, suite);
}
