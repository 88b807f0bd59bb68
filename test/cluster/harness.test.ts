import { budget, deployment, namespaceOf } from "./by-hand/web";
import { Refused } from "./harness/client";
import { drain, uncordon } from "./harness/drain";
import { fewestReady } from "./harness/fewest";
import type { KubernetesObject } from "./harness/objects";
import { clusterSuite } from "./harness/suite";
import { waitFor } from "./harness/wait";
import { settled } from "./harness/workload";

const namespace = "harness";
const zones = ["us-east-1a", "us-east-1b", "us-east-1c"];
const labels = { "app.kubernetes.io/name": "web" };
const web = { kind: "Deployment", namespace, name: "web" } as const;

/** What the cases rest on is seen to fail. */
clusterSuite("what the cases would not pass", (cluster) => {
  const here = namespaceOf(namespace);
  beforeAll(async () => {
    await cluster().addNodes({ zones, perZone: 1, cpuMillis: 4_000, memoryMiB: 8_000 });
    await cluster().apply([here]);
  });
  afterEach(async () => cluster().remove([deployment({ namespace }), budget(namespace)]));
  afterAll(async () => cluster().remove([here]));

  test("an unknown field, a wrong type and a kind that is not there: one error holds all three", async () => {
    const spelled = deployment({ namespace, name: "spelled" });
    const objects = [
      { ...spelled, spec: { ...spelled["spec"], replica: 3 } },
      deployment({ namespace, name: "typed", pod: { terminationGracePeriodSeconds: "a minute" } }),
      { apiVersion: "example.com/v1", kind: "Nothing", metadata: { name: "nothing", namespace } },
    ];
    const refused = await cluster().apply(objects).catch(String);
    expect(refused).toContain("3 objects refused");
    expect(refused).toContain("Deployment harness/spelled");
    expect(refused).toContain(".spec.replica: field not declared in schema");
    expect(refused).toContain("Deployment harness/typed");
    expect(refused).toContain("the server knows no Nothing of example.com/v1");
  });

  test("a rollout that may do with one less is seen to", async () => {
    await cluster().apply([deployment({ namespace, strategy: { maxSurge: 0, maxUnavailable: 1 } })]);
    await settled(cluster(), web, 3);
    const fewest = await fewestReady(cluster(), [web], async () => {
      await cluster().apply([deployment({ namespace, strategy: { maxSurge: 0, maxUnavailable: 1 }, cpu: "400m" })]);
      await settled(cluster(), web, 3);
    });
    expect(fewest).toEqual([2]);
  });

  test("a budget that allows nothing keeps a node from being drained, and says so", async () => {
    await cluster().apply([deployment({ namespace }), budget(namespace, "web", 0)]);
    await settled(cluster(), web, 3);
    const drained = await drain(cluster(), "us-east-1a-0", { withinMs: 3_000 }).catch(String);
    await uncordon(cluster(), "us-east-1a-0");
    expect(drained).toContain("us-east-1a-0 is drained; left: web-");
    expect(drained).toContain("Cannot evict pod as it would violate the pod's disruption budget");
  });

  test("a restricted namespace admits a pod that keeps the rules, and refuses one that does not with every reason", async () => {
    const kept = podOf(deployment({ namespace }));
    await cluster().client.apply(kept);
    const bare = podOf(deployment({ namespace, pod: { securityContext: {} } }));
    const refused = await cluster()
      .client.apply({ ...bare, metadata: { ...bare.metadata, name: "bare" } })
      .then(
        () => null,
        (error: unknown) => error as Refused,
      );
    expect(refused).toBeInstanceOf(Refused);
    expect(refused?.code).toBe(403);
    expect(refused?.message).toContain('violates PodSecurity "restricted:latest"');
    expect(refused?.message).toContain("runAsNonRoot != true");
    expect(refused?.message).toContain("seccompProfile");
  });

  test("what a quota has no room for is refused with what was asked, used and allowed", async () => {
    const quota: KubernetesObject = {
      apiVersion: "v1",
      kind: "ResourceQuota",
      metadata: { name: "all", namespace },
      spec: { hard: { "requests.cpu": "1200m" } },
    };
    await cluster().apply([quota]);
    await waitFor("the quota counts", async () => (await cluster().client.get(quota))?.["status"]?.used !== undefined);
    await cluster().apply([deployment({ namespace })]);
    const failure = async (): Promise<string> =>
      ((await cluster().client.get(deployment({ namespace })))?.["status"]?.conditions ?? []).find(
        ({ type }: { readonly type: string }) => type === "ReplicaFailure",
      )?.message ?? "";
    await waitFor("the Deployment says that it failed", async () => (await failure()) !== "");
    expect(await failure()).toContain(
      "exceeded quota: all, requested: requests.cpu=500m, used: requests.cpu=1, limited: requests.cpu=1200m",
    );
    expect(await cluster().pods(namespace, labels)).toHaveLength(2);
  });
});

/** A pod as the Deployment would make it. */
function podOf(object: KubernetesObject): KubernetesObject {
  const { metadata, spec } = object["spec"].template;
  return { apiVersion: "v1", kind: "Pod", metadata: { ...metadata, namespace, name: "single" }, spec };
}
