import { known, unknown, type Leaf, type Listener, type Resource, type ResourceGraph, type Value } from "../../model";
import { asNumber, asText, inside, leafAt, leafOf, listOf, valueAt } from "../leaf.read";
import { readServiceDomain } from "./door-domain.read";
import { exposureConflicts, readServiceExposure } from "./door-exposure.read";
import { distinct, onceEach, readDoorTarget } from "./door-targets.read";
import type { DoorRead } from "./door.read";

const SERVICE = "kubernetes:core/v1:Service";
/** The port of HTTP, and what says that another is one. */
const HTTP = { port: 80, protocol: "http" } as const;
const AWS = "service.beta.kubernetes.io/aws-load-balancer";

/** Services for which a cloud makes a balancer, and that no reader before has as a piece of its own. */
export function serviceDoorsOf(graph: ResourceGraph, claimed: ReadonlySet<string>): readonly Resource[] {
  return graph
    .ofType(SERVICE)
    .filter((each) => valueAt(each, "spec", "type") === "LoadBalancer" && !claimed.has(each.urn));
}

/** One Service of type LoadBalancer as a door: the cloud's balancer passes on what comes, each connection to any of its pods. */
export function readServiceDoor(graph: ResourceGraph, service: Resource): DoorRead {
  const { urn } = service;
  const usual = <T>(value: T): Leaf<T> => known(value, urn, "default");
  const elsewhere = unknown(urn, "metadata.annotations", "elsewhere");
  const ports = listOf(valueAt(service, "spec", "ports"));
  const said = ports.map((each) => ({
    from: service,
    namespace: undefined,
    service: undefined,
    port: inside(each, "port"),
    weight: undefined,
    property: "spec.selector",
  }));
  const targets = onceEach(distinct(said).map((each) => readDoorTarget(graph, each, undefined)));
  return {
    from: service,
    regions: targets.flatMap(({ region }) => region ?? []),
    resources: [service],
    // That a selector finds no pods is a rule's, of every Service.
    conflicts: (key) => exposureConflicts(service, key),
    part: {
      scope: known("regional", urn),
      placement: { kind: "regional" },
      exposure: readServiceExposure(service),
      listeners: readListeners(service, ports),
      targets: targets.map(({ target }) => target),
      routing: usual("random"),
      ejection: usual(null),
      protection: {
        deletion: known(service.protect, urn),
        logs: elsewhere,
        dropsInvalidHeaders: usual(false),
        rateLimitPerSecond: usual(null),
      },
      zonalShift: usual(false),
      idleTimeoutSeconds: elsewhere,
      domain: readServiceDomain(service),
      runtime: {
        kind: "service",
        className: leafAt<string | null>(service, ["spec", "loadBalancerClass"], asText, { default: null }),
      },
    },
  };
}

/**
 * Port 80 answers in plain text, as does one that is said to be HTTP. Whether TLS ends in the pods behind any other nobody says here; nor, where there is
 * another, whether they lead callers from the one to it.
 */
function readListeners(service: Resource, ports: readonly Value[]): DoorRead["part"]["listeners"] {
  const at = (property: string) => ({ urn: service.urn, property: `spec.ports[].${property}` });
  const others = ports.some((each) => !isHttp(service, each));
  return ports
    .map((each) => {
      const plainText = isHttp(service, each);
      const pods = unknown(service.urn, "spec.ports", "elsewhere");
      const tlsFloor: Leaf<Listener["tlsFloor"]> = plainText ? known(null, service.urn) : pods;
      const redirects: Leaf<boolean> = plainText && others ? pods : known(false, service.urn, "default");
      return { port: leafOf(inside(each, "port"), at("port"), asNumber), tlsFloor, redirects };
    })
    .sort((a, b) => numberOf(a.port) - numberOf(b.port));
}

const numberOf = (port: Leaf<number>): number => (port.known ? port.value : 0);

function isHttp(service: Resource, port: Value): boolean {
  if ((inside(port, "protocol") ?? "TCP") !== "TCP" || hasCertificate(service, port)) return false;
  const protocol = inside(port, "appProtocol");
  return protocol === undefined ? inside(port, "port") === HTTP.port : protocol === HTTP.protocol;
}

/** On AWS the balancer itself may end TLS: at the ports that are named, by number or by name, or at all of them. */
function hasCertificate(service: Resource, port: Value): boolean {
  const annotations = valueAt(service, "metadata", "annotations");
  if (inside(annotations, `${AWS}-ssl-cert`) === undefined) return false;
  const named = asText(inside(annotations, `${AWS}-ssl-ports`) ?? null);
  if (named === undefined || named === "*") return true;
  const words = named.split(",").map((word) => word.trim());
  const [number, name] = [inside(port, "port"), inside(port, "name")];
  return words.some((word) => word === name || Number(word) === number);
}
