import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { credentials } from "@grpc/grpc-js";
import * as callbackService from "@pulumi/pulumi/proto/callback_grpc_pb";
import * as callbackProto from "@pulumi/pulumi/proto/callback_pb";
import * as providerProto from "@pulumi/pulumi/proto/provider_pb";
import * as resourceProto from "@pulumi/pulumi/proto/resource_pb";
import { askProgram, type Caller } from "./foreign/ask-program";
import { withDefaultProviders } from "./foreign/default-providers";
import { withoutCredentials } from "./foreign/environment";
import type { HandedOver, Task } from "./foreign/child/hand-over";
import { refuse } from "./foreign/ending";
import { newRun, type Run } from "./foreign/process-group";
import type { ForeignProject } from "./foreign/project-file";
import { serve, type Serving } from "./foreign/server";
import type { StackConfig } from "./foreign/stack-config";
import { RecordingMonitor } from "./monitor";
import { Problem } from "./problem";
import { recordingOf, type Recording } from "./record";

export interface ProjectRunOptions extends StackConfig {
  readonly stack: string;
  /** Whether the program sees this process's environment as it is, credentials and home among it. */
  readonly keepEnvironment: boolean;
  /** Longer than that, and it is ended. */
  readonly timeoutSeconds: number;
  /** false: the program's SDK runs as it comes. @default true */
  readonly fast?: boolean;
}

export interface ProjectRecording extends Recording {
  /** What of the program's SDK was not as expected, and so was left as it came: slower, and as right. */
  readonly slowedBy: readonly string[];
}

/**
 * Runs a Pulumi project's own program in a process of its own, as a preview: nothing is created and no provider is asked.
 * Nothing of it is left running.
 * @throws RecordingError where it fails, MissingConfiguration where it lacks configuration, Problem where it cannot be started
 */
export async function recordProject(project: ForeignProject, options: ProjectRunOptions): Promise<ProjectRecording> {
  const sdk = sdkOf(project);
  const region = options.config["aws:region"];
  const monitor = new RecordingMonitor(
    project.name,
    options.stack,
    { resource: resourceProto, provider: providerProto },
    { askProgram: askProgram(ownCaller), ...(region === undefined ? {} : { region }) },
  );
  const run = newRun();
  let serving: Serving | undefined;
  try {
    serving = await serve(monitor);
    const ended = await run.start({
      // One word, not two: the SDK looks for the flag alone, and then leaves modules in TypeScript to others.
      args: [
        // A big program makes much that lives for a moment.
        "--max-semi-space-size=64",
        `--require=${preload()}`,
        ...project.nodeArgs,
        sdk.runner,
        ...flags(project, options.stack, serving.address),
        project.entry,
      ],
      cwd: project.folder,
      env: environment(project, options, run, {
        file: handOverFile(run),
        sdk: sdk.folder,
        project: project.name,
        stack: options.stack,
        typescript: project.typescript,
        fast: options.fast ?? true,
        ...(region === undefined ? {} : { region }),
      }),
      timeoutSeconds: options.timeoutSeconds,
    });
    const handed = handedOver(run);
    if (handed?.recording) monitor.take(handed.recording);
    refuse(
      { ...ended, exits: handed?.exits === true },
      {
        serving,
        monitor,
        tellsEnd: sdk.tellsEnd,
        finished: handed?.recording?.finished === true || serving.finished(),
      },
      { root: project.root, timeoutSeconds: options.timeoutSeconds },
    );
    const recording = recordingOf(monitor);
    const { stack, config } = options;
    const resources = withDefaultProviders(recording.resources, { project: project.name, stack, config });
    return { ...recording, resources, slowedBy: handed?.missing ?? [] };
  } finally {
    run.end();
    serving?.stop();
  }
}

function ownCaller(): Caller {
  // Its declarations say that it holds types.
  const { CallbacksClient } = callbackService as unknown as Pick<Caller, "CallbacksClient">;
  return {
    CallbacksClient,
    CallbackInvokeRequest: callbackProto.CallbackInvokeRequest,
    insecure: () => credentials.createInsecure(),
  };
}

/** Compiled: a test that runs the sources finds what was built of them. */
function preload(): string {
  const folders = [__dirname, join(__dirname, "..", "dist", "preview")];
  const found = folders
    .map((folder) => join(folder, "foreign", "child", "preload.js"))
    .find((path) => existsSync(path));
  if (found === undefined) throw new Problem("nines is not built: run npm run build");
  return found;
}

/** Where the process of the program leaves word. */
function handOverFile(run: Run): string {
  return join(run.folder, "hand-over.json");
}

function handedOver(run: Run): HandedOver | undefined {
  try {
    return JSON.parse(readFileSync(handOverFile(run), "utf8")) as HandedOver;
  } catch {
    // Killed before it could.
    return undefined;
  }
}

/** What of the project's own copy of Pulumi's SDK matters here. */
interface Sdk {
  readonly folder: string;
  /** What Pulumi runs programs with. */
  readonly runner: string;
  /** Whether it tells the engine that the program has ended well; older ones do not. */
  readonly tellsEnd: boolean;
}

function sdkOf(project: ForeignProject): Sdk {
  try {
    const sdk = dirname(createRequire(join(project.folder, "package.json")).resolve("@pulumi/pulumi/package.json"));
    const settings = readFileSync(join(sdk, "runtime", "settings.js"), "utf8");
    return { folder: sdk, runner: join(sdk, "cmd", "run"), tellsEnd: settings.includes("signalAndWaitForShutdown") };
  } catch {
    const fix = `run ${project.packageManager} install in ${project.root}`;
    const why = existsSync(join(project.root, "node_modules"))
      ? `${project.root}/node_modules has no @pulumi/pulumi`
      : `${project.root} has no node_modules`;
    throw new Problem(`${why}, so its program cannot run: ${fix}`);
  }
}

function flags(project: ForeignProject, stack: string, address: string): readonly string[] {
  const values = {
    monitor: address,
    engine: address,
    organization: "organization",
    project: project.name,
    "root-directory": project.root,
    stack,
    pwd: project.folder,
    parallel: "100",
  };
  return ["--dry-run", ...Object.entries(values).map(([name, value]) => `--${name}=${value}`)];
}

function environment(project: ForeignProject, options: ProjectRunOptions, run: Run, task: Task): NodeJS.ProcessEnv {
  const seen = options.keepEnvironment ? process.env : withoutCredentials(process.env, run.home, run.temporary);
  return {
    ...seen,
    // Keys in their long form, as the language host writes them: old packages read no other.
    PULUMI_CONFIG: JSON.stringify(
      Object.fromEntries(Object.entries(options.config).map(([key, value]) => [key.replace(":", ":config:"), value])),
    ),
    PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(options.secretKeys),
    ...(project.typescript ? { PULUMI_NODEJS_TYPESCRIPT: "true" } : {}),
    ...(project.tsconfig === undefined ? {} : { PULUMI_NODEJS_TSCONFIG_PATH: project.tsconfig }),
    // Types are the compiler's to check: the first name is the SDK's, the second what ts-node itself reads, for SDKs that lack the first.
    PULUMI_NODEJS_TRANSPILE_ONLY: "true",
    TS_NODE_TRANSPILE_ONLY: "true",
    NINES_TASK: JSON.stringify(task),
  };
}
