import type { Part, ReplicaGroup } from "../../model";
import type { Subject } from "../../policies";
import { demand, group, of, plan } from "./fixture";

/** Of 2,048 MiB 90 % are 1,843.2. */
export const byMemory = (over: Partial<ReplicaGroup> = {}, max = 12): Part =>
  group({
    scaling: {
      kind: "range",
      min: 6,
      max,
      initial: 6,
      signals: [
        { metric: "cpu", target: 70 },
        { metric: "memory", target: 90 },
      ],
      schedule: [],
    },
    ...over,
  });
export const resting = (restMemoryMiB: number, part = byMemory()): Subject =>
  of([part], { plan: plan({ parts: [part], demand: [demand({ restMemoryMiB })] }) });

export const scalerMemoryCases: readonly (readonly [id: string, failing: Subject, passing: Subject])[] = [
  ["memory-target-above-rest", resting(1844), resting(1843)],
];
