import { cpSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import type { Plan, Reports } from "../../model";
import { nines, packed, root, type Packed } from "../pack/packed";
import { resourcesIn } from "./harness/preview-document";
import { startProgram, type ProgramRun } from "./harness/program-run";
import { engineSuite } from "./harness/suite";
import { matched, mismatch } from "./harness/table";

engineSuite("examples/service, with the packed library", () => {
  let made: Packed;
  let run: ProgramRun;
  beforeAll(async () => {
    made = packed();
    const folder = path.join(made.temporary, "service");
    cpSync(path.join(root, "examples/service"), folder, { recursive: true });
    const sdks = ["pulumi", "aws", "random"].map((name) => `@pulumi/${name}`);
    made.install(folder, (name) => name !== "@pulumi" && name !== "@swc", sdks);
    run = await startProgram(folder, "prod");
  });
  afterAll(() => {
    run.end();
    made.remove();
  });

  const reported = (...flags: readonly string[]) => {
    const { stdout } = nines(run.project.folder, "preview", "--json", "--as-of", "2026-11-21", ...flags);
    return (JSON.parse(stdout) as Reports).reports[0]!;
  };
  const planned = async (): Promise<Plan> => {
    const service = (await run.engine.state()).find(({ type }) => type === "nines:aws:Service");
    return (service?.inputs as { readonly plan: Plan } | undefined)!.plan;
  };

  test("a preview, which knows none of its ids, lists what nines preview records", async () => {
    const listed = resourcesIn(await run.engine.previewDocument("--show-sames"));
    expect(listed.length).toBeGreaterThan(40);
    expect(listed).toEqual((await run.recorded()).map(({ aliases, ...resource }) => (void aliases, resource)));
  });

  test("up makes it; its outputs are known, and its plan is its input", async () => {
    const up = await run.engine.up();
    expect(up.printed).not.toContain("error:");
    expect(up.exitCode).toBe(0);
    expect(mismatch(await run.engine.state(), run.served.cloud)).toEqual(matched);

    const report = reported("-C", run.project.folder);
    const balancer = run.served.cloud.find("aws:lb/loadBalancer:LoadBalancer", () => true);
    const { url, replicas, costPerMonthUsd, availability } = await run.engine.outputs();
    expect(url).toBe(`http://${String(balancer?.computed["dnsName"])}:8080`);
    expect(replicas).toBe(run.served.cloud.find("aws:ecs/service:Service", () => true)?.inputs["desiredCount"]);
    expect(costPerMonthUsd).toBeCloseTo(report.cost.perMonthUsd.expected, 2);
    expect(availability).toBe(1 - report.availability!.unavailability);
    expect({ ok: true, plan: await planned() }).toEqual(report.planned);
  });

  test("up again changes nothing, and its state says what nines preview says", async () => {
    expect(Object.keys((await run.engine.up()).summary)).toEqual(["same"]);
    const file = path.join(run.project.folder, "exported.json");
    writeFileSync(file, await run.engine.exported());
    const [recorded, stands] = [reported("-C", run.project.folder), reported("--from", file)];
    expect(stands.cost.perMonthUsd).toEqual(recorded.cost.perMonthUsd);
    expect(stands.availability).toEqual(recorded.availability);
  });
});
