import type { Choices, Chosen, Environment, Mistake, Objectives, Origin, Request, Setting, StackConfig, System, Workload } from "../model";
import { isSecret } from "../model/from-pulumi";
import { nearest } from "../model/nearest";
import { environmentSchema, stackConfigSchema, systemSchema } from "../model/schema";
import { schemaMistakes, type SchemaMistake, written } from "../model/schema-mistakes";
import { allowedKeys } from "../model/schema-keys";
import { type Asked, checkAsked } from "./request-checks";

/** What a stack says, and the tables that it names things in. */
export interface Given {
  readonly stack: string;
  /** The stack's file, relative to the project. */
  readonly file: string;
  /** The stack's `nines:` keys, with or without the namespace. */
  readonly config: Readonly<Record<string, unknown>>;
  readonly systems: Readonly<Record<string, System>>;
  readonly environments: Readonly<Record<string, Environment>>;
  /** Where a key stands in the file. @default - not known (Pulumi gives no lines) */
  readonly locate?: (key: string) => { readonly line?: number; readonly column?: number } | undefined;
}

export type Requested = { readonly ok: true; readonly request: Request } | { readonly ok: false; readonly mistakes: readonly Mistake[] };

/** Which file a mistake stands in, and what its keys begin with. */
interface Place {
  readonly file: string;
  readonly prefix: string;
}

/** Checks everything that was asked, once, and puts every default in place; or every mistake, each with what is allowed and the likely fix. */
export function requestOf(given: Given): Requested {
  const config = Object.fromEntries(Object.entries(given.config).map(([key, value]) => [key.replace(/^nines:/, ""), value]));
  const mistakes: Mistake[] = [];
  const own: Place = { file: given.file, prefix: "nines:" };
  const add = (place: Place, mistake: SchemaMistake): void => {
    const key = `${place.prefix}${written(mistake.path)}`;
    const at = place === own ? given.locate?.(key) : undefined;
    mistakes.push({
      stack: given.stack,
      file: place.file,
      ...(at?.line === undefined ? {} : { line: at.line }),
      ...(at?.column === undefined ? {} : { column: at.column }),
      key,
      given: hidden(mistake.given),
      allowed: mistake.allowed,
      fix: mistake.fix,
    });
  };
  for (const [key, value] of Object.entries(config)) {
    if (isSecret(value)) add(own, { path: [key], given: value, allowed: "is secret, and must be plain to be planned", fix: "write it without secure:" });
  }
  const plain = Object.fromEntries(Object.entries(config).filter(([, value]) => !isSecret(value)));
  const secrets = new Set(Object.keys(config).filter((key) => !(key in plain)));
  const checked = stackConfigSchema.safeParse(plain);
  const found = checked.success ? [] : schemaMistakes(checked.error.issues, plain, allowedKeys("stack")).filter(({ path }) => !secrets.has(String(path[0])));
  for (const mistake of found) add(own, mistake);
  // What stands wrong is not looked at again; the rest still is.
  const wrong = new Set([...found.map(({ path }) => String(path[0])), ...secrets]);
  const sound = Object.fromEntries(Object.entries(plain).filter(([key]) => !wrong.has(key))) as Partial<StackConfig>;

  const system = named("system", sound.system, given.systems, (mistake) => add(own, mistake));
  const environment = named("environment", sound.environment, given.environments, (mistake) => add(own, mistake));
  const systemPlace: Place = { file: `stacks/systems/${sound.system ?? ""}.ts`, prefix: `systems.${sound.system ?? ""}.` };
  const environmentPlace: Place = { file: `stacks/environments/${sound.environment ?? ""}.ts`, prefix: `environments.${sound.environment ?? ""}.` };
  const soundSystem = valid(systemSchema, system, allowedKeys("system"), (mistake) => add(systemPlace, mistake));
  const soundEnvironment = valid(environmentSchema, environment, allowedKeys("environment"), (mistake) => add(environmentPlace, mistake));

  const asked: Asked = { config: sound, wrong, system: soundSystem, environment: soundEnvironment };
  const places = { stack: own, system: systemPlace, environment: environmentPlace };
  checkAsked(asked, (where, mistake) => add(places[where], mistake));
  if (mistakes.length > 0 || !checked.success || !soundSystem || !soundEnvironment) return { ok: false, mistakes };
  return { ok: true, request: resolve(given.stack, checked.data as StackConfig, soundSystem, soundEnvironment) };
}

/** A secret is never printed, wherever it hides. */
function hidden(value: unknown): unknown {
  if (isSecret(value)) return "(secret)";
  if (Array.isArray(value)) return value.map(hidden);
  if (typeof value === "object" && value !== null) return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, hidden(inner)]));
  return value;
}

function named<T>(kind: "system" | "environment", name: string | undefined, table: Readonly<Record<string, T>>, add: (mistake: SchemaMistake) => void): T | undefined {
  if (name === undefined) return undefined;
  if (Object.hasOwn(table, name)) return table[name];
  const near = nearest(name, Object.keys(table));
  const known = Object.keys(table).sort().join(", ");
  add({ path: [kind], given: name, allowed: `no such ${kind}; there ${Object.keys(table).length === 1 ? "is" : "are"} ${known === "" ? "none" : known}`, fix: near === undefined ? `add stacks/${kind}s/${name}.ts to its table` : `did you mean ${near}?` });
  return undefined;
}

function valid<T extends object>(
  schema: typeof systemSchema | typeof environmentSchema,
  value: T | undefined,
  keysAt: (path: readonly (string | number)[]) => readonly string[],
  add: (mistake: SchemaMistake) => void,
): T | undefined {
  if (value === undefined) return undefined;
  const checked = schema.safeParse(value);
  if (checked.success) return value;
  for (const mistake of schemaMistakes(checked.error.issues, value, keysAt)) add(mistake);
  return undefined;
}

/** The one place where a default is written: system < environment < YAML, defaults last. */
function resolve(stack: string, config: StackConfig, system: System, environment: Environment): Request {
  const settings: Setting[] = [];
  const note = (key: string, value: unknown, from: Origin): void => {
    settings.push({ key, value, from });
  };
  const region = config.region ?? Object.keys(environment.regions)[0] ?? "";
  note("region", region, config.region === undefined ? "environment" : "yaml");
  const all = environment.regions[region]?.zones ?? [];
  const choose = <K extends keyof Choices, T>(key: K, fallback: T): NonNullable<Choices[K]> | T => {
    const yaml = config[key];
    const own = environment[key];
    const value = yaml !== undefined ? yaml : own !== undefined ? own : fallback;
    note(key, value, yaml !== undefined ? "yaml" : own !== undefined ? "environment" : "default");
    return value as NonNullable<Choices[K]> | T;
  };
  const objectives = resolveObjectives(system, environment, config, note);
  const chosen: Chosen = {
    objectives,
    deploys: choose("deploys", null),
    budget: choose("budget", null),
    quotas: mergedQuotas(environment, config, note),
    architecture: choose("architecture", "x86_64" as const),
    utilisationCeiling: choose("utilisationCeiling", 0.7),
    headroom: choose("headroom", "largest" as const),
    elastic: choose("elastic", false),
    surgeShare: choose("surgeShare", 1),
    minReplicas: choose("minReplicas", environment.tier === "dev" ? 1 : 2),
    zones: choose("zones", all.length),
    replicaDropShare: choose("replicaDropShare", 0.5),
  };
  const { load } = config;
  note("load.requestsPerSecond", load.requestsPerSecond, "yaml");
  const burst = { factor: load.burst?.factor ?? 1.5, toleratedWaitSeconds: load.burst?.toleratedWaitSeconds ?? 0 };
  note("load.burst", burst, load.burst === undefined ? "default" : "yaml");
  note("load.uncertainty", load.uncertainty ?? 0, load.uncertainty === undefined ? "default" : "yaml");
  const protect = environment.protect ?? environment.tier === "prod";
  note("protect", protect, environment.protect === undefined ? "default" : "environment");
  note("logDays", environment.logDays ?? 30, environment.logDays === undefined ? "default" : "environment");
  note("network", environment.network, "environment");
  note("domain", environment.domain ?? null, environment.domain === undefined ? "default" : "environment");
  note("images", config.images, "yaml");
  if (config.sizes !== undefined) note("sizes", config.sizes, "yaml");
  if (config.prices !== undefined) note("prices", config.prices, "yaml");
  return {
    stack,
    system: config.system,
    environment: config.environment,
    tier: environment.tier,
    target: config.target,
    region,
    zones: all.slice(0, chosen.zones),
    networkZones: "existing" in environment.network ? all.filter((zone) => zone in ("existing" in environment.network ? environment.network.existing.privateSubnetIds : {})) : all,
    workloads: workloadsOf(system, config, note),
    load: { requestsPerSecond: load.requestsPerSecond, burst, uncertainty: load.uncertainty ?? 0 },
    images: config.images,
    sizes: config.sizes ?? {},
    chosen,
    network: environment.network,
    cluster: environment.cluster ?? null,
    domain: environment.domain ?? null,
    alerts: environment.alerts,
    protect,
    logDays: environment.logDays ?? 30,
    tags: environment.tags ?? {},
    waivers: [...(environment.waivers ?? []), ...(config.waivers ?? [])],
    prices: config.prices ?? [],
    settings: settings.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)),
  };
}

type Note = (key: string, value: unknown, from: Origin) => void;

function resolveObjectives(system: System, environment: Environment, config: StackConfig, note: Note): Objectives {
  const layers = [
    ["yaml", config.objectives],
    ["environment", environment.objectives],
    ["system", system.objectives],
  ] as const;
  const merged: Record<string, unknown> = {};
  for (const key of ["availability", "latency", "survive", "recoverySeconds"] as const) {
    const layer = layers.find(([, objectives]) => objectives?.[key] !== undefined);
    if (!layer) continue;
    merged[key] = layer[1]?.[key];
    note(`objectives.${key}`, merged[key], layer[0]);
  }
  return merged as unknown as Objectives;
}

function mergedQuotas(environment: Environment, config: StackConfig, note: Note): Chosen["quotas"] {
  const quotas = { ...environment.quotas, ...config.quotas };
  for (const [key, value] of Object.entries(quotas)) note(`quotas.${key}`, value, config.quotas !== undefined && key in config.quotas ? "yaml" : "environment");
  return quotas;
}

/** Facts of the system, with what this stack knows better laid over. */
function workloadsOf(system: System, config: StackConfig, note: Note): Request["workloads"] {
  return Object.fromEntries(
    Object.entries(system.workloads).map(([name, facts]): [string, Workload] => {
      const override = config.workloads?.[name] ?? {};
      const environment = facts.kind === "service" && override.environment ? { environment: { ...facts.environment, ...override.environment } } : {};
      for (const [key, value] of Object.entries(facts)) if (key !== "kind" && !(key in override)) note(`workloads.${name}.${key}`, value, "system");
      for (const [key, value] of Object.entries(override)) note(`workloads.${name}.${key}`, value, "yaml");
      return [name, { ...facts, ...override, ...environment } as Workload];
    }),
  );
}
