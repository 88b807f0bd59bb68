import type { ServiceWorkload, StackConfig, StoreWorkload, Workload } from "../model";
import type { TargetCatalog } from "../catalog";
import type { MistakeList } from "./request-mistakes";
import { sidecarsTake } from "./sidecar-plan";

/** Sizes that the target does not sell, or that do not hold what the workload needs. */
export function checkSizes(
  config: Partial<StackConfig>,
  workloads: Readonly<Record<string, Workload>>,
  target: TargetCatalog,
  list: MistakeList,
): void {
  for (const [name, size] of Object.entries(config.sizes ?? {})) {
    const facts = Object.hasOwn(workloads, name) ? workloads[name] : undefined;
    if (facts?.kind === "cache")
      list.add("yaml", ["sizes", name], size, "the size of a cache's nodes follows from its entries", "remove it");
    const problem =
      facts?.kind === "service"
        ? target.sizeProblem(size, {
            name: facts.sidecars === undefined ? name : `${name} with its sidecars`,
            memoryMiB: facts.memoryMiB + sidecarsTake(facts).memoryMiB,
          })
        : facts?.kind === "store"
          ? target.sizeProblem(size, { name, memoryMiB: facts.memoryMiB })
          : null;
    if (problem)
      list.add(
        "yaml",
        ["sizes", name, ...(problem.key === null ? [] : [problem.key])],
        problem.given,
        problem.allowed,
        problem.fix,
      );
  }
}

/** Limits below what is asked for: no pod starts with them. Of a stated size sidecars take their part. */
export function checkLimits(
  name: string,
  facts: ServiceWorkload | StoreWorkload,
  config: Partial<StackConfig>,
  list: MistakeList,
): void {
  const beside = facts.kind === "service" ? sidecarsTake(facts) : { cpuMillis: 0, memoryMiB: 0 };
  for (const key of ["cpuMillis", "memoryMiB"] as const) {
    const limit = facts.limits?.[key];
    const size = config.sizes?.[name]?.[key];
    const asked = size === undefined ? facts[key] : size - beside[key];
    if (limit !== undefined && asked !== undefined && limit < asked)
      list.add(
        config.workloads?.[name]?.limits?.[key] === undefined ? "system" : "yaml",
        ["workloads", name, "limits", key],
        limit,
        `at least what is asked for, ${asked}`,
        "swapped?",
      );
  }
}

/** What a process holds at rest and is killed for. */
export function checkRestMemory(
  name: string,
  facts: ServiceWorkload,
  config: Partial<StackConfig>,
  list: MistakeList,
): void {
  const size = config.sizes?.[name]?.memoryMiB;
  const asked = size === undefined ? facts.memoryMiB : size - sidecarsTake(facts).memoryMiB;
  const most = Math.max(asked, facts.limits?.memoryMiB ?? 0);
  if (facts.restMemoryMiB !== undefined && facts.restMemoryMiB > most)
    list.add(
      config.workloads?.[name]?.restMemoryMiB === undefined ? "system" : "yaml",
      ["workloads", name, "restMemoryMiB"],
      facts.restMemoryMiB,
      `at most what its container may take, ${most}: beyond it is killed`,
      "swapped?",
    );
}

/** Bounds of the scaler that cross, or that are nobody's. */
export function checkReplicas(
  config: Partial<StackConfig>,
  workloads: Readonly<Record<string, Workload>>,
  list: MistakeList,
): void {
  for (const [name, { min, max }] of Object.entries(config.replicas ?? {})) {
    const facts = Object.hasOwn(workloads, name) ? workloads[name] : undefined;
    if (facts?.kind === "cache")
      list.add(
        "yaml",
        ["replicas", name],
        { min, max },
        "copies of a cache follow from what must be survived",
        "remove it",
      );
    if (min !== undefined && max !== undefined && min > max)
      list.add("yaml", ["replicas", name, "max"], max, `needs at least min, ${min}`, "swapped?");
  }
}
