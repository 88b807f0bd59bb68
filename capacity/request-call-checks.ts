import type { MistakeList } from "./request-mistakes";
import { whereFact, type SystemAsked } from "./request-workload-names";

/** Cycles, and the one entry: it is reached by a balancer, and it alone may face the internet. */
export function checkShape({ workloads, config, mayBeCache }: SystemAsked, list: MistakeList): void {
  const calls = (name: string): readonly string[] => {
    const facts = Object.hasOwn(workloads, name) ? workloads[name] : undefined;
    return facts?.kind === "service" ? Object.keys(facts.calls ?? {}) : [];
  };
  const cycle = cycleOf(Object.keys(workloads), calls);
  if (cycle) {
    const [caller = "", callee = ""] = cycle;
    list.add(
      "system",
      ["workloads", caller, "calls", callee],
      cycle.join(" -> "),
      "calls that do not come back to their caller",
      "remove one of these calls",
    );
    return;
  }
  const services = Object.keys(workloads).filter((name) => workloads[name]?.kind === "service");
  const called = new Set(services.flatMap(calls));
  const entries = Object.keys(workloads).filter((name) => workloads[name]?.kind !== "cache" && !called.has(name));
  for (const [name, facts] of Object.entries(workloads)) {
    if (facts.kind !== "service") continue;
    if (!entries.includes(name) && facts.exposure === "internet") {
      list.add(
        ...whereFact(config, name, "exposure"),
        "internet",
        "only the entry may face the internet",
        "make it private",
      );
    }
    if (entries.includes(name) && (facts.reachedBy ?? "balancer") !== "balancer") {
      list.add(
        ...whereFact(config, name, "reachedBy"),
        facts.reachedBy,
        "the entry is reached by a balancer",
        "reachedBy: balancer",
      );
    }
  }
  const isCache = entries.length === 0 && services.length === 0 && Object.keys(workloads).length === 1;
  if (entries.length === 1 || (mayBeCache && isCache)) return;
  const given = entries.length === 0 ? "no entry" : entries.join(" and ");
  list.add(
    "system",
    ["workloads"],
    given,
    "one entry: one service or store that no other calls",
    entries.length === 0 ? "add the service that takes the load" : "let one call the others, or make a system of each",
  );
}

/** A cycle of calls, its first workload again at its end; undefined where there is none. */
function cycleOf(names: readonly string[], calls: (name: string) => readonly string[]): readonly string[] | undefined {
  const done = new Set<string>();
  const visit = (name: string, way: readonly string[]): readonly string[] | undefined => {
    const from = way.indexOf(name);
    if (from >= 0) return [...way.slice(from), name];
    if (done.has(name)) return undefined;
    for (const callee of calls(name)) {
      const found = visit(callee, [...way, name]);
      if (found) return found;
    }
    done.add(name);
    return undefined;
  };
  for (const name of names) {
    const found = visit(name, []);
    if (found) return found;
  }
  return undefined;
}
