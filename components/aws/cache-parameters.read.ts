import { unknown, type Leaf, type Resource, type ResourceGraph, type Value } from "../../model";
import { theReferenced } from "./identity.read";
import { asText, defaulted, inside, leafOf, listOf, valueAt } from "./leaf.read";

const PARAMETER_GROUP = "aws:elasticache/parameterGroup:ParameterGroup";
const PROPERTY = "parameterGroupName";

/**
 * A parameter of a cache: its parameter group's, else the engine's default. Groups that AWS keeps (`default.valkey8`,
 * `default.valkey8.cluster.on`) hold defaults and say by name whether cluster mode is on; anyone's group that is not in the
 * program is elsewhere.
 */
export function parameterAt<T>(
  graph: ResourceGraph,
  cache: Resource,
  parameter: string,
  parse: (value: Value) => T | undefined,
): Leaf<T> {
  const group = theReferenced(graph, cache, PROPERTY, PARAMETER_GROUP);
  if (group === "ambiguous") return unknown(cache.urn, PROPERTY, "ambiguous-reference");
  const absent = (value?: Value) => defaulted(cache, value, `parameters.${parameter}`, parse);
  if (group !== undefined) return ofGroup(group, parameter, parse) ?? absent();
  const name = valueAt(cache, PROPERTY);
  if (name === undefined) return absent();
  if (typeof name !== "string") return leafOf<T>(name, { urn: cache.urn, property: PROPERTY }, () => undefined);
  if (!name.startsWith("default.")) return unknown(cache.urn, PROPERTY, "elsewhere");
  return absent(parameter === "cluster-enabled" && name.endsWith(".cluster.on") ? "yes" : undefined);
}

/** Undefined where the group does not say the parameter. */
function ofGroup<T>(group: Resource, parameter: string, parse: (value: Value) => T | undefined): Leaf<T> | undefined {
  const at = { urn: group.urn, property: `parameters.${parameter}` };
  const given = valueAt(group, "parameters");
  if (given !== undefined && !Array.isArray(given)) return leafOf<T>(given, at, () => undefined);
  const rows = listOf(given);
  const row = rows.find((each) => asText(inside(each, "name") ?? null) === parameter);
  if (row !== undefined) return leafOf(inside(row, "value") ?? null, at, parse);
  // A row whose name is not there to be read may be the one.
  const hidden = rows.map((each) => inside(each, "name")).find((name) => typeof name === "object");
  return hidden === undefined ? undefined : leafOf<T>(hidden, at, () => undefined);
}
