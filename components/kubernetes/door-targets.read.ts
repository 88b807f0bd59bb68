import {
  isUnknownValue,
  known,
  plain,
  unknown,
  type Conflict,
  type Leaf,
  type LoadBalancer,
  type PartKey,
  type PartKind,
  type ReadPart,
  type Resource,
  type ResourceGraph,
  type Value,
} from "../../model";
import { asNumber, asText, inside, leafOf, listOf, valueAt } from "../leaf.read";
import { keyOf, regionOf } from "./identity.read";
import { withOwnLabels } from "./own-labels.read";
import { podLabels } from "./pod-placement.read";
import { readPod } from "./pod.read";
import { containersIn, serverOf } from "./redis-server.read";
import { choosers, chooses, indexed, labelsIn, named, neighbours, scopeOf } from "./scope.read";

const SERVICE = "kubernetes:core/v1:Service";
const DEPLOYMENT = "kubernetes:apps/v1:Deployment";
const STATEFUL_SET = "kubernetes:apps/v1:StatefulSet";
const POD = ["spec", "template", "spec"] as const;

type ReadTarget = Exclude<Extract<ReadPart<LoadBalancer>["targets"], readonly unknown[]>[number], { known: false }>;
type ReadProbe = Exclude<ReadTarget["probe"], { known: false }>;

/** How often a door asks replicas itself; undefined: it sends to pods that pass their own readiness probe. */
export type ActiveCheck = ReadProbe | undefined;

/** Where one rule sends to: a Service by its name, and a port of it by number or name. */
export interface BackendSaid {
  /** A Service leads to its own pods. */
  readonly from: Resource;
  /** The object that names it, in whose namespace it is; another namespace where it says one. */
  readonly namespace: Value | undefined;
  readonly service: Value | undefined;
  readonly port: Value | undefined;
  readonly weight: Value | undefined;
  readonly property: string;
  /** @default - the first: nothing comes before it */
  readonly priority?: Leaf<number>;
  /** Of what is no Service of the cluster. @default - it is one */
  readonly host?: Leaf<string>;
}

/** Each place once: several names of a door, or several paths, may lead to one. */
export function distinct(all: readonly BackendSaid[]): readonly BackendSaid[] {
  const seen = new Set<string>();
  return all.filter(({ from, namespace, service, port, weight, host }) => {
    if (host !== undefined || [namespace, service, port, weight].some((each) => isUnknownValue(each ?? null)))
      return true;
    const place = JSON.stringify([scopeOf(from), namespace, service, port, weight]);
    if (seen.has(place)) return false;
    seen.add(place);
    return true;
  });
}

/** Pods behind a Service, as a door's target. */
export interface DoorTarget {
  readonly target: ReadTarget;
  /** Where the door itself stands, for its pods do; undefined: they are elsewhere. */
  readonly region: Leaf<string> | undefined;
  /** undefined: not in this program. */
  readonly service: Resource | undefined;
  /** What the door names and is not there: pods behind the Service, or its port. */
  readonly amiss: readonly Conflict["says"][];
  /** Another door, whose Part it is. @default - it leads to pods */
  readonly leadsTo?: Resource | undefined;
}

/** Each once: the names of a door may lead to the same pods by different Services. */
export function onceEach(targets: readonly DoorTarget[]): readonly DoorTarget[] {
  const seen = new Set<string>();
  return targets.filter(({ target, leadsTo }) => {
    if (!target.part.known && leadsTo === undefined) return true;
    const place = JSON.stringify([plain(target), leadsTo?.urn]);
    if (seen.has(place)) return false;
    seen.add(place);
    return true;
  });
}

export function readDoorTarget(graph: ResourceGraph, said: BackendSaid, check: ActiveCheck): DoorTarget {
  const { from, property, weight } = said;
  const service = serviceOf(graph, said);
  const at = { urn: from.urn, property };
  const group = service === undefined ? undefined : podsBehind(graph, service);
  const away = unknown(from.urn, property, isUnknownValue(said.service) ? said.service.$unknown : "elsewhere");
  const common = {
    weight: leafOf(weight, { ...at, property: `${property}.weight` }, asNumber, { default: 1 }),
    priority: said.priority ?? known(1, from.urn, "default"),
  };
  if (service === undefined || group === undefined)
    return {
      service,
      amiss: service === undefined || hasPods(graph, service) ? [] : [leadsNowhere(said, service)],
      region: away,
      target: {
        ...common,
        part: away,
        port: leafOf(said.port, { ...at, property: `${property}.port` }, asNumber),
        probe: check ?? away,
        drainSeconds: away,
      },
    };
  const key = keyOf(kindOf(group), graph, group);
  return {
    service,
    amiss: portOf(service, said.port) === undefined && typeof said.port === "number" ? [noPort(said, service)] : [],
    region: regionOf(group),
    target: { ...common, ...podFacts(graph, group, key, service, said, check) },
  };
}

/** Of a door's targets: what each names and is not there. */
export function targetConflicts(targets: readonly DoorTarget[], part: PartKey): readonly Conflict[] {
  return targets.flatMap(({ amiss }) => amiss.map((says) => ({ part, field: "targets", says })));
}

function podFacts(
  graph: ResourceGraph,
  group: Resource,
  key: PartKey,
  service: Resource,
  said: BackendSaid,
  check: ActiveCheck,
): Pick<ReadTarget, "part" | "port" | "probe" | "drainSeconds"> {
  const { fields } = readPod(graph, group, key);
  const probes = "known" in fields.probes ? [] : fields.probes;
  const ready = probes.find((each) => !("known" in each) && each.role.known && each.role.value === "readiness");
  const passed = unknown(group.urn, "spec.template.spec.containers[].readinessProbe", "no-default-known");
  return {
    part: known(key, said.from.urn),
    port: podPort(group, service, said),
    probe:
      check ??
      (ready === undefined || "known" in ready ? passed : { ...ready, role: known("balancer" as const, group.urn) }),
    drainSeconds: fields.drainSeconds,
  };
}

function serviceOf(graph: ResourceGraph, { from, namespace, service }: BackendSaid): Resource | undefined {
  if (from.type === SERVICE) return from;
  const name = asText(service ?? null);
  if (name === undefined) return undefined;
  if (namespace === undefined) return named(graph, from, SERVICE, name);
  const other: Resource = { ...from, inputs: { metadata: { namespace } } };
  return named(graph, other, SERVICE, name);
}

/** The Deployment or StatefulSet whose pods a Service chooses; undefined where there is none, or more than one. */
function podsBehind(graph: ResourceGraph, service: Resource): Resource | undefined {
  const [group, ...others] = [DEPLOYMENT, STATEFUL_SET].flatMap((type) => {
    const index = indexed(graph, type, "its Services", (each) =>
      choosers(graph, each, { type: SERVICE, property: "selector", how: chooses }, podLabels(each)).map(
        ({ urn }) => urn,
      ),
    );
    return index.get(service.urn) ?? [];
  });
  return others.length > 0 ? undefined : group;
}

/** What pods of such an object are read as. */
function kindOf(group: Resource): PartKind {
  const server = serverOf(group);
  if (group.type === STATEFUL_SET) return server === undefined ? "store" : "redis-cache";
  // Beside a program of its own, Redis is that program's helper.
  return server !== undefined && server === containersIn(group)[0] ? "redis-cache" : "replica-group";
}

/** Kinds of object that make pods, and pods themselves. */
const PODS = [
  DEPLOYMENT,
  STATEFUL_SET,
  "kubernetes:apps/v1:DaemonSet",
  "kubernetes:apps/v1:ReplicaSet",
  "kubernetes:argoproj.io/v1alpha1:Rollout",
] as const;

/** Does anything in the namespace make pods that a Service chooses? One without a selector leads to addresses that somebody writes. */
function hasPods(graph: ResourceGraph, service: Resource): boolean {
  const selector = valueAt(service, "spec", "selector");
  if (selector === undefined || isUnknownValue(selector)) return true;
  return (
    PODS.some((type) =>
      neighbours(graph, service, type).some((each) =>
        chooses(selector, withOwnLabels(each, podLabels(each), selector)),
      ),
    ) ||
    neighbours(graph, service, "kubernetes:core/v1:Pod").some((pod) =>
      chooses(selector, labelsIn(valueAt(pod, "metadata", "labels"))),
    )
  );
}

function leadsNowhere({ from, property, service: name }: BackendSaid, service: Resource): Conflict["says"] {
  return [
    { urn: from.urn, property: `${property}.name`, value: name },
    { urn: service.urn, property: "spec.selector", value: "chooses no pods that are here" },
  ];
}

function portOf(service: Resource, port: Value | undefined): Value | undefined {
  return listOf(valueAt(service, "spec", "ports")).find(
    (each) => inside(each, "port") === port || inside(each, "name") === port,
  );
}

function noPort({ from, property, port }: BackendSaid, service: Resource): Conflict["says"] {
  const there = listOf(valueAt(service, "spec", "ports")).map((each) => inside(each, "port"));
  return [
    { urn: from.urn, property: `${property}.port`, value: port },
    { urn: service.urn, property: "spec.ports[].port", value: there },
  ];
}

/** The pods' own port: the Service's says which, by number or by the name that a container gives it. */
function podPort(group: Resource, service: Resource, { from, port, property }: BackendSaid): Leaf<number> {
  const at = { urn: from.urn, property: `${property}.port` };
  if (port === undefined) return unknown(at.urn, at.property, "no-default-known");
  if (isUnknownValue(port)) return unknown(at.urn, at.property, port.$unknown);
  const said = portOf(service, port);
  if (said === undefined) return unknown(at.urn, at.property, "unreadable");
  const target = inside(said, "targetPort") ?? inside(said, "port");
  if (typeof target !== "string")
    return leafOf(target, { urn: service.urn, property: "spec.ports[].targetPort" }, asNumber);
  const container = listOf(valueAt(group, ...POD, "containers"))
    .flatMap((each) => listOf(inside(each, "ports")))
    .find((each) => inside(each, "name") === target);
  return container === undefined
    ? unknown(service.urn, "spec.ports[].targetPort", "unreadable")
    : leafOf(
        inside(container, "containerPort"),
        { urn: group.urn, property: `${POD.join(".")}.containers[].ports` },
        asNumber,
      );
}
