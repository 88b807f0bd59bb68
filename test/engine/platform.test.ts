import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { Engine } from "./harness/engine";
import { resourcesIn } from "./harness/preview-document";
import { programIn, startProgram, type ProgramRun } from "./harness/program-run";
import { engineSuite } from "./harness/suite";
import { matched, mismatch } from "./harness/table";

const example = path.join(__dirname, "../../examples/platform");
const WEB = "Pulumi.web.yaml";

engineSuite("examples/platform: a stack that is shared, and a service on it", () => {
  let run: ProgramRun;
  let web: Engine;
  beforeAll(async () => {
    const files = readdirSync(example).map((file) => [file, readFileSync(path.join(example, file), "utf8")] as const);
    run = await startProgram(programIn(Object.fromEntries(files)), "platform");
    web = new Engine(run.project, "web");
    await web.init();
  });
  afterAll(() => run.end());

  test("the platform, written by hand, is listed as it is recorded, and comes up", async () => {
    const listed = resourcesIn(await run.engine.previewDocument());
    expect(listed).toEqual((await run.recorded()).map(({ aliases, ...resource }) => (void aliases, resource)));
    const up = await run.engine.up();
    expect(up.printed).not.toContain("error:");
    expect(up.exitCode).toBe(0);
    expect(mismatch(await run.engine.state(), run.served.cloud)).toEqual(matched);
  });

  test("a service comes up on what the platform says of itself", async () => {
    const { listenerArn } = await run.engine.outputs();
    const file = path.join(run.project.folder, WEB);
    const config = readFileSync(file, "utf8");
    writeFileSync(file, config.replace(/listenerArn: .*/, `listenerArn: ${String(listenerArn)}`));
    const up = await web.up();
    expect(up.printed).not.toContain("error:");
    expect(up.exitCode).toBe(0);
    const both = [...(await run.engine.state()), ...(await web.state())];
    expect(mismatch(both, run.served.cloud)).toEqual(matched);
    expect((await web.outputs())["url"]).toBe("https://web.example.com");
    const rule = run.served.cloud.find("aws:lb/listenerRule:ListenerRule", () => true);
    expect(rule?.inputs["priority"]).toBe(10);
    expect(Object.keys((await web.up()).summary)).toEqual(["same"]);
  });

  test("goes again, and the platform stays", async () => {
    const gone = await web.destroy();
    expect(gone.printed).not.toContain("error:");
    expect(mismatch(await run.engine.state(), run.served.cloud)).toEqual(matched);
  });
});
