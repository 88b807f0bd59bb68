import * as path from "node:path";
import type { Run } from "./harness/engine";
import { ninesPreview } from "./harness/nines";
import { startStack, type StackRun } from "./harness/stack-run";
import { engineSuite } from "./harness/suite";

const pack = ["--policy-pack", path.join(__dirname, "../../dist/policy-pack")] as const;

/** `budget`, of the policy events of a level: each message begins with its rule. */
function broken(run: Run, level: "mandatory" | "advisory"): readonly string[] {
  return run.policies
    .filter(({ enforcementLevel, policyName }) => enforcementLevel === level && policyName === `nines-${level}`)
    .map(({ message }) => /^\[([^\]]+)\]/m.exec(message)?.[1] ?? message)
    .sort();
}

/** The same from `nines preview`: failures, and what a mandatory rule could not decide is said as advice. */
function previewed(run: StackRun, level: "mandatory" | "advisory"): readonly string[] {
  return ninesPreview(run)
    .rules.filter(({ verdict, severity }) => verdict === "fail" && severity === level)
    .map(({ id }) => id)
    .sort();
}

engineSuite("the policy pack under the engine", () => {
  let run: StackRun;
  beforeAll(async () => {
    run = await startStack("embedding-prod");
  });
  afterAll(() => run.end());

  test("passes what is shipped, and says the same as the preview", async () => {
    const ran = await run.engine.upAfterPreview(...pack);
    expect(ran.exitCode).toBe(0);
    expect(broken(ran, "mandatory")).toEqual([]);
    expect([...new Set(broken(ran, "advisory"))]).toEqual([...new Set(previewed(run, "advisory"))]);
  });

  test("says the same of what is deployed: the engine hands it inputs that the scaler owns as they were", async () => {
    const ran = await run.engine.preview(...pack);
    expect(ran.exitCode).toBe(0);
    expect(broken(ran, "mandatory")).toEqual([]);
    expect([...new Set(broken(ran, "advisory"))]).toEqual([...new Set(previewed(run, "advisory"))]);
  });

  test("blocks a stack above its budget, by the rule's name, before anything is done", async () => {
    run.project.amend("environments/prod.ts", "perMonthUsd: 3000", "perMonthUsd: 300");
    const done = run.served.cloud.journal.length;
    const ran = await run.engine.upAfterPreview(...pack);
    expect(ran.exitCode).not.toBe(0);
    expect(broken(ran, "mandatory")).toEqual(["budget"]);
    expect(previewed(run, "mandatory")).toEqual(["budget"]);
    expect(ran.printed).toMatch(/\[mandatory\] +nines-mandatory/);
    expect(run.served.cloud.journal.slice(done)).toEqual([]);
  });
});
