import { tlsFloorOf } from "../../catalog/aws/tls-policies";
import {
  isUnknownValue,
  known,
  type Leaf,
  type Listener,
  type LoadBalancer,
  type ReadPart,
  type Resource,
  type ResourceGraph,
  unknown,
  type Value,
} from "../../model";
import { asNumber, asText, inside, leafAt, leafOf, leafWithDefault, listOf } from "./leaf.read";

const LISTENER = "aws:lb/listener:Listener";

/** What a balancer does not encrypt itself; what a network balancer passes on may be encrypted all the same. */
const PLAIN = ["HTTP", "TCP", "UDP", "TCP_UDP", "QUIC", "TCP_QUIC"];

export interface ListenersRead {
  readonly listeners: ReadPart<LoadBalancer>["listeners"];
  readonly resources: readonly Resource[];
}

/** Listeners of a balancer, by port. */
export function readListeners(graph: ResourceGraph, balancer: Resource): ListenersRead {
  const resources = graph.referrers(balancer, "loadBalancerArn", LISTENER);
  const secure = resources.flatMap(securePorts);
  const listeners = resources.map((listener) => ({
    port: portOf(listener),
    tlsFloor: floorOf(listener),
    redirects: redirects(listener, secure),
  }));
  const place = ({ port }: { port: Leaf<number> }): number => (port.known ? port.value : Infinity);
  return { listeners: listeners.sort((a, b) => place(a) - place(b)), resources };
}

function portOf(listener: Resource): Leaf<number> {
  return leafAt(listener, ["port"], asNumber);
}

/** The port where a listener speaks TLS; none where it does not. */
function securePorts(listener: Resource): readonly Leaf<number>[] {
  const protocol = leafWithDefault(listener, ["protocol"], asText);
  if (!protocol.known) return [protocol];
  return protocol.value === "HTTPS" ? [portOf(listener)] : [];
}

function floorOf(listener: Resource): Leaf<Listener["tlsFloor"]> {
  const protocol = leafWithDefault(listener, ["protocol"], asText);
  if (!protocol.known) return protocol;
  if (PLAIN.includes(protocol.value)) return known(null, listener.urn, protocol.via);
  if (protocol.value !== "HTTPS" && protocol.value !== "TLS") return unknown(listener.urn, "protocol", "unreadable");
  return leafWithDefault<Listener["tlsFloor"]>(listener, ["sslPolicy"], (policy) =>
    typeof policy === "string" ? (tlsFloorOf(policy) ?? undefined) : undefined,
  );
}

/** All that it does is to send callers to a listener with TLS, by its port. */
function redirects(listener: Resource, secure: readonly Leaf<number>[]): Leaf<boolean> {
  const given = listener.inputs["defaultActions"];
  if (isUnknownValue(given)) return unknown(listener.urn, "defaultActions", given.$unknown);
  if (given === undefined || given === null) return unknown(listener.urn, "defaultActions", "no-default-known");
  if (!Array.isArray(given)) return unknown(listener.urn, "defaultActions", "unreadable");
  const actions = listOf(given).map((action, index) =>
    leadsToTls(action, { urn: listener.urn, property: `defaultActions[${index}]` }, secure),
  );
  // One that answers otherwise decides it, whatever the others are.
  const other = actions.find((action) => action.known && !action.value);
  const hidden = actions.find((action) => !action.known);
  return other ?? hidden ?? known(actions.length > 0, listener.urn);
}

function leadsToTls(
  action: Value,
  { urn, property }: { readonly urn: string; readonly property: string },
  secure: readonly Leaf<number>[],
): Leaf<boolean> {
  const says = (...path: readonly string[]): Leaf<string> =>
    leafOf(inside(action, ...path), { urn, property: [property, ...path].join(".") }, textOf, { default: "" });
  const type = says("type");
  if (!type.known) return type;
  if (type.value !== "redirect") return known(false, urn);
  const protocol = says("redirect", "protocol");
  const port = says("redirect", "port");
  if (protocol.known && protocol.value !== "HTTPS") return known(false, urn);
  if (!protocol.known) return protocol;
  if (!port.known) return port;
  const leads = secure.some((each) => each.known && String(each.value) === port.value);
  // A listener whose port or protocol is not known may be the one.
  const hidden = secure.find((each) => !each.known);
  return !leads && hidden !== undefined ? unknown(hidden.urn, "port", "ambiguous-reference") : known(leads, urn);
}

function textOf(value: Value): string | undefined {
  return typeof value === "number" ? String(value) : asText(value);
}
