import { known, type LoadBalancer, type ReadPart, type Resource } from "../../model";
import { inside, listOf, valueAt } from "../leaf.read";

type ReadDomain = ReadPart<LoadBalancer>["domain"];

const ISSUERS = ["cert-manager.io/cluster-issuer", "cert-manager.io/issuer"] as const;
/** What external-dns reads; the second before its v0.22.0. */
const NAMES = ["external-dns.kubernetes.io/hostname", "external-dns.alpha.kubernetes.io/hostname"] as const;

/** Does an object ask cert-manager for its certificate? */
function isIssued(object: Resource): boolean {
  return ISSUERS.some((key) => inside(valueAt(object, "metadata", "annotations"), key) !== undefined);
}

/** Is external-dns told to make a record of that name, by whichever of its words stand there? */
function isRecorded(objects: readonly Resource[], name: string): boolean {
  const said = objects.flatMap((object) =>
    NAMES.flatMap((key) => inside(valueAt(object, "metadata", "annotations"), key) ?? []),
  );
  return said.length > 0 && said.every((each) => each === name);
}

/** The first host name that routes answer to with TLS at their Gateway; null: none, or none that has TLS. */
export function readDoorDomain(gateway: Resource, routes: readonly Resource[]): ReadDomain {
  const secure = listOf(valueAt(gateway, "spec", "listeners")).filter((each) => inside(each, "protocol") === "HTTPS");
  const names = [
    ...routes.flatMap((route) => listOf(valueAt(route, "spec", "hostnames"))),
    ...secure.map((each) => inside(each, "hostname") ?? null),
  ];
  return domainOf(gateway, names, secure.length > 0, [gateway, ...routes]);
}

/** Of an Ingress: the first host that it has a certificate for. */
export function readIngressDomain(ingress: Resource): ReadDomain {
  const tls = listOf(valueAt(ingress, "spec", "tls"));
  return domainOf(
    ingress,
    tls.flatMap((each) => listOf(inside(each, "hosts"))),
    tls.length > 0,
    [ingress],
  );
}

function domainOf(
  door: Resource,
  names: readonly unknown[],
  secure: boolean,
  tellers: readonly Resource[],
): ReadDomain {
  const name = names.find((each): each is string => typeof each === "string");
  if (name === undefined || !secure) return known(null, door.urn, "default");
  return {
    name: known(name, door.urn),
    record: known(isRecorded(tellers, name), door.urn),
    certificate: known(isIssued(door) ? "created" : "existing", door.urn),
  };
}
