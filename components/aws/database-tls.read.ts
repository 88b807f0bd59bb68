import { refusesByDefault, tlsParameterOf } from "../../catalog/aws/database-tls";
import {
  isUnknownValue,
  known,
  textOf,
  unknown,
  type Leaf,
  type Resource,
  type ResourceGraph,
  type Value,
} from "../../model";
import { theReferenced } from "./identity.read";
import { asText, inside, leafOf, listOf, valueAt } from "./leaf.read";

/**
 * Are connections without TLS refused? The parameter group says it, else the engine's version. A group that AWS keeps
 * (`default.postgres16`) holds defaults; anyone's group that is not in the program is elsewhere.
 */
export function readTls(
  graph: ResourceGraph,
  resource: Resource,
  group: { readonly property: string; readonly type: string },
  engine: Leaf<string>,
  version: Leaf<string | null>,
): Leaf<boolean> {
  if (!engine.known) return engine;
  const tls = tlsParameterOf(engine.value);
  if (tls === null) return unknown(resource.urn, group.property, "no-default-known");
  const found = theReferenced(graph, resource, group.property, group.type);
  if (found === "ambiguous") return unknown(resource.urn, group.property, "ambiguous-reference");
  const given = valueAt(resource, group.property);
  if (found === undefined && isUnknownValue(given)) return unknown(resource.urn, group.property, "elsewhere");
  if (found === undefined && typeof given === "string" && !given.startsWith("default."))
    return unknown(resource.urn, group.property, "elsewhere");
  const said = found === undefined ? undefined : saidBy(found, tls.parameter);
  if (said !== undefined) return said;
  const family = found === undefined ? given : valueAt(found, "family");
  const refuses = refusesByDefault(tls, versionOf(family) ?? (version.known ? version.value : null));
  if (refuses !== null) return known(refuses, resource.urn, "default");
  return version.known ? unknown(resource.urn, "engineVersion", "no-default-known") : version;
}

/** 16 of postgres16 and default.postgres16, 8.0 of aurora-mysql8.0. */
function versionOf(family: Value | undefined): string | undefined {
  return typeof family === "string" ? /(\d+(?:\.\d+)?)$/.exec(family)?.[1] : undefined;
}

/** Undefined where the group does not say the parameter. */
function saidBy(group: Resource, parameter: string): Leaf<boolean> | undefined {
  const at = { urn: group.urn, property: `parameters.${parameter}` };
  const given = valueAt(group, "parameters");
  if (given !== undefined && !Array.isArray(given)) return leafOf<boolean>(given, at, () => undefined);
  const rows = listOf(given);
  const row = rows.find((each) => asText(inside(each, "name") ?? null) === parameter);
  if (row !== undefined) return leafOf(inside(row, "value") ?? null, at, asSwitch);
  // A row whose name is not there to be read may be the one.
  const hidden = rows.map((each) => inside(each, "name")).find((name) => isUnknownValue(name));
  return hidden === undefined ? undefined : leafOf<boolean>(hidden, at, () => undefined);
}

function asSwitch(value: Value): boolean | undefined {
  const word = textOf(value).toLowerCase();
  if (["1", "on", "true"].includes(word)) return true;
  return ["0", "off", "false"].includes(word) ? false : undefined;
}
