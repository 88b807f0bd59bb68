import type { CacheRole, ExistingBalancer, ExistingCache, ExistingListener, Request, ServiceWorkload } from "../model";
import { roleOfEviction } from "../model";

/** Where callers find what is there already: the URL, and host:port. */
export interface ExistingPlace {
  readonly urls: string;
  readonly address: string;
  readonly port: number;
}

/** Ports that a URL need not say (RFC 9110, section 4.2). */
const DEFAULT_PORTS: Readonly<Record<string, number>> = { "https:": 443, "http:": 80 };

/** Of a cache; the URL holds no token. */
export function placeOfCache({ address, tls }: ExistingCache): ExistingPlace {
  return {
    urls: `${tls ? "rediss" : "redis"}://${address}`,
    address,
    port: Number(address.slice(address.lastIndexOf(":") + 1)),
  };
}

/** Of a balancer or its listener; the address says its port even where the URL need not. */
export function placeOfBalancer({ url }: Pick<ExistingBalancer | ExistingListener, "url">): ExistingPlace {
  const { hostname, protocol, port: said } = new URL(url);
  const port = said === "" ? (DEFAULT_PORTS[protocol] ?? 0) : Number(said);
  return { urls: url, address: `${hostname}:${port}`, port };
}

/** Where a workload is found that nines does not build the door of; undefined where it does. */
export function existingPlace(
  { caches, balancers, listeners }: Request["existing"],
  workload: string,
): ExistingPlace | undefined {
  const cache = Object.hasOwn(caches, workload) ? caches[workload] : undefined;
  if (cache) return placeOfCache(cache);
  const door = Object.hasOwn(balancers, workload)
    ? balancers[workload]
    : Object.hasOwn(listeners, workload)
      ? listeners[workload]
      : undefined;
  return door && placeOfBalancer(door);
}

/** Zones of the subnets of a network that is there already, by id; undefined where nines creates it. */
export function subnetZones(network: Request["network"]): Readonly<Record<string, string>> | undefined {
  if (!("existing" in network)) return undefined;
  const { privateSubnetIds, publicSubnetIds = {} } = network.existing;
  const byZone = [...Object.entries(privateSubnetIds), ...Object.entries(publicSubnetIds)];
  return Object.fromEntries(byZone.map(([zone, id]) => [id, zone]));
}

/** Existing caches that a service calls. */
export function existingCachesOf(
  { workloads, existing }: Request,
  { calls = {} }: ServiceWorkload,
): readonly { readonly workload: string; readonly role: CacheRole; readonly asksForToken: boolean }[] {
  return Object.keys(calls).flatMap((workload) => {
    const facts = workloads[workload];
    const there = Object.hasOwn(existing.caches, workload) ? existing.caches[workload] : undefined;
    if (facts?.kind !== "cache" || there === undefined) return [];
    const role = facts.role ?? (facts.eviction ? roleOfEviction(facts.eviction) : "latency-cache");
    return [{ workload, role, asksForToken: there.tokenSecretName !== undefined }];
  });
}
