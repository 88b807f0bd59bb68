import fc from "fast-check";
import { pendingPods, stuckRollouts, type PackingQuestion, type PodSet } from "../../capacity";

/** Pods of one core, on nodes of as many cores as they are given. */
const model: PodSet = {
  name: "model",
  cpuMillis: 1000,
  memoryMiB: 1,
  count: 5,
  surge: 1,
  zoneSpread: { kind: "hard", taints: "honor", byRevision: true },
  hosts: "preferred",
};
const on = (set: PodSet, cores: number, zones = 3): PackingQuestion => ({
  sets: [set],
  node: { cpuMillis: cores * 1000, memoryMiB: 1000, pods: 110 },
  zones,
});

test("by hand: five pods over three nodes of two, 2|2|1: the first new one stands beside the single one, an old one of the first zone goes, and so twice; the third may only stand in the second zone, which is full", () => {
  expect(stuckRollouts(on(model, 2), [1, 1, 1])).toEqual([{ set: "model", zones: [1], done: 2 }]);
});

test("room for one more in each zone is enough there, and so is a spread that counts both revisions, or that only prefers", () => {
  expect(stuckRollouts(on(model, 3), [1, 1, 1])).toEqual([]);
  expect(stuckRollouts(on(model, 2), [2, 2, 1])).toEqual([]);
  expect(stuckRollouts(on({ ...model, zoneSpread: { kind: "hard", taints: "honor" } }, 2), [1, 1, 1])).toEqual([]);
  expect(stuckRollouts(on({ ...model, zoneSpread: { kind: "soft" } }, 2), [1, 1, 1])).toEqual([]);
});

test("six pods fill three nodes of two: not even the first new one finds room, whatever the spread", () => {
  for (const kind of ["soft", "hard"] as const)
    expect(stuckRollouts(on({ ...model, count: 6, zoneSpread: { kind } }, 2), [1, 1, 1])).toEqual([
      { set: "model", zones: [0, 1, 2], done: 0 },
    ]);
});

test("one that may be missing makes room in its own zone first, and that may be the wrong one", () => {
  const missing = { ...model, count: 6, maxUnavailable: 1 };
  expect(stuckRollouts(on(missing, 2), [1, 1, 1])).toMatchObject([{ done: 1 }]);
  expect(stuckRollouts(on({ ...missing, zoneSpread: { kind: "soft" } }, 2), [1, 1, 1])).toEqual([]);
});

test("a node for each pod: a new one needs a node that holds none", () => {
  const apart = { ...model, count: 3, hosts: "required" } as const;
  expect(stuckRollouts(on(apart, 2), [1, 1, 1])).toMatchObject([{ done: 0 }]);
  expect(stuckRollouts(on(apart, 2), [2, 2, 2])).toEqual([]);
});

test("what rolls in its own place, waits from the start, or is none is not asked", () => {
  for (const over of [{ surge: 0 }, { zoneBound: true }, { count: 0 }, { count: 7 }])
    expect(stuckRollouts(on({ ...model, ...over }, 2), [1, 1, 1])).toEqual([]);
});

/** Every order in which the scheduler and the ReplicaSet may choose, tried: does any end before the rollout does? */
function someOrderHangs(
  set: PodSet,
  caps: readonly { readonly zone: number; readonly free: number; readonly old: number }[],
) {
  const seen = new Set<string>();
  const byRevision = set.zoneSpread.kind === "hard" && set.zoneSpread.byRevision === true;
  const visit = (old: readonly number[], fresh: readonly number[]): boolean => {
    const key = `${old.join()} ${fresh.join()}`;
    if (seen.has(key)) return false;
    seen.add(key);
    const sum = (all: readonly number[]) => all.reduce((a, b) => a + b, 0);
    if (sum(fresh) === set.count) return false;
    const held = caps.map((_, at) => old[at]! + fresh[at]!);
    const inZone = new Map<number, number>();
    for (const [at, { zone }] of caps.entries())
      inZone.set(zone, (inZone.get(zone) ?? 0) + (byRevision ? fresh[at]! : held[at]!));
    const least = Math.min(...inZone.values());
    const feasible = caps.flatMap(({ zone, free, old: from }, at) => {
      const room = free + from - held[at]! > 0;
      const allowed = set.zoneSpread.kind === "soft" || inZone.get(zone)! - least < 1;
      return room && allowed ? [at] : [];
    });
    const step = (of: readonly number[], at: number, by: number) => of.map((n, each) => (each === at ? n + by : n));
    if (sum(held) < set.count + set.surge! && feasible.length > 0) {
      const fewest = Math.min(...feasible.map((at) => held[at]!));
      return feasible.filter((at) => held[at] === fewest).some((at) => visit(old, step(fresh, at, 1)));
    }
    if (sum(held) <= set.count - (set.maxUnavailable ?? 0)) return true;
    const most = Math.max(...held.filter((_, at) => old[at]! > 0));
    return held
      .flatMap((n, at) => (n === most && old[at]! > 0 ? [at] : []))
      .some((at) => visit(step(old, at, -1), fresh));
  };
  return visit(
    caps.map(({ old }) => old),
    caps.map(() => 0),
  );
}

test("as every order of choices, tried one by one, has it", () => {
  fc.assert(
    fc.property(
      fc.record({
        count: fc.integer({ min: 1, max: 8 }),
        surge: fc.integer({ min: 1, max: 2 }),
        maxUnavailable: fc.integer({ min: 0, max: 1 }),
        cores: fc.integer({ min: 1, max: 5 }),
        zones: fc.integer({ min: 1, max: 3 }),
        nodesEach: fc.integer({ min: 1, max: 2 }),
        byRevision: fc.boolean(),
      }),
      ({ count, surge, maxUnavailable, cores, zones, nodesEach, byRevision }) => {
        const byZone = Array.from({ length: zones }, () => nodesEach);

        const set: PodSet = {
          ...model,
          count,
          surge,
          maxUnavailable,
          zoneSpread: { kind: "hard", taints: "honor", byRevision },
        };
        const question = on(set, cores, byZone.length);
        fc.pre(pendingPods(question, byZone).every(({ moment }) => moment !== "start"));
        // Pods stand as evenly as the scheduler puts them: over zones, then over the nodes of each.
        const caps = byZone.flatMap((_, zone) => {
          const pods = Math.floor(count / zones) + (zone < count % zones ? 1 : 0);
          return Array.from({ length: nodesEach }, (__, at) => {
            const old = Math.floor(pods / nodesEach) + (at < pods % nodesEach ? 1 : 0);
            return { zone, old, free: cores - old };
          });
        });
        expect(stuckRollouts(question, byZone).length > 0).toBe(someOrderHangs(set, caps));
      },
    ),
    { numRuns: 300 },
  );
});
