import { differs } from "./strip";
import { alert, group, topic } from "./aws/parts";

describe("differs", () => {
  const watched = alert("cpu", "replica-group/embedding/us-east-1");
  const planned = [group("embedding"), group("ranker"), watched];
  const renamed = (from: string, to: string) =>
    JSON.parse(JSON.stringify(planned).replaceAll(from, to)) as readonly unknown[];

  test("takes a renaming that is the same everywhere, in any order", () => {
    expect(differs(planned, [...renamed("ranker", "n2")].reverse())).toBeUndefined();
  });

  test("refuses another value, a lost Part, two names become one, and a reference to another Part", () => {
    expect(differs(planned, [group("embedding", { drainSeconds: 31 }), group("ranker"), watched])).toBeDefined();
    expect(differs(planned, planned.slice(1))).toBe("3 planned, 2 read");
    expect(differs([...planned, topic], [...renamed("ranker", "embedding"), topic])).toBeDefined();
    const asymmetric = [group("embedding", { ports: [1] }), group("ranker"), watched];
    expect(
      differs(asymmetric, [...asymmetric.slice(0, 2), { ...watched, watches: "replica-group/ranker/us-east-1" }]),
    ).toBeDefined();
  });
});
