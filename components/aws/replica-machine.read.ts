import { known, unknown, type Leaf, type ReadPart, type ReplicaGroup, type Resource } from "../../model";
import { asNumber, leafAt, leafWithDefault } from "./leaf.read";

type Group = ReadPart<ReplicaGroup>;

/** What a balancer says of the machines behind it: their port, and how long one is let go before it is ended. */
export function behind(resource: Resource, targetGroups: readonly Resource[]): Pick<Group, "ports" | "drainSeconds"> {
  if (targetGroups.length === 0)
    return {
      ports: unknown(resource.urn, "targetGroupArns", "elsewhere"),
      drainSeconds: unknown(resource.urn, "targetGroupArns", "elsewhere"),
    };
  const delays = targetGroups.map((group) => leafWithDefault(group, ["deregistrationDelay"], asNumber));
  const longest = delays.reduce((a, b): Leaf<number> => (!a.known || (b.known && b.value <= a.value) ? a : b));
  const ports = new Map(
    targetGroups.map((group) => {
      const port = leafAt(group, ["port"], asNumber);
      return [port.known ? port.value : group.urn, port] as const;
    }),
  );
  return { ports: [...ports.values()], drainSeconds: longest };
}

/** What runs inside a machine no resource tells. */
export function insideOf(
  resource: Resource,
): Pick<Group, "probes" | "sidecars" | "environment" | "secrets" | "logs" | "registry"> {
  const hidden = unknown(resource.urn, "userData", "elsewhere");
  return {
    probes: [],
    sidecars: [],
    environment: hidden,
    secrets: hidden,
    logs: hidden,
    registry: known(null, resource.urn),
  };
}
