import fc from "fast-check";
import {
  blockedDrains,
  disruptionsAllowed,
  majority,
  nodesForPods,
  pendingPods,
  quorumAfterZones,
  type PackingQuestion,
  type PodSet,
} from "../../capacity";

/** An xlarge of four vCPU and 16 GiB, as the allocatable comes out round. */
const node = { cpuMillis: 4_000, memoryMiB: 16_000, pods: 58 };
const hard = { kind: "hard", taints: "honor" } as const;
const model: PodSet = {
  name: "model",
  cpuMillis: 1_000,
  memoryMiB: 2_000,
  count: 6,
  surge: 1,
  zoneSpread: hard,
  hosts: "preferred",
};
const ask = (sets: readonly PodSet[], change: Partial<PackingQuestion> = {}): PackingQuestion => ({
  sets,
  node,
  zones: 3,
  ...change,
});

const aSet: fc.Arbitrary<PodSet> = fc.record({
  name: fc.string({ minLength: 1, maxLength: 4 }),
  cpuMillis: fc.integer({ min: 50, max: 4_000 }),
  memoryMiB: fc.integer({ min: 50, max: 16_000 }),
  count: fc.nat({ max: 12 }),
  surge: fc.nat({ max: 2 }),
  zoneSpread: fc.constantFrom({ kind: "soft" as const }, hard),
  hosts: fc.constantFrom("required" as const, "preferred" as const, "any" as const),
  zoneBound: fc.boolean(),
});
const aQuestion = fc
  .record({ sets: fc.array(aSet, { minLength: 1, maxLength: 4 }), zones: fc.integer({ min: 1, max: 4 }) })
  .map(({ sets, zones }) => ask(sets, { zones }));

describe("nodesForPods", () => {
  // 2 pods a zone fill half a node; a surge pod is the third of one; a zone's loss makes 3 a zone. One node each does.
  test("by hand: six pods of a quarter node over three zones", () => {
    expect(nodesForPods(ask([model]), 1)).toEqual({
      byZone: [1, 1, 1],
      total: 3,
      steady: [1, 1, 1],
      withSurge: [1, 1, 1],
      atLeast: 3,
      label: "exact",
      never: [],
    });
  });

  // 12 pods are 4 a zone: full nodes. The surge opens a fifth place in the first zone; a lost zone sends 2 to each survivor.
  test("by hand: full nodes need more for the surge, and more again for a lost zone", () => {
    expect(nodesForPods(ask([{ ...model, count: 12 }]), 1)).toMatchObject({
      steady: [1, 1, 1],
      withSurge: [2, 1, 1],
      byZone: [2, 2, 2],
      total: 6,
      // 12 pods need 3 nodes in any two zones: 4.5 in three.
      atLeast: 5,
      label: "approx",
    });
  });

  // 250m and 500 MiB of every node are the daemons': 3 pods of 1,000m a node and not 4.
  test("by hand: what runs on every node takes its room, and the pods a node may hold count", () => {
    const perNode = { cpuMillis: 250, memoryMiB: 500, pods: 5 };
    const four = [{ ...model, count: 4, surge: 0 }];
    expect(nodesForPods(ask(four, { zones: 1 })).total).toBe(1);
    expect(nodesForPods(ask(four, { zones: 1, perNode })).total).toBe(2);
    const small = [{ ...model, cpuMillis: 10, memoryMiB: 10, count: 54, surge: 0 }];
    expect(nodesForPods(ask(small, { zones: 1, perNode })).total).toBe(2);
    expect(
      nodesForPods(ask([{ ...model, cpuMillis: 10, memoryMiB: 10, count: 53, surge: 0 }], { zones: 1, perNode })).total,
    ).toBe(1);
  });

  test("by hand: required hosts need a node each, the surge one more", () => {
    const three = { ...model, count: 3, hosts: "required" as const };
    expect(nodesForPods(ask([{ ...three, surge: 0 }])).byZone).toEqual([1, 1, 1]);
    expect(nodesForPods(ask([three])).byZone).toEqual([2, 1, 1]);
    // Three pods in the two zones that are left: two nodes in one of them, whichever two they are.
    expect(nodesForPods(ask([{ ...three, surge: 0 }]), 1).byZone).toEqual([2, 2, 1]);
  });

  test("a pod larger than a node waits for ever, and asks for no nodes", () => {
    const found = nodesForPods(
      ask([
        { ...model, memoryMiB: 16_001 },
        { ...model, name: "other", count: 3 },
      ]),
      1,
    );
    expect(found.never.map(({ set, why }) => [set.name, why])).toEqual([["model", "larger-than-a-node"]]);
    expect(found.byZone).toEqual([1, 1, 1]);
  });

  test("a stand-in for a single pod's zone is a node in another", () => {
    const alone = [{ ...model, count: 1, surge: 0 }];
    expect(nodesForPods(ask(alone)).byZone).toEqual([1, 0, 0]);
    expect(nodesForPods(ask(alone), 1)).toMatchObject({ byZone: [1, 1, 0], atLeast: 2, label: "exact" });
  });

  test("nothing to hold needs no node", () => {
    expect(nodesForPods(ask([]))).toMatchObject({ byZone: [0, 0, 0], total: 0, label: "exact" });
    expect(nodesForPods(ask([{ ...model, count: 0, surge: 0 }]), 2).total).toBe(0);
  });

  test("on the nodes that it asks for nothing waits that a node would help, and never are they fewer than the bound", () => {
    fc.assert(
      fc.property(aQuestion, fc.nat({ max: 3 }), (question, lost) => {
        const zonesLost = Math.min(lost, question.zones - 1);
        const found = nodesForPods(question, zonesLost);
        expect(found.total).toBeGreaterThanOrEqual(found.atLeast);
        const never = new Set(found.never.map(({ set }) => set.name));
        const waiting = pendingPods(question, found.byZone, zonesLost).filter(
          ({ set, why }) => !never.has(set) && why !== "volume-zone",
        );
        expect(waiting).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  test("steady <= with surge <= with a zone lost, in every zone; a zone to lose never takes fewer nodes", () => {
    fc.assert(
      fc.property(aQuestion, (question) => {
        const found = nodesForPods(question, question.zones - 1);
        const plain = nodesForPods(question);
        expect(plain.byZone).toEqual(found.withSurge);
        for (const [zone, count] of found.byZone.entries()) {
          expect(found.withSurge[zone]).toBeLessThanOrEqual(count);
          expect(found.steady[zone]).toBeLessThanOrEqual(found.withSurge[zone] ?? 0);
        }
      }),
      { numRuns: 50 },
    );
  });

  test("is the same every time; any two nodes are together more than full in one of three resources, so at most six times the bound and one", () => {
    fc.assert(
      fc.property(fc.array(aSet, { minLength: 1, maxLength: 5 }), (sets) => {
        const free = sets.map((set) => ({ ...set, hosts: "any" as const, zoneSpread: { kind: "soft" as const } }));
        const found = nodesForPods(ask(free, { zones: 1 }));
        expect(nodesForPods(ask(free, { zones: 1 }))).toEqual(found);
        expect(found.total).toBeLessThanOrEqual(6 * found.atLeast + 1);
      }),
    );
  });

  test.each([
    [ask([model], { zones: 0 }), 0, "zones"],
    [ask([model]), 3, "zonesLost"],
    [ask([model], { node: { ...node, pods: 0 } }), 0, "node\\.pods"],
    [ask([model], { perNode: { ...node, cpuMillis: -1 } }), 0, "perNode\\.cpuMillis"],
    [ask([{ ...model, count: 1.5 }]), 0, "sets\\[0\\]\\.count"],
    [ask([model, { ...model, cpuMillis: NaN }]), 0, "sets\\[1\\]\\.cpuMillis"],
    [ask([{ ...model, zoneSpread: { kind: "hard", maxSkew: 0 } }]), 0, "sets\\[0\\]\\.zoneSpread\\.maxSkew"],
  ])("refuses %j, %i", (question, lost, name) => {
    expect(() => nodesForPods(question, lost)).toThrow(RangeError);
    expect(() => nodesForPods(question, lost)).toThrow(new RegExp(`^${name}: `));
  });
});

describe("pendingPods", () => {
  const waits = (set: Partial<PodSet>, byZone: readonly number[], lost = 0) =>
    pendingPods(ask([{ ...model, count: 3, surge: 0, ...set }]), byZone, lost).map(
      ({ moment, count, why, zonesLost }) => [moment, count, why, zonesLost.join()],
    );

  test("three pods on three nodes wait for nothing", () => {
    expect(waits({}, [1, 1, 1])).toEqual([]);
  });

  // minDomains 3 on nodes of two zones: the emptiest counts as empty, each zone holds one.
  test("by hand: more domains asked for than there are leave all but one a zone waiting", () => {
    expect(waits({ zoneSpread: { ...hard, minDomains: 3 } }, [2, 2, 0])).toEqual([["start", 1, "zone-spread", ""]]);
    expect(waits({ zoneSpread: { ...hard, minDomains: 2 } }, [2, 2, 0])).toEqual([]);
    expect(waits({ count: 6, zoneSpread: { ...hard, minDomains: 3, maxSkew: 2 } }, [2, 2, 0])).toEqual([
      ["start", 2, "zone-spread", ""],
    ]);
  });

  test("by hand: of five of which a zone takes one, two wait, whatever nodes there are", () => {
    const apart = { zoneSpread: { kind: "one-each" as const }, count: 5 };
    expect(waits(apart, [9, 9, 9])).toEqual([["start", 2, "zone-spread", ""]]);
    expect(waits({ ...apart, count: 3 }, [9, 9, 9])).toEqual([]);
    // The fourth finds no zone, and none may go; one that is lost comes back nowhere.
    expect(waits({ ...apart, count: 3, surge: 1 }, [9, 9, 9], 1)).toEqual([
      ["rollout", 1, "zone-spread", ""],
      ["zones-lost", 1, "zone-spread", "0"],
    ]);
    expect(waits({ ...apart, count: 3, surge: 1, maxUnavailable: 1 }, [9, 9, 9])).toEqual([]);
  });

  // A dead zone is empty: 1 more than 0 is all that a survivor may hold, and each holds one.
  test("by hand: dead zones that still count keep the lost zone's pods waiting, unless taints are honoured", () => {
    expect(waits({ zoneSpread: { kind: "hard" } }, [1, 1, 1], 1)).toEqual([["zones-lost", 1, "zone-spread", "0"]]);
    expect(waits({ zoneSpread: { kind: "hard", taints: "ignore" }, count: 5 }, [2, 2, 2], 1)).toEqual([
      ["zones-lost", 2, "zone-spread", "0"],
    ]);
    expect(waits({ zoneSpread: hard }, [1, 1, 1], 1)).toEqual([]);
    expect(waits({ zoneSpread: { kind: "soft" } }, [1, 1, 1], 1)).toEqual([]);
    expect(waits({ zoneSpread: { ...hard, minDomains: 3 } }, [1, 1, 1], 1)).toEqual([
      ["zones-lost", 1, "zone-spread", "0"],
    ]);
  });

  // maxUnavailable 25 % of 3 rounds down to 0: the surge pod finds every node taken, the old pods may not go.
  test("by hand: required hosts with as many nodes as pods deadlock a rollout", () => {
    const required = { hosts: "required" as const, surge: 1 };
    expect(waits(required, [1, 1, 1])).toEqual([["rollout", 1, "host", ""]]);
    expect(waits({ ...required, maxUnavailable: 1 }, [1, 1, 1])).toEqual([]);
    expect(waits(required, [2, 1, 1])).toEqual([]);
    expect(waits({ ...required, surge: 0 }, [1, 1, 0])).toEqual([["start", 1, "host", ""]]);
    expect(waits({ hosts: "preferred", surge: 1 }, [1, 1, 1])).toEqual([]);
  });

  test("no room for the surge stops a rollout as well", () => {
    expect(waits({ cpuMillis: 4_000, surge: 1 }, [1, 1, 1])).toEqual([["rollout", 1, "room", ""]]);
    expect(waits({ cpuMillis: 4_001 }, [1, 1, 1])).toEqual([["start", 3, "larger-than-a-node", ""]]);
    expect(waits({ cpuMillis: 4_000 }, [1, 1, 1], 1)).toEqual([["zones-lost", 1, "room", "0"]]);
  });

  test("volumes keep their pods in the lost zone", () => {
    expect(waits({ zoneBound: true, count: 5 }, [2, 2, 2], 1)).toEqual([["zones-lost", 2, "volume-zone", "0"]]);
    expect(waits({ zoneBound: true, count: 5 }, [2, 2, 2], 2)).toEqual([["zones-lost", 4, "volume-zone", "0,1"]]);
  });

  // The first zone is full of others: one more there is all that the skew allows.
  test("zones that the spread asks for may lack room where others have it", () => {
    const full: PodSet = { ...model, name: "full", count: 1, surge: 0, cpuMillis: 4_000 };
    const found = pendingPods(ask([full, { ...model, count: 6, surge: 0 }]), [1, 1, 1]);
    expect(found).toEqual([{ set: "model", count: 4, moment: "start", zonesLost: [], why: "zone-spread" }]);
  });

  test("honouring taints never leaves more waiting than ignoring them", () => {
    fc.assert(
      fc.property(aSet, fc.array(fc.nat({ max: 4 }), { minLength: 3, maxLength: 3 }), (set, byZone) => {
        const count = (taints: "honor" | "ignore"): number =>
          pendingPods(ask([{ ...set, surge: 0, zoneSpread: { kind: "hard", taints } }]), byZone, 1)
            .filter(({ moment }) => moment === "zones-lost")
            .reduce((sum, found) => sum + found.count, 0);
        expect(count("honor")).toBeLessThanOrEqual(count("ignore"));
      }),
    );
  });

  test("refuses nodes that do not fit the zones", () => {
    expect(() => pendingPods(ask([model]), [1, 1])).toThrow(/^byZone: /);
    expect(() => pendingPods(ask([model]), [1, 1, -1])).toThrow(/^byZone\[2\]: /);
    expect(() => pendingPods(ask([model]), [1, 1, 1], 3)).toThrow(/^zonesLost: /);
  });
});

describe("blockedDrains", () => {
  const blocked = (set: Partial<PodSet>, byZone: readonly number[]) =>
    blockedDrains(ask([{ ...model, count: 3, surge: 0, ...set }]), byZone).map(({ zone, node: at, left, why }) => [
      zone,
      at,
      left,
      why,
    ]);

  test("a budget of one lets every node be drained", () => {
    expect(blocked({ budget: { maxUnavailable: 1 } }, [1, 1, 1])).toEqual([]);
    expect(blocked({}, [1, 1, 1])).toEqual([]);
  });

  test.each([[{ maxUnavailable: 0 }], [{ minAvailable: 3 }], [{ minAvailable: "100%" as const }]])(
    "a budget of %j blocks each node that holds one",
    (budget) => {
      expect(blocked({ budget }, [1, 1, 1])).toEqual([
        [0, 0, 1, "budget"],
        [1, 0, 1, "budget"],
        [2, 0, 1, "budget"],
      ]);
    },
  );

  // Two of four on each node, and nowhere else to go: the first eviction spends the budget, the second waits for ever.
  test("by hand: replacements that find no node keep the budget spent", () => {
    const four = { count: 4, cpuMillis: 2_000, zoneSpread: { kind: "soft" as const }, budget: { maxUnavailable: 1 } };
    expect(blocked(four, [1, 1, 0])).toEqual([
      [0, 0, 1, "room"],
      [1, 0, 1, "room"],
    ]);
    expect(blocked(four, [1, 1, 1])).toEqual([]);
    expect(blocked({ ...four, budget: { maxUnavailable: 2 } }, [1, 1, 0])).toEqual([]);
  });

  test("volumes need a second node in their zone once a node holds two of a set", () => {
    const bound = { count: 6, zoneBound: true, budget: { maxUnavailable: 1 } };
    expect(blocked(bound, [1, 1, 1])).toEqual([0, 1, 2].map((zone) => [zone, 0, 1, "volume-zone"]));
    expect(blocked(bound, [2, 2, 2])).toEqual([]);
  });

  test("a larger budget never blocks more nodes", () => {
    fc.assert(
      fc.property(
        aSet,
        fc.array(fc.nat({ max: 3 }), { minLength: 3, maxLength: 3 }),
        fc.nat({ max: 5 }),
        (set, byZone, most) => {
          const count = (maxUnavailable: number): number =>
            blocked({ ...set, budget: { maxUnavailable } }, byZone).length;
          expect(count(most + 1)).toBeLessThanOrEqual(count(most));
        },
      ),
    );
  });
});

describe("disruptionsAllowed", () => {
  // Percentages round up: 50 % of 3 available are 2, 50 % of 3 unavailable are 2, too.
  test.each([
    [{ maxUnavailable: 1 }, 3, 3, 1],
    [{ maxUnavailable: 1 }, 3, 2, 0],
    [{ maxUnavailable: "50%" as const }, 3, 3, 2],
    [{ maxUnavailable: "1%" as const }, 3, 3, 1],
    [{ maxUnavailable: "0%" as const }, 3, 3, 0],
    [{ minAvailable: "50%" as const }, 3, 3, 1],
    [{ minAvailable: "10%" as const }, 30, 30, 27],
    [{ minAvailable: 5 }, 3, 3, 0],
    [{ maxUnavailable: 5 }, 3, 2, 2],
    [undefined, 3, 3, 3],
  ])("%j of %i with %i healthy allows %i", (budget, count, healthy, allowed) => {
    expect(disruptionsAllowed(budget, count, healthy)).toBe(allowed);
  });
});

describe("quorumAfterZones", () => {
  test.each([
    [[1, 1, 1], 1, 2, 2, true],
    [[2, 1, 0], 1, 1, 2, false],
    [[2, 2, 1], 1, 3, 3, true],
    [[2, 2], 1, 2, 3, false],
    [[3, 3, 3], 1, 6, 5, true],
    [[3, 3, 3], 2, 3, 5, false],
    [[3], 0, 3, 2, true],
    [[3], 1, 0, 2, false],
    [[1, 1, 1, 1], 2, 2, 3, false],
  ])("by hand: %j with %i lost leaves %i of the %i needed: %s", (byZone, zonesLost, left, need, kept) => {
    expect(quorumAfterZones({ byZone, zonesLost })).toEqual({ left, need, kept });
  });

  test("two halves are never both a majority", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000 }), (members) =>
        expect(2 * majority(members)).toBeGreaterThan(members),
      ),
    );
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000 }), (members) =>
        expect(2 * (majority(members) - 1)).toBeLessThanOrEqual(members),
      ),
    );
  });

  test("refuses what cannot be", () => {
    expect(() => quorumAfterZones({ byZone: [1, 1.5], zonesLost: 0 })).toThrow(/^byZone\[1\]: /);
    expect(() => quorumAfterZones({ byZone: [1], zonesLost: 2 })).toThrow(/^zonesLost: /);
    expect(() => quorumAfterZones({ byZone: [1], zonesLost: 0, need: 0 })).toThrow(/^need: /);
  });
});
