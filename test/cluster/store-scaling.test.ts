import { majority } from "../../availability/quorum";
import { leftAfterZone } from "../../capacity/store-count";
import type { Store } from "../../model";
import { renderedObjects } from "../../preview/render/objects";
import { stacks } from "../components/kubernetes/stacks";
import { contents, promisedOf } from "./by-plan";
import type { Promised } from "./harness/cases";
import { Refused } from "./harness/client";
import { condition, type KubernetesObject } from "./harness/objects";
import { clusterSuite } from "./harness/suite";
import { waitFor } from "./harness/wait";
import { claimsOf, podsOf, readyPerZone, referenceOf, settled, type Named } from "./harness/workload";

const set: Named = { kind: "StatefulSet", namespace: "dvecdb-prod", name: "dvecdb" };
const object = (apiVersion: string, kind: string): KubernetesObject => ({
  apiVersion,
  kind,
  metadata: { name: set.name, namespace: set.namespace },
});
const autoscaler = object("autoscaling/v2", "HorizontalPodAutoscaler");
const budget = object("policy/v1", "PodDisruptionBudget");
const CLAIMS = `/api/v1/namespaces/${set.namespace}/persistentvolumeclaims`;
/** As the plan has it: from the floor to the ceiling of its autoscaler. */
const SIZES = [3, 4, 5, 6, 7, 8, 9, 10];

clusterSuite("vectordb-prod under its autoscaler", (cluster) => {
  let promised: Promised;
  let store: Store;
  beforeAll(async () => {
    const [name, record] = stacks.find(([each]) => each === "vectordb-prod")!;
    const { plan, resources } = await record();
    store = plan.parts.find((part) => part.kind === "store")!;
    promised = promisedOf(plan, store.region, contents(renderedObjects(name, resources).objects));
    // Room for the ceiling, as far as memory goes.
    await cluster().addNodes({ ...promised.nodes, perZone: 2 });
    await cluster().apply(promised.objects);
  });
  afterAll(async () => {
    await cluster().remove(promised.objects);
    await cluster().removeNodes();
  });

  /** As the autoscaler does it, by the subresource that it knows its target by. */
  const scaled = async (replicas: number): Promise<void> => {
    await cluster().client.mergePatch(referenceOf(set), { spec: { replicas } }, "/scale");
    await settled(cluster(), set, replicas);
  };
  /** uid and volume of each claim that is there, by its name. */
  const claims = async (): Promise<Readonly<Record<string, string>>> =>
    Object.fromEntries(
      (await cluster().client.list(CLAIMS))
        .map(({ metadata, spec }): [string, string] => [metadata.name, `${metadata.uid} ${spec.volumeName}`])
        .sort(([a], [b]) => a.localeCompare(b, "en", { numeric: true })),
    );
  const named = (count: number) => Array.from({ length: count }, (_, ordinal) => `data-dvecdb-${ordinal}`);
  /** 201, or 429 where its budget has no room. */
  const evicted = async (name: string): Promise<number> => {
    const body = { apiVersion: "policy/v1", kind: "Eviction", metadata: { name, namespace: set.namespace } };
    try {
      await cluster().client.create(`/api/v1/namespaces/${set.namespace}/pods/${name}/eviction`, body);
      return 201;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      return error.code;
    }
  };

  test("its manifest says no count: the autoscaler finds the set by its scale, and makes the one member three", async () => {
    expect(store.scaling).toMatchObject({ min: SIZES[0], max: SIZES.at(-1) });
    expect(promised.objects.find(({ kind }) => kind === "StatefulSet")!["spec"]).not.toHaveProperty("replicas");
    await settled(cluster(), set, 3);
    const found = (await cluster().client.get(autoscaler))!;
    expect(condition(found, "AbleToScale")?.status).toBe("True");
  });

  test.each(SIZES)(
    "%i members: each with a claim of its own, as spread as was counted, and one may be evicted",
    async (size) => {
      await scaled(size);
      const own = await claimsOf(cluster(), set);
      const volumes = Object.values(own).flat();
      expect(volumes.map((each) => each.split(" on ")[0]).sort()).toEqual(named(size).sort());
      expect(new Set(volumes.map((each) => each.split(" on ")[1])).size).toBe(size);

      const spread = await readyPerZone(cluster(), set, promised.nodes.zones);
      expect(size - spread[0]!).toBe(leftAfterZone(size, 3));
      // Of four a zone takes two; at every other size those that are left elect.
      expect(leftAfterZone(size, 3) >= majority(size)).toBe(size !== 4);

      await waitFor(`the budget counts ${size}`, async () => {
        const { status } = (await cluster().client.get(budget)) as unknown as { status: Record<string, number> };
        return status["expectedPods"] === size && status["disruptionsAllowed"] === 1;
      });
      const before = await podsOf(cluster(), set);
      expect([await evicted("dvecdb-0"), await evicted("dvecdb-1")]).toEqual([201, 429]);
      await waitFor("dvecdb-0 is another", async () =>
        (await podsOf(cluster(), set)).some(
          ({ name, uid, ready }) => name === "dvecdb-0" && ready && !before.some((each) => each.uid === uid),
        ),
      );
      expect(await claimsOf(cluster(), set)).toEqual(own);
    },
  );

  test("fewer members leave the others' claims, and those that come again have their own", async () => {
    await scaled(10);
    const [held, own] = [await claims(), await claimsOf(cluster(), set)];
    expect(Object.keys(held)).toEqual(named(10));
    await scaled(3);
    expect((await podsOf(cluster(), set)).map(({ name }) => name)).toEqual(["dvecdb-0", "dvecdb-1", "dvecdb-2"]);
    expect(await claims()).toEqual(held);
    await scaled(10);
    expect(await claims()).toEqual(held);
    expect(await claimsOf(cluster(), set)).toEqual(own);
  });

  test("the namespace deleted, its claims go and its volumes stay", async () => {
    const volumes = async () =>
      (await cluster().client.list("/api/v1/persistentvolumes")).filter(
        ({ spec }) => spec.claimRef?.namespace === set.namespace,
      );
    const before = (await volumes()).map(({ metadata }) => metadata.name).sort();
    expect(before).toHaveLength(10);
    await cluster().remove(promised.objects);
    await waitFor("all are released", async () =>
      (await volumes()).every(({ status }) => (status as { readonly phase?: string }).phase === "Released"),
    );
    const after = await volumes();
    expect(after.map(({ metadata }) => metadata.name).sort()).toEqual(before);
    // Their driver, which nobody is here, deletes those whose policy says so.
    expect([...new Set(after.map(({ spec }) => spec.persistentVolumeReclaimPolicy as string))]).toEqual(["Retain"]);
    for (const each of after) await cluster().client.delete(each);
  });
});
