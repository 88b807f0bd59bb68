import type { TargetCatalog } from "../catalog";
import type { ServiceWorkload } from "../model";
import { checkLogs } from "./request-log-checks";
import type { MistakeList } from "./request-mistakes";
import { checkReferences, checkSetOnce } from "./request-reference-checks";
import { checkSidecars } from "./request-sidecar-checks";
import { checkLimits, checkRestMemory } from "./request-size-checks";
import { unknownWorkload, whereFact, type SystemAsked } from "./request-workload-names";

/** What a service calls, listens on, is reached by, and is told. */
export function checkService(asked: SystemAsked, name: string, facts: ServiceWorkload, list: MistakeList): void {
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
  checkRestMemory(name, facts, config, list);
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
  }
  checkSetOnce([...path, "wires"], facts.wires, [facts.environment], "the environment", list);
  checkReferences(name, facts, target, environment, list);
  checkSetOnce(
    [...path, "secrets"],
    facts.secrets,
    [facts.environment, facts.wires],
    "the environment or a wire",
    list,
  );
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
