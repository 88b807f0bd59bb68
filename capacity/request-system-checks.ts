import { checkLimits } from "./request-size-checks";
import { checkLogs } from "./request-log-checks";
import { checkSidecars } from "./request-sidecar-checks";
import { checkReferences } from "./request-reference-checks";
import { checkStore } from "./request-store-checks";
import type { TargetCatalog } from "../catalog";
import {
  nearest,
  roleOfEviction,
  type CacheWorkload,
  type Environment,
  type Path,
  type ServiceWorkload,
  type StackConfig,
  type System,
  type Workload,
} from "../model";
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
  checkNames(asked, list);
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

function checkNames({ config, workloads, names }: SystemAsked, list: MistakeList): void {
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

function checkService(asked: SystemAsked, name: string, facts: ServiceWorkload, list: MistakeList): void {
  const { config, names, hasDomain, environmentName } = asked;
  const path = ["workloads", name] as const;
  for (const callee of Object.keys(facts.calls ?? {})) {
    if (!names.includes(callee))
      unknownWorkload(
        list,
        "system",
        [...path, "calls", callee],
        callee,
        callee,
        names.filter((other) => other !== name),
      );
  }
  checkWires(asked, name, facts, list);
  checkLimits(name, facts, config, list);
  checkProbe(name, facts, asked.target, list);
  checkSidecars(name, facts, list);
  const said = asked.system.workloads[name];
  checkLogs(
    name,
    facts,
    { config, environment: asked.environment, system: said?.kind === "service" ? said : undefined },
    list,
  );
  // TLS of an existing balancer is its owner's business.
  if (facts.exposure === "internet" && !hasDomain && !Object.hasOwn(config.existing ?? {}, name)) {
    const [place, where] = whereFact(config, name, "exposure");
    list.add(
      place,
      where,
      "internet",
      "TLS on the internet needs a domain, for its certificate",
      `give environment ${environmentName} a domain with its hosted zone, or make it private`,
    );
  }
  if (facts.exposure === "internet" && (facts.reachedBy ?? "balancer") !== "balancer") {
    const [place, where] = whereFact(config, name, "reachedBy");
    list.add(
      place,
      where,
      facts.reachedBy,
      "the internet reaches a balancer alone",
      "reachedBy: balancer, or exposure: private",
    );
  }
  if (facts.reachedBy !== undefined && !asked.target.reachedBy.includes(facts.reachedBy))
    list.add(
      ...whereFact(config, name, "reachedBy"),
      facts.reachedBy,
      `${asked.target.target} knows ${asked.target.reachedBy.join(", ")}`,
      "take one of them",
    );
  (facts.ports ?? []).forEach((port, index, all) => {
    if (port === facts.port || all.indexOf(port) !== index)
      list.add("system", [...path, "ports", index], port, "each port once", "remove one of the two");
  });
}

function checkWires(
  { workloads, names, target, environment }: SystemAsked,
  name: string,
  facts: ServiceWorkload,
  list: MistakeList,
): void {
  const path = ["workloads", name] as const;
  for (const [variable, wire] of Object.entries(facts.wires ?? {})) {
    const where = [...path, "wires", variable];
    if (!names.includes(wire.to))
      unknownWorkload(
        list,
        "system",
        [...where, "to"],
        wire.to,
        wire.to,
        names.filter((other) => other !== name),
      );
    else if (!Object.hasOwn(facts.calls ?? {}, wire.to)) {
      list.add(
        "system",
        [...where, "to"],
        wire.to,
        `${name} does not call ${wire.to}`,
        `add it to the calls of ${name}, or remove the wire`,
      );
    } else if (wire.as === "token" && workloads[wire.to]?.kind === "service") {
      list.add(
        "system",
        [...where, "as"],
        "token",
        `${wire.to} is a service, which asks for no token`,
        "urls or address",
      );
    }
    if (Object.hasOwn(facts.environment ?? {}, variable)) {
      list.add("system", where, variable, "the environment sets the same variable", "keep one of the two");
    }
  }
  checkReferences(name, facts, target, environment, list);
  for (const variable of Object.keys(facts.secrets ?? {})) {
    if (Object.hasOwn(facts.environment ?? {}, variable) || Object.hasOwn(facts.wires ?? {}, variable)) {
      list.add(
        "system",
        [...path, "secrets", variable],
        variable,
        "the environment or a wire sets the same variable",
        "keep one of the two",
      );
    }
  }
}

/** Defaults of the probe, as model/system.ts states them. */
const PROBE = { intervalSeconds: 30, timeoutSeconds: 5 };

function checkProbe(
  name: string,
  { probes: { health }, reachedBy = "balancer" }: ServiceWorkload,
  target: TargetCatalog,
  list: MistakeList,
): void {
  const path = ["workloads", name, "probes", "health"] as const;
  const { intervalSeconds = PROBE.intervalSeconds, timeoutSeconds = PROBE.timeoutSeconds } = health;
  if (intervalSeconds <= timeoutSeconds) {
    const key = health.intervalSeconds === undefined ? "timeoutSeconds" : "intervalSeconds";
    if (key === "intervalSeconds")
      list.add("system", [...path, key], intervalSeconds, `needs more than the timeout, ${timeoutSeconds}`, "swapped?");
    else
      list.add(
        "system",
        [...path, key],
        timeoutSeconds,
        `needs less than the interval, ${intervalSeconds}`,
        "lower it, or state a longer interval",
      );
  }
  // ECS container checks: timeout 2 to 60; ELBv2 target groups: an HTTP path, thresholds 2 to 10.
  if (health.command !== undefined && timeoutSeconds > 60) {
    list.add(
      "system",
      [...path, "timeoutSeconds"],
      timeoutSeconds,
      "a check inside the container takes 2 to 60 seconds",
      "lower it",
    );
  }
  if (reachedBy !== "balancer") return;
  if (health.path === undefined) {
    list.add(
      "system",
      [...path, "path"],
      undefined,
      "an Application Load Balancer checks by HTTP",
      "for example /health; or reachedBy: service-connect",
    );
  }
  for (const key of ["failures", "successes"] as const) {
    const count = health[key];
    if (count !== undefined && count < target.balancerCounts)
      list.add("system", [...path, key], count, "a load balancer counts 2 to 10 checks", "for example 2");
  }
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

/** Cycles, and the one entry: it is reached by a balancer, and it alone may face the internet. */
function checkShape({ workloads, config, mayBeCache }: SystemAsked, list: MistakeList): void {
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
