import { tlsFloorOf } from "../../catalog/aws/tls-policies";
import {
  known,
  type Leaf,
  type Listener,
  type LoadBalancer,
  type ReadPart,
  type Resource,
  type ResourceGraph,
  unknown,
} from "../../model";
import { asNumber, asText, inside, leafAt, leafWithDefault, listOf } from "./leaf.read";

const LISTENER = "aws:lb/listener:Listener";

export interface ListenersRead {
  readonly listeners: ReadPart<LoadBalancer>["listeners"];
  readonly resources: readonly Resource[];
}

/** Listeners of a balancer, by port. */
export function readListeners(graph: ResourceGraph, balancer: Resource): ListenersRead {
  const resources = graph.referrers(balancer, "loadBalancerArn", LISTENER);
  const secure = resources
    .filter((listener) => floorOf(listener).known && valueOf(floorOf(listener)) !== null)
    .map(portOf);
  const ports = secure.flatMap((port) => (port.known ? [String(port.value)] : []));
  const listeners = resources.map((listener) => ({
    port: portOf(listener),
    tlsFloor: floorOf(listener),
    redirects: redirects(listener, ports),
  }));
  const place = ({ port }: { port: Leaf<number> }): number => (port.known ? port.value : Infinity);
  return { listeners: listeners.sort((a, b) => place(a) - place(b)), resources };
}

function portOf(listener: Resource): Leaf<number> {
  return leafAt(listener, ["port"], asNumber);
}

function valueOf<T>(leaf: Leaf<T>): T | undefined {
  return leaf.known ? leaf.value : undefined;
}

function floorOf(listener: Resource): Leaf<Listener["tlsFloor"]> {
  const protocol = leafWithDefault(listener, ["protocol"], asText);
  if (!protocol.known) return protocol;
  if (protocol.value === "HTTP") return known(null, listener.urn, protocol.via);
  if (protocol.value !== "HTTPS") return unknown(listener.urn, "protocol", "unreadable");
  return leafWithDefault<Listener["tlsFloor"]>(listener, ["sslPolicy"], (policy) =>
    typeof policy === "string" ? (tlsFloorOf(policy) ?? undefined) : undefined,
  );
}

/** All that it does is to send callers to a listener with TLS, by its port. */
function redirects(listener: Resource, securePorts: readonly string[]): Leaf<boolean> {
  const given = listener.inputs["defaultActions"];
  if (!Array.isArray(given))
    return unknown(listener.urn, "defaultActions", given === undefined ? "no-default-known" : "after-deploy");
  const all = listOf(given).every((action) => {
    const port = inside(action, "redirect", "port");
    return (
      inside(action, "type") === "redirect" &&
      inside(action, "redirect", "protocol") === "HTTPS" &&
      securePorts.includes(typeof port === "number" ? String(port) : (asText(port ?? null) ?? ""))
    );
  });
  return known(all && listOf(given).length > 0, listener.urn);
}
