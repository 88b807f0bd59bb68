import { renderedObjects } from "../../preview/render/objects";
import { stacks } from "../components/kubernetes/stacks";
import { contents, existing, previewedIn } from "./by-plan";
import { placedCases, type Promised } from "./harness/cases";
import { clusterSuite } from "./harness/suite";

/** The objects of a stack as it is recorded. */
async function rendered(stack: string) {
  const [name, record] = stacks.find(([each]) => each === stack)!;
  const { resources } = await record();
  const { objects, mistakes } = renderedObjects(name, resources);
  if (mistakes.length > 0) throw new Error(JSON.stringify(mistakes));
  return objects;
}

/** Makes what is promised before the cases ask for it. */
function madeBefore(make: () => Promise<Promised>): () => Promised {
  let made: Promised | undefined;
  beforeAll(async () => {
    made = await make();
  });
  return () => made!;
}

clusterSuite("every stack that is built on Kubernetes", (cluster) => {
  test.each(stacks.map(([stack]) => [stack]))("%s: every object is accepted", async (stack) => {
    const objects = await rendered(stack);
    for (const name of new Set(objects.map((object) => object.cluster))) {
      const all = [...existing, ...contents(objects, name)];
      await cluster().apply(all);
      await cluster().remove(all);
    }
  });
});

/** What a preview says of a stack in the region, at its floors. */
async function atFloor(stack: string): Promise<Promised> {
  const { resources } = await stacks.find(([each]) => each === stack)![1]();
  return previewedIn("us-east-1", stack, resources).at("floor");
}

clusterSuite("the pods of embedding-prod, on the nodes that its plan counts", (cluster) => {
  placedCases(
    cluster,
    madeBefore(() => atFloor("prod")),
  );
});
