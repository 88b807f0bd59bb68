import { RecordingError } from "../../preview/record";
import { configured, recordStack, shippedOn } from "../stacks";
import { runProject } from "./language-host";

const SLOW = 60_000;

/** What a message must never hold: a line of a stack trace, or a file of the library. */
const TRACE = /^\s+at |node_modules|\.ts:\d/m;

describe("the project, run as Pulumi's language host runs it", () => {
  // Every stack of AWS; of Kubernetes the one of each system that has all that the others have.
  const run = [...shippedOn("aws"), ...shippedOn("kubernetes").filter(({ stack }) => stack.endsWith("-prod"))];
  test.each(run.map((file) => [file.stack, file] as const))(
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
      // Without a door there is nowhere to go to from outside.
      expect(
        Object.keys(run.outputs)
          .sort()
          .filter((name) => name !== "url"),
      ).toEqual(["availability", "costPerMonthUsd", "replicas"]);
      expect(run.resources.length).toBeGreaterThan(10);
    },
    SLOW,
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

  test(
    "wrong configuration: every mistake at once, in one message",
    async () => {
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
      for (const said of ["stack embedding-prod", "embeding", "production", "-4", "lod"])
        expect(message).toContain(said);
    },
    SLOW,
  );

  test(
    "a secret where a number is wanted: said, and not printed",
    async () => {
      const run = await runProject(configured("embedding-prod", { load: { $unknown: "secret" } }));
      expectNothing(run);
      expect(run.errors[0]).toMatch(/nines:load {3}got \(secret\)/);
    },
    SLOW,
  );

  test(
    "a plan that nothing can carry out: the limit, and what does plan",
    async () => {
      const run = await runProject(
        configured("embedding-prod", { load: { requestsPerSecond: { mean: 400_000, peak: 1_000_000 } } }),
      );
      expectNothing(run);
      expect(run.errors[0]).toMatch(/embedding-prod cannot be planned[^]*needs [\d,]+ replicas[^]*plans: load/);
    },
    SLOW,
  );

  test("the error has no frames: the SDK's, mapped to its sources, would keep Node busy for many seconds", async () => {
    const failed: unknown = await recordStack(configured("embedding-prod", { system: "embeding" })).catch(
      (error: unknown) => error,
    );
    if (!(failed instanceof RecordingError) || !(failed.cause instanceof Error))
      throw new Error("it should be refused");
    expect(failed.cause.stack).toBe(failed.cause.message);
  });
});
