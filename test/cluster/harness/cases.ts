import { isDeepStrictEqual } from "node:util";
import type { Cluster } from "./cluster";
import { drain, uncordon } from "./drain";
import { fewestReady } from "./fewest";
import type { NodeShape } from "./nodes";
import { called, condition, type KubernetesObject } from "./objects";
import { waitFor } from "./wait";
import { found, labelsOf, podsOf, readyByZone, referenceOf, settled, total, type Workload } from "./workload";

/** A set of manifests, the nodes it is to run on, and what is promised of it. */
export interface Promised {
  readonly objects: readonly KubernetesObject[];
  readonly nodes: NodeShape;
  readonly workloads: readonly Workload[];
}

/**
 * The cases that every set of manifests goes through: the same whether they were written by hand or rendered from a plan.
 * `cluster` is asked within a case only.
 */
export function casesOf(cluster: () => Cluster, { objects, nodes, workloads }: Promised): void {
  const settle = async (): Promise<void> => {
    for (const workload of workloads) await settled(cluster(), workload, total(workload));
  };
  beforeAll(async () => cluster().addNodes(nodes));
  afterAll(async () => {
    await cluster().remove(objects);
    await cluster().removeNodes();
  });

  test("every object is accepted, with strict field validation", async () => {
    await cluster().apply(objects);
  });

  test.each(workloads.map((workload) => [workload.name, workload] as const))(
    "%s: as many pods are Ready in each zone as promised",
    async (_, workload) => {
      await settled(cluster(), workload, total(workload));
      expect(await readyByZone(cluster(), workload)).toEqual(workload.byZone);
    },
  );

  test("every autoscaler finds what it scales", async () => {
    for (const object of objects.filter(({ kind }) => kind === "HorizontalPodAutoscaler")) {
      const able = async () => condition((await cluster().client.get(object))!, "AbleToScale");
      await waitFor(`${called(object)} finds its target`, async () => (await able())?.status === "True", {
        withinMs: 15_000,
        last: async () => JSON.stringify(await able()),
      });
    }
  });

  test.each(workloads.map((workload) => [workload.name, workload] as const))(
    "%s: a rollout never leaves fewer than needed",
    async (_, workload) => {
      const before = new Set((await podsOf(cluster(), workload)).map(({ object }) => object.metadata.uid));
      const fewest = await fewestReady(cluster(), workload.namespace, await labelsOf(cluster(), workload), async () => {
        const annotations = { "nines.test/rollout": "again" };
        await cluster().client.mergePatch(referenceOf(workload), {
          spec: { template: { metadata: { annotations } } },
        });
        await settled(cluster(), workload, total(workload), 120_000);
      });
      const after = (await podsOf(cluster(), workload)).map(({ object }) => object.metadata.uid);
      expect(after.filter((uid) => before.has(uid))).toEqual([]);
      expect(fewest).toBeGreaterThanOrEqual(workload.need);
      expect(await readyByZone(cluster(), workload)).toEqual(workload.byZone);
    },
  );

  test("each node drains in its turn, and what is needed stays Ready", async () => {
    for (const { name } of await cluster().nodes()) {
      let fewest: readonly number[] = [];
      const drained = async (): Promise<void> => void (await drain(cluster(), name));
      const watched = workloads.reduceRight<() => Promise<void>>(
        (happens, workload) => async () => {
          const labels = await labelsOf(cluster(), workload);
          fewest = [await fewestReady(cluster(), workload.namespace, labels, happens), ...fewest];
        },
        drained,
      );
      await watched();
      expect({ name, fewest: workloads.map((workload, index) => Math.min(fewest[index]!, workload.need)) }).toEqual({
        name,
        fewest: workloads.map(({ need }) => need),
      });
      await uncordon(cluster(), name);
      await settle();
    }
  });

  const stores = workloads.filter(({ kind }) => kind === "StatefulSet");
  if (stores.length > 0)
    test.each(stores.map((workload) => [workload.name, workload] as const))(
      "%s: a pod that goes comes back by its name, with its own claim and volume",
      async (_, workload) => {
        const before = await claims(cluster(), workload);
        const gone = (await podsOf(cluster(), workload))[0]!;
        await cluster().client.delete(gone.object);
        await waitFor(`${gone.name} is another`, async () =>
          (await podsOf(cluster(), workload)).some(
            ({ name, object }) => name === gone.name && object.metadata.uid !== gone.object.metadata.uid,
          ),
        );
        await settle();
        expect(await claims(cluster(), workload)).toEqual(before);
      },
    );

  test.each(nodes.zones.map((zone) => [zone]))(
    "without %s, what is promised stays Ready and as much heals",
    async (zone) => {
      // What healed after the zone before may lie unevenly: nothing but a rollout moves a pod that runs.
      for (const workload of workloads) await spreadAgain(cluster(), workload);
      await settle();
      const before = await Promise.all(workloads.map((workload) => podsOf(cluster(), workload)));
      await cluster().loseZone(zone);
      for (const [index, workload] of workloads.entries()) {
        const same = new Set(before[index]!.map(({ object }) => object.metadata.uid));
        const ready = (await podsOf(cluster(), workload)).filter(
          (pod) => pod.ready && same.has(pod.object.metadata.uid),
        );
        expect(ready.length).toBe(workload.survivors[zone]);
      }
      for (const workload of workloads)
        await waitFor(
          `${workload.name} has ${workload.healed[zone]} Ready without ${zone}, and nothing more can be done`,
          async () => {
            const pods = await podsOf(cluster(), workload);
            const ready = pods.filter((pod) => pod.ready);
            const idle = pods.every((pod) => pod.zone !== zone && (pod.ready || pod.unscheduled !== null));
            return idle && ready.length === workload.healed[zone];
          },
          { last: () => found(cluster(), workload) },
        );
      await cluster().restoreZone(zone);
      await settle();
    },
  );
}

/** A rollout where the zones are not as promised. */
async function spreadAgain(cluster: Cluster, workload: Workload): Promise<void> {
  if (isDeepStrictEqual(await readyByZone(cluster, workload), workload.byZone)) return;
  const annotations = { "nines.test/spread-again": new Date().toISOString() };
  await cluster.client.mergePatch(referenceOf(workload), { spec: { template: { metadata: { annotations } } } });
  await settled(cluster, workload, total(workload), 120_000);
}

/** Which claim and volume each pod has. */
async function claims(cluster: Cluster, workload: Workload): Promise<Readonly<Record<string, readonly string[]>>> {
  const held = await cluster.client.list(`/api/v1/namespaces/${workload.namespace}/persistentvolumeclaims`);
  return Object.fromEntries(
    (await podsOf(cluster, workload)).map(({ name, object }) => [
      name,
      (object["spec"].volumes as readonly Volume[])
        .flatMap(({ persistentVolumeClaim }) => persistentVolumeClaim?.claimName ?? [])
        .map((claim) => `${claim} on ${held.find(({ metadata }) => metadata.name === claim)?.["spec"].volumeName}`),
    ]),
  );
}

interface Volume {
  readonly persistentVolumeClaim?: { readonly claimName: string };
}
