import { cut, has, type Regions, writables, write } from "../harness/copy";
import { Group, PORT } from "../harness/group";
import { redisSuite } from "../harness/suite";

/** Both in step; the copy's Sentinels do not run. */
async function regions(): Promise<Regions> {
  const primary = await Group.started();
  const copy = await Group.made({ copyOf: primary });
  for (const each of copy.members) each.start();
  await write(primary, "first");
  await has(copy, "first");
  return { primary, copy };
}

const inBoth = (run: (both: Regions) => Promise<void>) => async (): Promise<void> => {
  const both = await regions();
  try {
    await run(both);
  } finally {
    await Promise.all([both.primary.end(), both.copy.end()]);
  }
};

redisSuite("a group in one region and an asynchronous copy in another", () => {
  test(
    "the line cut: the primary's master is the only one that takes writes, and the copy goes on to be read",
    inBoth(async (both) => {
      const { primary, copy } = both;
      const [master] = await primary.masters();
      expect(await writables(primary, copy)).toEqual([master?.name]);
      cut(both);
      // Longer than a lag that counts, and than Sentinels wait.
      await new Promise((resolve) => setTimeout(resolve, 15_000));
      expect(await writables(primary, copy)).toEqual([master?.name]);
      await has(copy, "first");
    }),
  );

  test(
    "promoted while the line is cut: only for one who says that the primary is gone; it is warned, and its Sentinels watch over it",
    inBoth(async (both) => {
      const { primary, copy } = both;
      cut(both);
      const [first] = copy.members;
      const refused = await first!.script("promote.sh");
      expect(refused.code).toBe(3);
      expect(refused.printed).toContain("does not answer");
      expect(await copy.writable()).toEqual([]);

      const done = await first!.script("promote.sh", "--it-is-gone");
      expect([done.code, done.printed]).toEqual([0, expect.stringContaining("still takes itself for")]);
      for (const each of copy.sentinels) each.start();
      expect((await copy.settled()).name).toBe(first?.name);
      // Nobody can fence what nobody reaches: until a person stops it, the old primary takes writes, too.
      expect(await writables(primary, copy)).toHaveLength(2);
      await Promise.all(primary.all.map((each) => each.stop("SIGKILL")));
      expect(await writables(primary, copy)).toEqual([first?.name]);

      // It is a group like any other now: its master may die, and come back.
      await first!.stop("SIGKILL");
      first!.start();
      const next = await copy.settled();
      expect(next.name).not.toBe(first?.name);
      await has(copy, "first");
    }),
  );

  test(
    "promoted while the line is whole: the old primary takes no more writes first, and nothing is lost",
    inBoth(async ({ primary, copy }) => {
      await write(primary, "last");
      const [first] = copy.members;
      const done = await first!.script("promote.sh");
      expect([done.code, done.printed]).toEqual([0, expect.stringContaining("nothing is lost")]);
      for (const each of copy.sentinels) each.start();
      await copy.settled();
      expect(await writables(primary, copy)).toEqual([first?.name]);
      await has(copy, "last");
    }),
  );

  test(
    "the primary moved by a deploy after a promotion: the old group, on its old volumes, is a copy; and it can come back",
    inBoth(async ({ primary, copy }) => {
      // The address leads to whoever is master then.
      const asCopyOf = (group: Group, host: string) => ({
        group: {
          host,
          port: PORT,
          masterPort: PORT,
          group: group.groupName,
          password: null,
        },
        password: group.password,
      });
      /** As a deploy does: Sentinels go first, or come last; members one by one, the last first. */
      const deploy = async (from: Group, to: Group): Promise<void> => {
        await Promise.all(from.sentinels.map((each) => each.stop("SIGTERM")));
        const alone = { group: null, password: "" };
        for (const each of [...to.members].reverse()) {
          each.configure(alone);
          await each.stop("SIGTERM");
          each.start();
          await to.settled();
        }
        const copied = asCopyOf(to, (await to.settled()).name);
        for (const each of [...from.members].reverse()) {
          each.configure(copied);
          await each.stop("SIGTERM");
          each.start();
        }
        for (const each of from.sentinels) each.configure(copied);
        for (const each of to.sentinels) each.configure(alone);
      };
      const promoted = async (group: Group): Promise<void> => {
        const done = await group.members[0]!.script("promote.sh");
        expect([done.code, done.printed]).toEqual([0, expect.stringContaining("nothing is lost")]);
        for (const each of group.sentinels) each.start();
        // Sentinels that went by what they remember would take another minute, and elections.
        await group.settled(30);
      };
      // Another than the first is master when the region is left: its Sentinels remember that.
      const master = await primary.settled();
      await master.retire();
      master.start();
      await primary.settled();
      // The first member, which the copy follows, is a replica now: nothing that runs in the copy's region can stop the master.
      await write(primary, "before");
      await has(copy, "before");
      await copy.members[0]!.script("promote.sh", "--it-is-gone");
      for (const each of copy.sentinels) each.start();
      await copy.settled();
      await deploy(primary, copy);
      await write(copy, "there");
      await has(primary, "there");
      expect(await writables(primary, copy)).toHaveLength(1);
      expect(await primary.masters()).toEqual([]);

      await promoted(primary);
      await deploy(copy, primary);
      await write(primary, "back");
      await has(copy, "back");
      expect(await writables(primary, copy)).toHaveLength(1);
      expect(await copy.masters()).toEqual([]);
    }),
  );

  test(
    "a copy that nobody promoted begins as a copy again, and follows from where it was cut",
    inBoth(async ({ primary, copy }) => {
      await Promise.all(copy.members.map((each) => each.stop("SIGKILL")));
      await write(primary, "meanwhile");
      for (const each of copy.members) each.start();
      await has(copy, "meanwhile");
      expect(await copy.writable()).toEqual([]);
    }),
  );
});
