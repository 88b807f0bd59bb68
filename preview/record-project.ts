import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import * as providerProto from "@pulumi/pulumi/proto/provider_pb";
import * as resourceProto from "@pulumi/pulumi/proto/resource_pb";
import { withDefaultProviders } from "./foreign/default-providers";
import { withoutCredentials } from "./foreign/environment";
import { failureSentence, missingKeys, plain } from "./foreign/failure";
import { newRun, type Ended, type Run } from "./foreign/process-group";
import type { ForeignProject } from "./foreign/project-file";
import { serve, type Serving } from "./foreign/server";
import type { StackConfig } from "./foreign/stack-config";
import { RecordingMonitor } from "./monitor";
import { Problem } from "./problem";
import { recordingOf, RecordingError, type Recording } from "./record";

export interface ProjectRunOptions extends StackConfig {
  readonly stack: string;
  /** Whether the program sees this process's environment as it is, credentials and home among it. */
  readonly keepEnvironment: boolean;
  /** Longer than that, and it is ended. */
  readonly timeoutSeconds: number;
}

/** The program wants configuration that it is not given. */
export class MissingConfiguration extends Error {
  constructor(readonly keys: readonly string[]) {
    super(`not configured: ${keys.join(", ")}`);
    this.name = "MissingConfiguration";
  }
}

/**
 * Runs a Pulumi project's own program in a process of its own, as a preview: nothing is created and no provider is asked.
 * Nothing of it is left running.
 * @throws RecordingError where it fails, MissingConfiguration where it lacks configuration, Problem where it cannot be started
 */
export async function recordProject(project: ForeignProject, options: ProjectRunOptions): Promise<Recording> {
  const sdk = sdkOf(project);
  const monitor = new RecordingMonitor(project.name, options.stack, {
    resource: resourceProto,
    provider: providerProto,
  });
  const run = newRun();
  let serving: Serving | undefined;
  try {
    serving = await serve(monitor);
    const ended = await run.start({
      args: [...project.nodeArgs, sdk.runner, ...flags(project, options.stack, serving.address), project.entry],
      cwd: project.folder,
      env: environment(project, options, run),
      timeoutSeconds: options.timeoutSeconds,
    });
    refuse(ended, { serving, monitor, sdk }, project, options);
    const recording = recordingOf(monitor);
    const { stack, config } = options;
    const resources = withDefaultProviders(recording.resources, { project: project.name, stack, config });
    return { ...recording, resources };
  } finally {
    run.end();
    serving?.stop();
  }
}

/** What of the project's own copy of Pulumi's SDK matters here. */
interface Sdk {
  /** What Pulumi runs programs with. */
  readonly runner: string;
  /** Whether it tells the engine that the program has ended well; older ones do not. */
  readonly tellsEnd: boolean;
}

function sdkOf(project: ForeignProject): Sdk {
  try {
    const sdk = dirname(createRequire(join(project.folder, "package.json")).resolve("@pulumi/pulumi/package.json"));
    const settings = readFileSync(join(sdk, "runtime", "settings.js"), "utf8");
    return { runner: join(sdk, "cmd", "run"), tellsEnd: settings.includes("signalAndWaitForShutdown") };
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

function environment(project: ForeignProject, options: ProjectRunOptions, run: Run): NodeJS.ProcessEnv {
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
  };
}

/** Anything but a good end is said, in a sentence each. */
function refuse(
  ended: Ended,
  { serving, monitor, sdk }: { readonly serving: Serving; readonly monitor: RecordingMonitor; readonly sdk: Sdk },
  project: ForeignProject,
  options: ProjectRunOptions,
): void {
  const missing = missingKeys([...serving.messages.errors, ended.printed]);
  if (missing.length > 0) throw new MissingConfiguration(missing);
  const said = serving.messages.errors.map((text) => failureSentence(text, project.root));
  if (ended.timedOut) {
    const seen = monitor.resources.size;
    throw new RecordingError([
      `it does not end within ${options.timeoutSeconds} s, after ${seen === 1 ? "1 resource" : `${seen} resources`}: it waits for something that nobody answers here, or needs longer (--timeout SECONDS)`,
      ...said,
    ]);
  }
  const problems = [...new Set([...said, ...monitor.problems])];
  if (problems.length > 0) throw new RecordingError(problems);
  if (ended.exitCode !== 0) throw new RecordingError([exitSentence(ended, project)]);
  if (!serving.finished() && sdk.tellsEnd)
    throw new RecordingError([
      "it ends itself (process.exit) before it is done, so what it would register is not known",
    ]);
}

function exitSentence({ exitCode, printed }: Ended, project: ForeignProject): string {
  const how = exitCode === null ? "it was killed" : `it ends with exit code ${exitCode}`;
  const said = plain(printed).trim();
  return said === "" ? `${how} and says nothing` : `${how}: ${failureSentence(said, project.folder)}`;
}
