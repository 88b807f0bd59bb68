import { createRequire } from "node:module";
import { join } from "node:path";
import { deferUnusedModules } from "../../deferred-modules";
import { RecordingMonitor, type Protos } from "../../monitor";
import { askProgram, type Caller } from "../ask-program";
import type { HandedRecording, Task } from "./hand-over";
import { keepObjects } from "./kept-struct";

type Module = Record<string, unknown>;

/** What was taken hold of, and what was not there to be. */
interface Taken {
  /** What the program has registered so far; null: it goes over gRPC, to our server. */
  readonly recording: () => HandedRecording | null;
  readonly missing: readonly string[];
}

/**
 * Takes out of the SDK what makes a big program slow. It reaches into the program's own copy, which no version promises to keep:
 * each step is taken only where what it takes hold of is there. Without one the program runs slower, and as well.
 */
export function takeHold(task: Task): Taken {
  const missing: string[] = [];
  const step = (what: string, take: () => boolean): void => {
    let taken = false;
    try {
      taken = take();
    } catch {
      // Not there, or not as it was.
    }
    if (!taken) missing.push(what);
  };
  const sdk = createRequire(join(task.sdk, "package.json"));
  const load = (name: string): Module => sdk(join(task.sdk, name)) as Module;

  // Before anything loads the SDK.
  step(
    "modules that no preview needs",
    () => deferUnusedModules({ sdk: task.sdk, compiles: task.typescript }).length > 0,
  );
  // First: whoever loads this module copies what it holds.
  let monitor: RecordingMonitor | undefined;
  let finished = false;
  step("the monitor's client", () => {
    const module = load("proto/resource_grpc_pb");
    const protos = { resource: load("proto/resource_pb"), provider: load("proto/provider_pb") } as unknown as Protos;
    const local = new RecordingMonitor(task.project, task.stack, protos, {
      askProgram: askProgram(() => callerOf(task.sdk, load)),
      ...(task.region === undefined ? {} : { region: task.region }),
    });
    if (!speaksTo(module["ResourceMonitorClient"], local)) return false;
    const end = local.signalAndWaitForShutdown.bind(local);
    local.signalAndWaitForShutdown = (request, answer) => {
      finished = true;
      end(request, answer);
    };
    // Called with `new`, and then what it returns is the client.
    const Client = function (): RecordingMonitor {
      return local;
    };
    if (!replaced(module, "ResourceMonitorClient", Client)) return false;
    monitor = local;
    return true;
  });
  // Each is spelt out for a debug message, whether anybody hears it or not.
  step("answers in words", () => {
    const { prototype } = load("proto/resource_pb")["RegisterResourceResponse"] as { readonly prototype: Module };
    return replaced(prototype, "toString", () => "");
  });
  // Built, gone through and taken apart again, in one process.
  step("objects in messages", () =>
    keepObjects(sdk(sdk.resolve("google-protobuf/google/protobuf/struct_pb.js")) as Module),
  );
  // Formats a stack for each of an output's promises, for a message that nobody asks for here: most of the time of a big program.
  step("promises that keep their stack", () =>
    replaced(load("runtime/debuggable"), "debuggablePromise", (promise: unknown) => promise),
  );
  // Each is a message to the engine, several a resource, and nobody listens.
  step("debug messages", () => replaced(load("log"), "debug", () => Promise.resolve()));
  // Where each resource was written; nobody here says it.
  step("places of resources", () => replaced(load("resource")["Resource"] as Module, "stackTrace", () => []));
  // All that a program makes without awaiting anything would begin at once, and each holds a lot until it is done.
  step("resources in turn", () => {
    const rpc = load("runtime/rpc");
    const serialise = rpc["serializeResourceProperties"];
    const turn = turns();
    return (
      typeof serialise === "function" &&
      replaced(rpc, "serializeResourceProperties", async (...given: readonly unknown[]) => {
        await turn();
        return Reflect.apply(serialise, undefined, given) as unknown;
      })
    );
  });
  return {
    missing,
    recording: () =>
      monitor === undefined
        ? null
        : {
            resources: [...monitor.resources.values()],
            outputs: [...monitor.outputs],
            calls: monitor.calls,
            reads: monitor.reads,
            problems: monitor.problems,
            finished,
          },
  };
}

/** Loaded once a program has functions to be asked. */
function callerOf(sdk: string, load: (name: string) => Module): Caller {
  const grpc = createRequire(join(sdk, "package.json"))("@grpc/grpc-js") as {
    readonly credentials: { createInsecure(): unknown };
  };
  const { CallbacksClient } = load("proto/callback_grpc_pb") as Pick<Caller, "CallbacksClient">;
  const { CallbackInvokeRequest } = load("proto/callback_pb") as Pick<Caller, "CallbackInvokeRequest">;
  return { CallbacksClient, CallbackInvokeRequest, insecure: () => grpc.credentials.createInsecure() };
}

/** Resources that begin before others go on. */
const A_TURN = 64;

/** Lets so many go a turn of the event loop, whether those before are done or not: they may wait for one that comes later. */
function turns(): () => Promise<void> {
  const waiting: (() => void)[] = [];
  const next = (): void => {
    for (const go of waiting.splice(0, A_TURN)) go();
    if (waiting.length > 0) setImmediate(next);
  };
  return () =>
    new Promise((go) => {
      if (waiting.push(go) === 1) setImmediate(next);
    });
}

function replaced(module: Module, name: string, by: unknown): boolean {
  if (typeof module[name] !== "function") return false;
  module[name] = by;
  return module[name] === by;
}

/** Answered by nobody; the SDK does without. */
const SPARED = new Set(["getDeploymentInfo"]);

/** Whether all that the SDK may call of its client is answered by our monitor: a newer SDK may call what ours does not know. */
function speaksTo(client: unknown, monitor: RecordingMonitor): boolean {
  const service: unknown = typeof client === "function" ? Reflect.get(client, "service") : undefined;
  if (typeof service !== "object" || service === null) return false;
  const methods = Object.keys(service);
  return methods.includes("registerResource") && methods.every((name) => SPARED.has(name) || name in monitor);
}
