import { isUnknown, known, unknown, type Leaf, type Resource, type ResourceGraph } from "../../model";
import { asNumber, asText, inside, leafOf, listOf, valueAt } from "../leaf.read";
import { backendsOf } from "./door-backends.read";
import { readDoorTarget, type ActiveCheck, type BackendSaid, type DoorTarget } from "./door-targets.read";
import { gatewaysOf, HTTP_ROUTE } from "./gateway-listeners.read";
import { indexed, nameOf, scopeOf } from "./scope.read";

/** Another door, which a Backend names by a host that it answers to. Which Part it is, is known once doors have keys. */
export function readOtherDoor(
  graph: ResourceGraph,
  said: BackendSaid & { readonly host: Leaf<string> },
  check: ActiveCheck,
): DoorTarget {
  const { from, property, host } = said;
  const route = host.known ? routeTo(graph, host.value) : undefined;
  const [door, ...others] = route === undefined ? [] : gatewaysOf(graph, route);
  const behind = route === undefined ? undefined : backendsOf(graph, route).find((each) => each.host === undefined);
  const nobody = unknown(from.urn, property, "elsewhere");
  const there = behind === undefined ? undefined : readDoorTarget(graph, behind, check).target;
  return {
    service: undefined,
    amiss: [],
    region: undefined,
    leadsTo: others.length > 0 ? undefined : door,
    target: {
      part: nobody,
      port: leafOf(said.port, { urn: from.urn, property: `${property}.port` }, asNumber),
      weight: leafOf(said.weight, { urn: from.urn, property: `${property}.weight` }, asNumber, { default: 1 }),
      priority: said.priority ?? known(1, from.urn, "default"),
      // Nothing but the door's own check sees that the other one is ill.
      probe: check ?? nobody,
      drainSeconds: there === undefined || isUnknown(there) ? nobody : there.drainSeconds,
    },
  };
}

/** The one route anywhere that answers to a host name; undefined: none that is here, or more than one. */
function routeTo(graph: ResourceGraph, host: string): Resource | undefined {
  const index = indexed(graph, HTTP_ROUTE, "host names", (route) =>
    listOf(valueAt(route, "spec", "rules")).some((rule) => listOf(inside(rule, "backendRefs")).length > 0)
      ? listOf(valueAt(route, "spec", "hostnames")).flatMap((each) => (typeof each === "string" ? [each] : []))
      : [],
  );
  const [route, ...others] = index.get(host) ?? [];
  return others.length > 0 ? undefined : route;
}

const REGION = "topology.kubernetes.io/region";

/**
 * With Istio, what a rule of the door's own Service hands on to: the Service of that name in each other cluster that is here, for a mesh spans them. A rule that names
 * regions prefers one; by labels all others are alike.
 */
export function readMesh(
  graph: ResourceGraph,
  own: readonly DoorTarget[],
  said: readonly BackendSaid[],
  rule: Resource | undefined,
): readonly DoorTarget[] {
  const setting =
    rule === undefined ? undefined : valueAt(rule, "spec", "trafficPolicy", "loadBalancer", "localityLbSetting");
  if (rule === undefined || setting === undefined || inside(setting, "enabled") === false) return [];
  const byLabels = listOf(inside(setting, "failoverPriority")).some((each) => each === REGION);
  const failover = listOf(inside(setting, "failover"));
  if (!byLabels && failover.length === 0) return [];
  return own.flatMap(({ service, region: from }, i) => {
    const backend = said[i];
    if (service === undefined || backend === undefined || from?.known !== true) return [];
    const others = alikeElsewhere(graph, service).map((other): DoorTarget => {
      const found = readDoorTarget(graph, { ...backend, from: other }, undefined);
      const next = failover.find((each) => inside(each, "from") === from.value);
      const preferred = byLabels || next === undefined || asText(inside(next, "to") ?? null) === textOf(found.region);
      return { ...found, region: undefined, target: { ...found.target, priority: known(preferred ? 2 : 3, rule.urn) } };
    });
    return [...others].sort((a, b) => (partOf(a) < partOf(b) ? -1 : 1));
  });
}

const partOf = ({ target }: DoorTarget): string => textOf(target.part) ?? "";

const textOf = (leaf: Leaf<string> | undefined): string | undefined => (leaf?.known === true ? leaf.value : undefined);

/** For a Service: those of its name and namespace in other clusters. */
function alikeElsewhere(graph: ResourceGraph, service: Resource): readonly Resource[] {
  const wordOf = (each: Resource): string => `${scopeOf(each).split("|")[1] ?? ""}|${nameOf(each) ?? ""}`;
  const index = indexed(graph, service.type, "namespace and name", wordOf);
  return (index.get(wordOf(service)) ?? []).filter(({ provider }) => provider !== service.provider);
}
