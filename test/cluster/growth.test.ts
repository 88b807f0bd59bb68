// How volumes of a set's members grow with nothing stopped: what store-not-replaced says to type.
import { store, zonalDisks } from "./by-hand/store";
import { namespaceOf } from "./by-hand/web";
import type { KubernetesObject } from "./harness/objects";
import { clusterSuite } from "./harness/suite";
import { waitFor } from "./harness/wait";
import { referenceOf, settled, type Named } from "./harness/workload";

const NAMESPACE = "growth";
const named: Named = { kind: "StatefulSet", namespace: NAMESPACE, name: "store" };
const SIZE = "20Gi";
const MEMBERS = [0, 1, 2];

/** With claims of another size for those that are made from now on. */
function sized(objects: readonly KubernetesObject[]): readonly KubernetesObject[] {
  return objects.map((each) => {
    if (each.kind !== "StatefulSet") return each;
    const {
      volumeClaimTemplates: [template],
    } = each["spec"];
    const resources = { requests: { storage: SIZE } };
    return {
      ...each,
      spec: { ...each["spec"], volumeClaimTemplates: [{ ...template, spec: { ...template.spec, resources } }] },
    };
  });
}

clusterSuite("volumes of a set that grow by their claims", (cluster) => {
  const objects = [
    namespaceOf(NAMESPACE),
    { ...zonalDisks, metadata: { name: "growing" }, allowVolumeExpansion: true },
  ];
  const own = store(NAMESPACE, { storageClassName: "growing" });
  beforeAll(async () => {
    await cluster().addNodes({
      zones: ["us-east-1a", "us-east-1b", "us-east-1c"],
      perZone: 1,
      cpuMillis: 4000,
      memoryMiB: 8192,
    });
    await cluster().apply([...objects, ...own]);
    await settled(cluster(), named, 3);
  });
  afterAll(async () => {
    await cluster().remove([...own, ...objects]);
    await cluster().removeNodes();
  });
  const labels = { "app.kubernetes.io/name": "store" };
  const uids = async () => (await cluster().pods(NAMESPACE, labels)).map(({ uid }) => uid).sort();

  test("the set itself refuses it", async () => {
    await expect(cluster().apply(sized(own))).rejects.toThrow(/updates to statefulset spec for fields other than/);
  });

  test("claims take it; the set is taken away from its pods and made anew around them: the same pods, one set", async () => {
    const before = await uids();
    expect(before).toHaveLength(3);
    for (const member of MEMBERS)
      await cluster().client.mergePatch(
        {
          apiVersion: "v1",
          kind: "PersistentVolumeClaim",
          metadata: { name: `data-store-${member}`, namespace: NAMESPACE },
        },
        { spec: { resources: { requests: { storage: SIZE } } } },
      );
    const former = await cluster().client.get(referenceOf(named));
    await cluster().client.call(
      "DELETE",
      `${await cluster().client.pathOf(referenceOf(named))}?propagationPolicy=Orphan`,
    );
    await waitFor("the set is gone", async () => (await cluster().client.get(referenceOf(named))) === null);
    expect(await uids()).toEqual(before);
    await cluster().apply(sized(own));
    await settled(cluster(), named, 3);
    expect(await uids()).toEqual(before);
    const after = await cluster().client.get(referenceOf(named));
    expect(after?.metadata["uid"]).not.toBe(former?.metadata["uid"]);
  });
});
