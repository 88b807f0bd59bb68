import type { TargetCatalog } from "../catalog";
import { nearest, type Environment, type Path, type StackConfig, type System, type Workload } from "../model";
import type { MistakeList, Place } from "./request-mistakes";

export interface SystemAsked {
  readonly target: TargetCatalog;
  readonly config: Partial<StackConfig>;
  /** As the system's file says, before the YAML's overrides; those of its workloads that can be read. */
  readonly system: System;
  /** With the overrides. */
  readonly workloads: Readonly<Record<string, Workload>>;
  /** Names of all workloads, those with mistakes too. */
  readonly names: readonly string[];
  readonly hasDomain: boolean;
  readonly environment: Environment | undefined;
  readonly environmentName: string;
  /** A cache by itself is a system too: a component in somebody's program, whose callers are elsewhere. */
  readonly mayBeCache: boolean;
}

/** Where a fact was said. */
export function whereFact(config: Partial<StackConfig>, workload: string, fact: string): readonly [Place, Path] {
  const own = Object.hasOwn(config.workloads ?? {}, workload) ? config.workloads?.[workload] : undefined;
  return [own !== undefined && fact in own ? "yaml" : "system", ["workloads", workload, fact]];
}

/** Says that a workload is not there, with the nearest that is. */
export function unknownWorkload(
  list: MistakeList,
  place: Place,
  path: Path,
  given: unknown,
  name: string,
  names: readonly string[],
): void {
  const near = nearest(name, names);
  list.addName(
    place,
    path,
    given,
    names.length === 0 ? "the system has no workload" : `workloads are ${names.join(", ")}`,
    near === undefined ? "take one of them" : `did you mean ${near}?`,
  );
}

/** Kinds of workload that have each fact; those that are not named here are a service's alone. */
const KINDS_WITH: Readonly<Record<string, readonly Workload["kind"][]>> = {
  hitRatio: ["cache"],
  entries: ["cache"],
  startSeconds: ["service", "store"],
  environment: ["service", "store"],
  limits: ["service", "store"],
  members: ["store"],
  writeShare: ["store"],
  leader: ["store"],
  keepVolumes: ["store"],
};

/** Kinds of workloads that have a fact. */
export const kindsWith = (fact: string): readonly Workload["kind"][] => KINDS_WITH[fact] ?? ["service"];

/** What the YAML says of workloads that are not there, or of facts that their kind has not. */
export function checkNamedWorkloads({ config, workloads, names }: SystemAsked, list: MistakeList): void {
  for (const key of ["sizes", "replicas"] as const) {
    for (const name of Object.keys(config[key] ?? {})) {
      if (!names.includes(name)) unknownWorkload(list, "yaml", [key, name], name, name, names);
    }
  }
  for (const [name, facts] of Object.entries(config.workloads ?? {})) {
    if (!names.includes(name)) {
      unknownWorkload(list, "yaml", ["workloads", name], name, name, names);
      continue;
    }
    const kind = Object.hasOwn(workloads, name) ? workloads[name]?.kind : undefined;
    if (kind === undefined) continue;
    for (const [fact, value] of Object.entries(facts)) {
      const fits = kindsWith(fact).includes(kind);
      if (!fits)
        list.add("yaml", ["workloads", name, fact], value, `${name} is a ${kind}, which has no ${fact}`, "remove it");
    }
  }
}
