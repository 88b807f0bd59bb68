import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { proxyConfig } from "../../../components/kubernetes/redis-proxy";
import type { Group } from "./group";

/** HAProxy with the configuration that the ConfigMap of a group carries, at an address of its own. */
export class Proxy {
  private constructor(
    readonly host: string,
    private readonly child: ChildProcess,
    private readonly folder: string,
  ) {}

  static started(group: Group): Proxy {
    const folder = mkdtempSync(path.join(tmpdir(), "nines-proxy-"));
    const host = group.address(130);
    const file = path.join(folder, "haproxy.cfg");
    // A pod has one address, which it listens at and calls from; members see it, so that no relay may stand between.
    const config = proxyConfig({ ...group.settings, members: group.members.map((each) => each.host) })
      .replace(/bind :::(\d+) v4v6/g, `bind ${host}:$1`)
      .replace("  mode tcp\n", `  mode tcp\n  source ${host}\n`);
    writeFileSync(file, config);
    const child = spawn("haproxy", ["-f", file], {
      env: { ...process.env, REDIS_PASSWORD: group.password },
      stdio: "ignore",
    });
    return new Proxy(host, child, folder);
  }

  /** Status of its own answer; null: none. */
  async health(of: "/live" | "/ready"): Promise<number | null> {
    return fetch(`http://${this.host}:8404${of}`)
      .then(({ status }) => status)
      .catch(() => null);
  }

  async end(): Promise<void> {
    const gone = new Promise<void>((resolve) => this.child.once("exit", () => resolve()));
    this.child.kill("SIGKILL");
    await gone;
    rmSync(this.folder, { recursive: true });
  }
}
