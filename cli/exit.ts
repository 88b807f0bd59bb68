import { visible } from "../model/visible";
import { Problem, firstLine } from "../preview/problem";

/** Says what went wrong on the error stream: a sentence, never a stack trace. */
export function say(error: unknown): void {
  const text = error instanceof Problem ? error.message : `nines failed, and should not have: ${firstLine(error)}`;
  process.stderr.write(`${visible(text)}\n`);
}

let finished = false;

/** Ends with a code once everything was written. */
export function finish(code: number): void {
  finished = true;
  process.exitCode = code;
}

/** A program whose values wait for each other leaves nothing to run: Node would then end in silence, as if all were well. */
export function guardSilentEnd(): void {
  process.on("exit", (code) => {
    if (finished || code !== 0) return;
    process.stderr.write(
      "nines stopped half-way: the program waits for a value that never comes (resources that depend on each other?)\n",
    );
    process.exitCode = 1;
  });
  // Thrown from a timer of somebody's program: nobody can catch it, and Node would print its stack.
  process.on("uncaughtException", (error) => {
    process.stderr.write(`a program of this project fails outside of its stack: ${firstLine(error)}\n`);
    process.exit(1);
  });
  // A reader that closed the pipe (head, less) wants no more.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(0);
    throw error;
  });
}
