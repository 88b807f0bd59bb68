// Required into the process of somebody's program before anything else is. Imports nothing of ours that loads an SDK.
import { writeFileSync } from "node:fs";
import util from "node:util";
import { takeHold } from "./fast";
import type { HandedOver, Task } from "./hand-over";

/** Out of the program's sight once it is read. */
const given = process.env["NINES_TASK"];
delete process.env["NINES_TASK"];
const task = given === undefined ? undefined : (JSON.parse(given) as Task);
const taken = task?.fast === true ? takeHold(task) : undefined;
let exits = false;

if (task !== undefined) {
  const leaveWord = (): void => {
    const handed: HandedOver = { exits, recording: taken?.recording() ?? null, missing: taken?.missing ?? [] };
    writeFileSync(task.file, JSON.stringify(handed));
  };
  process.on("exit", leaveWord);
  // It takes too long, and is about to be killed.
  process.on("SIGUSR2", leaveWord);
}

// Node 20 colours a stack trace for ever where source maps have bent its frames, and the SDK asks for colours.
const inspect = util.inspect;
const uncoloured = (value: unknown, options: unknown, ...rest: readonly unknown[]): string =>
  String(
    Reflect.apply(inspect, undefined, [
      value,
      typeof options === "object" && options !== null ? { ...options, colors: false } : options,
      ...rest,
    ]),
  );
Reflect.set(util, "inspect", Object.assign(uncoloured, inspect));

// A program that ends itself cannot be told from one that is done by its exit code.
const exit = process.exit.bind(process);
process.exit = (code?: number | string | null): never => {
  exits ||= calledByProgram();
  return exit(code);
};

/** The SDK, too, ends the process: where a program's file is not there, for one. */
function calledByProgram(): boolean {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 4;
  const stack = new Error().stack ?? "";
  Error.stackTraceLimit = limit;
  const caller = stack.split("\n").filter((line) => /^\s+at /.test(line))[2] ?? "";
  return !/@pulumi[\\/]pulumi[\\/]/.test(caller);
}
