import fc from "fast-check";
import { hpaLag, hpaSteps, type HpaLagQuestion } from "../../capacity";

const asked: HpaLagQuestion = { from: 4, to: 8, readySeconds: 16, nodes: "room" };
const secondsOf = (question: HpaLagQuestion): Record<string, number> =>
  Object.fromEntries(hpaLag(question).parts.map(({ name, seconds }) => [name, seconds]));

describe("hpaSteps", () => {
  test("is ceil(log2(to / from)) from four pods on", () => {
    fc.assert(
      fc.property(fc.integer({ min: 4, max: 500 }), fc.integer({ min: 0, max: 500 }), (from, more) => {
        let doublings = 0;
        while (from * 2 ** doublings < from + more) doublings += 1;
        expect(hpaSteps(from, from + more)).toBe(doublings);
      }),
    );
  });

  // Below four pods four more are the larger step: 1, 5, 10; 3, 7, 14.
  test.each([
    [1, 1, 0],
    [1, 5, 1],
    [1, 6, 2],
    [3, 7, 1],
    [3, 8, 2],
    [8, 4, 0],
    [4, 33, 4],
  ])("by hand: from %i to %i are %i steps", (from, to, steps) => {
    expect(hpaSteps(from, to)).toBe(steps);
  });
});

describe("hpaLag", () => {
  // 30 s of metrics, 15 s of sync, one doubling of 15 s, 10 s of pull, 16 s of start: 86 s.
  test("by hand: a doubling where nodes have room", () => {
    expect(secondsOf(asked)).toEqual({ metrics: 30, sync: 15, stabilisation: 0, steps: 15, pull: 10, readiness: 16 });
    expect(hpaLag(asked).seconds).toBe(86);
    expect(secondsOf({ ...asked, end: "low" })).toMatchObject({ metrics: 15, pull: 0 });
    expect(secondsOf({ ...asked, end: "high" })).toMatchObject({ metrics: 60, pull: 43 });
  });

  test("a node is waited for where none has room, and which kind adds it matters", () => {
    expect(secondsOf({ ...asked, nodes: "karpenter" }).node).toBe(60);
    expect(hpaLag({ ...asked, nodes: "clusterAutoscaler" }).seconds).toBe(86 + 210);
  });

  test("what is stated is taken and said to be stated; the rest has its source", () => {
    const { parts } = hpaLag({ ...asked, stated: { metrics: 20, stabilisation: 60 } });
    expect(parts.find(({ name }) => name === "metrics")).toEqual({ name: "metrics", seconds: 20, source: "stated" });
    expect(parts.filter(({ source }) => source === "stated").map(({ name }) => name)).toEqual([
      "metrics",
      "stabilisation",
      "readiness",
    ]);
    for (const { source } of parts) if (source !== "stated") expect(source.date).toMatch(/^\d{4}-\d\d/);
  });

  test("its parts add up to the whole; more to catch up with never takes less; nothing takes nothing", () => {
    const any = fc.record({
      from: fc.integer({ min: 1, max: 100 }),
      to: fc.integer({ min: 1, max: 400 }),
      readySeconds: fc.nat({ max: 600 }),
      nodes: fc.constantFrom("room" as const, "clusterAutoscaler" as const, "karpenter" as const),
      end: fc.constantFrom("low" as const, "mid" as const, "high" as const),
    });
    fc.assert(
      fc.property(any, (given) => {
        const found = hpaLag(given);
        expect(found.parts.reduce((sum, { seconds }) => sum + seconds, 0)).toBe(found.seconds);
        expect(hpaLag({ ...given, to: given.to + 1 }).seconds).toBeGreaterThanOrEqual(found.seconds);
        expect(found.seconds === 0).toBe(given.to <= given.from);
      }),
    );
  });

  test.each([
    [{ from: 0 }, "from"],
    [{ to: 1.5 }, "to"],
    [{ readySeconds: -1 }, "readySeconds"],
    [{ stated: { pull: NaN } }, "stated\\.pull"],
  ])("refuses %j", (change, name) => {
    expect(() => hpaLag({ ...asked, ...change })).toThrow(RangeError);
    expect(() => hpaLag({ ...asked, ...change })).toThrow(new RegExp(`^${name}: `));
  });
});
