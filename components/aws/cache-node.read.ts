import { cacheNodes, usableBytes } from "../../catalog/aws/cache-nodes";
import { unknown, type Leaf, type ReadPart, type RedisCache, type Resource, type ResourceGraph } from "../../model";
import { parameterAt } from "./cache-parameters.read";
import { asNumber, asText, leafWithDefault } from "./leaf.read";

const MIB = 1024 * 1024;

/** Size of a node by its type; what data may fill hangs on the share that the parameter group keeps back. */
export function readNode(graph: ResourceGraph, cache: Resource): ReadPart<RedisCache>["node"] {
  const name = leafWithDefault(cache, ["nodeType"], asText);
  if (!name.known) return { name, memoryMiB: name, usableMiB: name };
  const node = cacheNodes.get(name.value);
  if (node === undefined) {
    const missing = unknown(cache.urn, "nodeType", "no-default-known");
    return { name, memoryMiB: missing, usableMiB: missing };
  }
  const reserved = parameterAt(graph, cache, "reserved-memory-percent", percent);
  const usableMiB: Leaf<number> = reserved.known
    ? { ...name, value: Math.floor(usableBytes(node, reserved.value) / MIB) }
    : reserved;
  return { name, memoryMiB: { ...name, value: Math.floor(node.maxmemoryBytes / MIB) }, usableMiB };
}

function percent(value: Parameters<typeof asNumber>[0]): number | undefined {
  const number = asNumber(value);
  return number !== undefined && number >= 0 && number < 100 ? number : undefined;
}
