import type { TargetCatalog } from "../catalog";
import { roleOfEviction, type CacheWorkload } from "../model";
import { checkShape } from "./request-call-checks";
import type { MistakeList } from "./request-mistakes";
import { checkService } from "./request-service-checks";
import { checkStore } from "./request-store-checks";
import { checkNamedWorkloads, type SystemAsked } from "./request-workload-names";

/** Letters, digits and hyphens, as in the shortest physical name that carries it; 20 leave room for the stack's own name in 32. */
const NAME = /^[a-z]([a-z0-9-]{0,18}[a-z0-9])?$/;

/** Everything about workloads, their calls and what the YAML says of them. */
export function checkSystem(asked: SystemAsked, list: MistakeList): void {
  for (const name of asked.names) {
    if (!NAME.test(name)) {
      list.add(
        "system",
        ["workloads", name],
        name,
        "small letters, digits and hyphens, from a letter on, at most 20",
        "rename the workload",
      );
    }
  }
  checkNamedWorkloads(asked, list);
  for (const [name, facts] of Object.entries(asked.workloads)) {
    if (facts.kind === "service") checkService(asked, name, facts, list);
  }
  for (const [name, facts] of Object.entries(asked.workloads)) {
    if (facts.kind === "cache") checkCache(name, facts, asked.target, list);
    if (facts.kind === "store") checkStore(name, facts, asked, list);
  }
  // What calls a workload that cannot be read is not known.
  if (asked.names.length === Object.keys(asked.workloads).length) checkShape(asked, list);
}

/** Versions that are sold, and an eviction that keeps what the role relies on. */
function checkCache(
  name: string,
  { engine, eviction, role }: CacheWorkload,
  target: TargetCatalog,
  list: MistakeList,
): void {
  const path = ["workloads", name] as const;
  const problem = engine && target.engineProblem(engine);
  if (engine && problem) {
    list.add("system", [...path, "engine"], `${engine.name} ${engine.version}`, problem, "take one of these");
  }
  if (eviction === undefined || role === undefined || roleOfEviction(eviction) === role) return;
  const fitting =
    role === "latency-cache"
      ? "allkeys-*, which gives up anything"
      : "volatile-* or noeviction, which keep what is relied on";
  list.add("system", [...path, "eviction"], eviction, `a ${role} takes ${fitting}`, "change role or eviction");
}
