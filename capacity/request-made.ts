import type { Environment, Request, Setting, StackConfig } from "../model";
import type { Given } from "./given";
import { namedWithPrefix } from "./named-with-prefix";
import { copiesOf } from "./request-copies-checks";
import { existingOf } from "./request-existing-checks";
import { failoverOf } from "./request-failover-checks";
import { insideReached } from "./request-reach";
import { placeOf } from "./request-regions";
import { withUnused } from "./request-elsewhere-checks";
import { networkOf, type resolve, type workloadsOf } from "./request-settings";

/** The request that a stack, its system and its environment make, each setting with where it was said. They have no mistakes. */
export function requestMade(
  { stack, component }: Pick<Given, "stack" | "component">,
  config: StackConfig,
  environment: Environment,
  regions: readonly string[],
  resolved: ReturnType<typeof resolve>,
  facts: ReturnType<typeof workloadsOf>,
): Request {
  const { burst, uncertainty } = config.load;
  const load: Request["load"] = {
    requestsPerSecond: config.load.requestsPerSecond,
    burst: { factor: burst?.factor ?? 1.5, toleratedWaitSeconds: burst?.toleratedWaitSeconds ?? 0 },
    uncertainty: uncertainty ?? 0,
  };
  const [place, ...otherRegions] = regions.map((each) =>
    placeOf(config, environment, stack, each, resolved.chosen.zones),
  );
  if (place === undefined) throw new RangeError(`${stack}: no region`);
  const failover = failoverOf(config.failover, place.kubernetes);
  const { network, settings: networkSettings } = networkOf(environment);
  const protect = environment.protect ?? environment.tier === "prod";
  const logDays = environment.logDays ?? 30;
  const yaml = (key: string, value: unknown): Setting => ({ key, value, from: "yaml" });
  const settings: readonly Setting[] = [
    ...(["system", "environment", "target"] as const).map((key) => yaml(key, config[key])),
    regions.length > 1
      ? yaml("regions", regions)
      : {
          key: "region",
          value: place.region,
          from: config.region === undefined && config.regions === undefined ? "environment" : "yaml",
        },
    ...(config.callersMoveSeconds === undefined ? [] : [yaml("callersMoveSeconds", config.callersMoveSeconds)]),
    { key: "tier", value: environment.tier, from: "environment" },
    ...(["mean", "peak"] as const).map((key) => yaml(`load.requestsPerSecond.${key}`, load.requestsPerSecond[key])),
    { key: "load.burst.factor", value: load.burst.factor, from: burst === undefined ? "default" : "yaml" },
    {
      key: "load.burst.toleratedWaitSeconds",
      value: load.burst.toleratedWaitSeconds,
      from: burst?.toleratedWaitSeconds === undefined ? "default" : "yaml",
    },
    { key: "load.uncertainty", value: load.uncertainty, from: uncertainty === undefined ? "default" : "yaml" },
    ...(config.namespace === undefined ? [] : [yaml("namespace", config.namespace)]),
    ...(config.namePrefix === undefined ? [] : [yaml("namePrefix", config.namePrefix)]),
    ...Object.entries(config.images).map(([name, image]) => yaml(`images.${name}`, image)),
    ...Object.entries(config.sizes ?? {}).flatMap(([name, size]) =>
      Object.entries(size).map(([key, value]) => yaml(`sizes.${name}.${key}`, value)),
    ),
    ...Object.entries(config.replicas ?? {}).flatMap(([name, bounds]) =>
      Object.entries(bounds).map(([key, value]) => yaml(`replicas.${name}.${key}`, value)),
    ),
    ...Object.entries(config.existing ?? {}).flatMap(([name, there]) =>
      Object.entries(there).map(([key, value]) => yaml(`existing.${name}.${key}`, value)),
    ),
    ...Object.entries(config.copies ?? {}).flatMap(([name, copies]) =>
      Object.entries(copies).map(([key, value]) => yaml(`copies.${name}.${key}`, value)),
    ),
    ...resolved.settings,
    ...networkSettings,
    config.domain === undefined
      ? {
          key: "domain",
          value: environment.domain ?? null,
          from: environment.domain === undefined ? "default" : "environment",
        }
      : yaml("domain", config.domain),
    ...Object.entries(failover ?? {}).map(([key, value]): Setting => ({
      key: `failover.${key}`,
      value,
      from: Object.hasOwn(config.failover ?? {}, key) ? "yaml" : "default",
    })),
    ...(["cluster", "tags"] as const).map((key): Setting => ({
      key,
      value: environment[key] ?? null,
      from: environment[key] === undefined ? "default" : "environment",
    })),
    { key: "alerts", value: environment.alerts, from: "environment" },
    { key: "protect", value: protect, from: environment.protect === undefined ? "default" : "environment" },
    { key: "logDays", value: logDays, from: environment.logDays === undefined ? "default" : "environment" },
    ...facts.settings,
    ...(config.prices ?? []).map((price) =>
      yaml(`prices.${price.item}${price.region === undefined ? "" : `.${price.region}`}`, price.usd),
    ),
    ...(config.waivers ?? []).map((waiver) => yaml(`waivers.${waiver.rule}`, waiver.until)),
    ...(environment.waivers ?? []).map((waiver): Setting => ({
      key: `waivers.${waiver.rule}`,
      value: waiver.until,
      from: "environment",
    })),
  ];
  const made: Request = {
    stack,
    component: component ?? null,
    system: config.system,
    environment: config.environment,
    tier: environment.tier,
    target: config.target,
    ...place,
    otherRegions,
    regions,
    failover,
    callersMoveSeconds: config.callersMoveSeconds ?? null,
    workloads: insideReached(config.target, facts.workloads),
    load,
    images: config.images,
    existing: existingOf(config.existing ?? {}),
    copies: copiesOf(config.copies ?? {}, place.region),
    sizes: config.sizes ?? {},
    replicas: config.replicas ?? {},
    chosen: resolved.chosen,
    network,
    cluster: environment.cluster ?? null,
    domain: config.domain === undefined ? (environment.domain ?? null) : config.domain,
    alerts: environment.alerts,
    protect,
    logDays,
    tags: environment.tags ?? {},
    waivers: [...(environment.waivers ?? []), ...(config.waivers ?? [])],
    prices: config.prices ?? [],
    settings: [...withUnused(settings, config.target)].sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)),
    namePrefix: "",
  };
  return config.namePrefix === undefined ? made : namedWithPrefix(made, config.namePrefix);
}
