import type { Leaf, Resource, ResourceGraph, Value } from "../../model";
import { handOn } from "../../catalog/kubernetes/hand-on";
import { asText, inside, leafOf, listOf, valueAt } from "../leaf.read";
import { attachedTo } from "./door-policies.read";
import type { BackendSaid } from "./door-targets.read";
import { namedIn, scopeOf } from "./scope.read";

const BACKEND = "kubernetes:gateway.envoyproxy.io/v1alpha1:Backend";
const TLS_POLICIES = [
  "kubernetes:gateway.networking.k8s.io/v1:BackendTLSPolicy",
  "kubernetes:gateway.networking.k8s.io/v1alpha3:BackendTLSPolicy",
] as const;
const ROUTE_FILTER = "kubernetes:gateway.envoyproxy.io/v1alpha1:HTTPRouteFilter";
const PROPERTY = "spec.rules[].backendRefs[]";

/** web-pods.shop.svc, with or without the cluster's own domain after it. */
const IN_CLUSTER = /^([a-z0-9-]+)\.([a-z0-9-]+)\.svc(\.|$)/;

/** What a route sends to: Services, and what Backends of Envoy Gateway name. */
export function backendsOf(graph: ResourceGraph, route: Resource): readonly BackendSaid[] {
  return refsOf(route).flatMap((ref): readonly BackendSaid[] => {
    const said = {
      from: route,
      namespace: inside(ref, "namespace"),
      port: inside(ref, "port"),
      weight: inside(ref, "weight"),
      property: PROPERTY,
    };
    const kind = inside(ref, "kind") ?? "Service";
    if (kind === "Service") return [{ ...said, service: inside(ref, "name") }];
    const backend = kind === "Backend" ? backendOf(graph, route, ref) : undefined;
    return backend === undefined ? [] : endpointsOf(backend, said);
  });
}

const refsOf = (route: Resource): readonly Value[] =>
  listOf(valueAt(route, "spec", "rules")).flatMap((rule) => listOf(inside(rule, "backendRefs")));

function backendOf(graph: ResourceGraph, route: Resource, ref: Value): Resource | undefined {
  const namespace = asText(inside(ref, "namespace") ?? null);
  const scope = namespace === undefined ? scopeOf(route) : `${route.provider ?? ""}|${namespace}`;
  return namedIn(graph, scope, BACKEND, asText(inside(ref, "name") ?? null) ?? "");
}

function endpointsOf(
  backend: Resource,
  said: Pick<BackendSaid, "from" | "weight" | "property">,
): readonly BackendSaid[] {
  const { urn } = backend;
  const { levels } = handOn["envoy-gateway"];
  const priority: Leaf<number> = leafOf(
    valueAt(backend, "spec", "fallback"),
    { urn, property: "spec.fallback" },
    (value) => (value === true ? levels : value === false ? 1 : undefined),
    { default: 1 },
  );
  return listOf(valueAt(backend, "spec", "endpoints")).map((endpoint) => {
    const name = inside(endpoint, "fqdn", "hostname");
    const common = { ...said, priority, port: inside(endpoint, "fqdn", "port") ?? inside(endpoint, "ip", "port") };
    const [, service, namespace] = IN_CLUSTER.exec(asText(name ?? null) ?? "") ?? [];
    if (service !== undefined && namespace !== undefined) return { ...common, namespace, service };
    const host = leafOf(name, { urn, property: "spec.endpoints[].fqdn.hostname" }, asText);
    return { ...common, namespace: undefined, service: undefined, host };
  });
}

/** Backends of routes, how they are asked, and what else Envoy Gateway does with a route's requests. */
export function backendResources(graph: ResourceGraph, routes: readonly Resource[]): readonly Resource[] {
  return routes.flatMap((route) => {
    const backends = refsOf(route)
      .filter((ref) => inside(ref, "kind") === "Backend")
      .flatMap((ref) => backendOf(graph, route, ref) ?? []);
    const filters = listOf(valueAt(route, "spec", "rules"))
      .flatMap((rule) => listOf(inside(rule, "filters")))
      .filter((filter) => inside(filter, "extensionRef", "kind") === "HTTPRouteFilter")
      .flatMap((filter) => {
        const name = asText(inside(filter, "extensionRef", "name") ?? null) ?? "";
        return namedIn(graph, scopeOf(route), ROUTE_FILTER, name) ?? [];
      });
    return [
      ...backends.flatMap((backend) => [
        backend,
        ...TLS_POLICIES.flatMap((type) => attachedTo(graph, backend, "Backend", type)),
      ]),
      ...filters,
    ];
  });
}
