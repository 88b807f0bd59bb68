/** What the SDK formats stacks for; no declaration of it is published (@pulumi/pulumi 3.248, resource.js and runtime/debuggable.js). */
interface Traced {
  readonly Resource: { stackTrace: (skip: number) => readonly unknown[] };
}
interface Debuggable {
  debuggablePromise: (promise: unknown, about: unknown) => unknown;
}

/** Names in variables, for the same reason. */
const RESOURCE: string = "@pulumi/pulumi/resource";
const DEBUGGABLE: string = "@pulumi/pulumi/runtime/debuggable";

/**
 * Runs a program with an SDK that formats no stacks. It formats one for each of an output's promises and one for where each resource was
 * written, most of the time of a recording (measured: 4x, and a quarter of what is then left), and nobody here reads them.
 */
export async function withoutStackTraces<T>(run: () => Promise<T>): Promise<T> {
  const [{ Resource }, debuggable] = (await Promise.all([import(RESOURCE), import(DEBUGGABLE)])) as [
    Traced,
    Debuggable,
  ];
  const { stackTrace } = Resource;
  const { debuggablePromise } = debuggable;
  const limit = Error.stackTraceLimit;
  Resource.stackTrace = () => [];
  debuggable.debuggablePromise = (promise) => promise;
  Error.stackTraceLimit = 0;
  try {
    return await run();
  } finally {
    Resource.stackTrace = stackTrace;
    debuggable.debuggablePromise = debuggablePromise;
    Error.stackTraceLimit = limit;
  }
}
