import { writeFileSync } from "node:fs";
import * as path from "node:path";
import { announced, done } from "./harness/nines";
import { resourcesIn } from "./harness/preview-document";
import { programIn, startProgram, type ProgramRun } from "./harness/program-run";
import { engineSuite } from "./harness/suite";
import { matched, mismatch } from "./harness/table";

/** What the shipped stacks do not have: a domain with its certificate, values that are known late, Spot. */
const program = (more: string): string => `
const aws = require("@pulumi/aws");
const { Service } = require("nines/aws");
const zone = new aws.route53.Zone("shop", { name: "example.com" });
const jobs = new aws.sns.Topic("jobs", { name: "jobs" });
const { url } = new Service("web", {
  image: "registry.example.com/web@sha256:${"a".repeat(64)}",
  port: 8080,
  health: "/healthz",
  load: { requestsPerSecond: { mean: 40, peak: 120 } },
  serviceTimeMs: 30,
  size: { cpuMillis: 500, memoryMiB: 1024 },
  network: { create: true, nat: "one", zones: ["us-east-1a", "us-east-1b", "us-east-1c"] },
  domain: { name: "web.example.com", zoneId: zone.zoneId },
  exposure: "internet",
  environment: { JOBS: jobs.arn, LEVEL: "info" },
  alerts: { emails: ["oncall@example.com"] },
  quotas: { fargateVcpus: 40 },
  protect: false,
  ${more}
});
module.exports = { url };
`;

engineSuite("a Service with a domain, late values and Spot", () => {
  let run: ProgramRun;
  const write = (more: string): void => writeFileSync(path.join(run.project.folder, "index.js"), program(more));
  beforeAll(async () => {
    const config = "config:\n  aws:region: us-east-1\n";
    run = await startProgram(programIn({ "index.js": program(""), "Pulumi.dev.yaml": config }), "dev");
  });
  afterAll(() => run.end());

  /** What nines announces of resources is what the engine then does to them. */
  const changed = async (): Promise<readonly string[]> => {
    const said = await announced({ ...run, stack: "" }, "-C", run.project.folder);
    const up = await run.engine.up();
    expect(up.printed).not.toContain("error:");
    const state = await run.engine.state();
    expect(mismatch(state, run.served.cloud)).toEqual(matched);
    const components = new Set(state.flatMap(({ urn, custom }) => (custom ? [] : [urn])));
    const ops = [...done(up)].filter(([urn]) => !components.has(urn)).map(([urn, op]) => `${op} ${urn}`);
    // What takes something from a replacement may find that it is as it was.
    const sure = said.filter(({ urn, op, note = "" }) => ops.includes(`${op} ${urn}`) || !/^takes /.test(note));
    expect(sure.map(({ urn, op }) => `${op} ${urn}`).sort()).toEqual(ops.sort());
    return said.filter(({ op }) => op === "replace").map(({ type }) => type);
  };

  test("is listed as it is recorded, and comes up: the certificate is proved before the listener takes it", async () => {
    const listed = resourcesIn(await run.engine.previewDocument());
    expect(listed).toEqual((await run.recorded()).map(({ aliases, ...resource }) => (void aliases, resource)));
    const up = await run.engine.up();
    expect(up.printed).not.toContain("error:");
    expect(up.exitCode).toBe(0);
    expect(mismatch(await run.engine.state(), run.served.cloud)).toEqual(matched);
    expect((await run.engine.outputs())["url"]).toBe("https://web.example.com");
    const jobs = run.served.cloud.find("aws:sns/topic:Topic", ({ inputs }) => inputs["name"] === "jobs");
    const late = run.served.cloud.find("aws:ssm/parameter:Parameter", () => true);
    expect(late?.inputs["value"]).toBe(jobs?.computed["arn"]);
    expect(Object.keys((await run.engine.up()).summary)).toEqual(["same"]);
  });

  test("some of it on Spot: the service is replaced, as announced; another share is an update", async () => {
    write("spotShare: 0.5, replicas: { max: 20 },");
    expect(await changed()).toContain("aws:ecs/service:Service");
    write("spotShare: 0.75, replicas: { max: 20 },");
    expect(await changed()).toEqual([]);
  });

  test("destroy leaves nothing", async () => {
    const gone = await run.engine.destroy();
    expect(gone.printed).not.toContain("error:");
    expect(run.served.cloud.things).toEqual([]);
  });
});
