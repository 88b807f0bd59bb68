import { cut, has, type Regions, writables, write } from "../harness/copy";
import { Group, until } from "../harness/group";
import { Kubectl } from "../harness/kubectl";
import { redisSuite } from "../harness/suite";

const HERE = "prod-us-west-2";
const THERE = "prod-us-east-1";

interface Clusters extends Regions {
  readonly kubectl: Kubectl;
}

async function inRegions(test: (clusters: Clusters) => Promise<void>): Promise<void> {
  const primary = await Group.started();
  const copy = await Group.made({ copyOf: primary });
  const kubectl = await Kubectl.over({ [HERE]: copy, [THERE]: primary });
  try {
    for (const each of copy.members) each.start();
    await write(primary, "first");
    await has(copy, "first");
    await test({ primary, copy, kubectl });
  } finally {
    await Promise.all([primary.end(), copy.end(), kubectl.end()]);
  }
}

redisSuite("one step by a person makes a copy the group that takes writes", () => {
  test("the master answers: it is stopped, nothing is lost, Sentinels watch; a second run and one after a failover say that it is done", () =>
    inRegions(async ({ primary, copy, kubectl }) => {
      await write(primary, "last");
      const done = await kubectl.takeOver(copy, "--context", HERE);
      expect([done.code, done.printed]).toEqual([0, expect.stringContaining("nothing is lost (RPO 0)")]);
      expect(done.printed).toMatch(/promoted after \d+ s/);
      expect(done.printed).toMatch(/3 Sentinels watch over it, after \d+ s in all/);
      const master = await copy.settled();
      await has(copy, "last");
      expect(await writables(primary, copy)).toEqual([master.name]);
      // Nobody asked for the old group to be touched.
      expect(kubectl.calls.filter((call) => call.startsWith(THERE))).toEqual([]);

      await master.stop("SIGKILL");
      master.start();
      const next = await copy.settled();
      expect(next.name).not.toBe(master.name);
      const before = kubectl.calls.length;
      const again = await kubectl.takeOver(copy, "--context", HERE, "--old-context", THERE);
      expect([again.code, again.printed]).toEqual([0, expect.stringContaining("it is done already")]);
      expect(again.printed).toContain(`${next.name} takes writes`);
      expect(kubectl.calls.slice(before).filter((call) => /scale|restart/.test(call))).toEqual([]);
      expect(await copy.writable()).toEqual([next]);
    }));

  test("the master does not answer: refused, and nothing changes; stopped where it is, exactly one takes writes", () =>
    inRegions(async (regions) => {
      const { primary, copy, kubectl } = regions;
      cut(regions);
      const refused = await kubectl.takeOver(copy, "--context", HERE);
      expect([refused.code, refused.printed]).toEqual([3, expect.stringContaining("does not answer")]);
      expect(kubectl.calls.filter((call) => /scale|restart/.test(call))).toEqual([]);
      expect(await copy.writable()).toEqual([]);
      expect(await primary.writable()).toHaveLength(1);

      const done = await kubectl.takeOver(copy, "--context", HERE, "--old-context", THERE);
      expect([done.code, done.printed]).toEqual([
        0,
        expect.stringMatching(/\(RPO\): its line is down for \d+ s|heard of its primary \d+ s ago/),
      ]);
      expect(primary.all.filter(({ isUp }) => isUp)).toEqual([]);
      expect(await writables(primary, copy)).toEqual([(await copy.settled()).name]);
    }));

  test("its nodes do not answer either: its pods may run on, and nothing is promoted until somebody says that it is gone", () =>
    inRegions(async (regions) => {
      const { primary, copy, kubectl } = regions;
      cut(regions);
      kubectl.silent.add(THERE);
      const refused = await kubectl.takeOver(copy, "--context", HERE, "--old-context", THERE);
      expect([refused.code, refused.printed]).toEqual([
        3,
        expect.stringContaining("perhaps running: pod/redis-sentinel-0"),
      ]);
      expect(await copy.masters()).toEqual([]);
      expect(copy.sentinels.filter(({ isUp }) => isUp)).toEqual([]);

      await Promise.all(primary.all.map((each) => each.stop("SIGKILL")));
      const done = await kubectl.takeOver(copy, "--context", HERE, "--it-is-gone");
      expect([done.code, done.printed]).toEqual([0, expect.stringContaining("(RPO)")]);
      expect(await writables(primary, copy)).toEqual([(await copy.settled()).name]);
    }));

  test("a copy that cannot catch up is not promoted: the old master takes writes again, its Sentinels run, none here do", () =>
    inRegions(async (regions) => {
      const { primary, copy, kubectl } = regions;
      // Scripts reach the master, and what is written does not reach the copy.
      for (const member of primary.members) primary.relayOf(member)?.silence(copy.members[0]!.host);
      await write(primary, "late");
      const refused = await kubectl.takeOver(copy, "--context", HERE, "--old-context", THERE);
      expect([refused.code, refused.printed]).toEqual([4, expect.stringContaining("nothing is promoted")]);
      expect(await copy.masters()).toEqual([]);
      expect(copy.sentinels.filter(({ isUp }) => isUp)).toEqual([]);
      await until(
        async () => ((await primary.named()) === null ? null : true),
        20,
        () => "its Sentinels name nobody",
      );
      expect(await writables(primary, copy)).toHaveLength(1);
    }));

  test("broken off after the promotion, it goes on where it was", () =>
    inRegions(async ({ primary, copy, kubectl }) => {
      const first = copy.members[0]!;
      expect((await first.script("promote.sh")).code).toBe(0);
      const done = await kubectl.takeOver(copy, "--context", HERE, "--old-context", THERE);
      expect([done.code, done.printed]).toEqual([0, expect.stringContaining("is master already")]);
      expect(primary.all.filter(({ isUp }) => isUp)).toEqual([]);
      expect((await copy.settled()).name).toBe(first.name);
    }));

  test("a context that is not there is kubectl's word, and nothing is done", () =>
    inRegions(async ({ copy, kubectl }) => {
      const refused = await kubectl.takeOver(copy, "--context", "prod-us-west-3");
      expect([refused.code, refused.printed]).toEqual([1, expect.stringContaining("does not exist")]);
      expect((await kubectl.takeOver(copy, "--there", THERE)).code).toBe(2);
      expect(await copy.masters()).toEqual([]);
    }));
});
