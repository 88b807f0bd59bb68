import { deployment, namespaceOf } from "./by-hand/web";
import { drain, uncordon } from "./harness/drain";
import type { KubernetesObject } from "./harness/objects";
import { clusterSuite } from "./harness/suite";
import { settled } from "./harness/workload";

const namespace = "drains";
const zones = ["us-east-1a", "us-east-1b", "us-east-1c"];
const node = "us-east-1a-0";
const web = { kind: "Deployment", namespace, name: "web" } as const;

const budgetWith = (spec: Readonly<Record<string, unknown>>, name = "web"): KubernetesObject => ({
  apiVersion: "policy/v1",
  kind: "PodDisruptionBudget",
  metadata: { name, namespace },
  spec: { selector: { matchLabels: { "app.kubernetes.io/name": "web" } }, ...spec },
});

clusterSuite("budgets and drains", (cluster) => {
  const here = namespaceOf(namespace);
  const applied = [deployment({ namespace }), budgetWith({}), budgetWith({}, "another")];
  beforeAll(async () => {
    await cluster().addNodes({ zones, perZone: 2, cpuMillis: 4_000, memoryMiB: 8_000 });
    await cluster().apply([here]);
  });
  afterEach(async () => {
    await uncordon(cluster(), node);
    await cluster().remove(applied);
  });
  afterAll(async () => cluster().remove([here]));

  const run = async (budgets: readonly KubernetesObject[]): Promise<void> => {
    await cluster().apply([deployment({ namespace }), ...budgets]);
    await settled(cluster(), web, 3);
  };
  /** What keeps the node from being drained; null: nothing does. */
  const kept = async (): Promise<string | null> =>
    drain(cluster(), node, { withinMs: 4_000 }).then(
      () => null,
      (error: unknown) => String(error),
    );
  /** Every pod says that it is not ready, as when they crash at every start. */
  const crash = async (): Promise<void> => {
    for (const { object } of await cluster().pods(namespace))
      await cluster().client.mergePatch(
        object,
        { status: { conditions: [...others(object), { type: "Ready", status: "False", reason: "CrashLoopBackOff" }] } },
        "/status",
      );
  };

  test("one pod may go: the node drains", async () => {
    await run([budgetWith({ maxUnavailable: 1 })]);
    expect(await kept()).toBeNull();
    await settled(cluster(), web, 3);
  });

  test("as many must stay as there are: no node ever drains", async () => {
    await run([budgetWith({ minAvailable: 3 })]);
    expect(await kept()).toContain("The disruption budget web needs 3 healthy pods and has 3 currently");
  });

  test("two budgets over one pod: the server evicts it under neither", async () => {
    await run([budgetWith({ maxUnavailable: 1 }), budgetWith({ maxUnavailable: 1 }, "another")]);
    expect(await kept()).toContain("This pod has more than one PodDisruptionBudget");
  });

  test("pods that never become ready keep a node from being drained, unless the budget says otherwise", async () => {
    await run([budgetWith({ maxUnavailable: 1 })]);
    await crash();
    expect(await kept()).toContain("The disruption budget web needs 2 healthy pods and has 0 currently");
    await cluster().apply([budgetWith({ maxUnavailable: 1, unhealthyPodEvictionPolicy: "AlwaysAllow" })]);
    expect(await kept()).toBeNull();
  });
});

function others(object: KubernetesObject): readonly unknown[] {
  return object["status"].conditions.filter(({ type }: { readonly type: string }) => type !== "Ready");
}
