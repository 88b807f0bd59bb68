import { RecordingError } from "../../preview/record";
import { configured, recordStack, shipped } from "../stacks";
import { runProject } from "./language-host";

const prod = configured("embedding-prod", {});

/** What a message must never hold: a line of a stack trace, or a file of the library. */
const TRACE = /^\s+at |node_modules|\.ts:\d/m;

describe("the project, run as Pulumi's language host runs it", () => {
  test.each(shipped.map((file) => [file.stack, file] as const))(
    "%s registers what the preview recorded",
    async (_, file) => {
      const [run, recorded] = [await runProject(file), await recordStack(file)];
      expect({ errors: run.errors, warnings: run.warnings, printed: run.printed }).toEqual({
        errors: [],
        warnings: [],
        printed: "",
      });
      expect({ exitCode: run.exitCode, finished: run.finished, problems: run.problems }).toEqual({
        exitCode: 0,
        finished: true,
        problems: [],
      });
      expect(run.resources).toEqual(recorded.resources);
      expect(run.outputs).toEqual(recorded.outputs);
      expect(Object.keys(run.outputs).sort()).toEqual(["availability", "costPerMonthUsd", "replicas", "url"]);
      expect(run.resources.length).toBeGreaterThan(50);
    },
    60_000,
  );
});

describe("a program that must not be built", () => {
  /** Nothing but the stack itself, which the SDK registers before our program runs; not a success, so nothing is deleted either. */
  const expectNothing = (run: Awaited<ReturnType<typeof runProject>>): void => {
    expect(run.resources.map(({ type }) => type)).toEqual(["pulumi:pulumi:Stack"]);
    expect({ exitCode: run.exitCode, finished: run.finished }).toEqual({ exitCode: 32, finished: false });
    expect(run.errors).toHaveLength(1);
    expect(run.errors[0]).not.toMatch(TRACE);
    expect(run.printed).toBe("");
  };

  test("wrong configuration: every mistake at once, in one message", async () => {
    const run = await runProject(
      configured("embedding-prod", {
        system: "embeding",
        environment: "production",
        load: { requestsPerSecond: { mean: -4, peak: 1000 } },
        lod: 3,
      }),
    );
    expectNothing(run);
    const message = run.errors[0] ?? "";
    for (const said of ["stack embedding-prod", "embeding", "production", "-4", "lod"]) expect(message).toContain(said);
  });

  test("a secret where a number is wanted is never printed", async () => {
    const run = await runProject(configured("embedding-prod", { load: { $unknown: "secret" } }));
    expectNothing(run);
  });

  test("a plan that nothing can carry out: the limit, and what does plan", async () => {
    const run = await runProject(
      configured("embedding-prod", { load: { requestsPerSecond: { mean: 400_000, peak: 1_000_000 } } }),
    );
    expectNothing(run);
    expect(run.errors[0]).toMatch(/embedding-prod cannot be planned/);
  });
});
