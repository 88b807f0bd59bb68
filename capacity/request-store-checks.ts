import type { Environment, StackConfig, StoreWorkload, System } from "../model";
import type { TargetCatalog } from "../catalog";
import { checkLimits } from "./request-size-checks";
import type { MistakeList } from "./request-mistakes";
import { checkReferences, checkSetOnce } from "./request-reference-checks";

interface Asked {
  readonly target: TargetCatalog;
  readonly config: Partial<StackConfig>;
  readonly system: System;
  readonly environment: Environment | undefined;
}

/** Ports that are one another's, volumes nowhere, limits below what is asked for, and targets that build no store. */
export function checkStore(
  name: string,
  facts: StoreWorkload,
  { target, config, environment }: Asked,
  list: MistakeList,
): void {
  const path = ["workloads", name] as const;
  if (!target.stores)
    list.add(
      "yaml",
      ["target"],
      target.target,
      `${name} is a store, which is built on kubernetes`,
      "target: kubernetes, with the clusters of its environment",
    );
  const ports = Object.entries(facts.ports);
  for (const [index, [port, number]] of ports.entries())
    if (ports.findIndex(([, other]) => other === number) !== index)
      list.add("system", [...path, "ports", port], number, "each port once", "give it another number");
  checkReferences(name, facts, target, environment, list);
  checkSetOnce([...path, "secrets"], facts.secrets, [facts.environment], "the environment", list);
  checkLimits(name, facts, config, list);
  checkVolumes(name, facts, config, environment, list);
  for (const role of ["health", "live", "startup"] as const) {
    const { intervalSeconds = 30, timeoutSeconds = 5 } = facts.probes[role] ?? {};
    if (facts.probes[role] !== undefined && intervalSeconds <= timeoutSeconds && role === "health")
      list.add(
        "system",
        [...path, "probes", role, "intervalSeconds"],
        intervalSeconds,
        `needs more than the timeout, ${timeoutSeconds}`,
        "swapped?",
      );
  }
}

/** A class that is somebody else's says itself what becomes of its volumes. */
function checkVolumes(
  name: string,
  facts: StoreWorkload,
  config: Partial<StackConfig>,
  environment: Environment | undefined,
  list: MistakeList,
): void {
  const stated = config.workloads?.[name]?.keepVolumes;
  const kept = stated ?? facts.keepVolumes;
  const cluster = environment?.kubernetes;
  if (kept === undefined || cluster === undefined) return;
  const { storageClass } = cluster;
  if (storageClass === undefined && cluster.nodes.platform !== "other") return;
  const place = stated === undefined ? ("system" as const) : ("yaml" as const);
  list.add(
    place,
    ["workloads", name, "keepVolumes"],
    kept,
    `the class ${storageClass ?? "that the cluster has"} is none of the store's own: its reclaimPolicy decides`,
    "remove it, and set the reclaimPolicy of the class",
  );
}
