import type { Resource, Value } from "../../model";
import { kubernetesRefusals } from "../policies/deployable-kubernetes-cases";
import type { KubernetesObject } from "./harness/objects";
import { clusterSuite } from "./harness/suite";

/** What the server takes and the node refuses: no image is pulled here. */
const byNodes = ["container-image"];

const here: KubernetesObject = { apiVersion: "v1", kind: "Namespace", metadata: { name: "shop" } };

/** As it is written: what is null is left out. */
function written(value: Value): Value {
  if (Array.isArray(value)) return (value as readonly Value[]).map(written);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]): readonly (readonly [string, Value])[] =>
      inner === null ? [] : [[key, written(inner as Value)]],
    ),
  );
}

const objectsOf = (resources: readonly Resource[]): readonly KubernetesObject[] =>
  resources.map(({ inputs }) => written(inputs) as unknown as KubernetesObject);

/** What a rule says that the API server refuses, held to the API server. */
clusterSuite("what is said to be refused", (cluster) => {
  beforeAll(async () => cluster().apply([here]));
  afterAll(async () => cluster().remove([here]));

  const cases = Object.entries(kubernetesRefusals).flatMap(([id, pairs]) =>
    pairs.map(([refused, accepted], index) => ({ id, index, refused, accepted })),
  );
  test.each(cases)("$id ($index)", async ({ id, refused, accepted }) => {
    const good = objectsOf(accepted.resources);
    await cluster().apply(good);
    await cluster().remove(good);
    const bad = objectsOf(refused.resources);
    const answer = await cluster()
      .apply(bad)
      .then(
        () => "taken",
        (error: unknown) => String(error),
      );
    if (answer === "taken") await cluster().remove(bad);
    expect(answer).toContain(byNodes.includes(id) ? "taken" : "refused");
  });
});
