import { nameOfUrn } from "../../model";
import type { ResourceChange } from "../../model";
import type { Run } from "./harness/engine";
import { saysWhatIsRecorded } from "./harness/forms";
import { announced, done, kept, listed } from "./harness/nines";
import { startStack, type StackRun } from "./harness/stack-run";
import { engineSuite } from "./harness/suite";
import { matched, mismatch } from "./harness/table";

const SERVICE = "aws:ecs/service:Service";

const said = (changes: readonly ResourceChange[]): readonly string[] => listed(changes.map(({ urn, op }) => [urn, op]));
const did = (run: Run): readonly string[] => listed(done(run));

/** Says it, then does it: the same, and nothing is left beside what the state knows. */
async function changedAsAnnounced(run: StackRun): Promise<{ readonly lines: readonly string[]; readonly run: Run }> {
  const changes = await announced(run);
  const up = await run.engine.up();
  expect(up.printed).not.toContain("error:");
  expect(did(up)).toEqual(said(changes));
  expect(mismatch(await run.engine.state(), run.served.cloud)).toEqual(matched);
  return { lines: said(changes), run: up };
}

engineSuite("what nines announces against a stack export is what the engine does", () => {
  describe("embedding-prod", () => {
    let run: StackRun;
    let config: Readonly<Record<string, unknown>>;
    const configure = (more: Readonly<Record<string, unknown>>): void => {
      config = { ...config, ...more };
      run.project.configure(run.stack, config);
    };
    const tasksOf = (name: string): unknown =>
      run.served.cloud.find(SERVICE, ({ urn }) => nameOfUrn(urn) === `${name}-us-east-1`)?.inputs["desiredCount"];

    beforeAll(async () => {
      run = await startStack("embedding-prod");
      config = run.config;
      expect((await run.engine.up()).exitCode).toBe(0);
    });
    afterAll(() => run.end());

    test("no change: nothing", async () => {
      expect((await changedAsAnnounced(run)).lines).toEqual([]);
    });

    test("three times the load: nothing is replaced, and the scaler keeps its count", async () => {
      const before = tasksOf("embedding");
      const stood = kept(run, "stood.json", await run.engine.exported());
      configure({ load: { requestsPerSecond: { mean: 1200, peak: 3000 } } });
      // It says what stands too, so it is the recording against that.
      const document = await run.engine.previewDocument("--show-sames", "--show-replacement-steps");
      // A count that the scaler owns is in it as it stands, and not as it is planned.
      expect(saysWhatIsRecorded(run, document, "--against", stood)).toEqual([
        "built-as-planned replica-group/embedding/us-east-1",
        "built-as-planned replica-group/storage-server/us-east-1",
        "scaler-bounds-agree replica-group/embedding/us-east-1",
        "scaler-bounds-agree replica-group/storage-server/us-east-1",
      ]);
      const { lines } = await changedAsAnnounced(run);
      expect(lines).toContain("update Target embedding-us-east-1-scaling");
      expect(lines.filter((line) => line.startsWith("replace"))).toEqual([]);
      expect(tasksOf("embedding")).toBe(before);
    });

    test("an image: a new revision of its task, and its service updated", async () => {
      const images = {
        ...(config["images"] as object),
        embedding: `registry.example.com/embedding@sha256:${"0".repeat(64)}`,
      };
      configure({ images });
      expect((await changedAsAnnounced(run)).lines).toEqual([
        "replace TaskDefinition embedding-us-east-1-task",
        "update Service embedding-us-east-1",
      ]);
    });

    test("a size: nothing is replaced but the revision of its task", async () => {
      configure({ sizes: { embedding: { memoryMiB: 3072 } } });
      const { lines } = await changedAsAnnounced(run);
      expect(lines.filter((line) => line.startsWith("replace"))).toEqual([
        "replace TaskDefinition embedding-us-east-1-task",
      ]);
      expect(lines).toContain("update Service embedding-us-east-1");
    });

    test("a newer version of the cache's engine: in place", async () => {
      run.project.amend(
        "systems/embedding.ts",
        "vectors: cache({",
        'vectors: cache({ engine: { name: "valkey", version: "8.1" },',
      );
      expect((await changedAsAnnounced(run)).lines).toEqual(["update ReplicationGroup vectors-us-east-1"]);
    });

    test("an older one would replace it: announced as protected, and refused by name", async () => {
      run.project.amend(
        "systems/embedding.ts",
        "vectors: cache({",
        'vectors: cache({ engine: { name: "valkey", version: "7.2" },',
      );
      const group = (await announced(run)).find(({ type }) => type.endsWith(":ReplicationGroup"));
      expect(group).toMatchObject({ op: "replace", note: expect.stringContaining("protected") as string });
      const refused = await run.engine.preview();
      expect(refused.exitCode).not.toBe(0);
      expect(refused.printed).toContain("vectors-us-east-1");
      expect(refused.printed).toMatch(/unable to replace resource|cannot be (?:deleted|replaced)/);
      run.project.amend(
        "systems/embedding.ts",
        "vectors: cache({",
        'vectors: cache({ engine: { name: "valkey", version: "8.1" },',
      );
    });

    test("a count that the scaler has raised stays: neither a refresh nor a new image takes it back", async () => {
      const service = run.served.cloud.find(SERVICE, ({ urn }) => nameOfUrn(urn) === "embedding-us-east-1")!;
      run.served.cloud.drift(service.urn, { desiredCount: 150 });
      expect((await run.engine.up("--refresh")).exitCode).toBe(0);
      expect(tasksOf("embedding")).toBe(150);
      const images = {
        ...(config["images"] as object),
        embedding: `registry.example.com/embedding@sha256:${"1".repeat(64)}`,
      };
      configure({ images });
      await changedAsAnnounced(run);
      expect(tasksOf("embedding")).toBe(150);
    });

    test("what somebody else changed is put back by the next up that looks", async () => {
      const alarm = run.served.cloud.find("aws:cloudwatch/metricAlarm:MetricAlarm", () => true)!;
      run.served.cloud.drift(alarm.urn, { threshold: 0.5 });
      const up = await run.engine.up("--refresh");
      expect(up.exitCode).toBe(0);
      expect(run.served.cloud.find(alarm.type, ({ urn }) => urn === alarm.urn)?.inputs).toEqual(alarm.inputs);
    });

    test("what somebody else deleted is made again", async () => {
      const alarm = run.served.cloud.find("aws:cloudwatch/metricAlarm:MetricAlarm", () => true)!;
      run.served.cloud.vanish(alarm.urn);
      const up = await run.engine.up("--refresh");
      expect(up.exitCode).toBe(0);
      expect(mismatch(await run.engine.state(), run.served.cloud)).toEqual(matched);
    });
  });

  test("embedding-staging: an older version of the cache's engine replaces it, and all that follows is announced", async () => {
    const run = await startStack("embedding-staging");
    try {
      expect((await run.engine.up()).exitCode).toBe(0);
      run.project.amend(
        "systems/embedding.ts",
        "vectors: cache({",
        'vectors: cache({ engine: { name: "valkey", version: "7.2" },',
      );
      const { lines } = await changedAsAnnounced(run);
      expect(lines).toContain("replace ReplicationGroup vectors-us-east-1");
    } finally {
      run.end();
    }
  });
});
