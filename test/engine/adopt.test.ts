import { writeFileSync } from "node:fs";
import * as path from "node:path";
import { byHand, takenOver } from "./harness/by-hand";
import { announced, done } from "./harness/nines";
import { programIn, startProgram, type ProgramRun } from "./harness/program-run";
import { engineSuite } from "./harness/suite";
import { matched, mismatch } from "./harness/table";

const PARTS = [
  "aws:ecs/service:Service",
  "aws:elasticache/replicationGroup:ReplicationGroup",
  "aws:lb/listener:Listener",
  "aws:lb/loadBalancer:LoadBalancer",
  "aws:lb/targetGroup:TargetGroup",
];

engineSuite("what was written by hand, taken over by a Service", () => {
  let run: ProgramRun;
  beforeAll(async () => {
    const config = "config:\n  aws:region: us-east-1\n";
    run = await startProgram(programIn({ "index.js": byHand, "Pulumi.dev.yaml": config }), "dev");
    const up = await run.engine.up();
    expect(up.printed).not.toContain("error:");
    expect(up.exitCode).toBe(0);
  });
  afterAll(() => run.end());

  test("is announced and done alike: updated in place, none of it replaced or deleted", async () => {
    const stood = new Map(run.served.cloud.things.map(({ type, id }) => [type, id]));
    writeFileSync(path.join(run.project.folder, "index.js"), takenOver);
    const said = await announced({ ...run, stack: "" }, "-C", run.project.folder);
    const up = await run.engine.up();
    expect(up.printed).not.toContain("error:");
    const ops = [...done(up)].filter(([urn]) => !urn.includes("pulumi:providers:"));
    const custom = new Set((await run.engine.state()).flatMap(({ urn, custom }) => (custom ? [urn] : [])));
    expect(said.map(({ urn, op }) => `${op} ${urn}`).sort()).toEqual(
      ops.flatMap(([urn, op]) => (custom.has(urn) || op === "delete" ? [`${op} ${urn}`] : [])).sort(),
    );
    for (const type of PARTS) {
      expect(said.filter((change) => change.type === type).map(({ op }) => op)).toEqual(["update"]);
      expect(run.served.cloud.ofType(type).map(({ id }) => id)).toEqual([stood.get(type)]);
    }
    expect(mismatch(await run.engine.state(), run.served.cloud)).toEqual(matched);
  });

  test("after that, nothing changes", async () => {
    expect(Object.keys((await run.engine.up()).summary)).toEqual(["same"]);
  });
});
