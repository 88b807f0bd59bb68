import {
  withoutSecrets,
  type Environment,
  type Mistake,
  type Path,
  type Request,
  type StackConfig,
  type System,
} from "../model";
import { catalogForChecks } from "../catalog";
import { checkCopies } from "./request-copies-checks";
import { checkElsewhere } from "./request-elsewhere-checks";
import { checkExisting } from "./request-existing-checks";
import { checkLoad } from "./request-load-checks";
import type { Given } from "./given";
import { requestMade } from "./request-made";
import { mistakeList } from "./request-mistakes";
import { addSlips, checkNames, checked, loadSchema, NAMESPACE } from "./request-schema";
import { checkNetwork, checkRegions } from "./request-network-checks";
import { regionsOf } from "./request-regions";
import { checkPrefix } from "./request-prefix-checks";
import { checkCluster } from "./request-cluster";
import { resolve, workloadsOf } from "./request-settings";
import { checkReplicas, checkSizes } from "./request-size-checks";
import { checkSpot } from "./request-spot-checks";
import { checkFailover, checkOwnNames } from "./request-failover-checks";
import { checkImages, checkPrices, checkTags, checkZones, lookUp } from "./request-stack-checks";
import { checkRegistries, imagesOf } from "./registries";
import { checkSystem } from "./request-system-checks";

export type Requested =
  { readonly ok: true; readonly request: Request } | { readonly ok: false; readonly mistakes: readonly Mistake[] };

/**
 * Checks what a stack asks, and fills in every default. Precedence: system < environment < YAML. Pure: no file, no clock.
 * All mistakes come at once, each with its key, what was given (never a secret), what is allowed, and the likely fix. Never throws.
 */
export function requestOf(input: Given): Requested {
  const schema = loadSchema();
  const bare = plainKeys(input.config);
  const { rest, at: secrets } = withoutSecrets(schema.fromPulumi(bare));
  const asked = (rest ?? {}) as Readonly<Record<string, unknown>>;
  const parsed = schema.stackConfigSchema.safeParse(asked);
  const put = parsed.success
    ? { value: asked, respelt: [], stages: [] }
    : schema.repaired(schema.stackConfigSchema, asked);
  const given = put.value as Readonly<Record<string, unknown>>;
  const text = (key: string): string => (typeof given[key] === "string" ? given[key] : "");
  const list = mistakeList({
    ...input,
    locate: input.locate,
    system: text("system"),
    environment: text("environment"),
  });

  for (const path of secrets)
    list.add(
      "yaml",
      path,
      { $unknown: "secret" },
      "is secret, and must be plain: nines plans from it, and prints it",
      secretFix(path),
    );
  list.seal();
  if (!parsed.success) addSlips(schema, list, "yaml", schema.stackConfigSchema, asked, put);
  const config: Partial<StackConfig> = parsed.success
    ? parsed.data
    : ((schema.salvage(schema.partialConfigSchema, given) ?? {}) as Partial<StackConfig>);

  const namedSystem: unknown = lookUp(input.systems, "system", config.system, list);
  const namedEnvironment: unknown = lookUp(input.environments, "environment", config.environment, list);
  const system = checked<System>(schema, list, "system", schema.systemSchema, namedSystem);
  const environment = checked<Environment>(schema, list, "environment", schema.environmentSchema, namedEnvironment);
  list.seal();

  checkLoad(config, list);
  const target = catalogForChecks(config.target);
  if (environment) {
    checkRegions(environment, target, list);
    checkTags(environment, list);
  }
  const regions =
    environment && config.environment !== undefined
      ? regionsOf(environment, config.environment, config, target, list)
      : [];
  const [region] = regions;
  checkPrices(config, target, regions, list);
  const domain = config.domain === undefined ? (environment?.domain ?? null) : config.domain;
  // A domain with a mistake is one: what it would be missing for is no mistake besides.
  const said = given["domain"] === undefined ? schema.valueAt(namedEnvironment, ["domain"]) : given["domain"];
  const hasDomain = domain !== null || isSaid(said);
  checkOwnNames(domain, regions, list);
  const facts = system && workloadsOf(system, config, environment);
  const services = Object.entries(facts?.workloads ?? {}).flatMap(([name, workload]) =>
    workload.kind === "service" ? [[name, workload] as const] : [],
  );
  const balanced = services.filter(
    ([name, { reachedBy }]) => (reachedBy ?? "balancer") === "balancer" && !Object.hasOwn(config.existing ?? {}, name),
  );
  if (environment && config.target !== undefined) {
    const hasDoor = balanced.length > 0;
    if (config.target === "kubernetes")
      checkCluster(
        environment,
        config.environment ?? "",
        regions,
        {
          hasDoor,
          hasDomain: domain !== null,
          workloads: new Set(
            Object.values(input.systems).flatMap((each: unknown) =>
              Object.keys(schema.valueAt(each, ["workloads"]) ?? {}),
            ),
          ),
        },
        list,
      );
    if (facts) checkFailover({ config, hasDomain, regions, hasDoor, environment }, list);
  }
  if (system && facts) {
    const raw = schema.valueAt(namedSystem, ["workloads"]);
    const kinds = new Map(
      Object.keys(typeof raw === "object" && raw !== null ? raw : {}).map((name) => [
        name,
        schema.valueAt(raw, [name, "kind"]),
      ]),
    );
    checkSystem(
      {
        config,
        system,
        workloads: facts.workloads,
        names: [...kinds.keys()],
        target,
        hasDomain: environment === undefined || hasDomain,
        environment,
        environmentName: config.environment ?? "",
        mayBeCache: input.component !== undefined,
      },
      list,
    );
    checkPrefix(config, facts.workloads, list);
    checkImages(config.images ?? {}, kinds, list);
    checkSizes(config, facts.workloads, target, list);
    checkReplicas(config, facts.workloads, list);
    checkElsewhere(config, environment, facts.workloads, list);
    checkRegistries(config, environment, imagesOf(config, facts.workloads), list);
    checkSpot(config, environment, facts.workloads, list);
    checkExisting(config, facts.workloads, [...kinds.keys()], region, list);
    checkNames(given, config, [...kinds.keys()], list);
    checkCopies(
      config,
      facts.workloads,
      [...kinds.keys()],
      regions,
      survivesNothing(system, environment, config),
      list,
    );
  }
  if (!system || !facts || !environment || region === undefined) {
    if (environment) checkNetwork(environment, region, [], { services, balanced }, config.images ?? {}, target, list);
    return { ok: false, mistakes: inOrder(list.mistakes, input) };
  }
  const networkZones = [...new Set(environment.regions[region]?.zones ?? [])];
  const resolved = resolve(system, environment, config, networkZones.length, target);
  for (const each of regions) checkZones(resolved, environment, config.environment ?? "", each, regions.length, list);
  const zones = networkZones.slice(0, resolved.chosen.zones);
  checkNetwork(environment, region, zones, { services, balanced }, config.images ?? {}, target, list);
  if (list.mistakes.length > 0 || !parsed.success) return { ok: false, mistakes: inOrder(list.mistakes, input) };
  return {
    ok: true,
    request: requestMade(input, parsed.data, environment, regions, resolved, facts),
  };
}

const isSaid = (value: unknown): boolean => value !== undefined && value !== null;

/** Keys without `nines:`; those of other namespaces are other people's. */
function plainKeys(config: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(config).flatMap(([key, value]) => {
      if (key.startsWith(NAMESPACE)) return [[key.slice(NAMESPACE.length), value] as const];
      return key.includes(":") ? [] : [[key, value] as const];
    }),
  );
}

function secretFix(path: Path): string {
  const inVariables = path[0] === "workloads" && path[2] === "environment";
  if (!inVariables) return "pulumi config set it without --secret";
  return `name it under secrets of the workload in the system, for example ${String(path[3] ?? "NAME")}: { create: "secret-manager" }`;
}

/** Is nothing to be survived, wherever it is said? */
function survivesNothing(system: System, environment: Environment | undefined, config: Partial<StackConfig>): boolean {
  return (config.objectives?.survive ?? environment?.objectives?.survive ?? system.objectives.survive) === "nothing";
}

/** The YAML's by line, then those of other files. */
function inOrder(mistakes: readonly Mistake[], { file }: Given): readonly Mistake[] {
  const rank = (mistake: Mistake): number =>
    mistake.file === file ? (mistake.line ?? Number.MAX_SAFE_INTEGER - 1) : Number.MAX_SAFE_INTEGER;
  return [...mistakes].sort((a, b) => rank(a) - rank(b) || (a.file < b.file ? -1 : a.file > b.file ? 1 : 0));
}
