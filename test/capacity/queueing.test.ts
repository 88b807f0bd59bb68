import fc from "fast-check";
import {
  erlangB,
  erlangC,
  leastServers,
  meanWaitMs,
  responseBeyond,
  waitBeyond,
  waitPercentileMs,
} from "../../capacity";

const near = (found: number, expected: number, relative = 1e-11): void => {
  expect(Math.abs(found - expected)).toBeLessThanOrEqual(relative * Math.abs(expected));
};

const load = fc.double({ min: 0.01, max: 300, noNaN: true });
const spare = fc.integer({ min: 1, max: 60 });

describe("laws", () => {
  test("the wait is rarer with one more server and commoner with more load", () => {
    fc.assert(
      fc.property(load, spare, fc.double({ min: 1e-6, max: 1, noNaN: true }), (erlangs, more, share) => {
        const servers = Math.floor(erlangs) + more;
        expect(erlangC(servers + 1, erlangs)).toBeLessThan(erlangC(servers, erlangs));
        expect(erlangC(servers, erlangs * (1 - share))).toBeLessThan(erlangC(servers, erlangs));
        expect(erlangB(servers + 1, erlangs)).toBeLessThan(erlangB(servers, erlangs));
      }),
    );
  });

  test("Erlang-B obeys its recurrence B(c) = A B(c-1) / (c + A B(c-1)), above and below the load", () => {
    fc.assert(
      fc.property(load, fc.integer({ min: 1, max: 500 }), (erlangs, servers) => {
        const before = erlangB(servers - 1, erlangs);
        const blocked = (erlangs * before) / (servers + erlangs * before);
        expect(Math.abs(erlangB(servers, erlangs) - blocked)).toBeLessThanOrEqual(1e-12 * blocked + 1e-300);
      }),
    );
  });

  test("percentile and tail are inverse, and the wait at 0 is Erlang-C", () => {
    fc.assert(
      fc.property(load, spare, fc.double({ min: 0.01, max: 0.9999, noNaN: true }), (erlangs, more, share) => {
        const servers = Math.floor(erlangs) + more;
        expect(waitBeyond(0, servers, erlangs, 25)).toBe(erlangC(servers, erlangs));
        const ms = waitPercentileMs(share, servers, erlangs, 25);
        if (ms > 0) near(waitBeyond(ms, servers, erlangs, 25), 1 - share, 1e-8);
        else expect(erlangC(servers, erlangs)).toBeLessThanOrEqual(1 - share + 1e-15);
      }),
    );
  });

  test("a response is later than its service alone and than its wait alone, and earlier with one more server", () => {
    fc.assert(
      fc.property(load, spare, fc.double({ min: 0, max: 500, noNaN: true }), (erlangs, more, ms) => {
        const servers = Math.floor(erlangs) + more;
        const beyond = responseBeyond(ms, servers, erlangs, 25);
        expect(beyond).toBeGreaterThanOrEqual(Math.exp(-ms / 25));
        expect(beyond).toBeGreaterThanOrEqual(waitBeyond(ms, servers, erlangs, 25) * (1 - 1e-12));
        expect(beyond).toBeLessThanOrEqual(1);
        expect(responseBeyond(ms, servers + 1, erlangs, 25)).toBeLessThanOrEqual(beyond * (1 + 1e-12));
      }),
    );
  });

  test("the mean response is wait plus service: the tail integrates to it", () => {
    // Trapezia of half a ms up to 3 s; their error is below 1e-4 of the mean.
    let integral = 0;
    for (let ms = 0; ms < 3000; ms += 0.5) {
      integral += (responseBeyond(ms, 6, 4.5, 25) + responseBeyond(ms + 0.5, 6, 4.5, 25)) / 4;
    }
    near(integral, 25 + meanWaitMs(6, 4.5, 25), 1e-4);
  });

  test("least servers meet the target and one fewer does not, whichever the target", () => {
    fc.assert(
      fc.property(
        load,
        fc.double({ min: 0.5, max: 0.9999, noNaN: true }),
        fc.double({ min: 0, max: 200, noNaN: true }),
        (erlangs, share, ms) => {
          const serviceTimeMs = 25;
          const targets = [
            [leastServers(erlangs, { waitProbability: 1 - share }), (c: number) => erlangC(c, erlangs)],
            [
              leastServers(erlangs, { withinMs: ms, share, serviceTimeMs }),
              (c: number) => waitBeyond(ms, c, erlangs, serviceTimeMs),
            ],
            // 300 ms leave exp(-12) = 6e-6 to the service itself.
            [
              leastServers(erlangs, { responseWithinMs: 300 + ms, share, serviceTimeMs }),
              (c: number) => responseBeyond(300 + ms, c, erlangs, serviceTimeMs),
            ],
          ] as const;
          for (const [least, beyond] of targets) {
            expect(beyond(least)).toBeLessThanOrEqual((1 - share) * (1 + 1e-11));
            expect(least).toBeGreaterThan(erlangs);
            expect(beyond(least - 1)).toBeGreaterThan((1 - share) * (1 - 1e-11));
          }
        },
      ),
    );
  });

  test("least servers never fall with more load, a longer service or a tighter target", () => {
    fc.assert(
      fc.property(load, load, fc.double({ min: 0.5, max: 0.999, noNaN: true }), (erlangs, more, share) => {
        const target = { withinMs: 20, share, serviceTimeMs: 25 };
        const least = leastServers(erlangs, target);
        expect(leastServers(erlangs + more, target)).toBeGreaterThanOrEqual(least);
        expect(leastServers(erlangs, { ...target, serviceTimeMs: 50 })).toBeGreaterThanOrEqual(least);
        expect(leastServers(erlangs, { ...target, withinMs: 10 })).toBeGreaterThanOrEqual(least);
        expect(leastServers(erlangs, { ...target, share: (1 + share) / 2 })).toBeGreaterThanOrEqual(least);
      }),
    );
  });

  test("stays within two servers of square-root staffing for 1 to 5 % and 1 to 1,000 erlangs", () => {
    // Halfin and Whitt: c = A + b sqrt(A) with C = 1 / (1 + b Phi(b) / phi(b)); b by bisection, Phi by Simpson's rule.
    const phi = (x: number): number => Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
    const cumulative = (x: number): number => {
      let sum = phi(0) + phi(x);
      for (let i = 1; i < 200; i += 1) sum += (i % 2 === 1 ? 4 : 2) * phi((x * i) / 200);
      return 0.5 + (sum * x) / 600;
    };
    const staffing = (target: number): number => {
      let [low, high] = [0, 5];
      for (let i = 0; i < 60; i += 1) {
        const b = (low + high) / 2;
        if (1 / (1 + (b * cumulative(b)) / phi(b)) > target) low = b;
        else high = b;
      }
      return high;
    };
    for (const target of [0.01, 0.02, 0.03, 0.04, 0.05]) {
      const b = staffing(target);
      for (let erlangs = 1; erlangs <= 1000; erlangs += erlangs < 50 ? 1 : 19) {
        const exact = leastServers(erlangs, { waitProbability: target });
        expect(Math.abs(exact - Math.ceil(erlangs + b * Math.sqrt(erlangs)))).toBeLessThanOrEqual(2);
      }
    }
  });

  test("a simulated M/M/c agrees: 4 servers, 3 erlangs, 200,000 arrivals in 40 batches", () => {
    let state = 20_260_101;
    const uniform = (): number => {
      // Mulberry32.
      state = (state + 0x6d2b79f5) | 0;
      let t = Math.imul(state ^ (state >>> 15), 1 | state);
      t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
      return (((t ^ (t >>> 14)) >>> 0) + 0.5) / 2 ** 32;
    };
    const free = [0, 0, 0, 0];
    let now = 0;
    const batches = Array.from({ length: 40 }, () => {
      let [waits, waited, late] = [0, 0, 0];
      for (let i = 0; i < 5000; i += 1) {
        now += -Math.log(uniform()) / 3;
        const first = free.indexOf(Math.min(...free));
        const starts = Math.max(now, free[first] ?? 0);
        const ends = starts - Math.log(uniform());
        free[first] = ends;
        waits += starts > now ? 1 : 0;
        waited += starts - now;
        late += ends - now > 2 ? 1 : 0;
      }
      return [waits / 5000, waited / 5000, late / 5000] as const;
    });
    const expected = [erlangC(4, 3), meanWaitMs(4, 3, 1), responseBeyond(2, 4, 3, 1)];
    expected.forEach((value, k) => {
      const values = batches.map((batch) => batch[k] ?? 0);
      const mean = values.reduce((a, b) => a + b, 0) / 40;
      const error = Math.sqrt(values.reduce((a, b) => a + (b - mean) ** 2, 0) / 39 / 40);
      // 3.3 standard errors: 99.8 % of 39 degrees of freedom.
      expect(Math.abs(mean - value)).toBeLessThan(3.3 * error);
      expect(error).toBeLessThan(0.05 * value);
    });
  });
});

describe("numbers", () => {
  // By hand: B(1) = 1/2, B(2) = (1/2) / (2 + 1/2) = 1/5; C = 2 (1/5) / (2 - 1 + 1/5) = 1/3.
  test("two servers, one erlang: a third waits", () => {
    near(erlangB(1, 1), 1 / 2);
    near(erlangB(2, 1), 1 / 5);
    near(erlangC(2, 1), 1 / 3, 1e-15);
    near(erlangC(3, 2), 4 / 9, 1e-15);
  });

  // 100 calls in 30 minutes of 180 s each: 10 erlangs; answered within 20 s. Published to four digits, here from 60-digit arithmetic.
  test.each([
    [11, 0.68211820468933237, 0.389613811729, 122.781276844],
    [12, 0.44938822429827087, 0.640158040374, 40.4449401868],
    [13, 0.28527045303649294, 0.795594788418, 17.1162271822],
    [14, 0.17413193359504984, 0.888350019179, 7.83593701178],
    [15, 0.10204236700798801, 0.941452842869, 3.67352521229],
    [16, 0.057340330903371257, 0.970560492503, 1.7202099271],
  ])("call centre with %i agents", (agents, waits, within, meanSeconds) => {
    near(erlangC(agents, 10), waits, 1e-13);
    near(1 - waitBeyond(20_000, agents, 10, 180_000), within);
    near(meanWaitMs(agents, 10, 180_000), meanSeconds * 1000);
  });

  test("call centre: 14 agents answer 80 % within 20 s, occupied 71.43 %", () => {
    expect(leastServers(10, { withinMs: 20_000, share: 0.8, serviceTimeMs: 180_000 })).toBe(14);
    expect(10 / 14).toBeCloseTo(0.7143, 4);
    // pyworkforce's target of .33 min.
    expect(1 - waitBeyond(19_800, 14, 10, 180_000)).toBeCloseTo(0.888, 3);
    expect(1 - waitBeyond(19_800, 15, 10, 180_000)).toBeCloseTo(0.941, 3);
  });

  test("2.5 erlangs: nine of ten do not wait with 6 servers, not with 5", () => {
    near(erlangC(6, 2.5), 0.047444812194455409);
    near(erlangC(5, 2.5), 0.13037129745515227);
    expect(leastServers(2.5, { waitProbability: 0.1 })).toBe(6);
  });

  test("10 erlangs: 17 trunks block at most 2 %, 16 do not", () => {
    near(erlangB(17, 10), 0.01294887522472657);
    near(erlangB(16, 10), 0.022301872040363656);
  });

  test.each([
    [10, 6, 0.10129924268741749],
    [8, 5, 0.16726650666175661],
    [6, 5.9, 0.95422988719105572],
    [110, 100, 0.23700750028505273],
    [520, 500, 0.27475634469652412],
    [1050, 1000, 0.074401774037428377],
    [10100, 10000, 0.22476290646653222],
    [1_000_000, 999_000, 0.22330339029134409],
  ])("C(%i, %d)", (servers, erlangs, waits) => near(erlangC(servers, erlangs), waits, 1e-12));

  test.each([
    [1, 5],
    [10, 19],
    [1000, 1077],
  ])("at most 1 %% wait at %d erlangs with %i", (erlangs, servers) => {
    expect(leastServers(erlangs, { waitProbability: 0.01 })).toBe(servers);
  });

  // Times in service times: x = ms / 25.
  test.each([
    [4, 11, 10, 0.068289361754820091],
    [4, 12, 10, 0.026395718371159247],
    [4, 14, 10, 0.019378744894986314],
    [2, 6, 5.9, 0.85990904111839993],
    [800, 3, 2.5, 2.6898449392050642e-174],
    [5, 101, 100.0000001, 0.036496586307074319],
  ])("responses beyond %d service times, %i servers, %d erlangs", (x, servers, erlangs, beyond) => {
    near(responseBeyond(x * 25, servers, erlangs, 25), beyond, 1e-11);
  });

  test("exactly one spare server is the limit of its neighbours", () => {
    near(responseBeyond(100, 11, 10, 25), Math.exp(-4) * (1 + 4 * erlangC(11, 10)), 1e-14);
    near(responseBeyond(100, 11, 10 + 1e-9, 25), responseBeyond(100, 11, 10, 25), 1e-7);
  });
});

describe("edges", () => {
  test("no load never waits; no servers always do; at and below the load the wait has no end", () => {
    expect(erlangB(0, 0)).toBe(1);
    expect(erlangB(0, 5)).toBe(1);
    expect(erlangB(3, 0)).toBe(0);
    expect(erlangC(3, 0)).toBe(0);
    expect(meanWaitMs(3, 0, 25)).toBe(0);
    expect(waitPercentileMs(0.99, 3, 0, 25)).toBe(0);
    near(responseBeyond(25, 3, 0, 25), Math.exp(-1), 1e-15);
    for (const [servers, erlangs] of [
      [0, 0],
      [0, 2],
      [5, 5],
      [5, 6],
      [5, 1e300],
    ] as const) {
      expect(erlangC(servers, erlangs)).toBe(1);
      expect(meanWaitMs(servers, erlangs, 25)).toBe(Infinity);
      expect(waitBeyond(1e9, servers, erlangs, 25)).toBe(1);
      expect(responseBeyond(1e9, servers, erlangs, 25)).toBe(1);
      expect(waitPercentileMs(0.5, servers, erlangs, 25)).toBe(Infinity);
    }
  });

  test("the percentile is 0 up to the share that does not wait", () => {
    const noWait = 1 - erlangC(14, 10);
    expect(waitPercentileMs(noWait - 1e-9, 14, 10, 25)).toBe(0);
    expect(waitPercentileMs(noWait + 1e-9, 14, 10, 25)).toBeGreaterThan(0);
  });

  test("a million servers are finite, at any load", () => {
    for (const erlangs of [1e-300, 1, 5e5, 999_999, 999_999.999, 1e6, 2e6]) {
      const waits = erlangC(1_000_000, erlangs);
      expect(waits).toBeGreaterThanOrEqual(0);
      expect(waits).toBeLessThanOrEqual(1);
    }
    expect(erlangC(1_000_000, 999_999)).toBeGreaterThan(0.99);
    expect(leastServers(1e9, { waitProbability: 0.01 })).toBeGreaterThan(1e9);
  });

  test("times without measure are answered", () => {
    for (const servers of [11, 12]) {
      expect(responseBeyond(1e300, servers, 10, 1e-300)).toBe(0);
      expect(waitBeyond(1e300, servers, 10, 1e-300)).toBe(0);
      expect(responseBeyond(0, servers, 10, 25)).toBe(1);
    }
  });

  test("one server is M/M/1", () => {
    near(erlangC(1, 0.7), 0.7, 1e-15);
    near(responseBeyond(100, 1, 0.7, 25), Math.exp(-4 * 0.3), 1e-13);
  });

  test("without load one server is enough, and any stable number meets a wait probability of 1", () => {
    expect(leastServers(0, { waitProbability: 0.01 })).toBe(1);
    expect(leastServers(10, { waitProbability: 1 })).toBe(11);
    expect(leastServers(10.5, { waitProbability: 1 })).toBe(11);
  });

  // 25 ms exponential: exp(-4) = 1.83 % beyond 100 ms whatever the number of servers.
  test("refuses a response that the service alone misses, and meets the one just above it", () => {
    const target = { responseWithinMs: 100, serviceTimeMs: 25 };
    expect(() => leastServers(10, { ...target, share: 0.99 })).toThrow(RangeError);
    expect(() => leastServers(10, { ...target, share: 0.99 })).toThrow(
      /^responseWithinMs: no number of servers .*1\.83 % beyond 100 ms, and 1\.00 %/,
    );
    expect(() => leastServers(10, { ...target, share: 1 - Math.exp(-4) })).toThrow(RangeError);
    expect(() => leastServers(10, { ...target, responseWithinMs: 0, share: 0.5 })).toThrow(RangeError);
    const servers = leastServers(10, { ...target, share: 1 - Math.exp(-4) * (1 + 1e-12) });
    expect(servers).toBeGreaterThan(20);
    expect(servers).toBeLessThan(60);
    expect(leastServers(10, { ...target, share: 0.98 })).toBe(14);
  });

  test.each([
    ["servers", () => erlangB(-1, 1)],
    ["servers", () => erlangC(1.5, 1)],
    ["servers", () => erlangC(NaN, 1)],
    ["servers", () => waitBeyond(1, Infinity, 1, 1)],
    ["servers", () => erlangB(2e12, 1)],
    ["erlangs", () => erlangB(1, -1)],
    ["erlangs", () => erlangC(1, NaN)],
    ["erlangs", () => meanWaitMs(1, Infinity, 1)],
    ["erlangs", () => leastServers(-1, { waitProbability: 0.1 })],
    ["erlangs", () => leastServers(2e11, { waitProbability: 0.1 })],
    ["serviceTimeMs", () => meanWaitMs(2, 1, 0)],
    ["serviceTimeMs", () => waitBeyond(1, 2, 1, -1)],
    ["serviceTimeMs", () => waitPercentileMs(0.9, 2, 1, NaN)],
    ["serviceTimeMs", () => responseBeyond(1, 2, 1, 0)],
    ["serviceTimeMs", () => leastServers(1, { withinMs: 1, share: 0.9, serviceTimeMs: 0 })],
    ["ms", () => waitBeyond(-1, 2, 1, 1)],
    ["ms", () => responseBeyond(NaN, 2, 1, 1)],
    ["share", () => waitPercentileMs(0, 2, 1, 1)],
    ["share", () => waitPercentileMs(1, 2, 1, 1)],
    ["share", () => waitPercentileMs(99, 2, 1, 1)],
    ["share", () => leastServers(1, { withinMs: 1, share: 1, serviceTimeMs: 1 })],
    ["share", () => leastServers(1, { responseWithinMs: 1, share: 0, serviceTimeMs: 1 })],
    ["withinMs", () => leastServers(1, { withinMs: -1, share: 0.9, serviceTimeMs: 1 })],
    ["responseWithinMs", () => leastServers(1, { responseWithinMs: NaN, share: 0.9, serviceTimeMs: 1 })],
    ["waitProbability", () => leastServers(1, { waitProbability: 0 })],
    ["waitProbability", () => leastServers(1, { waitProbability: 1.1 })],
    ["waitProbability", () => leastServers(1, { waitProbability: NaN })],
    ["target", () => leastServers(1, { share: 0.9 } as never)],
  ])("refuses an impossible %s (%#)", (name, call) => {
    expect(call).toThrow(RangeError);
    expect(call).toThrow(new RegExp(`^${name}: `));
  });
});
