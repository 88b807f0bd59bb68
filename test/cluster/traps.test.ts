import { setTimeout as sleep } from "node:timers/promises";
import { namespace, traps, zones, type Trap } from "./by-hand/traps";
import { namespaceOf } from "./by-hand/web";
import type { Cluster } from "./harness/cluster";
import type { KubernetesObject } from "./harness/objects";
import { clusterSuite } from "./harness/suite";
import { waitFor } from "./harness/wait";
import { found, settled, type Named } from "./harness/workload";

clusterSuite("manifests that leave pods Pending", (cluster) => {
  const here = namespaceOf(namespace);
  beforeAll(async () => cluster().apply([here]));
  afterAll(async () => cluster().remove([here]));

  describe.each(traps.map((trap) => [trap.trap, trap] as const))("%s", (_, trap) => {
    beforeAll(async () => cluster().addNodes(trap.nodes));
    afterAll(async () => cluster().removeNodes());
    let applied: readonly KubernetesObject[] = [];
    const apply = async (objects: readonly KubernetesObject[]): Promise<void> => {
      applied = objects;
      await cluster().apply(objects);
    };
    afterEach(async () => {
      for (const zone of zones) await cluster().restoreZone(zone);
      await cluster().remove(applied);
    });

    test(`leaves ${trap.pending} Pending`, async () => {
      await apply(trap.objects);
      await shut(cluster(), trap, trap.objects);
      const caught = async (): Promise<number> =>
        (await cluster().pods(namespace)).filter(({ unscheduled }) => unscheduled?.includes(trap.why)).length;
      await waitFor(`${trap.pending} wait: ${trap.why}`, async () => (await caught()) === trap.pending, {
        last: () => found(cluster(), workloadOf(trap.objects)),
      });
      // Neither a matter of time.
      await sleep(1_000);
      expect(await caught()).toBe(trap.pending);
    });

    const { instead } = trap;
    if (instead !== undefined)
      test("what to write instead leaves none", async () => {
        await apply(instead);
        await shut(cluster(), trap, instead);
        await allReady(cluster(), workloadOf(instead));
      });
  });
});

/** Lets happen what the trap takes, once everything runs. */
async function shut(cluster: Cluster, { then }: Trap, objects: readonly KubernetesObject[]): Promise<void> {
  if (then === undefined) return;
  await allReady(cluster, workloadOf(objects));
  await then(cluster);
}

async function allReady(
  cluster: Cluster,
  { replicas, ...named }: Named & { readonly replicas: number },
): Promise<void> {
  await settled(cluster, named, replicas);
}

function workloadOf(objects: readonly KubernetesObject[]): Named & { readonly replicas: number } {
  const { kind, metadata, spec } = objects.find((each) => ["Deployment", "StatefulSet"].includes(each.kind))!;
  const named = { namespace, name: metadata.name, replicas: spec.replicas };
  return kind === "StatefulSet" ? { kind, ...named } : { kind: "Deployment", ...named };
}
