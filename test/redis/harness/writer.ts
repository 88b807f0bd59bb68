import { PORT, sleep, type Group } from "./group";
import { Client } from "./resp";

/**
 * Callers that write one key after the other, ask for so many copies of each (WAIT), and remember which were granted; where a master
 * goes they ask the Sentinels for the next.
 */
export class Writer {
  private readonly granted = new Set<string>();
  private readonly loops: readonly Promise<void>[];
  private going = true;
  private count = 0;

  constructor(
    private readonly group: Group,
    private readonly copies: number,
    callers = 4,
  ) {
    this.loops = Array.from({ length: callers }, (_, i) => this.loop(`w${copies}-${i}`));
  }

  get written(): number {
    return this.granted.size;
  }

  async end(): Promise<void> {
    this.going = false;
    await Promise.all(this.loops);
  }

  /** Granted keys that the master of now has not. */
  async lost(): Promise<readonly string[]> {
    const master = await this.group.named();
    if (master === null) throw new Error("no master");
    const client = await master.client(PORT);
    const keys = [...this.granted];
    const lost: string[] = [];
    for (let from = 0; from < keys.length; from += 500) {
      const some = keys.slice(from, from + 500);
      const said = await client.try(["MGET", ...some]);
      if (!Array.isArray(said)) throw new Error(String(said));
      lost.push(...some.filter((_, i) => said[i] === null));
    }
    client.close();
    return lost;
  }

  private async loop(name: string): Promise<void> {
    let client: Client | null = null;
    while (this.going) {
      client ??= await this.group.caller();
      if (client === null) {
        await sleep(20);
        continue;
      }
      this.count += 1;
      const key = `${name}-${this.count}`;
      const set = await client.try(["SET", key, "1"], 1000);
      const has = set === "OK" ? await client.try(["WAIT", this.copies, 500], 1000) : set;
      if (typeof has === "number") {
        if (has >= this.copies) this.granted.add(key);
      } else {
        client.close();
        client = null;
        await sleep(20);
      }
    }
    client?.close();
  }
}

/** Milliseconds until the group takes a write of somebody who asks the Sentinels for the master each time. */
export async function firstWriteMs(group: Group, from: number, withinSeconds = 60): Promise<number> {
  while (Date.now() < from + withinSeconds * 1000) {
    const client = await group.caller();
    const said = await client?.try(["SET", "first", "1"], 500);
    client?.close();
    if (said === "OK") return Date.now() - from;
    await sleep(20);
  }
  throw new Error(`no write for ${withinSeconds} s`);
}
