import type { RecordingMonitor } from "../monitor";
import { RecordingError } from "../record";
import { failureSentence, missingEntry, missingKeys, plain } from "./failure";
import type { Ended } from "./process-group";
import { refusedComponents } from "./refused-plan";
import type { Serving } from "./server";

/** The program wants configuration that it is not given. */
export class MissingConfiguration extends Error {
  constructor(readonly keys: readonly string[]) {
    super(`not configured: ${keys.join(", ")}`);
    this.name = "MissingConfiguration";
  }
}

/** What was seen of a program while it ran. */
export interface Seen {
  readonly serving: Serving;
  readonly monitor: RecordingMonitor;
  /** Whether the project's SDK tells the engine that the program has ended well; older ones do not. */
  readonly tellsEnd: boolean;
  /** Whether it has told. */
  readonly finished: boolean;
}

export interface End extends Ended {
  /** The program called process.exit. */
  readonly exits: boolean;
}

/** Anything but a good end is said, in a sentence each. */
export function refuse(
  ended: End,
  { serving, monitor, tellsEnd, finished }: Seen,
  { root, timeoutSeconds }: { readonly root: string; readonly timeoutSeconds: number },
): void {
  const missing = missingKeys([...serving.messages.errors, ended.printed]);
  if (missing.length > 0) throw new MissingConfiguration(missing);
  const refused = refusedComponents(serving.messages.errors);
  if (refused !== undefined) throw refused;
  const said = serving.messages.errors.map((text) => failureSentence(text, root));
  const problems = [...new Set([...(ended.timedOut ? [timeoutSentence(monitor, timeoutSeconds)] : []), ...said])];
  if (problems.length === 0 && !ended.timedOut) {
    const stackUrn = monitor.stackUrn();
    const done = stackUrn !== undefined && monitor.outputs.has(stackUrn) && (finished || !tellsEnd);
    if (ended.exitCode !== 0 || !done) problems.push(exitSentence(ended, root));
  }
  problems.push(...monitor.problems);
  if (problems.length > 0) throw new RecordingError(problems);
}

function timeoutSentence(monitor: RecordingMonitor, timeoutSeconds: number): string {
  const seen = [...monitor.resources.values()].filter((resource) => resource.custom).length;
  const so = seen === 0 ? "before its first resource" : seen === 1 ? "after 1 resource" : `after ${seen} resources`;
  return `it does not end within ${timeoutSeconds} s, ${so}: it waits for something that nobody answers here, or needs longer (--timeout SECONDS)`;
}

function exitSentence({ exitCode, exits, printed }: End, root: string): string {
  const said = plain(printed).trim();
  const missing = missingEntry(said);
  if (missing !== undefined) return missing;
  const unfinished = exitCode === 0 || said.includes("promises were still active");
  if (exits)
    return unfinished
      ? "it ends itself (process.exit) before it is done, so what it would register is not known"
      : `it ends itself (process.exit) with exit code ${exitCode}${said === "" ? "" : `: ${failureSentence(said, root)}`}`;
  if (unfinished) return "it waits for a value that never comes, so it never gets to its end";
  const how = exitCode === null ? "it was killed" : `it ends with exit code ${exitCode}`;
  return said === "" ? `${how} and says nothing` : `${how}: ${failureSentence(said, root)}`;
}
