import fc from "fast-check";
import { certainPlan, watchedNodes } from "../../capacity";
import type { RedisCache } from "../../model";
import { prod } from "./a-request";

const planned = certainPlan(prod);
const cache = (planned.ok ? planned.plan.parts : []).find((part): part is RedisCache => part.kind === "redis-cache")!;

const sharded = (shards: number, replicasPerShard: number): RedisCache => ({
  ...cache,
  topology: { kind: "sharded", shards, replicasPerShard },
});

test("every node of a cache is watched once, in order, by at most ten an alarm; more nodes rename no alarm", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 90 }), fc.integer({ min: 0, max: 5 }), (shards, copies) => {
      const watched = watchedNodes(sharded(shards, copies));
      const nodes = watched.flatMap(({ first, count }) => Array.from({ length: count }, (_, index) => first + index));
      expect(nodes).toEqual(Array.from({ length: shards * (1 + copies) }, (_, index) => index));
      expect(Math.max(...watched.map(({ count }) => count))).toBeLessThanOrEqual(10);
      const more = watchedNodes(sharded(shards + 1, copies));
      expect(more.slice(0, watched.length).map(({ name }) => name)).toEqual(watched.map(({ name }) => name));
    }),
  );
});
