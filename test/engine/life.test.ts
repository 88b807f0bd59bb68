import { shippedOn } from "../stacks";
import { saysWhatIsRecorded } from "./harness/forms";
import { startStack, type StackRun } from "./harness/stack-run";
import { engineSuite } from "./harness/suite";
import { matched, mismatch } from "./harness/table";

engineSuite("from nothing to nothing", () => {
  describe.each(shippedOn("aws").map(({ stack }) => stack))("%s", (stack) => {
    let run: StackRun;
    beforeAll(async () => {
      run = await startStack(stack);
    });
    afterAll(() => run.end());

    test("up makes all that is registered, and nothing else", async () => {
      const up = await run.engine.up();
      expect(up.printed).not.toContain("error:");
      expect(up.exitCode).toBe(0);
      expect(Object.keys(up.summary)).toEqual(["create"]);
      expect(mismatch(await run.engine.state(), run.served.cloud)).toEqual(matched);
    });

    test("its export, read by nines preview --from, says what the recording says", async () => {
      expect(saysWhatIsRecorded(run, await run.engine.exported())).toEqual([]);
    });

    test("up again changes nothing", async () => {
      const done = run.served.cloud.journal.length;
      const again = await run.engine.up();
      expect(again.exitCode).toBe(0);
      expect(Object.keys(again.summary)).toEqual(["same"]);
      expect(run.served.cloud.journal.slice(done)).toEqual([]);
    });

    test("a refresh finds nothing that drifted", async () => {
      const refreshed = await run.engine.up("--refresh");
      expect(refreshed.exitCode).toBe(0);
      expect(Object.keys(refreshed.summary)).toEqual(["same"]);
    });

    const leavesNothing = async (): Promise<void> => {
      const gone = await run.engine.destroy();
      expect(gone.printed).not.toContain("error:");
      expect(gone.exitCode).toBe(0);
      expect(run.served.cloud.things).toEqual([]);
      expect(await run.engine.state()).toEqual([]);
    };

    if (!stack.endsWith("-prod")) {
      test("destroy leaves nothing", leavesNothing);
      return;
    }

    test("what is protected is refused by name, and nothing is deleted", async () => {
      const guarded = (await run.engine.state()).filter(({ protect }) => protect === true);
      const done = run.served.cloud.journal.length;
      const refused = await run.engine.destroy();
      expect(refused.exitCode).not.toBe(0);
      // The preview stops at the first of them that nothing else needs; buckets lie below their balancers.
      const named = guarded.filter(({ type }) => type !== "aws:s3/bucket:Bucket");
      expect(named.length).toBeGreaterThan(0);
      for (const { urn } of named)
        expect(refused.printed).toMatch(new RegExp(`${escaped(urn)}.{1,3}cannot be deleted`));
      expect(run.served.cloud.journal.slice(done)).toEqual([]);
    });

    test("unprotected in Pulumi's state alone, AWS still refuses the balancers", async () => {
      await run.engine.unprotect();
      const refused = await run.engine.destroy();
      expect(refused.exitCode).not.toBe(0);
      expect(refused.printed).toMatch(
        /loadbalancer\/app\/embedding-\S+ cannot be deleted because deletion protection is enabled/,
      );
      expect(mismatch(await run.engine.state(), run.served.cloud)).toEqual(matched);
    });

    test("with protect: false in its environment, up and destroy leave nothing", async () => {
      run.project.amend("environments/prod.ts", 'tier: "prod",', 'tier: "prod", protect: false,');
      const up = await run.engine.up();
      expect(up.printed).not.toContain("error:");
      expect(mismatch(await run.engine.state(), run.served.cloud)).toEqual(matched);
      await leavesNothing();
    });
  });
});

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
