import { Group, PORT, sleep, until, type GroupOptions } from "../harness/group";
import type { Server } from "../harness/server";
import { redisSuite } from "../harness/suite";

const KEYS = 500;

/** A group with keys that all members have, whose master is the second or third member: nothing here rests on the first. */
async function filled(options: GroupOptions = {}): Promise<{ readonly group: Group; readonly master: Server }> {
  const group = await Group.started(options);
  await (await group.settled()).retire();
  group.members[0]?.start();
  const master = await group.settled();
  const client = await master.client(PORT);
  for (let key = 0; key < KEYS; key += 1) await client.text("SET", `key-${key}`, "1");
  expect(await client.try(["WAIT", 2, 5000])).toBe(2);
  client.close();
  // A replica that was just filled has no file until it is written anew; what it had on disk before counts no more.
  for (const each of group.members)
    await until(
      async () => ((await each.info(PORT, "aof_rewrite_in_progress")) === "0" ? true : null),
      10,
      () => each.log,
    );
  return { group, master };
}

/** How many keys it has; null: it does not answer. */
async function keys(server: Server): Promise<number | null> {
  const client = await server.client(PORT).catch(() => null);
  if (client === null) return null;
  const said = await client.try(["DBSIZE"]);
  client.close();
  return Number(said);
}

async function rebooted(group: Group, between: () => void = () => undefined): Promise<Server> {
  await Promise.all(group.all.map((each) => each.stop("SIGKILL")));
  between();
  for (const each of group.all) each.start();
  return group.settled(90);
}

redisSuite("a master that comes back empty, at once", () => {
  test("takes all data with it where nothing asks first", async () => {
    const { group, master } = await filled();
    try {
      await master.stop("SIGKILL");
      master.emptyFile();
      await sleep(1000);
      master.start(true);
      const sizes = await until(
        async () => {
          const all = await Promise.all(group.members.map(keys));
          return all.every((size) => size === 0) ? all : null;
        },
        20,
        () => "no loss",
      );
      expect(sizes).toEqual([0, 0, 0]);
      expect((await group.named())?.name).toBe(master.name);
    } finally {
      await group.end();
    }
  });

  test("leaves the group to those who have the data", async () => {
    const { group, master } = await filled();
    try {
      await master.stop("SIGKILL");
      master.emptyVolume();
      await sleep(1000);
      master.start();
      const next = await group.settled();
      expect(next.name).not.toBe(master.name);
      expect(await Promise.all(group.members.map(keys))).toEqual([KEYS, KEYS, KEYS]);
    } finally {
      await group.end();
    }
  });
});

redisSuite("all six killed and started again together", () => {
  test("end with the master of before and all data, from the files", async () => {
    const { group, master } = await filled();
    try {
      const next = await rebooted(group);
      expect(next.name).toBe(master.name);
      expect(await group.masters()).toHaveLength(1);
      expect(await Promise.all(group.members.map(keys))).toEqual([KEYS, KEYS, KEYS]);
    } finally {
      await group.end();
    }
  });

  test("the same where the Sentinels have lost their volumes: the members' own records say who was master", async () => {
    const { group, master } = await filled();
    try {
      const next = await rebooted(group, () => {
        for (const each of group.sentinels) each.emptyVolume();
      });
      expect(next.name).toBe(master.name);
      expect(await Promise.all(group.members.map(keys))).toEqual([KEYS, KEYS, KEYS]);
    } finally {
      await group.end();
    }
  });

  test("the same where the master has lost its volume: another who has the data is master", async () => {
    const { group, master } = await filled();
    try {
      const next = await rebooted(group, () => master.emptyVolume());
      expect(next.name).not.toBe(master.name);
      expect(await Promise.all(group.members.map(keys))).toEqual([KEYS, KEYS, KEYS]);
    } finally {
      await group.end();
    }
  });

  test("three Sentinels replaced one after the other are three: a failover still has its majority", async () => {
    const { group, master } = await filled();
    try {
      for (const each of group.sentinels) {
        await each.stop("SIGKILL");
        each.emptyVolume();
        each.start();
        await group.settled();
      }
      await master.stop("SIGKILL");
      const next = await until(
        async () => {
          const named = await group.named();
          return named === master ? null : named;
        },
        20,
        () => "no failover",
      );
      expect(next.name).not.toBe(master.name);
    } finally {
      await group.end();
    }
  });
});
