import { gatewayClassNames, gatewayControllers, gatewayDefaults } from "../../catalog/kubernetes/gateways";
import {
  IN_CLUSTER,
  known,
  partKey,
  unknown,
  type Claim,
  type Leaf,
  type LoadBalancer,
  type PartKey,
  type PartReader,
  type Read,
  type ReadPart,
  type Resource,
  type ResourceGraph,
} from "../../model";
import { asText, inside, listOf, mapLeaf, valueAt } from "../leaf.read";
import { backendResources, backendsOf } from "./door-backends.read";
import { exposureConflicts, readExposure } from "./door-exposure.read";
import { readDoorDomain } from "./door-domain.read";
import {
  attachedTo,
  BACKEND_POLICY,
  CLIENT_POLICY,
  readEnvoyPolicy,
  readIstioPolicy,
  TELEMETRIES,
} from "./door-policies.read";
import { readMesh, readOtherDoor } from "./door-elsewhere.read";
import {
  distinct,
  onceEach,
  readDoorTarget,
  targetConflicts,
  type ActiveCheck,
  type BackendSaid,
  type DoorTarget,
} from "./door-targets.read";
import { GATEWAY, readListeners, redirectsOnly, routesOf } from "./gateway-listeners.read";
import { readIngress, INGRESS } from "./ingress.read";
import { loadBalancerInputs } from "./load-balancer-inputs.read";
import { indexed, nameOf, scopeOf } from "./scope.read";
import { readServiceDoor, serviceDoorsOf } from "./service-door.read";
import type { DoorRead } from "./door.read";

const GATEWAY_CLASS = "kubernetes:gateway.networking.k8s.io/v1:GatewayClass";

type Runtime = Extract<ReadPart<LoadBalancer>["runtime"], { readonly kind: "gateway-api" }>;

/** Reads Gateways with their routes and policies, Ingresses, and Services of type LoadBalancer that no reader before it has, whoever wrote them. */
export const loadBalancerReader: PartReader = { read, inputs: loadBalancerInputs };

function read(graph: ResourceGraph, claimed: ReadonlySet<string> = new Set()): Read {
  const doors = [
    ...graph.ofType(GATEWAY).map((gateway) => readGateway(graph, gateway)),
    ...graph.ofType(INGRESS).map((ingress) => readIngress(graph, ingress)),
    ...serviceDoorsOf(graph, claimed).map((service) => readServiceDoor(graph, service)),
  ];
  const claims = new Map(
    graph.ofType(GATEWAY_CLASS).map(({ urn }): [string, Claim] => [urn, { urn, part: null, carries: "nothing" }]),
  );
  const names = byName(doors);
  const keyed = doors.map((door) => {
    const region =
      door.regions.find((each) => each.known) ?? door.regions[0] ?? unknown(door.from.urn, "spec", "elsewhere");
    const workload = wordOf(names, door, region);
    const key = partKey("load-balancer", workload, region.known ? region.value : IN_CLUSTER);
    for (const { urn } of door.resources) claims.set(urn, { urn, part: key, carries: "fields" });
    return { door, key, workload, region };
  });
  const keys = new Map(keyed.map(({ door, key }) => [door.from.urn, key]));
  const parts = keyed.map(({ door, key, workload, region }) => ({
    ...door.part,
    targets: withKeys(door, keys),
    kind: "load-balancer" as const,
    key,
    workload,
    region,
  }));
  return {
    parts,
    claims: [...claims.values()],
    conflicts: doors.flatMap((door, index) => door.conflicts(parts[index]?.key ?? partKey("load-balancer", "", ""))),
  };
}

/** Targets that are doors, by the keys that these have. */
function withKeys(
  { part, leadsTo = [], from }: DoorRead,
  keys: ReadonlyMap<string, PartKey>,
): DoorRead["part"]["targets"] {
  const { targets } = part;
  if ("known" in targets) return targets;
  return targets.map((target, i) => {
    const key = keys.get(leadsTo[i]?.urn ?? "");
    return key === undefined || "known" in target ? target : { ...target, part: known(key, from.urn) };
  });
}

/** Doors by the name of their object. */
function byName(doors: readonly DoorRead[]): ReadonlyMap<string, readonly DoorRead[]> {
  const index = new Map<string, DoorRead[]>();
  for (const door of doors) {
    const name = nameOf(door.from) ?? door.from.name;
    const there = index.get(name);
    if (there === undefined) index.set(name, [door]);
    else there.push(door);
  }
  return index;
}

/** The object's name, with its namespace before it where doors of one region share it, and its kind after it where these are of one namespace. */
function wordOf(doors: ReadonlyMap<string, readonly DoorRead[]>, door: DoorRead, region: Leaf<string>): string {
  const name = nameOf(door.from) ?? door.from.name;
  const alike = (doors.get(name) ?? []).filter((other) => {
    if (other === door) return false;
    const theirs = other.regions.find((each) => each.known);
    return !region.known || theirs === undefined || !theirs.known || theirs.value === region.value;
  });
  if (alike.length === 0) return name;
  const [, namespace = ""] = scopeOf(door.from).split("|");
  const beside = alike.some(({ from }) => scopeOf(from) === scopeOf(door.from));
  const kind = door.from.type.split(":").at(-1)?.toLowerCase() ?? "";
  return `${namespace}.${name}${beside ? `.${kind}` : ""}`;
}

function readGateway(graph: ResourceGraph, gateway: Resource): DoorRead {
  const { urn } = gateway;
  const routes = routesOf(graph, gateway);
  const sending = routes.filter((route) => !redirectsOnly(route));
  const implementation = implementationOf(graph, gateway, sending);
  const said = distinct(sending.flatMap((route) => backendsOf(graph, route)));
  const envoy = readEnvoyPolicy(graph, gateway, sending);
  const readTarget = (each: BackendSaid, check: ActiveCheck): DoorTarget => {
    const { host } = each;
    return host === undefined ? readDoorTarget(graph, each, check) : readOtherDoor(graph, { ...each, host }, check);
  };
  const first = said.map((each) => readTarget(each, undefined));
  const services = first.flatMap(({ service }) => service ?? []);
  const istio = readIstioPolicy(graph, gateway, services);
  const isIstio = implementation.known && implementation.value === "istio";
  const isEnvoy = implementation.known && implementation.value === "envoy-gateway";
  const policy = isIstio ? istio : envoy;
  const asked = policy.check === undefined ? first : said.map((each) => readTarget(each, policy.check));
  const targets = onceEach([...asked, ...(isIstio ? readMesh(graph, first, said, istio.resources[0]) : [])]);
  const listeners = readListeners(graph, gateway, routes, implementation);
  const telemetry = TELEMETRIES.flatMap((type) => attachedTo(graph, gateway, "Gateway", type));
  const nobody = unknown(urn, "spec.gatewayClassName", "elsewhere");
  const of = <T>(leaf: Leaf<T>): Leaf<T> => (isIstio || isEnvoy ? leaf : nobody);
  const runtime: Runtime = {
    kind: "gateway-api",
    implementation,
    panicBelow: of(policy.panicBelow),
    mostRequests: of(policy.mostRequests),
  };
  return {
    from: gateway,
    regions: targets.flatMap(({ region }) => region ?? []),
    leadsTo: targets.map(({ leadsTo }) => leadsTo),
    resources: [
      gateway,
      ...routes,
      ...backendResources(graph, sending),
      ...envoy.resources,
      ...(isIstio ? istio.resources : []),
      ...listeners.resources,
      ...telemetry,
    ],
    conflicts: (key) => [...exposureConflicts(gateway, key), ...targetConflicts(targets, key)],
    part: {
      scope: known("regional", urn),
      placement: { kind: "regional" },
      exposure: readExposure(gateway),
      listeners: listeners.listeners,
      targets: targets.map(({ target }) => target),
      routing: of(policy.routing),
      ejection: isIstio || isEnvoy ? policy.ejection : nobody,
      protection: {
        deletion: known(gateway.protect, urn),
        logs: readLogs(gateway, telemetry, implementation),
        // Both are Envoy, which refuses a header that breaks HTTP's grammar.
        dropsInvalidHeaders: of(known(true, urn, "default")),
        rateLimitPerSecond: known(null, urn, "default"),
      },
      zonalShift: known(false, urn, "default"),
      idleTimeoutSeconds: listeners.idleTimeoutSeconds,
      domain: readDoorDomain(
        gateway,
        sending,
        targets.flatMap(({ region }) => region ?? []),
      ),
      runtime,
    },
  };
}

/** Who implements a Gateway: its class says, where that is here or has a usual name; else policies that only one of them understands. */
function implementationOf(
  graph: ResourceGraph,
  gateway: Resource,
  routes: readonly Resource[],
): Runtime["implementation"] {
  const { urn } = gateway;
  const name = asText(valueAt(gateway, "spec", "gatewayClassName") ?? null);
  // Classes are the cluster's own, of no namespace.
  const classes = indexed(graph, GATEWAY_CLASS, "name", (each) => `${each.provider ?? ""}|${nameOf(each) ?? ""}`);
  const declared = classes.get(`${gateway.provider ?? ""}|${name ?? ""}`)?.[0];
  const controller = declared === undefined ? undefined : asText(valueAt(declared, "spec", "controllerName") ?? null);
  if (controller !== undefined) return known(gatewayControllers[controller] ?? null, urn);
  for (const implementation of ["envoy-gateway", "istio"] as const)
    if (name === gatewayClassNames[implementation]) return known(implementation, urn);
  const envoy =
    attachedTo(graph, gateway, "Gateway", CLIENT_POLICY).length > 0 ||
    routes.some((route) => attachedTo(graph, route, "HTTPRoute", BACKEND_POLICY).length > 0);
  if (envoy) return known("envoy-gateway", urn);
  if (TELEMETRIES.some((type) => attachedTo(graph, gateway, "Gateway", type).length > 0)) return known("istio", urn);
  return unknown(urn, "spec.gatewayClassName", "elsewhere");
}

function readLogs(
  gateway: Resource,
  telemetry: readonly Resource[],
  implementation: Runtime["implementation"],
): Leaf<boolean> {
  const [said] = telemetry;
  if (said !== undefined) {
    const logging = listOf(valueAt(said, "spec", "accessLogging"));
    return known(
      logging.some((each) => listOf(inside(each, "providers")).length > 0 && inside(each, "disabled") !== true),
      said.urn,
    );
  }
  if (!implementation.known) return mapLeaf(implementation, () => false);
  const logs = implementation.value === null ? null : gatewayDefaults[implementation.value].logs;
  return logs === null ? unknown(gateway.urn, "spec", "elsewhere") : known(logs, gateway.urn, "default");
}
