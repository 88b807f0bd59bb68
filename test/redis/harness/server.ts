import { spawn, type ChildProcess } from "node:child_process";
import { appendFileSync, chmodSync, chownSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { redisFiles } from "../../../components/kubernetes/redis-scripts";
import type { RedisSettings } from "../../../components/kubernetes/redis-settings";
import { Client } from "./resp";

/** Nobody in particular, as a pod of a restricted namespace runs; only root may choose. */
const nobody = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};

const GRACE_MS = 20_000;

/**
 * One container: the files of the ConfigMap, read only, a data volume, and the start script. It is reached at a name (its relay) and
 * listens at an address of its own.
 */
export class Server {
  private child: ChildProcess | null = null;
  private readonly config: string;
  private readonly data: string;

  constructor(
    private readonly facts: {
      readonly kind: "redis" | "sentinel";
      readonly ordinal: number;
      readonly name: string;
      readonly host: string;
      readonly folder: string;
      readonly password: string;
      readonly copyPassword: string;
      readonly tls: string | null;
      readonly settings: (folders: RedisSettings["folders"], loopback: string) => RedisSettings;
    },
  ) {
    const { folder } = facts;
    [this.config, this.data] = [path.join(folder, "config"), path.join(folder, "data")];
    mkdirSync(this.config, { recursive: true });
    this.emptyVolume();
    writeFileSync(path.join(folder, "password"), facts.password);
    writeFileSync(path.join(folder, "copy-password"), facts.copyPassword);
    this.configure();
  }

  /** The files of another ConfigMap, on the volume of before: what a deploy brings to a pod that it replaces. */
  configure(copyOf?: { readonly group: RedisSettings["copyOf"]; readonly password: string }): void {
    const { folder, host, settings, tls } = this.facts;
    const folders = { config: this.config, data: this.data, password: path.join(folder, "password"), tls };
    const own = settings(folders, host);
    const copyPassword = path.join(folder, "copy-password");
    if (copyOf !== undefined) writeFileSync(copyPassword, copyOf.password);
    const files = redisFiles(
      copyOf === undefined
        ? own
        : { ...own, copyOf: copyOf.group === null ? null : { ...copyOf.group, password: copyPassword } },
    );
    for (const [file, text] of Object.entries(files)) {
      rmSync(path.join(this.config, file), { force: true });
      writeFileSync(path.join(this.config, file), text);
      chmodSync(path.join(this.config, file), 0o444);
    }
  }

  get name(): string {
    return this.facts.name;
  }
  get host(): string {
    return this.facts.host;
  }
  get ordinal(): number {
    return this.facts.ordinal;
  }
  get isUp(): boolean {
    return this.child !== null;
  }
  /** What the container has printed since it was made. */
  get log(): string {
    return readFileSync(path.join(this.facts.folder, "log"), "utf8");
  }

  /** Starts the container. @param bare the server with the configuration that it had, without our script */
  start(bare = false): void {
    if (this.child !== null) throw new Error(`${this.facts.host} is up`);
    const at = ["--bind", this.facts.host, "--bind-source-addr", this.facts.host];
    const child = bare
      ? this.run("redis-server", [path.join(this.data, "redis.conf"), ...at])
      : this.run("sh", [path.join(this.config, `start-${this.facts.kind}.sh`), ...at]);
    const log = path.join(this.facts.folder, "log");
    appendFileSync(log, `--- start ${new Date().toISOString()}\n`);
    for (const stream of [child.stdout, child.stderr])
      stream?.on("data", (bytes: Buffer) => appendFileSync(log, bytes));
    child.once("exit", () => {
      if (this.child === child) this.child = null;
    });
    this.child = child;
  }

  /** Ends the container by a signal and waits for it. */
  async stop(signal: "SIGTERM" | "SIGKILL" = "SIGKILL"): Promise<void> {
    const { child } = this;
    if (child === null) return;
    const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
    child.kill(signal);
    // As Kubernetes does when the grace is over.
    const timer = setTimeout(() => child.kill("SIGKILL"), GRACE_MS);
    await gone;
    clearTimeout(timer);
    this.child = null;
  }

  /** What Kubernetes does with a pod that it ends in peace: preStop, then SIGTERM. Resolves to what preStop said. */
  async retire(): Promise<string> {
    const said = await this.script("hand-over.sh");
    await this.stop("SIGTERM");
    return said.printed;
  }

  /** Runs a script of the ConfigMap inside the container. */
  async script(
    file: string,
    ...words: readonly string[]
  ): Promise<{ readonly code: number; readonly printed: string; readonly out: string }> {
    const child = this.run("sh", [path.join(this.config, file), ...words]);
    let [printed, out] = ["", ""];
    child.stdout?.on("data", (bytes: Buffer) => {
      out += bytes.toString();
    });
    for (const stream of [child.stdout, child.stderr])
      stream?.on("data", (bytes: Buffer) => {
        printed += bytes.toString();
      });
    const code = await new Promise<number>((resolve) => child.once("close", (status) => resolve(status ?? -1)));
    return { code, printed, out };
  }

  /** The volume is lost, and a new one is there. */
  emptyVolume(): void {
    rmSync(this.data, { recursive: true, force: true });
    mkdirSync(this.data, { recursive: true });
    if (nobody.uid !== undefined) chownSync(this.data, nobody.uid, nobody.gid);
  }

  /** What was written is lost; the configuration is not. */
  emptyFile(): void {
    rmSync(path.join(this.data, "appendonlydir"), { recursive: true, force: true });
  }

  /** A connection to the server itself, past the relay: of a caller on its own side of a cut. */
  client(port: number): Promise<Client> {
    return Client.to(this.facts.host, port, this.facts.password, this.facts.tls);
  }

  /** A line of INFO; null: it does not answer. */
  async info(port: number, field: string): Promise<string | null> {
    try {
      const client = await this.client(port);
      const said = await client.text("INFO");
      client.close();
      return new RegExp(`^${field}:(.*)$`, "m").exec(said)?.[1]?.trim() ?? null;
    } catch {
      return null;
    }
  }

  private run(program: string, words: readonly string[]): ChildProcess {
    const { kind, ordinal } = this.facts;
    return spawn(program, words, {
      cwd: "/",
      env: { PATH: process.env["PATH"], POD_NAME: `${kind}-${ordinal}` },
      stdio: ["ignore", "pipe", "pipe"],
      ...nobody,
    });
  }
}
