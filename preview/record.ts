import type { Resource, Value } from "../model";
import { RecordingMonitor } from "./monitor";
import type { RecordedCall, RecordedRead } from "./recorded";
import { withoutStackTraces } from "./stack-traces";

export type { RecordedCall, RecordedRead } from "./recorded";

/** What a program would register. */
export interface Recording {
  /** Sorted by URN; components and the stack's own resource are among them. */
  readonly resources: readonly Resource[];
  /** The stack's outputs. */
  readonly outputs: Readonly<Record<string, Value>>;
  /** Data-source calls, answered with named stand-ins; sorted by what is asked. */
  readonly calls: readonly RecordedCall[];
  /** Resources that it reads and does not make; sorted by type and name. */
  readonly reads: readonly RecordedRead[];
}

export interface RecordOptions {
  readonly project: string;
  readonly stack: string;
  /** By full key, for example `nines:system`; values as Pulumi hands them over: text, objects as JSON. */
  readonly config?: Readonly<Record<string, string>>;
  readonly secretKeys?: readonly string[];
}

/** The program could not be recorded: it threw, or it asks for something that Pulumi would refuse. One sentence a problem. */
export class RecordingError extends Error {
  constructor(
    readonly problems: readonly string[],
    cause?: unknown,
  ) {
    super(problems.join("\n"), { cause });
    this.name = "RecordingError";
  }
}

/** What the SDK keeps for one program; no declaration of it is published (@pulumi/pulumi 3.248, runtime/state.js). */
interface Store {
  terminated: boolean;
  leakCandidates: Set<unknown>;
}
interface State {
  withLocalStorage<T>(program: () => Promise<T>): Promise<T>;
  getStore(): Store;
}

let running: Promise<unknown> = Promise.resolve();

/**
 * Runs a Pulumi program in this process against a monitor of ours, as a preview: nothing is created, nobody is asked.
 * Runs wait for each other; each has its own configuration and its own resources.
 * @param program What `pulumi up` would call: its result becomes the stack's outputs.
 * @throws RecordingError where the program throws, a value's apply throws, or two resources share a URN.
 */
export function recordInProcess(program: () => unknown, options: RecordOptions): Promise<Recording> {
  const run = running.then(() => record(program, options));
  running = run.catch(() => undefined);
  return run;
}

async function record(program: () => unknown, options: RecordOptions): Promise<Recording> {
  const failures: unknown[] = [];
  const collect = (reason: unknown): void => void failures.push(reason);
  // A throw in a value's apply is reported by nobody else, and would end the process.
  process.on("unhandledRejection", collect);
  try {
    const state = (await import(STATE)) as State;
    const monitor = await newMonitor(options);
    await state.withLocalStorage(() =>
      withoutStackTraces(() => runDrained(program, options, monitor, state, failures)),
    );
    const problems = [...new Set([...failures.map(sentence), ...monitor.problems])];
    if (problems.length > 0) throw new RecordingError(problems, failures[0]);
    return recordingOf(monitor);
  } finally {
    process.off("unhandledRejection", collect);
  }
}

/** What a monitor has seen by the end. */
export function recordingOf(monitor: RecordingMonitor): Recording {
  const stackUrn = monitor.stackUrn();
  return {
    resources: inOrder([...monitor.resources.values()], ({ urn }) => urn),
    outputs: (stackUrn === undefined ? undefined : monitor.outputs.get(stackUrn)) ?? {},
    calls: inOrder(monitor.calls, ({ token, inputs }) => `${token} ${JSON.stringify(inputs)}`),
    reads: inOrder(monitor.reads, ({ type, name }) => `${type} ${name}`),
  };
}

/** Requests come as promises settle: what one run says first another may say last. */
function inOrder<T>(all: readonly T[], key: (each: T) => string): readonly T[] {
  return all
    .map((each) => [key(each), each] as const)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([, each]) => each);
}

/** A name in a variable: the SDK publishes no declaration of this module. */
const STATE: string = "@pulumi/pulumi/runtime/state";

async function newMonitor(options: RecordOptions): Promise<RecordingMonitor> {
  const [resource, provider] = await Promise.all([
    import("@pulumi/pulumi/proto/resource_pb"),
    import("@pulumi/pulumi/proto/provider_pb"),
  ]);
  return new RecordingMonitor(options.project, options.stack, { resource, provider });
}

async function runDrained(
  program: () => unknown,
  options: RecordOptions,
  monitor: RecordingMonitor,
  state: State,
  failures: unknown[],
): Promise<void> {
  const [settings, config, stack] = await Promise.all([
    import("@pulumi/pulumi/runtime/settings"),
    import("@pulumi/pulumi/runtime/config"),
    import("@pulumi/pulumi/runtime/stack"),
  ]);
  settings.setMockOptions(monitor, options.project, options.stack, true);
  config.setAllConfig({ ...options.config }, [...(options.secretKeys ?? [])]);
  try {
    await stack.runInPulumiStack(async () => {
      try {
        return (await program()) as Record<string, unknown> | undefined;
      } catch (error) {
        // Caught here: past this point Pulumi keeps copies of the rejection that nobody can catch.
        failures.push(error);
        return undefined;
      }
    });
    await settings.disconnect();
    // Rejections count as unhandled only once the microtasks of their turn are done.
    await new Promise((resolve) => setImmediate(resolve));
  } finally {
    const store = state.getStore();
    // What a failed program left waiting would be reported by the SDK when the process ends.
    store.leakCandidates = new Set();
    store.terminated = true;
  }
}

function sentence(failure: unknown): string {
  const message = failure instanceof Error ? failure.message : String(failure);
  return message === "" ? "the program failed and said nothing" : message;
}
