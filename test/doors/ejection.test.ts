import { shareOf } from "./harness/callers";
import { Door } from "./harness/door";
import { renderedDoor } from "./harness/rendered";
import { well, type Behaviour } from "./harness/replica";
import { doorSuite } from "./harness/suite";
import { waitFor } from "../cluster/harness/wait";

/** Its checks are well, its answers are not. */
const errs: Behaviour = { requests: 500, checks: 200 };

doorSuite("replicas that answer checks well and requests with errors, at the shipped intervals", () => {
  let door: Door;
  beforeAll(async () => {
    door = await Door.start(await renderedDoor(4));
  });
  afterAll(() => door.stop());

  const pods = (): readonly string[] => door.pods.map(({ address }) => address);
  /** Calls until nobody is answered by an error. */
  const untilWell = (what: string): Promise<void> =>
    waitFor(what, async () => !(await door.call(40)).has("500"), { withinMs: 60_000 });

  test("one of them is put out, and the others answer", async () => {
    door.pods[0]!.behaviour = errs;
    await untilWell("nobody gets an error");
    expect(await door.ill()).toEqual([door.pods[0]!.address]);
    expect(shareOf(await door.call(40), pods())).toBe(1);
  });

  test("all of them are put out, and other regions answer", async () => {
    for (const pod of door.pods) pod.behaviour = errs;
    await untilWell("other regions answer");
    expect(await door.ill()).toEqual([...pods()].sort());
  });

  test("the next check that is answered well lets them in again", async () => {
    for (const pod of door.pods) pod.behaviour = well;
    await door.sees([]);
    expect(shareOf(await door.call(40), pods())).toBe(1);
  });
});

doorSuite("a request that takes its time", () => {
  test("is waited for longer than the 15 s after which Envoy gives up where nobody says", async () => {
    const door = await Door.start(await renderedDoor(1));
    try {
      door.pods[0]!.behaviour = { ...well, takesMs: 16_000 };
      expect([...(await door.call(1)).keys()]).toEqual([door.pods[0]!.address]);
    } finally {
      await door.stop();
    }
  });
});

doorSuite("a door that hands nothing on", () => {
  test("puts out one replica of three, and no second one", async () => {
    const door = await Door.start(await renderedDoor(3, { failover: { dns: "route53", doors: false } }));
    try {
      expect(door.translated.refused).toEqual([]);
      door.pods[0]!.behaviour = errs;
      await waitFor("nobody gets an error", async () => !(await door.call(40)).has("500"));
      expect(await door.ill()).toEqual([door.pods[0]!.address]);
      for (const pod of door.pods) pod.behaviour = errs;
      await door.call(200);
      expect((await door.ill()).length).toBe(1);
    } finally {
      await door.stop();
    }
  });
});
