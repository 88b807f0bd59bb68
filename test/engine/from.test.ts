import { writeFileSync } from "node:fs";
import * as path from "node:path";
import type { Report } from "../../model";
import { ninesPreview } from "./harness/nines";
import { startStack, type StackRun } from "./harness/stack-run";
import { engineSuite } from "./harness/suite";

/** Worst verdict of each rule on each Part. */
function verdicts({ rules }: Report): ReadonlyMap<string, string> {
  const order = ["fail", "waived", "undecided", "pass"];
  const found = new Map<string, string>();
  for (const { id, part, verdict } of rules) {
    const key = `${id} ${part ?? ""}`;
    const known = found.get(key);
    if (known === undefined || order.indexOf(verdict) < order.indexOf(known)) found.set(key, verdict);
  }
  return found;
}

/** What a form says otherwise than the recording: where it knows less, it may be undecided. */
function otherwise(recorded: Report, form: Report): readonly string[] {
  const [said, read] = [verdicts(recorded), verdicts(form)];
  return [...new Set([...said.keys(), ...read.keys()])]
    .filter((key) => read.get(key) !== said.get(key) && read.get(key) !== "undecided" && said.get(key) !== "undecided")
    .map((key) => `${key}: ${said.get(key) ?? "nothing"}, ${read.get(key) ?? "nothing"}`)
    .sort();
}

engineSuite("the engine's documents, read by nines preview --from, say what the recording says", () => {
  let run: StackRun;
  beforeAll(async () => {
    run = await startStack("embedding-prod");
  });
  afterAll(() => run.end());

  const kept = (name: string, document: string): string => {
    const file = path.join(run.project.folder, name);
    writeFileSync(file, document);
    return file;
  };

  const same = (name: string, document: string, ...flags: readonly string[]): void => {
    const file = kept(name, document);
    const recorded = ninesPreview(run, ...flags);
    const form = ninesPreview({ ...run, stack: "" }, "--from", file);
    expect(form.stack).toBe(recorded.stack);
    expect(form.cost.perMonthUsd).toEqual(recorded.cost.perMonthUsd);
    expect(form.cost.unpriced).toEqual(recorded.cost.unpriced);
    expect(form.availability).toEqual(recorded.availability);
    expect(form.built.map(({ key }) => key)).toEqual(recorded.built.map(({ key }) => key));
    expect(otherwise(recorded, form)).toEqual([]);
  };

  test("a preview of a new stack", async () => {
    same("new.json", await run.engine.previewDocument());
  });

  test("a stack export", async () => {
    expect((await run.engine.up()).exitCode).toBe(0);
    same("export.json", await run.engine.exported());
  });

  // It says what stands too, so it is the recording against that.
  test("a preview of a change, with all that stays", async () => {
    const before = kept("before.json", await run.engine.exported());
    run.project.configure(run.stack, { ...run.config, load: { requestsPerSecond: { mean: 1200, peak: 3000 } } });
    same(
      "change.json",
      await run.engine.previewDocument("--show-sames", "--show-replacement-steps"),
      "--against",
      before,
    );
  });
});
