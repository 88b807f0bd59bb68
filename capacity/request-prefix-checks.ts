import type { StackConfig, Workload } from "../model";
import type { MistakeList } from "./request-mistakes";

/**
 * Most letters of a workload's name with its prefix: a StatefulSet and a CronJob may have 52, since their controllers add eleven, and a store's
 * snapshots and a cache's Sentinels are named after it. A Service may have 63.
 */
const LONGEST: Readonly<Record<Workload["kind"], number>> = {
  service: 63 - "-headless".length,
  store: 52 - "-snapshots".length,
  cache: 52 - "-sentinel".length,
};

/** A prefix is of a cluster's names, and leaves them short enough. */
export function checkPrefix(
  { namePrefix, target }: Partial<StackConfig>,
  workloads: Readonly<Record<string, Workload>>,
  list: MistakeList,
): void {
  if (namePrefix === undefined) return;
  const path = ["namePrefix"];
  if (target !== undefined && target !== "kubernetes") {
    list.add(
      "yaml",
      path,
      namePrefix,
      `names of target ${target} begin with the stack's; of kubernetes a prefix may stand before them`,
      "remove it",
    );
    return;
  }
  const twice = Object.keys(workloads).filter((name) => name.startsWith(namePrefix));
  if (twice.length > 0)
    list.add(
      "yaml",
      path,
      namePrefix,
      `${twice.join(", ")} ${twice.length === 1 ? "begins" : "begin"} with it already, and kustomize would take one name for another`,
      "another prefix, or another name",
    );
  const tight = Object.entries(workloads)
    .map(([name, { kind }]) => ({ name, kind, room: LONGEST[kind] - name.length }))
    .filter(({ room }) => namePrefix.length > room)
    .sort((a, b) => a.room - b.room)[0];
  if (tight !== undefined)
    list.add(
      "yaml",
      path,
      namePrefix,
      `with it the name of ${tight.kind} ${tight.name} is ${namePrefix.length + tight.name.length} letters, and names of Kubernetes hold ${LONGEST[tight.kind]} of it`,
      tight.room < 2 ? `a shorter name of ${tight.name}` : `at most ${tight.room} letters, its hyphen among them`,
    );
}
