import { gatewayDefaults } from "../../catalog/kubernetes/gateways";
import {
  known,
  unknown,
  type Leaf,
  type LoadBalancer,
  type ReadPart,
  type Resource,
  type ResourceGraph,
  type Value,
} from "../../model";
import { asNumber, asText, inside, leafOf, listOf, valueAt } from "../leaf.read";
import type { ActiveCheck } from "./door-targets.read";
import { durationSeconds } from "./duration.read";
import { indexed, nameOf, scopeOf } from "./scope.read";

export const BACKEND_POLICY = "kubernetes:gateway.envoyproxy.io/v1alpha1:BackendTrafficPolicy";
export const CLIENT_POLICY = "kubernetes:gateway.envoyproxy.io/v1alpha1:ClientTrafficPolicy";
export const DESTINATION_RULES = [
  "kubernetes:networking.istio.io/v1:DestinationRule",
  "kubernetes:networking.istio.io/v1beta1:DestinationRule",
] as const;
export const TELEMETRIES = [
  "kubernetes:telemetry.istio.io/v1:Telemetry",
  "kubernetes:telemetry.istio.io/v1alpha1:Telemetry",
] as const;

type Ejection = ReadPart<LoadBalancer>["ejection"];

/** What the policies of a door say of how it treats pods. */
export interface PolicyRead {
  readonly routing: Leaf<LoadBalancer["routing"]>;
  readonly ejection: Ejection;
  readonly panicBelow: Leaf<number>;
  readonly mostRequests: Leaf<number | null>;
  readonly check: ActiveCheck;
  readonly resources: readonly Resource[];
}

/** Policies of a kind that are attached to an object of that kind and name beside them. */
export function attachedTo(graph: ResourceGraph, to: Resource, kind: string, type: string): readonly Resource[] {
  const index = indexed(graph, type, "what it is attached to", (policy) =>
    [...listOf(valueAt(policy, "spec", "targetRefs")), valueAt(policy, "spec", "targetRef") ?? null].map(
      (ref) => `${scopeOf(policy)}|${word(inside(ref, "kind"))}|${word(inside(ref, "name"))}`,
    ),
  );
  return index.get(`${scopeOf(to)}|${kind}|${nameOf(to) ?? ""}`) ?? [];
}

const word = (value: Value | undefined): string => asText(value ?? null) ?? "";

const percentShare = (leaf: Leaf<number>): Leaf<number> => (leaf.known ? { ...leaf, value: leaf.value / 100 } : leaf);

const ENVOY_ROUTING: Readonly<Record<string, LoadBalancer["routing"]>> = {
  LeastRequest: "least-outstanding",
  RoundRobin: "round-robin",
  Random: "random",
};

/** Of Envoy Gateway: the route's own policy, else the Gateway's. */
export function readEnvoyPolicy(graph: ResourceGraph, gateway: Resource, routes: readonly Resource[]): PolicyRead {
  const own = routes.flatMap((route) => attachedTo(graph, route, "HTTPRoute", BACKEND_POLICY));
  const general = attachedTo(graph, gateway, "Gateway", BACKEND_POLICY);
  const policy = own[0] ?? general[0];
  const defaults = gatewayDefaults["envoy-gateway"];
  const urn = policy?.urn ?? gateway.urn;
  const spec = policy === undefined ? undefined : valueAt(policy, "spec");
  const number = (value: number | null, ...path: readonly string[]) =>
    leafOf<number | null>(inside(spec, ...path), { urn, property: `spec.${path.join(".")}` }, asNumber, {
      default: value,
    });
  const plainNumber = (value: number, ...path: readonly string[]) =>
    leafOf(inside(spec, ...path), { urn, property: `spec.${path.join(".")}` }, asNumber, { default: value });
  const time = (value: number, ...path: readonly string[]) =>
    leafOf(inside(spec, ...path), { urn, property: `spec.${path.join(".")}` }, durationSeconds, { default: value });
  const passive = ["healthCheck", "passive"] as const;
  return {
    routing: leafOf(
      inside(spec, "loadBalancer", "type"),
      { urn, property: "spec.loadBalancer.type" },
      (value) => ENVOY_ROUTING[asText(value) ?? ""],
      { default: defaults.routing },
    ),
    ejection:
      inside(spec, ...passive) === undefined
        ? known(null, urn, "default")
        : {
            failures: plainNumber(defaults.ejection.failures, ...passive, "consecutive5XxErrors"),
            seconds: time(defaults.ejection.seconds, ...passive, "baseEjectionTime"),
            maxShare: percentShare(plainNumber(defaults.ejection.maxShare * 100, ...passive, "maxEjectionPercent")),
          },
    panicBelow: percentShare(plainNumber(defaults.panicBelow * 100, "healthCheck", "panicThreshold")),
    mostRequests: number(defaults.mostRequests, "circuitBreaker", "maxParallelRequests"),
    check: activeCheck(spec, urn, plainNumber, time),
    resources: [...own, ...general],
  };
}

type Numbers = (value: number, ...path: readonly string[]) => Leaf<number>;

function activeCheck(spec: Value | undefined, urn: string, number: Numbers, time: Numbers): ActiveCheck {
  const active = ["healthCheck", "active"] as const;
  const { check: defaults } = gatewayDefaults["envoy-gateway"];
  if (inside(spec, ...active) === undefined || defaults === null) return undefined;
  return {
    role: known("balancer", urn),
    check: checkOf(spec, urn),
    intervalSeconds: time(defaults.intervalSeconds, ...active, "interval"),
    timeoutSeconds: time(defaults.timeoutSeconds, ...active, "timeout"),
    failures: number(defaults.failures, ...active, "unhealthyThreshold"),
    successes: number(defaults.successes, ...active, "healthyThreshold"),
  };
}

function checkOf(spec: Value | undefined, urn: string): NonNullable<ActiveCheck>["check"] {
  const property = "spec.healthCheck.active";
  switch (inside(spec, "healthCheck", "active", "type")) {
    case "HTTP": {
      const path = inside(spec, "healthCheck", "active", "http", "path");
      return { kind: "http", path: leafOf(path, { urn, property: `${property}.http.path` }, asText) };
    }
    case "TCP":
      return { kind: "tcp" };
    case "GRPC":
      return { kind: "grpc" };
    default:
      return unknown(urn, `${property}.type`, "unreadable");
  }
}

const ISTIO_ROUTING: Readonly<Record<string, LoadBalancer["routing"]>> = {
  LEAST_REQUEST: "least-outstanding",
  LEAST_CONN: "least-outstanding",
  ROUND_ROBIN: "round-robin",
  RANDOM: "random",
  UNSPECIFIED: "least-outstanding",
};

/** Of Istio: the rule of the first Service that the door sends to. */
export function readIstioPolicy(graph: ResourceGraph, gateway: Resource, services: readonly Resource[]): PolicyRead {
  const rules = services.flatMap((service) =>
    DESTINATION_RULES.flatMap((type) => {
      // web, or web.shop.svc.cluster.local.
      const index = indexed(graph, type, "host", (rule) => {
        const [name = "", namespace] = word(valueAt(rule, "spec", "host")).split(".");
        return `${namespace === undefined ? scopeOf(rule) : `${rule.provider ?? ""}|${namespace}`}|${name}`;
      });
      return index.get(`${scopeOf(service)}|${nameOf(service) ?? ""}`) ?? [];
    }),
  );
  const [rule] = rules;
  const defaults = gatewayDefaults.istio;
  const urn = rule?.urn ?? gateway.urn;
  const policy = rule === undefined ? undefined : valueAt(rule, "spec", "trafficPolicy");
  const at = (path: readonly string[]) => ({ urn, property: `spec.trafficPolicy.${path.join(".")}` });
  const number = (value: number, ...path: readonly string[]) =>
    leafOf(inside(policy, ...path), at(path), asNumber, { default: value });
  const most = ["connectionPool", "http", "http2MaxRequests"] as const;
  const out = inside(policy, "outlierDetection");
  const ejectedFor = ["outlierDetection", "baseEjectionTime"] as const;
  return {
    routing: leafOf(
      inside(policy, "loadBalancer", "simple"),
      at(["loadBalancer", "simple"]),
      (value) => ISTIO_ROUTING[asText(value) ?? ""],
      { default: defaults.routing },
    ),
    ejection:
      out === undefined
        ? known(null, urn, "default")
        : {
            failures: number(defaults.ejection.failures, "outlierDetection", "consecutive5xxErrors"),
            seconds: leafOf(inside(policy, ...ejectedFor), at(ejectedFor), durationSeconds, {
              default: defaults.ejection.seconds,
            }),
            maxShare: percentShare(number(defaults.ejection.maxShare * 100, "outlierDetection", "maxEjectionPercent")),
          },
    panicBelow: percentShare(number(defaults.panicBelow * 100, "outlierDetection", "minHealthPercent")),
    mostRequests: leafOf<number | null>(inside(policy, ...most), at(most), asNumber, {
      default: defaults.mostRequests,
    }),
    check: undefined,
    resources: rules,
  };
}
