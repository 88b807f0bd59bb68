import type {
  Chosen,
  Choices,
  Environment,
  NetworkChoice,
  Objectives,
  Origin,
  Quotas,
  Setting,
  StackConfig,
  System,
  Workload,
} from "../model";
import type { TargetCatalog } from "../catalog";
import { loggingTo } from "./log-plan";

/** Objectives said by one place. */
type Said = Partial<Objectives>;

export interface Resolved {
  readonly chosen: Chosen;
  readonly settings: readonly Setting[];
  /** Where a choice was taken from, by key (`zones`, `objectives.survive`). */
  readonly from: (key: string) => Origin;
}

/** What is chosen where nobody says anything. Zones default to all that the region lists. */
export function defaultChoices(tier: Environment["tier"], regionZones: number, target: TargetCatalog) {
  return {
    utilisationCeiling: 0.7,
    headroom: "largest",
    elastic: false,
    architecture: "x86_64",
    surgeShare: target.surgeShare,
    minReplicas: tier === "dev" ? 1 : 2,
    zones: regionZones,
    replicaDropShare: 0.5,
    spotShare: 0,
    registries: {},
  } as const satisfies Choices;
}

/** Choices that are taken whole and always have a default. */
type Picked = Required<Omit<Choices, "objectives" | "deploys" | "budget" | "quotas" | "logs">>;

/** Every choice by precedence: system < environment < YAML, defaults last; objectives and quotas key by key, all else whole. */
export function resolve(
  system: System,
  environment: Environment,
  config: Partial<StackConfig>,
  regionZones: number,
  target: TargetCatalog,
): Resolved {
  const settings: (Setting & { readonly from: Origin })[] = [];
  const take = <T>(key: string, places: readonly (readonly [Origin, T | undefined])[], fallback: T): T => {
    for (const [from, value] of places) {
      if (value === undefined) continue;
      settings.push({ key, value, from });
      return value;
    }
    settings.push({ key, value: fallback, from: "default" });
    return fallback;
  };
  const defaults = defaultChoices(environment.tier, regionZones, target);
  const pick = <K extends keyof Picked>(key: K): Picked[K] =>
    take<Picked[K]>(
      key,
      [
        ["yaml", (config as Partial<Picked>)[key]],
        ["environment", (environment as Partial<Picked>)[key]],
      ],
      (defaults as Picked)[key],
    );

  const said: readonly (readonly [Origin, Said])[] = [
    ["yaml", config.objectives ?? {}],
    ["environment", environment.objectives ?? {}],
    ["system", system.objectives],
  ];
  const objective = <K extends keyof Objectives>(key: K): Objectives[K] | undefined => {
    for (const [from, objectives] of said) {
      const value = objectives[key];
      if (value === undefined) continue;
      settings.push({ key: `objectives.${key}`, value, from });
      return value;
    }
    return undefined;
  };
  const latency = objective("latency");
  const recoverySeconds = objective("recoverySeconds");
  const objectives: Objectives = {
    availability: objective("availability") ?? system.objectives.availability,
    survive: objective("survive") ?? system.objectives.survive,
    ...(latency === undefined ? {} : { latency }),
    ...(recoverySeconds === undefined ? {} : { recoverySeconds }),
  };

  const quotas: Record<string, number> = {};
  for (const key of [
    ...new Set([...Object.keys(environment.quotas ?? {}), ...Object.keys(config.quotas ?? {})]),
  ].sort()) {
    const name = key as keyof Quotas;
    const own = config.quotas?.[name];
    const value = own ?? environment.quotas?.[name];
    if (value === undefined) continue;
    quotas[key] = value;
    settings.push({ key: `quotas.${key}`, value, from: own === undefined ? "environment" : "yaml" });
  }

  // Said by few: where nobody does there is nothing to show.
  const spotShare = config.spotShare ?? environment.spotShare;
  if (spotShare !== undefined)
    settings.push({
      key: "spotShare",
      value: spotShare,
      from: config.spotShare === undefined ? "environment" : "yaml",
    });

  const chosen: Chosen = {
    objectives,
    quotas,
    deploys: take(
      "deploys",
      [
        ["yaml", config.deploys],
        ["environment", environment.deploys],
      ],
      null,
    ),
    budget: take(
      "budget",
      [
        ["yaml", config.budget],
        ["environment", environment.budget],
      ],
      null,
    ),
    utilisationCeiling: pick("utilisationCeiling"),
    headroom: pick("headroom"),
    elastic: pick("elastic"),
    architecture: pick("architecture"),
    surgeShare: pick("surgeShare"),
    minReplicas: pick("minReplicas"),
    zones: pick("zones"),
    replicaDropShare: pick("replicaDropShare"),
    spotShare: spotShare ?? defaults.spotShare,
    registries: pick("registries"),
  };
  return { chosen, settings, from: (key) => settings.find((setting) => setting.key === key)?.from ?? "default" };
}

/** The network with its defaults in place: 10.0.0.0/16, flow logs for 30 days in prod and none elsewhere, the cheaper endpoints. */
export function networkOf(environment: Environment): {
  readonly network: NetworkChoice;
  readonly settings: readonly Setting[];
} {
  const { network } = environment;
  if ("existing" in network)
    return { network, settings: [{ key: "network.existing", value: network.existing.vpcId, from: "environment" }] };
  const filled = {
    create: true,
    nat: network.nat,
    addressRange: network.addressRange ?? "10.0.0.0/16",
    flowLogDays: network.flowLogDays === undefined ? (environment.tier === "prod" ? 30 : null) : network.flowLogDays,
    endpoints: network.endpoints ?? "cheaper",
  } as const;
  const keys = ["nat", "addressRange", "flowLogDays", "endpoints"] as const;
  return {
    network: filled,
    settings: keys.map((key) => ({
      key: `network.${key}`,
      value: filled[key],
      from: network[key] === undefined ? "default" : "environment",
    })),
  };
}

/** The facts of every workload, the stack's own over the system's. */
export function workloadsOf(
  system: System,
  config: Partial<StackConfig>,
  environment: Environment | undefined,
): { readonly workloads: Readonly<Record<string, Workload>>; readonly settings: readonly Setting[] } {
  const settings: Setting[] = [];
  const workloads = Object.fromEntries(
    Object.entries(system.workloads).map(([name, facts]): [string, Workload] => {
      const own = Object.hasOwn(config.workloads ?? {}, name) ? (config.workloads?.[name] ?? {}) : {};
      const variables =
        facts.kind !== "cache" && (facts.environment || own.environment)
          ? { environment: { ...facts.environment, ...own.environment } }
          : {};
      const merged = { ...facts, ...own, ...variables };
      for (const [key, value] of Object.entries(merged)) {
        if (key !== "kind")
          settings.push({ key: `workloads.${name}.${key}`, value, from: key in own ? "yaml" : "system" });
      }
      if (merged.kind !== "service") return [name, merged];
      const logs = merged.logs ?? config.logs ?? environment?.logs;
      if (logs === undefined) return [name, merged];
      if (merged.logs === undefined)
        settings.push({
          key: `workloads.${name}.logs`,
          value: logs,
          from: config.logs === undefined ? "environment" : "yaml",
        });
      return [name, loggingTo(merged, logs)];
    }),
  );
  return { workloads, settings };
}
