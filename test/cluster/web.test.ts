import { autoscaler, budget, deployment, namespaceOf, service } from "./by-hand/web";
import { store, zonalDisks } from "./by-hand/store";
import { casesOf } from "./harness/cases";
import { clusterSuite } from "./harness/suite";

const zones = ["us-east-1a", "us-east-1b", "us-east-1c"];

clusterSuite("a web server and a store, by hand", (cluster) => {
  const namespace = "by-hand";
  casesOf(cluster, () => ({
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
      { kind: "Deployment", namespace, name: "web", perZone: [1, 1, 1], rolling: 3, draining: 2, healed: 3 },
      {
        kind: "StatefulSet",
        namespace,
        name: "store",
        perZone: [1, 1, 1],
        rolling: 2,
        draining: 2,
        // A disk stays in its zone, and a pod with it.
        healed: "survivors",
      },
    ],
  }));
});
