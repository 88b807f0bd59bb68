import { saysWhatIsRecorded } from "../engine/harness/forms";
import { announced, done, listed } from "../engine/harness/nines";
import { existing } from "./by-plan";
import { deployed, deployedSuite, programsGateways, type Deployed } from "./harness/deployed";

/** Where the pods of a stack are. */
const stacks = [
  { stack: "vectordb-dev", context: "dev-us-east-1", namespace: "dvecdb-dev" },
  { stack: "model-serving-dev", context: "dev-us-east-1", namespace: "model-serving-dev" },
] as const;

deployedSuite("pulumi up", (cluster) => {
  let end: () => void;
  beforeAll(async () => {
    const zones = ["us-east-1a", "us-east-1b", "us-east-1c"];
    await cluster().addNodes({ zones, perZone: 3, cpuMillis: 3920, memoryMiB: 14_000, pods: 58 });
    // The class of volumes that a cluster has by default among them.
    await cluster().apply(existing);
    end = programsGateways(cluster());
  });
  afterAll(async () => {
    end();
    await cluster().remove(existing);
  });

  describe.each(stacks)("$stack", ({ stack, context, namespace }) => {
    let run: Deployed;
    beforeAll(async () => {
      run = await deployed(stack, [context]);
    });
    afterAll(() => run.end());

    /** What nines announces against the stack's export, and what the engine would do. */
    const changes = async () => {
      const said = await announced(run);
      const would = await run.engine.preview();
      expect(would.printed).not.toContain("error:");
      const lines = listed(done(would));
      expect(listed(said.map(({ urn, op }) => [urn, op]))).toEqual(lines);
      return lines;
    };

    test("makes all that is planned, and waits until it stands", async () => {
      const up = await run.engine.up();
      expect(up.printed).not.toContain("error:");
      expect(up.exitCode).toBe(0);
      expect(Object.keys(up.summary)).toEqual(["create"]);
      const pods = await cluster().pods(namespace);
      expect(pods.length).toBeGreaterThan(0);
      expect(pods.filter(({ ready }) => !ready)).toEqual([]);
    });

    test("its export, read by nines preview --from, says what the recording says", async () => {
      expect(saysWhatIsRecorded(run, await run.engine.exported())).toEqual([]);
    });

    test("up again changes nothing, and a refresh finds nothing that drifted", async () => {
      const again = await run.engine.up("--refresh");
      expect(again.printed).not.toContain("error:");
      expect(Object.keys(again.summary)).toEqual(["same"]);
      expect(await changes()).toEqual([]);
    });

    if (stack === "vectordb-dev")
      test("larger volumes replace the set of members, as announced", async () => {
        run.project.amend("systems/vectordb.ts", "volumeGiB: 100", "volumeGiB: 200");
        const lines = await changes();
        run.project.amend("systems/vectordb.ts", "volumeGiB: 100", "volumeGiB: 100");
        expect(lines.filter((line) => line.startsWith("replace"))).toEqual([
          "replace StatefulSet dev-dvecdb-us-east-1",
        ]);
      });

    test("another image is a rollout and nothing else", async () => {
      const workload = stack === "vectordb-dev" ? "dvecdb" : "model-server";
      run.configure({ images: { [workload]: `registry.example.com/${workload}@sha256:${"0".repeat(64)}` } });
      const lines = await changes();
      const kind = stack === "vectordb-dev" ? "StatefulSet" : "Deployment";
      // nines:namePrefix of its stack.
      const built = stack === "vectordb-dev" ? "dev-dvecdb" : workload;
      expect(lines).toContain(`update ${kind} ${built}-us-east-1`);
      expect(lines.filter((line) => !line.startsWith("update"))).toEqual([]);
      const up = await run.engine.up();
      expect(up.printed).not.toContain("error:");
      expect(listed(done(up))).toEqual(lines);
    });

    test("destroy leaves nothing", async () => {
      const gone = await run.engine.destroy();
      expect(gone.printed).not.toContain("error:");
      expect(gone.exitCode).toBe(0);
      expect(await run.engine.state()).toEqual([]);
      expect(await cluster().pods(namespace)).toEqual([]);
    });
  });
});
