import { gatewayDefaults } from "../../catalog/kubernetes/gateways";
import {
  known,
  plain,
  unknown,
  type Leaf,
  type Listener,
  type LoadBalancer,
  type ReadPart,
  type Resource,
  type ResourceGraph,
  type Value,
} from "../../model";
import { asNumber, asText, inside, leafOf, listOf, valueAt } from "../leaf.read";
import { attachedTo, CLIENT_POLICY } from "./door-policies.read";
import { durationSeconds } from "./duration.read";
import { indexed, namedIn, nameOf, scopeOf } from "./scope.read";

export const GATEWAY = "kubernetes:gateway.networking.k8s.io/v1:Gateway";
export const HTTP_ROUTE = "kubernetes:gateway.networking.k8s.io/v1:HTTPRoute";

type Implementation = Extract<LoadBalancer["runtime"], { readonly kind: "gateway-api" }>["implementation"];

/** Routes that name this Gateway as a parent, of its namespace and of others. */
export function routesOf(graph: ResourceGraph, gateway: Resource): readonly Resource[] {
  const index = indexed(graph, HTTP_ROUTE, "parents", (route) => parentsOf(route).map(({ parent }) => parent));
  return index.get(`${scopeOf(gateway)}|${nameOf(gateway) ?? ""}`) ?? [];
}

/** Gateways that a route names as its parents. */
export function gatewaysOf(graph: ResourceGraph, route: Resource): readonly Resource[] {
  const scoped = parentsOf(route).map(({ parent }) => parent);
  return [...new Set(scoped)].flatMap((parent) => {
    const at = parent.lastIndexOf("|");
    return namedIn(graph, parent.slice(0, at), GATEWAY, parent.slice(at + 1)) ?? [];
  });
}

interface Parent {
  /** Scope and name of a Gateway. */
  readonly parent: string;
  readonly ref: Value;
}

function parentsOf(route: Resource): readonly Parent[] {
  return listOf(valueAt(route, "spec", "parentRefs"))
    .filter((ref) => (inside(ref, "kind") ?? "Gateway") === "Gateway")
    .map((ref) => {
      const namespace = asText(inside(ref, "namespace") ?? null);
      const scope = namespace === undefined ? scopeOf(route) : `${route.provider ?? ""}|${namespace}`;
      return { ref, parent: `${scope}|${asText(inside(ref, "name") ?? null) ?? ""}` };
    });
}

/** Does every rule of a route only redirect? */
export function redirectsOnly(route: Resource): boolean {
  const rules = listOf(valueAt(route, "spec", "rules"));
  return (
    rules.length > 0 &&
    rules.every((rule) =>
      listOf(inside(rule, "filters")).some(
        (filter) =>
          inside(filter, "type") === "RequestRedirect" && inside(filter, "requestRedirect", "scheme") === "https",
      ),
    )
  );
}

const PLAIN: readonly string[] = ["HTTP", "TCP", "UDP"];
const FLOORS = ["1.0", "1.1", "1.2", "1.3"] as const;

/** Is a route reached by this listener? Without a section's name it is by all of them. */
function opens(route: Resource, gateway: Resource, listener: Value): boolean {
  const own = `${scopeOf(gateway)}|${nameOf(gateway) ?? ""}`;
  return parentsOf(route).some(({ parent, ref }) => {
    if (parent !== own) return false;
    const section = inside(ref, "sectionName");
    const port = inside(ref, "port");
    return (
      (section === undefined || section === inside(listener, "name")) &&
      (port === undefined || port === inside(listener, "port"))
    );
  });
}

/** Without those that another of the same port is like in all: the names of a door may have a listener each. */
function distinct<T>(listeners: readonly T[]): T[] {
  const seen = new Map(listeners.map((listener) => [JSON.stringify(plain(listener)), listener]));
  return [...seen.values()];
}

export interface ListenersRead {
  readonly listeners: ReadPart<LoadBalancer>["listeners"];
  readonly idleTimeoutSeconds: Leaf<number>;
  readonly resources: readonly Resource[];
}

export function readListeners(
  graph: ResourceGraph,
  gateway: Resource,
  routes: readonly Resource[],
  implementation: Leaf<Implementation>,
): ListenersRead {
  const policies = attachedTo(graph, gateway, "Gateway", CLIENT_POLICY);
  const [policy] = policies;
  const facts =
    implementation.known && implementation.value !== null ? gatewayDefaults[implementation.value] : undefined;
  const floor: Leaf<Listener["tlsFloor"]> = leafOf<Listener["tlsFloor"]>(
    policy === undefined ? undefined : valueAt(policy, "spec", "tls", "minVersion"),
    { urn: policy?.urn ?? gateway.urn, property: "spec.tls.minVersion" },
    (value) => FLOORS.find((each) => each === value),
    facts === undefined ? undefined : { default: facts.tlsFloor },
  );
  const idle = policy === undefined ? undefined : valueAt(policy, "spec", "timeout", "http", "idleTimeout");
  const listeners = listOf(valueAt(gateway, "spec", "listeners")).map((each) => {
    const protocol = asText(inside(each, "protocol") ?? null) ?? "";
    const secure = protocol === "HTTPS" || protocol === "TLS";
    const said = secure || PLAIN.includes(protocol);
    const attached = routes.filter((route) => opens(route, gateway, each));
    const redirects = attached.length > 0 && attached.every(redirectsOnly);
    return {
      port: leafOf(inside(each, "port"), { urn: gateway.urn, property: "spec.listeners[].port" }, asNumber),
      tlsFloor: secure
        ? floor
        : said
          ? known(null, gateway.urn)
          : unknown(gateway.urn, "spec.listeners[].protocol", "unreadable"),
      redirects: known(!secure && redirects, attached[0]?.urn ?? gateway.urn),
    };
  });
  const portOf = ({ port }: { readonly port: Leaf<number> }): number => (port.known ? port.value : 0);
  return {
    listeners: distinct(listeners).sort((a, b) => portOf(a) - portOf(b)),
    idleTimeoutSeconds: leafOf(
      idle,
      { urn: policy?.urn ?? gateway.urn, property: "spec.timeout.http.idleTimeout" },
      durationSeconds,
      facts === undefined ? undefined : { default: facts.idleSeconds },
    ),
    resources: policies,
  };
}
