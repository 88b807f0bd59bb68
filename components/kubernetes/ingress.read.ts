import { ingressClasses } from "../../catalog/kubernetes/gateways";
import { known, unknown, type Leaf, type Listener, type Resource, type ResourceGraph } from "../../model";
import { asText, inside, leafAt, listOf, valueAt } from "../leaf.read";
import { readAlb } from "./alb-ingress.read";
import { readIngressDomain } from "./door-domain.read";
import { distinct, readDoorTarget, targetConflicts, type BackendSaid } from "./door-targets.read";
import type { DoorRead } from "./door.read";

export const INGRESS = "kubernetes:networking.k8s.io/v1:Ingress";

/** One Ingress as a door of its own; what its controller does of itself is known by the usual name of its class. */
export function readIngress(graph: ResourceGraph, ingress: Resource): DoorRead {
  const { urn } = ingress;
  const className = classOf(ingress);
  const facts = className.known && className.value !== null ? ingressClasses[className.value] : undefined;
  const nobody = unknown(urn, "spec.ingressClassName", "elsewhere");
  const fact = <T>(value: T | undefined): Leaf<T> => (value === undefined ? nobody : known(value, urn, "default"));
  const secure = listOf(valueAt(ingress, "spec", "tls")).length > 0;
  const targets = distinct(backendsOf(ingress)).map((each) => readDoorTarget(graph, each, undefined));
  const floor: Leaf<Listener["tlsFloor"]> = fact(facts?.tlsFloor);
  const { sharesBalancer = false, ...alb } =
    readAlb(graph, ingress, className.known ? className.value : undefined) ?? {};
  const plainText = { port: known(80, urn, "default"), tlsFloor: known(null, urn, "default") };
  return {
    from: ingress,
    regions: targets.flatMap(({ region }) => region ?? []),
    resources: [ingress],
    conflicts: (key) => targetConflicts(targets, key),
    part: {
      scope: known("regional", urn),
      placement: { kind: "regional" },
      exposure: known(null, urn, "default"),
      listeners: secure
        ? [
            { ...plainText, redirects: fact(facts?.redirects) },
            { port: known(443, urn, "default"), tlsFloor: floor, redirects: known(false, urn, "default") },
          ]
        : [{ ...plainText, redirects: known(false, urn, "default") }],
      targets: targets.map(({ target }) => target),
      routing: fact(facts?.routing),
      ejection: fact(facts === undefined ? undefined : null),
      protection: {
        deletion: known(ingress.protect, urn),
        logs: fact(facts?.logs),
        dropsInvalidHeaders: fact(facts?.dropsInvalidHeaders),
        rateLimitPerSecond: known(null, urn, "default"),
      },
      zonalShift: known(false, urn, "default"),
      idleTimeoutSeconds: fact(facts?.idleSeconds),
      domain: readIngressDomain(
        ingress,
        targets.flatMap(({ region }) => region ?? []),
      ),
      runtime: {
        kind: "ingress",
        className,
        ...(sharesBalancer ? { sharesBalancer: known<true>(true, urn) } : {}),
      },
      ...alb,
    },
  };
}

/** The class, or what said it before there was a property for it; null: the cluster's default class. */
function classOf(ingress: Resource): Leaf<string | null> {
  const before = inside(valueAt(ingress, "metadata", "annotations"), "kubernetes.io/ingress.class");
  if (valueAt(ingress, "spec", "ingressClassName") === undefined && before !== undefined)
    return leafAt<string | null>(ingress, ["metadata", "annotations", "kubernetes.io/ingress.class"], asText);
  return leafAt<string | null>(ingress, ["spec", "ingressClassName"], asText, { default: null });
}

function backendsOf(ingress: Resource): readonly BackendSaid[] {
  const paths = listOf(valueAt(ingress, "spec", "rules")).flatMap((rule) =>
    listOf(inside(rule, "http", "paths")).map((path) => inside(path, "backend")),
  );
  const general = valueAt(ingress, "spec", "defaultBackend");
  return [...paths, ...(general === undefined ? [] : [general])].map((backend) => ({
    from: ingress,
    namespace: undefined,
    service: inside(backend, "service", "name"),
    port: inside(backend, "service", "port", "number") ?? inside(backend, "service", "port", "name"),
    weight: undefined,
    property: "spec.rules[].http.paths[].backend.service",
  }));
}
