import { isUnknownValue, unknown, type Leaf, type Resource, type ResourceGraph, type Unknown } from "../../model";
import { theReferenced } from "./identity.read";
import { asText, leafWithDefault, listOf, valueAt } from "./leaf.read";
import { SUBNET } from "./subnets.read";

/** Zones of the subnets that a resource's group holds, each once, sorted. */
export function zonesOfGroup(
  graph: ResourceGraph,
  resource: Resource,
  property: string,
  groupType: string,
): readonly Leaf<string>[] | Unknown {
  const group = theReferenced(graph, resource, property, groupType);
  if (group === undefined || group === "ambiguous") {
    return unknown(resource.urn, property, group === undefined ? "elsewhere" : "ambiguous-reference");
  }
  return zonesOfSubnets(graph, group, ["subnetIds"]);
}

/** Zones of the subnets that a resource names in a list; elsewhere where not all of them are in the program. */
export function zonesOfSubnets(
  graph: ResourceGraph,
  resource: Resource,
  path: readonly [string, ...(string | number)[]],
): readonly Leaf<string>[] | Unknown {
  const given = valueAt(resource, ...path);
  const subnets = graph.referenced(resource, path[0], SUBNET);
  const hidden = isUnknownValue(given);
  if (subnets.length === 0 || (!hidden && listOf(given).length > subnets.length)) {
    return unknown(resource.urn, path.join("."), "elsewhere");
  }
  const zones = new Map<string, Leaf<string>>();
  for (const subnet of subnets) {
    const zone = leafWithDefault(subnet, ["availabilityZone"], asText);
    zones.set(zone.known ? zone.value : subnet.urn, zone);
  }
  return [...zones.keys()].sort().flatMap((zone) => zones.get(zone) ?? []);
}
