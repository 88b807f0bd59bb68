import * as fc from "fast-check";
import { leastNodes } from "../../capacity/least-nodes";
import type { PodSet } from "../../capacity/pod-set";
import { nodesOfZone } from "../../capacity/zone-packing";

const room = { cpuMillis: 4000, memoryMiB: 16_000, pods: 20 };
const set = (given: Partial<PodSet>): PodSet => ({
  name: "web",
  cpuMillis: 1000,
  memoryMiB: 1000,
  count: 0,
  zoneSpread: { kind: "soft" },
  hosts: "preferred",
  ...given,
});
const sets = fc.array(
  fc.record({
    set: fc
      .record({ cpuMillis: fc.integer({ min: 0, max: 4000 }), memoryMiB: fc.integer({ min: 0, max: 16_000 }) })
      .map(set),
    count: fc.integer({ min: 0, max: 300 }),
  }),
  { maxLength: 6 },
);

describe("nodes of one zone", () => {
  test("never fewer than the sums ask for, and never more than a node a pod", () => {
    fc.assert(
      fc.property(sets, (pods) => {
        const nodes = nodesOfZone(pods, room) ?? Number.NaN;
        expect(nodes).toBeGreaterThanOrEqual(leastNodes(pods, room));
        expect(nodes).toBeLessThanOrEqual(pods.reduce((sum, { count }) => sum + count, 0));
      }),
    );
  });

  test("of one shape they are as many as it takes, exactly", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4000 }), fc.integer({ min: 0, max: 500 }), (cpuMillis, count) => {
        const each = Math.min(room.pods, Math.floor(room.cpuMillis / cpuMillis), 16);
        expect(nodesOfZone([{ set: set({ cpuMillis }), count }], room)).toBe(Math.ceil(count / each));
      }),
    );
  });

  // 3 of 3 cores leave a core on each of 3 nodes; 4 of 1 core fill these and need one more.
  test("what a large pod leaves, small ones take", () => {
    const large = { set: set({ cpuMillis: 3000 }), count: 3 };
    expect(nodesOfZone([{ set: set({}), count: 3 }, large], room)).toBe(3);
    expect(nodesOfZone([{ set: set({}), count: 4 }, large], room)).toBe(4);
  });

  test("a pod a node where hosts must differ; none at all for a pod that no node holds", () => {
    expect(nodesOfZone([{ set: set({ hosts: "required" }), count: 5 }], room)).toBe(5);
    expect(nodesOfZone([{ set: set({ cpuMillis: 4000 }), count: 1 }], room)).toBe(1);
    expect(nodesOfZone([{ set: set({ cpuMillis: 4001 }), count: 1 }], room)).toBeNull();
  });
});
