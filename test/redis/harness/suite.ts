import { lacking, suiteUnless, type Needed } from "../../needs";

const servers: readonly Needed[] = ["redis-server", "redis-sentinel", "redis-cli"];
// Other systems have one loopback address; only Linux answers on all of 127.0.0.0/8.
const whyNot = (programs: readonly Needed[]): string | null =>
  process.platform !== "linux" ? "not Linux" : lacking(programs);

/** Why no group of Redis can be started here; null: it can. */
export const noRedis = whyNot(servers);

/** A suite that starts Redis, and programs beside it: without them skipped, by its name; on a machine that must have them (CI) it fails. */
export function redisSuite(name: string, suite: () => void, ...beside: readonly Needed[]): void {
  suiteUnless(whyNot([...servers, ...beside]), name, suite);
}
