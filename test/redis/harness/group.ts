import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { redisDefaults, redisPatience, type RedisSettings } from "../../../components/kubernetes/redis-settings";
import { Relay } from "./relay";
import { Client } from "./resp";
import { Server } from "./server";

export const PORT = 6379;
export const SENTINEL_PORT = 26379;
const MIB = 1024 * 1024;

export interface GroupOptions {
  /** @default - one that no shell and no configuration takes unquoted */
  readonly password?: string;
  readonly members?: number;
  /** The group elsewhere, and what leads to it. @default - its first member */
  readonly copyOf?: Group;
  readonly by?: { readonly host: string; readonly port: number; readonly masterPort: number };
  /** Copies follow it, by proxies. @default false */
  readonly copied?: boolean;
  /** Folder of certificates: nothing is spoken in the clear. @default - everything is */
  readonly tls?: string;
  readonly patience?: Partial<RedisSettings["patience"]>;
  readonly timing?: Partial<RedisSettings["timing"]>;
}

/** Three members and three Sentinels on loopback addresses of their own, each reached by way of a relay at its name. */
export class Group {
  readonly members: readonly Server[];
  readonly sentinels: readonly Server[];
  readonly password: string;
  readonly tls: string | null;
  /** As its proxies need to know it. */
  readonly settings: RedisSettings;
  private relays: ReadonlyMap<string, Relay> = new Map();
  private readonly folder = mkdtempSync(path.join(tmpdir(), "nines-redis-"));

  private constructor(options: GroupOptions) {
    this.password = options.password ?? `it's "a" \\ ${Math.random().toString(36).slice(2)}`;
    chmodSync(this.folder, 0o755);
    this.tls = options.tls ?? null;
    const net = `127.${between(1, 254)}.${between(1, 254)}`;
    const count = options.members ?? 3;
    const names = (from: number, many: number): readonly string[] =>
      Array.from({ length: many }, (_, ordinal) => `${net}.${from + ordinal}`);
    const shared = { members: names(110, count), sentinels: names(120, 3) };
    const source = options.copyOf;
    const settings = (folders: RedisSettings["folders"], loopback: string, folder: string): RedisSettings => ({
      ...redisDefaults,
      ...shared,
      group: `group-${net}`,
      folders,
      loopback,
      maxmemoryBytes: 64 * MIB,
      eviction: "noeviction",
      timing: { ...redisDefaults.timing, ...options.timing },
      // Machines that answer at once need less patience: the rules are the same.
      patience: { ...redisPatience, settleSeconds: 1, sentinelSeconds: 4, ...options.patience },
      copied: options.copied ?? false,
      copyOf:
        source === undefined
          ? null
          : {
              host: source.members[0]?.name ?? "",
              port: PORT,
              masterPort: PORT,
              ...options.by,
              group: source.groupName,
              password: path.join(folder, "copy-password"),
            },
    });
    this.settings = settings({ config: "", data: "", password: "any", tls: this.tls }, net, "");
    const server = (kind: "redis" | "sentinel", ordinal: number): Server => {
      const folder = path.join(this.folder, `${kind}-${ordinal}`);
      return new Server({
        kind,
        ordinal,
        name: (kind === "redis" ? shared.members : shared.sentinels)[ordinal] ?? "",
        host: `${net}.${(kind === "redis" ? 10 : 20) + ordinal}`,
        folder,
        password: this.password,
        copyPassword: source?.password ?? "",
        tls: this.tls,
        settings: (folders, loopback) => settings(folders, loopback, folder),
      });
    };
    this.members = shared.members.map((_, ordinal) => server("redis", ordinal));
    this.sentinels = shared.sentinels.map((_, ordinal) => server("sentinel", ordinal));
  }

  /** A group with its relays; nothing runs. */
  static async made(options: GroupOptions = {}): Promise<Group> {
    const group = new Group(options);
    const relay = (server: Server, port: number): Promise<Relay> => Relay.at(server.name, server.host, port);
    group.relays = new Map(
      await Promise.all(
        [
          ...group.members.map((each) => [each, PORT] as const),
          ...group.sentinels.map((each) => [each, SENTINEL_PORT] as const),
        ].map(async ([each, port]): Promise<[string, Relay]> => [each.host, await relay(each, port)]),
      ),
    );
    return group;
  }

  /** A group that has a master and two replicas in step, and Sentinels that know them. */
  static async started(options: GroupOptions = {}): Promise<Group> {
    const group = await Group.made(options);
    for (const each of group.all) each.start();
    await group.settled();
    return group;
  }

  get all(): readonly Server[] {
    return [...this.members, ...this.sentinels];
  }

  async end(): Promise<void> {
    await Promise.all(this.all.map((each) => each.stop()));
    await Promise.all([...this.relays.values()].map((each) => each.end()));
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** A loopback address of the group's own. */
  address(last: number): string {
    return `${this.members[0]?.host.split(".").slice(0, 3).join(".") ?? ""}.${last}`;
  }

  /** The lines between one server and all others of a list fall silent. */
  cut(server: Server, from: readonly Server[]): void {
    for (const other of from) {
      if (other === server) continue;
      this.relayOf(server)?.silence(other.host);
      this.relayOf(other)?.silence(server.host);
    }
  }

  heal(server: Server, from: readonly Server[]): void {
    for (const other of from) {
      if (other === server) continue;
      this.relayOf(server)?.restore(other.host);
      this.relayOf(other)?.restore(server.host);
    }
  }

  relayOf(server: Server): Relay | undefined {
    return this.relays.get(server.host);
  }

  /** The member that a Sentinel names; null: none answers. */
  async named(): Promise<Server | null> {
    for (const each of this.sentinels) {
      if (!each.isUp) continue;
      try {
        const client = await each.client(SENTINEL_PORT);
        const said = await client.try(["SENTINEL", "GET-MASTER-ADDR-BY-NAME", this.groupName]);
        client.close();
        const found = this.members.find(({ name }) => Array.isArray(said) && name === said[0]);
        if (found !== undefined) return found;
      } catch {
        // The next one may.
      }
    }
    return null;
  }

  /** A connection to whom the Sentinels name, by its name; null: nobody answers there. */
  async caller(): Promise<Client | null> {
    const master = await this.named();
    try {
      return master === null ? null : await Client.to(master.name, PORT, this.password, this.tls);
    } catch {
      return null;
    }
  }

  /** Members that take writes of somebody beside them, each asked to. */
  async writable(): Promise<readonly Server[]> {
    const asked = await Promise.all(
      this.members.map(async (each) => {
        try {
          const client = await each.client(PORT);
          const said = await client.try(["SET", "writable", "1"]);
          client.close();
          return said === "OK" ? [each] : [];
        } catch {
          return [];
        }
      }),
    );
    return asked.flat();
  }

  async masters(): Promise<readonly Server[]> {
    const roles = await Promise.all(this.members.map((each) => each.info(PORT, "role")));
    return this.members.filter((_, i) => roles[i] === "master");
  }

  /** Until one member is master, all others follow it in step, and every Sentinel that is up names it and knows all. */
  async settled(withinSeconds = 60): Promise<Server> {
    return until(
      async () => {
        const [master, ...more] = await this.masters();
        if (master === undefined || more.length > 0) return null;
        for (const each of this.members) {
          if (each === master) continue;
          if ((await each.info(PORT, "master_link_status")) !== "up") return null;
          if ((await each.info(PORT, "master_host")) !== master.name) return null;
        }
        for (const each of this.sentinels) {
          if (!each.isUp) continue;
          const line = await each.info(SENTINEL_PORT, "master0");
          if (line === null || !line.includes(`status=ok,address=${master.name}:${PORT},`)) return null;
          if (!line.includes(`slaves=${this.members.length - 1},sentinels=${this.sentinels.length}`)) return null;
        }
        return master;
      },
      withinSeconds,
      () => `not settled:\n${this.all.map((each) => `== ${each.host}\n${each.log.slice(-1500)}`).join("\n")}`,
    );
  }

  get groupName(): string {
    return `group-${this.members[0]?.host.split(".").slice(0, 3).join(".") ?? ""}`;
  }
}

function between(low: number, high: number): number {
  return low + Math.floor(Math.random() * (high - low + 1));
}

/** Asks until there is an answer. */
export async function until<T>(ask: () => Promise<T | null>, withinSeconds: number, why: () => string): Promise<T> {
  const end = Date.now() + withinSeconds * 1000;
  for (;;) {
    const answer = await ask();
    if (answer !== null) return answer;
    if (Date.now() > end) throw new Error(why());
    await sleep(50);
  }
}

export function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
