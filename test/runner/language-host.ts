import { spawn, type ChildProcess } from "node:child_process";
import { readFileSync } from "node:fs";
import * as path from "node:path";
import * as engineProto from "@pulumi/pulumi/proto/engine_pb";
import * as providerProto from "@pulumi/pulumi/proto/provider_pb";
import * as resourceProto from "@pulumi/pulumi/proto/resource_pb";
import { parse } from "yaml";
import type { Resource, Value } from "../../model";
import { RecordingMonitor } from "../../preview/monitor";
import { pulumiConfig, type StackFile } from "../../preview/stack-files";
import { generated, grpc, listen, messageBytes, type Answer, type Handler } from "./grpc";

const root = path.join(__dirname, "../..");

/** What Pulumi's engine (3.248) supports; more than a recording asks for. */
const ENGINE_FEATURES = [
  "secrets",
  "resourceReferences",
  "outputValues",
  "aliasSpecs",
  "deletedWith",
  "replaceWith",
  "transforms",
  "invokeTransforms",
  "parameterization",
  "resourceHooks",
  "errorHooks",
] as const;

/** How a run of the project's program ended, and what it asked the engine for. */
export interface Run {
  readonly exitCode: number | null;
  /** Sorted by URN. */
  readonly resources: readonly Resource[];
  readonly outputs: Readonly<Record<string, Value>>;
  /** What the program had the engine say, at severity error. */
  readonly errors: readonly string[];
  readonly warnings: readonly string[];
  /** What the engine takes for success: only then does it delete what was not registered. */
  readonly finished: boolean;
  /** On stdout and stderr. */
  readonly printed: string;
  readonly problems: readonly string[];
}

interface Message {
  readonly severity: number;
  readonly text: string;
}

/** Runs the shipped project as Pulumi's language host does, in a process of its own; the options are those of Pulumi.yaml. */
export async function runProject(file: StackFile): Promise<Run> {
  const monitor = new RecordingMonitor("nines", file.stack, { resource: resourceProto, provider: providerProto });
  const messages: Message[] = [];
  let finished = false;
  const server = new grpc.Server(messageBytes);
  server.addService(generated("resource_grpc_pb", "ResourceMonitorService"), {
    ...monitorMethods(monitor),
    signalAndWaitForShutdown: (_, answer) => {
      finished = true;
      answer(null, empty());
    },
  });
  server.addService(generated("engine_grpc_pb", "EngineService"), engineMethods(messages));
  const address = await listen(server);
  const child = start(file, address);
  try {
    const printed: string[] = [];
    child.stdout?.on("data", (chunk: Buffer) => printed.push(chunk.toString()));
    child.stderr?.on("data", (chunk: Buffer) => printed.push(chunk.toString()));
    const exitCode = await new Promise<number | null>((resolve, reject) => {
      child.once("error", reject);
      child.once("close", resolve);
    });
    const texts = (severity: number): readonly string[] =>
      messages.filter((each) => each.severity === severity).map(({ text }) => text);
    return {
      exitCode,
      resources: [...monitor.resources.values()].sort((a, b) => (a.urn < b.urn ? -1 : a.urn > b.urn ? 1 : 0)),
      outputs: monitor.outputs.get(monitor.stackUrn() ?? "") ?? {},
      errors: texts(engineProto.LogSeverity.ERROR),
      warnings: texts(engineProto.LogSeverity.WARNING),
      finished,
      printed: printed.join(""),
      problems: monitor.problems,
    };
  } finally {
    child.kill("SIGKILL");
    server.forceShutdown();
  }
}

function start(file: StackFile, address: string): ChildProcess {
  const { runtime } = parse(readFileSync(path.join(root, "Pulumi.yaml"), "utf8")) as {
    readonly runtime: { readonly options: { readonly tsconfig: string } };
  };
  const { config, secretKeys } = pulumiConfig(file);
  const flags = {
    monitor: address,
    engine: address,
    project: "nines",
    stack: file.stack,
    pwd: root,
    "dry-run": "true",
    parallel: "16",
  };
  return spawn(
    process.execPath,
    [
      path.join(root, "node_modules/@pulumi/pulumi/cmd/run"),
      ...Object.entries(flags).flatMap(([flag, value]) => (flag === "dry-run" ? [`--${flag}`] : [`--${flag}`, value])),
      ".",
    ],
    {
      cwd: root,
      stdio: ["ignore", "pipe", "pipe"],
      // Should a run hang, it ends before its test does.
      timeout: 60_000,
      killSignal: "SIGKILL",
      env: {
        PATH: process.env["PATH"],
        HOME: process.env["HOME"],
        PULUMI_NODEJS_TYPESCRIPT: "true",
        PULUMI_NODEJS_TSCONFIG_PATH: runtime.options.tsconfig,
        // The host writes keys in their long form.
        PULUMI_CONFIG: JSON.stringify(
          Object.fromEntries(Object.entries(config).map(([key, text]) => [long(key), text])),
        ),
        PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(secretKeys),
      },
    },
  );
}

function long(key: string): string {
  return key.replace(":", ":config:");
}

/** The recording's own answers, over the wire; and the features of a real engine. */
function monitorMethods(monitor: RecordingMonitor): Record<string, Handler> {
  const over =
    (method: (request: never, answer: Answer) => void): Handler =>
    ({ request }, answer) =>
      method.call(monitor, request, (error: unknown, response?: unknown) =>
        answer(error, isMessage(response) ? response : empty()),
      );
  return {
    supportsFeature: ({ request }: { request: resourceProto.SupportsFeatureRequest }, answer) => {
      const response = new resourceProto.SupportsFeatureResponse();
      response.setHassupport(ENGINE_FEATURES.some((feature) => feature === request.getId()));
      answer(null, response);
    },
    registerResource: over(monitor.registerResource),
    registerResourceOutputs: over(monitor.registerResourceOutputs),
    readResource: over(monitor.readResource),
    invoke: over(monitor.invoke),
    call: over(monitor.call),
    registerPackage: over(monitor.registerPackage),
  };
}

function engineMethods(messages: Message[]): Record<string, Handler> {
  return {
    log: ({ request }: { request: engineProto.LogRequest }, answer) => {
      messages.push({ severity: request.getSeverity(), text: request.getMessage() });
      answer(null, empty());
    },
    getRootResource: (_, answer) => answer(null, new engineProto.GetRootResourceResponse()),
    setRootResource: (_, answer) => answer(null, new engineProto.SetRootResourceResponse()),
  };
}

function isMessage(response: unknown): boolean {
  return typeof response === "object" && response !== null && "serializeBinary" in response;
}

/** The SDK's own class of an empty answer. */
function empty(): unknown {
  const { registerResourceOutputs } = generated<{
    readonly registerResourceOutputs: { readonly responseType: new () => unknown };
  }>("resource_grpc_pb", "ResourceMonitorService");
  return new registerResourceOutputs.responseType();
}
