import { deployment, nodes, report } from "./counting";

const affinity = (key: string, app: string): readonly string[] => [
  `affinity: { podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: ${key}, labelSelector: { matchLabels: { app: ${app} } } }] } }`,
];

describe("pods that must stand where their own kind stands", () => {
  test.each(["topology.kubernetes.io/zone", "kubernetes.io/hostname"])(
    "by %s: all are in one zone, and no zone loss is carried",
    async (key) => {
      const { rules, availability } = await report(deployment({ pod: affinity(key, "web") }));
      expect(rules.find(({ id }) => id === "zone-loss-carried")?.verdict).not.toBe("pass");
      expect(availability).toBeNull();
    },
  );

  test("what must stand beside others is spread as ever", async () => {
    const object = deployment({ pod: affinity("topology.kubernetes.io/zone", "cache") });
    const { rules } = await report(object);
    expect(rules.find(({ id }) => id === "zone-loss-carried")?.verdict).toBe("pass");
    expect(await nodes(object)).toBe(3);
  });
});
