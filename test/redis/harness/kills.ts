import { Group, sleep } from "./group";
import { firstWriteMs, Writer } from "./writer";

export interface Kills {
  /** Seconds to the first write that somebody took, sorted. */
  readonly seconds: readonly number[];
  /** Writes that one replica, or two, had acknowledged, and how many of them the next master has not. */
  readonly one: { readonly written: number; readonly lost: number };
  readonly two: { readonly written: number; readonly lost: number };
}

/** Kills so many masters of one group, one after the other, under writers; every other one is started again at once, as Kubernetes does with a container. */
export async function mastersKilled(count: number): Promise<Kills> {
  const group = await Group.started();
  const seconds: number[] = [];
  const counts = { one: { written: 0, lost: 0 }, two: { written: 0, lost: 0 } };
  try {
    for (let kill = 0; kill < count; kill += 1) {
      const master = await group.settled();
      const writers = { one: new Writer(group, 1, 8), two: new Writer(group, 2, 8) };
      await sleep(400);
      const from = Date.now();
      await master.stop("SIGKILL");
      if (kill % 2 === 0) master.start();
      seconds.push((await firstWriteMs(group, from)) / 1000);
      if (!master.isUp) master.start();
      await group.settled();
      for (const copies of ["one", "two"] as const) {
        await writers[copies].end();
        counts[copies].written += writers[copies].written;
        counts[copies].lost += (await writers[copies].lost()).length;
      }
    }
  } finally {
    await group.end();
  }
  return { seconds: seconds.sort((a, b) => a - b), ...counts };
}
