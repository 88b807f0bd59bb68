import { autoscaler, budget, deployment, namespaceOf, service } from "./by-hand/web";
import { store, zonalDisks } from "./by-hand/store";
import { casesOf } from "./harness/cases";
import { clusterSuite } from "./harness/suite";

const [a, b, c] = ["us-east-1a", "us-east-1b", "us-east-1c"] as const;
const zones = [a, b, c];
const each = (pods: number) => Object.fromEntries(zones.map((zone) => [zone, pods]));

clusterSuite("a web server and a store, by hand", (cluster) => {
  const namespace = "by-hand";
  casesOf(cluster, {
    objects: [
      namespaceOf(namespace),
      deployment({ namespace }),
      service(namespace),
      budget(namespace),
      autoscaler(namespace),
      zonalDisks,
      ...store(namespace),
    ],
    nodes: { zones, perZone: 2, cpuMillis: 1_900, memoryMiB: 3_500 },
    workloads: [
      { kind: "Deployment", namespace, name: "web", byZone: each(1), need: 2, survivors: each(2), healed: each(3) },
      // A disk stays in its zone, and a pod with it.
      { kind: "StatefulSet", namespace, name: "store", byZone: each(1), need: 2, survivors: each(2), healed: each(2) },
    ],
  });
});
