import { renderedObjects } from "../../preview/render/objects";
import { stacks } from "../components/kubernetes/stacks";
import { cacheOf, contents, existing, promisedOf } from "./by-plan";
import { casesOf, placedCases, type Promised } from "./harness/cases";
import { clusterSuite } from "./harness/suite";

/** A stack as it is recorded: its plan, and its objects. */
async function rendered(stack: string) {
  const [name, record] = stacks.find(([each]) => each === stack)!;
  const { plan, resources } = await record();
  const { objects, mistakes } = renderedObjects(name, resources);
  if (mistakes.length > 0) throw new Error(JSON.stringify(mistakes));
  return { plan, objects };
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
    const { objects } = await rendered(stack);
    for (const name of new Set(objects.map((object) => object.cluster))) {
      const all = [...existing, ...contents(objects, name)];
      await cluster().apply(all);
      await cluster().remove(all);
    }
  });
});

clusterSuite("predictions, in the cluster of one of their regions", (cluster) => {
  casesOf(
    cluster,
    madeBefore(async () => {
      const { plan, objects } = await rendered("predictions in two regions, each in its own cluster");
      const there = objects.find(({ content }) => JSON.stringify(content).includes("us-east-1a"))!;
      return promisedOf(plan, "us-east-1", contents(objects, there.cluster));
    }),
  );
});

clusterSuite("a cache of members, Sentinels and proxies", (cluster) => {
  casesOf(
    cluster,
    madeBefore(async () => {
      const { plan, objects } = await rendered("prod with a cache of its own");
      return cacheOf(plan, "vectors", contents(objects));
    }),
  );
});

clusterSuite("the vector database in production", (cluster) => {
  casesOf(
    cluster,
    madeBefore(async () => {
      const { plan, objects } = await rendered("vectordb-prod");
      return promisedOf(plan, plan.parts.find(({ kind }) => kind === "store")!.region, contents(objects));
    }),
  );
});

clusterSuite("the pods of embedding-prod, on the nodes that its plan counts", (cluster) => {
  placedCases(
    cluster,
    madeBefore(async () => {
      const { plan, objects } = await rendered("prod");
      return promisedOf(plan, "us-east-1", contents(objects));
    }),
  );
});
