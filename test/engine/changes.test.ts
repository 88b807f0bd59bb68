import { announced, done } from "./harness/nines";
import { startStack, type StackRun } from "./harness/stack-run";
import { engineSuite } from "./harness/suite";
import { nameOfUrn } from "../../model";

const short = (entries: Iterable<readonly [string, string]>): readonly string[] =>
  [...entries].map(([urn, op]) => `${op} ${urn.split("::")[2]?.split(":").at(-1) ?? ""} ${nameOfUrn(urn)}`).sort();

engineSuite("what nines announces is what the engine does", () => {
  let run: StackRun;
  beforeAll(async () => {
    run = await startStack("embedding-prod");
    expect((await run.engine.up()).exitCode).toBe(0);
  });
  afterAll(() => run.end());

  test.each<readonly [string, () => void]>([
    ["nothing", () => undefined],
    [
      "load x3",
      () =>
        run.project.configure(run.stack, { ...run.config, load: { requestsPerSecond: { mean: 1200, peak: 3000 } } }),
    ],
  ])("%s", async (_, change) => {
    change();
    const said = await announced(run);
    const preview = await run.engine.preview();
    console.log(preview.exitCode, preview.printed.slice(-1500));
    const up = await run.engine.up();
    console.log(short(said.map(({ urn, op }) => [urn, op])), short(done(preview)), short(done(up)));
  });
});
