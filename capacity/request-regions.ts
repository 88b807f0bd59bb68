import type { Environment, RegionPlace, StackConfig } from "../model";
import { clusterOf } from "./request-cluster";
import { catalogOf, plannableTargets, type TargetCatalog } from "../catalog";
import type { MistakeList } from "./request-mistakes";
import { regionOf } from "./request-network-checks";

/** The regions of a stack, the one that takes the requests first; empty where they cannot be told. */
export function regionsOf(
  environment: Environment,
  environmentName: string,
  config: Partial<StackConfig>,
  target: TargetCatalog,
  list: MistakeList,
): readonly string[] {
  const { regions } = config;
  if (regions === undefined) {
    const region = regionOf(environment, environmentName, config.region, list);
    return region === undefined ? [] : [region];
  }
  if (config.region !== undefined)
    list.add("yaml", ["region"], config.region, "either region or regions", "remove it, and put it first in regions");
  if (regions.length > 1 && config.target !== undefined && !target.severalRegions)
    list.add(
      "yaml",
      ["regions"],
      regions.join(", "),
      `a stack of target ${target.target} is built in one region; ${plannableTargets.filter((each) => catalogOf(each).severalRegions).join(", ")} in several`,
      "name one, or make a stack of each region",
    );
  return regions.flatMap((asked, index) => {
    if (regions.indexOf(asked) !== index) {
      list.add("yaml", ["regions", index], asked, "each region once", "remove one of the two");
      return [];
    }
    if (Object.hasOwn(environment.regions, asked)) return [asked];
    const names = Object.keys(environment.regions);
    list.add(
      "yaml",
      ["regions", index],
      asked,
      `environment ${environmentName} has ${names.join(", ")}`,
      `take one of them, or add ${asked} to the environment`,
    );
    return [];
  });
}

/** A region as it is planned in: its zones, and its cluster. */
export function placeOf(
  { target, namespace }: Pick<StackConfig, "target" | "namespace">,
  environment: Environment,
  stack: string,
  region: string,
  zones: number,
): RegionPlace {
  const networkZones = [...new Set(environment.regions[region]?.zones ?? [])];
  return {
    region,
    networkZones,
    zones: networkZones.slice(0, zones),
    kubernetes: clusterOf(target, environment, stack, region, namespace),
  };
}
