import { rmSync } from "node:fs";
import { certificates } from "../harness/certificates";
import { has, writables } from "../harness/copy";
import { Group, PORT, sleep, until } from "../harness/group";
import { Proxy } from "../harness/proxy";
import { Relay } from "../harness/relay";
import { Client } from "../harness/resp";
import { redisSuite } from "../harness/suite";

const COPIES = 6380;

/** A group and its copy elsewhere as a stack builds them: proxies before both, TLS everywhere, and one line between the regions. */
interface Regions {
  readonly primary: Group;
  readonly copy: Group;
  readonly proxy: Proxy;
  readonly reading: Proxy;
  readonly line: readonly Relay[];
  end(): Promise<void>;
}

async function regions(folder: string): Promise<Regions> {
  const primary = await Group.started({ tls: folder, copied: true, password: "primary0password" });
  const proxy = Proxy.started(primary);
  const host = primary.address(140);
  const line = [await Relay.at(host, proxy.host, COPIES), await Relay.at(host, proxy.host, PORT)];
  const copy = await Group.made({
    tls: folder,
    password: "copy0password",
    copyOf: primary,
    by: { host, port: COPIES, masterPort: PORT },
  });
  for (const each of copy.members) each.start();
  const reading = Proxy.started(copy);
  const end = async (): Promise<void> => {
    await Promise.all([proxy.end(), reading.end(), primary.end(), copy.end()]);
    await Promise.all(line.map((each) => each.end()));
  };
  const both = { primary, copy, proxy, reading, line, end };
  try {
    await write(both, "first");
    await has(copy, "first");
    return both;
  } catch (error) {
    await end();
    throw error;
  }
}

/** The line falls silent: the copy's first member holds it, and scripts ask from an address that all share. */
function cut({ copy, line }: Regions): void {
  for (const relay of line) for (const source of [copy.members[0]?.host ?? "", "127.0.0.1"]) relay.silence(source);
}

async function write({ primary, proxy }: Regions, key: string): Promise<void> {
  await until(
    async () => {
      const client = await Client.to(proxy.host, PORT, primary.password, primary.tls).catch(() => null);
      const said = await client?.try(["SET", key, "1"]);
      client?.close();
      return said === "OK" ? true : null;
    },
    60,
    () => `${key} is not taken: ${primary.members.map(({ log }) => log.slice(-800)).join("\n")}`,
  );
}

/** What callers of the copy's region read by way of its proxies; null: nothing. */
async function read({ copy, reading }: Regions, key: string): Promise<string | null> {
  const client = await Client.to(reading.host, PORT, copy.password, copy.tls).catch(() => null);
  const said = await client?.try(["GET", key]);
  client?.close();
  return typeof said === "string" ? said : null;
}

redisSuite(
  "a group in one region and its copy in another, by proxies and with TLS",
  () => {
    let folder: string;
    beforeAll(() => {
      folder = certificates();
    });
    afterAll(() => rmSync(folder, { recursive: true }));
    const inBoth = (run: (both: Regions) => Promise<void>) => async (): Promise<void> => {
      const both = await regions(folder);
      try {
        await run(both);
      } finally {
        await both.end();
      }
    };

    test(
      "nothing answers in the clear; the copy follows a replica, and the master counts its own alone",
      inBoth(async (both) => {
        const { primary, copy } = both;
        const master = await primary.settled();
        await expect(Client.to(master.host, PORT, primary.password)).rejects.toThrow();
        expect(await master.info(PORT, "connected_slaves")).toBe("2");
        expect(await copy.members[0]?.info(PORT, "master_link_status")).toBe("up");
        expect(await copy.masters()).toEqual([]);
        expect(await read(both, "first")).toBe("1");
        expect(await both.reading.health("/ready")).toBe(200);
      }),
    );

    test(
      "the line cut: exactly one takes writes, and the copy goes on to be read",
      inBoth(async (both) => {
        const { primary, copy } = both;
        const master = await primary.settled();
        expect(await writables(primary, copy)).toEqual([master.name]);
        cut(both);
        // Longer than a lag that counts, than Sentinels wait, and than a link that is silent is given up.
        await sleep(15_000);
        expect(await writables(primary, copy)).toEqual([master.name]);
        expect(await read(both, "first")).toBe("1");
      }),
    );

    test(
      "a failover where the primary is: the copy follows on, Sentinels never reach for it, and one takes writes",
      inBoth(async (both) => {
        const { primary, copy } = both;
        const master = await primary.settled();
        await master.stop("SIGKILL");
        master.start();
        await write(both, "second");
        await has(copy, "second");
        // Ten times as long as Sentinels let a replica that calls itself master be, before they order it about.
        await sleep(80_000);
        expect(await writables(primary, copy)).toHaveLength(1);
        expect(await primary.masters()).toHaveLength(1);
        await write(both, "third");
        await has(copy, "third");
      }),
    );

    test(
      "promoted while the line is whole: the old master takes no more writes, nothing is lost, and who connects writes here",
      inBoth(async (both) => {
        const { primary, copy, reading } = both;
        await write(both, "last");
        const [first] = copy.members;
        const done = await first!.script("promote.sh");
        expect([done.code, done.printed]).toEqual([0, expect.stringContaining("nothing is lost")]);
        for (const each of copy.sentinels) each.start();
        await copy.settled();
        await has(copy, "last");
        expect(await writables(primary, copy)).toEqual([first?.name]);
        await until(
          async () => {
            const client = await Client.to(reading.host, PORT, copy.password, copy.tls).catch(() => null);
            const said = await client?.try(["SET", "here", "1"]);
            client?.close();
            return said === "OK" ? true : null;
          },
          10,
          () => "no write by way of the copy's proxies",
        );
      }),
    );

    test(
      "promoted while the line is cut, the old group stopped: exactly one takes writes, and fails over by itself",
      inBoth(async (both) => {
        const { primary, copy } = both;
        cut(both);
        const [first] = copy.members;
        const refused = await first!.script("promote.sh");
        expect([refused.code, refused.printed]).toEqual([3, expect.stringContaining("does not answer")]);
        expect(await copy.writable()).toEqual([]);
        await Promise.all(primary.all.map((each) => each.stop("SIGKILL")));
        const done = await first!.script("promote.sh", "--it-is-gone");
        expect([done.code, done.printed]).toEqual([0, expect.stringContaining("its line is down for")]);
        for (const each of copy.sentinels) each.start();
        expect((await copy.settled()).name).toBe(first?.name);
        expect(await writables(primary, copy)).toEqual([first?.name]);
        await first!.stop("SIGKILL");
        first!.start();
        expect((await copy.settled()).name).not.toBe(first?.name);
        await has(copy, "first");
      }),
    );
  },
  "haproxy",
  "openssl",
);
