import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, openSync, readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { binary } from "../../cluster/harness/cache";
import type { Message } from "./translate";

const START_MS = 60_000;

/** An Envoy on loopback, ended by whoever started it. */
export class Envoy {
  private constructor(
    private readonly child: ChildProcess,
    private readonly admin: string,
    private readonly log: string,
  ) {}

  static async start(bootstrap: Message, folder: string): Promise<Envoy> {
    const [config, log, at] = ["envoy.json", "envoy.log", "envoy.admin"].map((file) => path.join(folder, file));
    writeFileSync(config!, JSON.stringify(bootstrap, undefined, 1));
    const output = openSync(log!, "a");
    // Of several on one machine none may take over another's sockets.
    const words = [
      "-c",
      config!,
      "--admin-address-path",
      at!,
      "--concurrency",
      "1",
      "--use-dynamic-base-id",
      "-l",
      "warning",
    ];
    const child = spawn(binary("envoy"), words, { stdio: ["ignore", output, output] });
    child.on("error", () => undefined);
    for (const until = Date.now() + START_MS; Date.now() < until; await sleep(50)) {
      if (child.exitCode !== null || child.pid === undefined) break;
      if (!existsSync(at!)) continue;
      const envoy = new Envoy(child, readFileSync(at!, "utf8").trim(), log!);
      if ((await envoy.ask("/ready").catch(() => "")).startsWith("LIVE")) return envoy;
    }
    child.kill("SIGKILL");
    throw new Error(`Envoy did not start:\n${readFileSync(log!, "utf8").split("\n").slice(-20).join("\n")}`);
  }

  /** Port on loopback of a listener by its name. */
  async portOf(listener: string): Promise<number> {
    const { listener_statuses: statuses } = JSON.parse(await this.ask("/listeners?format=json")) as Message;
    const found = (statuses as readonly Message[]).find(({ name }) => name === listener);
    if (found === undefined) throw new Error(`${listener}: no such listener of ${JSON.stringify(statuses)}`);
    return found["local_address"].socket_address.port_value as number;
  }

  /** Hosts of a cluster by address, with what Envoy says against them; empty: healthy. */
  async hostsOf(cluster: string): Promise<ReadonlyMap<string, readonly string[]>> {
    const { cluster_statuses: statuses } = JSON.parse(await this.ask("/clusters?format=json")) as Message;
    const found = (statuses as readonly Message[]).find(({ name }) => name === cluster);
    return new Map(
      ((found?.["host_statuses"] ?? []) as readonly Message[]).map(({ address, health_status: status }) => [
        address.socket_address.address as string,
        Object.keys(status as object).filter((key) => key !== "eds_health_status"),
      ]),
    );
  }

  /** Sum of the counters and gauges whose names end so. */
  async counted(end: string): Promise<number> {
    const lines = (await this.ask(`/stats?filter=${encodeURIComponent(`${end.replaceAll(".", "\\.")}$`)}`)).split("\n");
    return lines.reduce((sum, line) => sum + Number(/: (\d+)$/.exec(line)?.[1] ?? 0), 0);
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null) return;
    const gone = new Promise<void>((resolve) => this.child.once("exit", () => resolve()));
    this.child.kill("SIGKILL");
    await gone;
  }

  lastWords(): string {
    return readFileSync(this.log, "utf8").split("\n").slice(-30).join("\n");
  }

  private async ask(what: string): Promise<string> {
    return (await fetch(`http://${this.admin}${what}`)).text();
  }
}
