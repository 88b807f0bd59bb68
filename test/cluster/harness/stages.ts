import { readFileSync, writeFileSync } from "node:fs";
import { stagesFile } from "./cache";
import type { KubernetesObject } from "./objects";

/**
 * kwok's own stages would have a pod ready, or gone, in the moment that it is asked: no rollout would have a middle. A pod
 * is ready after 0.3 to 0.8 s and gone after 0.2 to 0.5 s.
 */
const delays: Readonly<Record<string, { readonly leastMs: number; readonly mostMs: number }>> = {
  "pod-ready": { leastMs: 300, mostMs: 800 },
  "pod-delete": { leastMs: 200, mostMs: 500 },
};

export function writeStages(file: string): void {
  const stages = JSON.parse(readFileSync(stagesFile(), "utf8")) as readonly KubernetesObject[];
  const delayed = stages.map((stage) => {
    const delay = delays[stage.metadata.name];
    return delay === undefined
      ? stage
      : {
          ...stage,
          spec: {
            ...stage["spec"],
            delay: { durationMilliseconds: delay.leastMs, jitterDurationMilliseconds: delay.mostMs },
          },
        };
  });
  for (const name of Object.keys(delays))
    if (!stages.some(({ metadata }) => metadata.name === name)) throw new Error(`kwok has no stage ${name} any more`);
  writeFileSync(file, delayed.map((stage) => JSON.stringify(stage)).join("\n---\n"));
}
