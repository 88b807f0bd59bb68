import { handOn, shareThatStays } from "../../catalog/kubernetes";
import { shareOf } from "./harness/callers";
import { Authority } from "./harness/certificates";
import { Door } from "./harness/door";
import { hurried, renderedDoor } from "./harness/rendered";
import { well, type Replica } from "./harness/replica";
import { doorSuite } from "./harness/suite";

const PODS = 7;
const { overprovisioning } = handOn["envoy-gateway"];
const addresses = (replicas: readonly Replica[]): readonly string[] => replicas.map(({ address }) => address).sort();

doorSuite("the door of model-serving-prod, asked every second", () => {
  let door: Door;
  let others: readonly Replica[];
  let [east, west]: readonly Replica[] = [];
  beforeAll(async () => {
    door = await Door.start(hurried(await renderedDoor(PODS)));
    others = [...door.elsewhere.values()];
    [east, west] = others;
  });
  afterAll(() => door.stop());
  beforeEach(async () => {
    for (const each of [...door.pods, ...others]) {
      each.behaviour = well;
      await each.start();
    }
    door.ready(door.pods);
    await door.knows(door.pods);
    await door.sees([]);
    for (const each of [...door.pods, ...others]) each.requests.length = 0;
  });

  /** These answer checks with an error as of now, and requests too; the door has seen it. */
  const ail = async (ill: readonly Replica[]): Promise<void> => {
    for (const each of ill) each.behaviour = { requests: 503, checks: 503 };
    await door.sees(ill);
  };

  test("Envoy Gateway accepts every object as it is", () => {
    expect(door.translated.refused).toEqual([]);
  });

  // It would not offer HTTP/2 where the certificates of two listeners overlap.
  test.each(["model.example.com", "us-east-1.model.example.com"])("callers of %s speak HTTP/2", async (name) => {
    expect(await door.agreesOn(name)).toBe("h2");
  });

  test("own pods answer everything while they are well, asked by the name that callers ask for", async () => {
    const tally = await door.call(300);
    expect([...tally.keys()].sort()).toEqual(addresses(door.pods));
    expect(
      door.pods.every(({ requests }) =>
        requests.every(({ host, sni }) => host === "model.example.com" && sni === null),
      ),
    ).toBe(true);
  });

  test.each([2, 3, 5, 7])(
    "with %i of seven ill as many stay as the nines count on, and nobody is turned away",
    async (count) => {
      await ail(door.pods.slice(0, count));
      const tally = await door.call(1000);
      const stays = shareThatStays((PODS - count) / PODS, overprovisioning);
      const own = shareOf(tally, addresses(door.pods.slice(count)));
      expect(own + shareOf(tally, addresses(others))).toBe(1);
      // Five of seven are 71.4 %: the last that keep all. Of 1,000 drawn by chance a share is within 0.06 but once in 10,000 times.
      if (stays === 1 || stays === 0) expect(own).toBe(stays);
      else expect(Math.abs(own - stays)).toBeLessThan(0.06);
      // Without an order among the others.
      if (own < 1) expect(shareOf(tally, [east!.address]) / (1 - own)).toBeCloseTo(0.5, 1);
    },
  );

  test("other regions are asked by their own names, over TLS that is verified", async () => {
    await ail(door.pods);
    await door.call(100);
    for (const [region, { requests, checks }] of door.elsewhere) {
      const name = `${region}.model.example.com`;
      for (const seen of [...requests, ...checks]) expect(seen).toEqual({ host: name, sni: name });
      expect(requests.length).toBeGreaterThan(0);
    }
  });

  test("a region whose certificate is another's, or nobody's, is not asked", async () => {
    const right = door.authority.issue(["us-west-2.model.example.com"]);
    await ail(door.pods);
    const stranger = Authority.make(door.folder, "nobody-trusts");
    for (const wrong of [
      door.authority.issue(["model.example.com"]),
      stranger.issue(["us-west-2.model.example.com"]),
    ]) {
      await west!.certify(wrong);
      await door.sees([...door.pods, west!]);
      expect([...(await door.call(100)).keys()]).toEqual([east!.address]);
    }
    await west!.certify(right);
    await door.sees(door.pods);
    expect([...(await door.call(100)).keys()].sort()).toEqual(addresses(others));
  });

  test("what comes back well takes its requests back", async () => {
    await ail([...door.pods, east!]);
    expect([...(await door.call(100)).keys()]).toEqual([west!.address]);
    for (const each of [...door.pods, east!]) each.behaviour = well;
    await door.sees([]);
    expect([...(await door.call(300)).keys()].sort()).toEqual(addresses(door.pods));
  });

  test("where every check fails, checks are wrong: all are asked", async () => {
    const all = [...door.pods, ...others];
    for (const each of all) each.behaviour = { requests: 200, checks: 503 };
    await door.sees(all);
    expect([...(await door.call(500)).keys()].sort()).toEqual(addresses(all));
  });

  test("replicas are out after as many failed checks as the plan says, and not after one fewer", async () => {
    const [pod] = door.pods;
    const failures = door.translated.clusters[0]!["healthChecks"][0].unhealthyThreshold as number;
    expect(failures).toBe(3);
    pod!.failChecks("model.example.com", failures - 1);
    await door.asks(pod!, failures);
    expect(await door.ill()).toEqual([]);
    pod!.failChecks("model.example.com", failures);
    await door.sees([pod!]);
  });

  test.each([204, 307])(
    "a replica whose checks answer %i is well to the door, as it is ready to the kubelet",
    async (status) => {
      const [pod] = door.pods;
      pod!.behaviour = { requests: 200, checks: status };
      await door.asks(pod!, 4);
      expect(await door.ill()).toEqual([]);
    },
  );

  test("pods that leave the list count neither way, even where they still answer", async () => {
    const left = door.pods.slice(0, 2);
    door.ready(left);
    await door.knows(left);
    expect([...(await door.call(300)).keys()].sort()).toEqual(addresses(left));
  });

  test.each(["no addresses", "no such name"])("with nobody ready (%s) other regions answer", async (how) => {
    if (how === "no addresses") door.ready([]);
    else door.names.forget(door.podsName);
    await door.knows([]);
    expect([...(await door.call(200)).keys()].sort()).toEqual(addresses(others));
  });

  test("a pod that is killed is nobody's loss: its requests go to another", async () => {
    await door.pods[0]!.kill();
    expect([...(await door.call(500)).keys()].sort()).toEqual(addresses(door.pods.slice(1)));
  });

  test("nor are all of them: theirs go to other regions, before a check has failed", async () => {
    await Promise.all(door.pods.map((pod) => pod.kill()));
    expect([...(await door.call(500)).keys()].sort()).toEqual(addresses(others));
  });

  test("the region's own name leads to its own pods, ill or not", async () => {
    await ail(door.pods);
    expect([...(await door.call(50, "us-east-1.model.example.com")).keys()]).toEqual(["503"]);
    expect(others.every(({ requests }) => requests.length === 0)).toBe(true);
  });
});
