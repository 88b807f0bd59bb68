import type { Environment, Objectives, ServiceWorkload, StackConfig, System, Target } from "../model";
import { roleOfEviction } from "../model";
import { nearest } from "../model/nearest";
import type { SchemaMistake } from "../model/schema-mistakes";
import { catalogOf, plannableTargets, type TargetCatalog } from "../catalog";
import { subnetsOf } from "./addresses";
import { entries } from "./demand";

/** What a stack asks for, as far as its schema holds. */
export interface Asked {
  readonly config: Partial<StackConfig>;
  /** Top-level keys that are wrong by their schema. */
  readonly wrong: ReadonlySet<string>;
  readonly system: System | undefined;
  readonly environment: Environment | undefined;
}

type Where = "stack" | "system" | "environment";
type Add = (where: Where, mistake: SchemaMistake) => void;

/** Everything that no schema of one file can see: what keys mean together, what is named in another file, what the target sells. */
export function checkAsked(asked: Asked, add: Add): void {
  const { config, system, environment } = asked;
  const target = plannable(config.target, add);
  checkLoad(config, add);
  if (target) checkPrices(config, target, add);
  if (system) {
    checkCalls(system, add);
    checkNames(asked, system, add);
    if (target) checkSizes(config, system, target, add);
    checkCaches(system, target, add);
  }
  if (environment) {
    const zones = checkRegion(config, environment, target, add);
    checkNetwork(environment, zones, add);
    if (zones) checkZones(asked, environment, zones, add);
    checkDomain(environment, add);
  }
  if (system && environment) checkTogether(asked, system, environment, target, add);
}

function plannable(target: Target | undefined, add: Add): TargetCatalog | undefined {
  if (target === undefined) return undefined;
  if (plannableTargets.includes(target)) return catalogOf(target);
  add("stack", {
    path: ["target"],
    given: target,
    allowed: `nines plans ${plannableTargets.join(", ")} so far`,
    fix: `use ${plannableTargets[0] ?? "aws"}`,
  });
  return undefined;
}

function checkLoad({ load }: Partial<StackConfig>, add: Add): void {
  if (load === undefined) return;
  const { mean, peak } = load.requestsPerSecond;
  if (peak < mean)
    add("stack", {
      path: ["load", "requestsPerSecond", "peak"],
      given: peak,
      allowed: `needs at least the mean of ${mean}`,
      fix: "swapped?",
    });
}

function checkPrices({ prices }: Partial<StackConfig>, target: TargetCatalog, add: Add): void {
  for (const { index, problem, fix } of target.priceProblems(prices ?? [])) {
    add("stack", { path: ["prices", index], given: prices?.[index]?.item, allowed: problem, fix });
  }
}

function checkCalls(system: System, add: Add): void {
  const names = Object.keys(system.workloads);
  for (const [name, facts] of Object.entries(system.workloads)) {
    if (facts.kind !== "service") continue;
    for (const callee of Object.keys(facts.calls ?? {})) {
      if (callee === name)
        add("system", {
          path: ["workloads", name, "calls", callee],
          given: callee,
          allowed: "needs another workload than itself",
          fix: "remove it",
        });
      else if (!names.includes(callee)) {
        const near = nearest(callee, names);
        add("system", {
          path: ["workloads", name, "calls", callee],
          given: callee,
          allowed: `no such workload; there are ${names.join(", ")}`,
          fix: near === undefined ? "add the workload" : `did you mean ${near}?`,
        });
      }
    }
    checkWires(system, name, facts, add);
  }
  const loop = cycle(system);
  if (loop)
    add("system", {
      path: ["workloads", loop[0] ?? "", "calls"],
      given: loop.join(" calls "),
      allowed: "calls must not come back to their caller",
      fix: "remove one of these calls",
    });
  else {
    const found = entries(system.workloads);
    if (found.length !== 1) {
      add("system", {
        path: ["workloads"],
        given: found.length === 0 ? "no service that nobody calls" : found.join(", "),
        allowed: "needs exactly one service that no other calls: there the load arrives",
        fix:
          found.length === 0 ? "add the service that callers reach" : "add the calls between them, or make two systems",
      });
    }
  }
}

function checkWires(system: System, name: string, facts: ServiceWorkload, add: Add): void {
  for (const [variable, { to, as }] of Object.entries(facts.wires ?? {})) {
    const path = ["workloads", name, "wires", variable];
    const callee = system.workloads[to];
    if (!Object.keys(facts.calls ?? {}).includes(to))
      add("system", {
        path,
        given: to,
        allowed: `needs a workload that ${name} calls`,
        fix: callee === undefined ? "name a workload" : `add ${to} to calls`,
      });
    else if (as === "token" && callee?.kind !== "cache")
      add("system", {
        path,
        given: as,
        allowed: "only a cache asks its callers for a token",
        fix: "use urls or address",
      });
    if (facts.environment !== undefined && variable in facts.environment)
      add("system", { path, given: variable, allowed: "stands in environment too", fix: "keep one of them" });
  }
}

/** Workloads that call each other in a ring; undefined where there is none. */
function cycle(system: System): readonly string[] | undefined {
  const done = new Set<string>();
  const visit = (name: string, trail: readonly string[]): readonly string[] | undefined => {
    const at = trail.indexOf(name);
    if (at >= 0) return [...trail.slice(at), name];
    if (done.has(name)) return undefined;
    const facts = system.workloads[name];
    if (facts?.kind === "service") {
      for (const callee of Object.keys(facts.calls ?? {})) {
        const found = callee === name ? undefined : visit(callee, [...trail, name]);
        if (found) return found;
      }
    }
    done.add(name);
    return undefined;
  };
  for (const name of Object.keys(system.workloads)) {
    const found = visit(name, []);
    if (found) return found;
  }
  return undefined;
}

const IMAGE =
  /^(?:[a-z0-9.-]+(?::\d+)?\/)?[a-z0-9]+(?:[._/-]+[a-z0-9]+)*(?::[\w][\w.-]{0,127})?(?:@sha256:[a-f0-9]{64})?$/;

/** Images, sizes and overrides name workloads of the system; every service has an image. */
function checkNames({ config }: Asked, system: System, add: Add): void {
  const services = Object.entries(system.workloads).filter(([, facts]) => facts.kind === "service");
  const serviceNames = services.map(([name]) => name);
  const unknownName = (key: "images" | "sizes" | "workloads", name: string, known: readonly string[]): void => {
    const near = nearest(name, known);
    add("stack", {
      path: [key, name],
      given: name,
      allowed: `no such ${key === "workloads" ? "workload" : "service"}; there are ${known.join(", ")}`,
      fix: near === undefined ? "remove it" : `did you mean ${near}?`,
    });
  };
  const { images } = config;
  if (images !== undefined) {
    for (const [name, image] of Object.entries(images)) {
      if (!serviceNames.includes(name)) unknownName("images", name, serviceNames);
      else if (!IMAGE.test(image))
        add("stack", {
          path: ["images", name],
          given: image,
          allowed: "needs the form registry/name:tag or registry/name@sha256:<64 hex digits>",
          fix: "copy the reference from the registry",
        });
    }
    for (const name of serviceNames)
      if (!(name in images))
        add("stack", {
          path: ["images", name],
          given: undefined,
          allowed: "every service needs an image",
          fix: `add ${name}: "registry/name@sha256:..."`,
        });
  }
  for (const name of Object.keys(config.sizes ?? {}))
    if (!serviceNames.includes(name)) unknownName("sizes", name, serviceNames);
  for (const [name, override] of Object.entries(config.workloads ?? {})) {
    const facts = system.workloads[name];
    if (facts === undefined) {
      unknownName("workloads", name, Object.keys(system.workloads));
      continue;
    }
    const foreign =
      facts.kind === "service"
        ? ["hitRatio", "entries"]
        : [
            "serviceTimeMs",
            "serviceTimeVariation",
            "slotsPerReplica",
            "startSeconds",
            "reachedBy",
            "exposure",
            "batch",
            "environment",
          ];
    for (const key of Object.keys(override))
      if (foreign.includes(key))
        add("stack", {
          path: ["workloads", name, key],
          given: key,
          allowed: `${name} is a ${facts.kind} and has no ${key}`,
          fix: "remove it",
        });
  }
}

function checkSizes(config: Partial<StackConfig>, system: System, target: TargetCatalog, add: Add): void {
  for (const [name, size] of Object.entries(config.sizes ?? {})) {
    const facts = system.workloads[name];
    if (facts?.kind !== "service") continue;
    if (size.cpuMillis !== undefined && size.memoryMiB !== undefined) {
      const problem = target.sizeProblem({ cpuMillis: size.cpuMillis, memoryMiB: size.memoryMiB });
      if (problem !== null)
        add("stack", {
          path: ["sizes", name],
          given: `${size.cpuMillis / 1000} vCPU with ${size.memoryMiB} MiB`,
          allowed: problem,
          fix: "take one of these",
        });
    }
    if (size.memoryMiB !== undefined && size.memoryMiB < facts.memoryMiB) {
      add("stack", {
        path: ["sizes", name, "memoryMiB"],
        given: size.memoryMiB,
        allowed: `${name} needs ${facts.memoryMiB} MiB`,
        fix: `at least ${facts.memoryMiB}, or a smaller memoryMiB in the system`,
      });
    }
  }
}

function checkCaches(system: System, target: TargetCatalog | undefined, add: Add): void {
  for (const [name, facts] of Object.entries(system.workloads)) {
    if (facts.kind !== "cache") continue;
    const problem = facts.engine && target ? target.engineProblem(facts.engine) : null;
    if (problem !== null)
      add("system", {
        path: ["workloads", name, "engine"],
        given: facts.engine ? `${facts.engine.name} ${facts.engine.version}` : undefined,
        allowed: problem,
        fix: "take one of these",
      });
    if (
      facts.eviction !== undefined &&
      roleOfEviction(facts.eviction) !== (facts.role ?? roleOfEviction(facts.eviction))
    ) {
      add("system", {
        path: ["workloads", name, "eviction"],
        given: facts.eviction,
        allowed: `a ${facts.role ?? ""} evicts otherwise: allkeys-* gives up anything (latency-cache), volatile-* and noeviction keep what is relied on (capacity-cache)`,
        fix: "change role or eviction",
      });
    }
  }
}

/** Zones of the region that the stack is in; undefined where it is in none. */
function checkRegion(
  config: Partial<StackConfig>,
  environment: Environment,
  target: TargetCatalog | undefined,
  add: Add,
): readonly string[] | undefined {
  const regions = Object.keys(environment.regions);
  for (const [region, { zones }] of Object.entries(environment.regions)) {
    const twice = zones.find((zone, i) => zones.indexOf(zone) !== i);
    if (twice !== undefined)
      add("environment", {
        path: ["regions", region, "zones"],
        given: twice,
        allowed: "each zone once",
        fix: "remove one",
      });
    for (const zone of zones) {
      if (!/[a-h]$/.test(zone))
        add("environment", {
          path: ["regions", region, "zones"],
          given: zone,
          allowed: "needs a zone's name with its letter, a to h",
          fix: `${region}a, say`,
        });
    }
    if (target && !target.regions.includes(region)) {
      const near = nearest(region, target.regions);
      add("environment", {
        path: ["regions", region],
        given: region,
        allowed: `has no prices; ${target.regions.join(", ")} have`,
        fix: near === undefined ? "take one of these" : `did you mean ${near}?`,
      });
    }
  }
  if (regions.length === 0) {
    add("environment", {
      path: ["regions"],
      given: undefined,
      allowed: "needs a region",
      fix: "add one with its zones",
    });
    return undefined;
  }
  if (config.region === undefined && regions.length > 1) {
    add("stack", {
      path: ["region"],
      given: undefined,
      allowed: `the environment has ${regions.join(", ")}`,
      fix: "say which",
    });
    return undefined;
  }
  const region = config.region ?? regions[0] ?? "";
  if (!regions.includes(region)) {
    const near = nearest(region, regions);
    add("stack", {
      path: ["region"],
      given: region,
      allowed: `the environment has ${regions.join(", ")}`,
      fix: near === undefined ? "take one of these" : `did you mean ${near}?`,
    });
    return undefined;
  }
  return environment.regions[region]?.zones;
}

function checkZones({ config, system }: Asked, environment: Environment, zones: readonly string[], add: Add): void {
  const asked = config.zones ?? environment.zones ?? zones.length;
  const where: Where = config.zones === undefined ? "environment" : "stack";
  if (asked > zones.length)
    add(where, {
      path: ["zones"],
      given: asked,
      allowed: `the region lists ${zones.length} ${zones.length === 1 ? "zone" : "zones"}: ${zones.join(", ")}`,
      fix: `at most ${zones.length}`,
    });
  const objectives: Partial<Objectives> = { ...system?.objectives, ...environment.objectives, ...config.objectives };
  if (objectives.survive === "zone" && Math.min(asked, zones.length) < 2) {
    add(where, {
      path: ["zones"],
      given: Math.min(asked, zones.length),
      allowed: "needs at least 2 zones to survive the loss of one",
      fix:
        zones.length >= 2
          ? "zones: 2, or objectives.survive: replica"
          : "list a second zone, or objectives.survive: replica",
    });
  }
  if (objectives.survive === "region") {
    add(config.objectives?.survive === undefined ? "environment" : "stack", {
      path: ["objectives", "survive"],
      given: "region",
      allowed: "a stack is one region so far: it survives a zone at most",
      fix: "survive: zone",
    });
  }
}

const CIDR = /^(?:\d{1,3}\.){3}\d{1,3}\/\d{1,2}$/;

function checkNetwork(environment: Environment, zones: readonly string[] | undefined, add: Add): void {
  const { network } = environment;
  const range = "create" in network ? network.addressRange : network.existing.addressRange;
  if (range !== undefined) {
    const bytes = range.split(/[./]/).map(Number);
    const prefix = bytes[4] ?? NaN;
    if (!CIDR.test(range) || bytes.slice(0, 4).some((byte) => byte > 255) || !(prefix >= 16 && prefix <= 28)) {
      add("environment", {
        path: ["network", ...("create" in network ? [] : ["existing"]), "addressRange"],
        given: range,
        allowed: "needs the form 10.0.0.0/16, between /16 and /28 (AWS)",
        fix: "10.0.0.0/16",
      });
    } else if (
      zones &&
      "create" in network &&
      zones.every((zone) => /[a-z]$/.test(zone)) &&
      !subnetsOf({ addressRange: range, zones }).ok
    ) {
      add("environment", {
        path: ["network", "addressRange"],
        given: range,
        allowed: "has no room for a /20 in each zone and tier",
        fix: "10.0.0.0/16 holds eight zones",
      });
    }
  }
  if ("existing" in network && zones) {
    for (const zone of zones) {
      if (!(zone in network.existing.privateSubnetIds))
        add("environment", {
          path: ["network", "existing", "privateSubnetIds"],
          given: Object.keys(network.existing.privateSubnetIds).join(", "),
          allowed: `needs a private subnet in ${zone}`,
          fix: `add ${zone}: subnet-...`,
        });
    }
  }
}

const DOMAIN = /^(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/;

function checkDomain({ domain }: Environment, add: Add): void {
  if (domain && !DOMAIN.test(domain.name))
    add("environment", {
      path: ["domain", "name"],
      given: domain.name,
      allowed: "needs a fully qualified name in lower case",
      fix: "embedding.example.com, say",
    });
}

/** What system and environment must agree on. */
function checkTogether(
  { config }: Asked,
  system: System,
  environment: Environment,
  target: TargetCatalog | undefined,
  add: Add,
): void {
  const entry = entries(system.workloads);
  const region = config.region ?? Object.keys(environment.regions)[0] ?? "";
  const zones = environment.regions[region]?.zones ?? [];
  const noWayOut = "create" in environment.network && environment.network.nat === "none";
  for (const [name, facts] of Object.entries(system.workloads)) {
    if (facts.kind !== "service") continue;
    const override = config.workloads?.[name];
    const exposure = override?.exposure ?? facts.exposure ?? "private";
    const reachedBy = override?.reachedBy ?? facts.reachedBy ?? "balancer";
    const place =
      override?.exposure === undefined
        ? (["system", ["workloads", name, "exposure"]] as const)
        : (["stack", ["workloads", name, "exposure"]] as const);
    if (exposure === "internet" && !entry.includes(name))
      add(place[0], {
        path: place[1],
        given: exposure,
        allowed: "only the entry of the system may face the internet",
        fix: "private",
      });
    else if (exposure === "internet" && !environment.domain)
      add(place[0], {
        path: place[1],
        given: exposure,
        allowed: "a balancer on the internet speaks TLS, and that needs a domain with its hosted zone",
        fix: "give the environment a domain, or use private",
      });
    else if (exposure === "internet" && reachedBy !== "balancer")
      add(place[0], {
        path: place[1],
        given: exposure,
        allowed: "a registry is for callers inside",
        fix: "reachedBy: balancer",
      });
    if (exposure === "internet" && "existing" in environment.network && !environment.network.existing.publicSubnetIds) {
      add("environment", {
        path: ["network", "existing", "publicSubnetIds"],
        given: undefined,
        allowed: "a balancer on the internet stands in public subnets",
        fix: "add them by zone",
      });
    }
    if (entry.includes(name) && reachedBy !== "balancer")
      add("system", {
        path: ["workloads", name, "reachedBy"],
        given: reachedBy,
        allowed: "the entry is reached by a balancer",
        fix: "reachedBy: balancer",
      });
    if (target && reachedBy === "balancer" && zones.length < target.balancerZones) {
      add("environment", {
        path: ["regions", region, "zones"],
        given: zones.join(", "),
        allowed: `a balancer needs ${target.balancerZones} zones`,
        fix: "list a second zone; zones: 1 still keeps replicas in one",
      });
    }
    if (noWayOut && facts.callsLeave === true)
      add("environment", {
        path: ["network", "nat"],
        given: "none",
        allowed: `${name} calls what lies outside, and there is no way out`,
        fix: "one or per-zone",
      });
    const image = config.images?.[name];
    if (noWayOut && image !== undefined && target && !target.pullsPrivately(image, region)) {
      add("environment", {
        path: ["network", "nat"],
        given: "none",
        allowed: `the image of ${name} (${image.split("@")[0] ?? image}) is not in the region's own registry, and nothing could pull it`,
        fix: "nat: one, or an image in the region's registry",
      });
    }
  }
}
