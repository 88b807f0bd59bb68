import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync } from "node:fs";
import * as path from "node:path";
import type { Properties } from "../provider/values";
import type { ProjectFolder } from "./project";

/** One step that the engine took or would take. */
export interface Step {
  readonly op: string;
  readonly urn: string;
  readonly type: string;
  readonly keys: readonly string[];
  readonly detailedDiff: Readonly<Record<string, { readonly diffKind: string }>> | null;
  readonly new?: StepState;
  readonly old?: StepState;
}

export interface StepState {
  readonly urn: string;
  readonly type: string;
  readonly custom?: boolean;
  readonly parent: string;
  readonly protect?: boolean;
  readonly inputs: Readonly<Record<string, unknown>>;
}

export interface PolicyEvent {
  readonly policyName: string;
  readonly enforcementLevel: string;
  readonly message: string;
}

/** How a run of the engine ended. */
export interface Run {
  readonly exitCode: number | null;
  readonly printed: string;
  readonly steps: readonly Step[];
  readonly policies: readonly PolicyEvent[];
  /** How often each op: create, same, ... */
  readonly summary: Readonly<Record<string, number>>;
}

/** One resource as the state holds it. */
export interface StateResource {
  readonly urn: string;
  readonly type: string;
  readonly custom: boolean;
  readonly id?: string;
  readonly parent?: string;
  readonly protect?: boolean;
  readonly delete?: boolean;
  readonly initErrors?: readonly string[];
  readonly inputs?: Properties;
  readonly outputs?: Properties;
}

interface Event {
  readonly resourcePreEvent?: { readonly metadata: Step };
  readonly policyEvent?: PolicyEvent;
  readonly summaryEvent?: { readonly resourceChanges?: Readonly<Record<string, number>> };
}

/** The real engine over one stack of a project. */
export class Engine {
  constructor(
    private readonly project: ProjectFolder,
    private readonly stack: string,
    /** Of its process, beside what every engine has here. */
    private readonly environment: Readonly<Record<string, string>> = {},
  ) {}

  async init(): Promise<void> {
    await this.must(["stack", "init", this.stack]);
  }

  up(...flags: readonly string[]): Promise<Run> {
    return this.run(["up", "--yes", "--skip-preview", "--non-interactive", ...flags]);
  }

  /** With the preview that a person gets: what it refuses is not begun. */
  upAfterPreview(...flags: readonly string[]): Promise<Run> {
    return this.run(["up", "--yes", "--non-interactive", ...flags]);
  }

  preview(...flags: readonly string[]): Promise<Run> {
    return this.run(["preview", "--non-interactive", ...flags]);
  }

  /** As a person would: what its preview refuses is not begun. */
  destroy(...flags: readonly string[]): Promise<Run> {
    return this.run(["destroy", "--yes", "--non-interactive", ...flags]);
  }

  /** The document of `pulumi preview --json`, as people pass it on. */
  async previewDocument(...flags: readonly string[]): Promise<string> {
    return (await this.must(["preview", "--json", "--non-interactive", "--stack", this.stack, ...flags])).printed;
  }

  async exported(): Promise<string> {
    return (await this.must(["stack", "export", "--stack", this.stack])).printed;
  }

  async state(): Promise<readonly StateResource[]> {
    const { deployment } = JSON.parse(await this.exported()) as {
      readonly deployment: { readonly resources?: readonly StateResource[] };
    };
    return deployment.resources ?? [];
  }

  /** The stack's own, as a person asks for them. */
  async outputs(): Promise<Properties> {
    return JSON.parse((await this.must(["stack", "output", "--json", "--stack", this.stack])).printed) as Properties;
  }

  async unprotect(): Promise<void> {
    await this.must(["state", "unprotect", "--all", "--yes", "--stack", this.stack]);
  }

  private async run(args: readonly string[]): Promise<Run> {
    const log = path.join(mkdtempSync(path.join(this.project.folder, "events-")), "events.json");
    const ended = await this.pulumi([...args, "--stack", this.stack, "--event-log", log, "--color", "never"]);
    const events = eventsIn(log);
    return {
      ...ended,
      steps: events.flatMap(({ resourcePreEvent }) =>
        resourcePreEvent === undefined ? [] : [resourcePreEvent.metadata],
      ),
      policies: events.flatMap(({ policyEvent }) => (policyEvent === undefined ? [] : [policyEvent])),
      summary: events.find(({ summaryEvent }) => summaryEvent !== undefined)?.summaryEvent?.resourceChanges ?? {},
    };
  }

  private async must(args: readonly string[]): Promise<Ended> {
    const ended = await this.pulumi(args);
    if (ended.exitCode !== 0)
      throw new Error(`pulumi ${args.join(" ")} ended with ${ended.exitCode}:\n${ended.printed}${ended.said}`);
    return ended;
  }

  private pulumi(args: readonly string[]): Promise<Ended> {
    const home = path.join(this.project.folder, "home");
    mkdirSync(home, { recursive: true });
    const child = spawn("pulumi", args, {
      cwd: this.project.folder,
      stdio: ["ignore", "pipe", "pipe"],
      timeout: 300_000,
      killSignal: "SIGKILL",
      env: {
        PATH: process.env["PATH"],
        HOME: home,
        PULUMI_HOME: path.join(home, ".pulumi"),
        PULUMI_BACKEND_URL: this.project.backend,
        PULUMI_CONFIG_PASSPHRASE: "",
        PULUMI_SKIP_UPDATE_CHECK: "1",
        PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "1",
        PULUMI_AUTOMATION_API_SKIP_VERSION_CHECK: "1",
        // Allows --event-log.
        PULUMI_DEBUG_COMMANDS: "1",
        PULUMI_DIY_BACKEND_DISABLE_CHECKPOINT_BACKUPS: "1",
        // A program's types are checked where it is packed.
        PULUMI_NODEJS_TRANSPILE_ONLY: "true",
        ...this.environment,
      },
    });
    const out: string[] = [];
    const err: string[] = [];
    child.stdout.on("data", (chunk: Buffer) => out.push(chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => err.push(chunk.toString()));
    return new Promise((resolve, reject) => {
      child.once("error", reject);
      child.once("close", (exitCode) => resolve({ exitCode, printed: out.join(""), said: err.join("") }));
    });
  }
}

interface Ended {
  readonly exitCode: number | null;
  readonly printed: string;
  readonly said: string;
}

function eventsIn(log: string): readonly Event[] {
  let text: string;
  try {
    text = readFileSync(log, "utf8");
  } catch {
    return [];
  }
  return text
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => JSON.parse(line) as Event);
}
