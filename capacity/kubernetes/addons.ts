import type { Addon, Lack, Part, Request, RequestedCluster } from "../../model";
import type { GroupCount } from "../group-count";
import { clusterOfRequest } from "./cluster-of-request";

/** What was planned in one cluster. */
interface Planned {
  readonly request: Request;
  readonly cluster: RequestedCluster;
  readonly counts: readonly GroupCount[];
  readonly parts: readonly Part[];
}

/** Of each that a cluster may have beyond Kubernetes itself: what this plan loses without it; null: nothing in it would use it. */
const lostWithout: { readonly [addon in Addon]: (planned: Planned) => string | null } = {
  "cert-manager": ({ parts, cluster: { certificate } }) => {
    const secret = certificate !== null && "secret" in certificate ? certificate.secret : null;
    if (secret === null || doors(parts).every(({ domain }) => domain?.certificate !== "existing")) return null;
    return `the certificate in Secret ${secret} is made and renewed by whoever made it`;
  },
  "external-dns": ({ parts, request }) => {
    const names = distinct(
      doors(parts).flatMap(({ domain }) => (domain === null || domain.record ? [] : [domain.ownName ?? domain.name])),
    );
    // Route 53's records are then the failover's, whoever else could make some.
    if (names.length === 0 || request.failover?.dns === "route53") return null;
    return `nobody points ${listed(names)} at the door: make the record by hand, and again when the door's address changes`;
  },
  "external-secrets": ({ request, cluster: { secretStore } }) => {
    const created = Object.entries(request.workloads).flatMap(([name, workload]) =>
      workload.kind === "cache"
        ? []
        : Object.entries(workload.secrets ?? {}).flatMap(([variable, reference]) =>
            "create" in reference ? [`${variable} of ${name}`] : [],
          ),
    );
    if (secretStore !== null || created.length === 0) return null;
    return `${listed(created)} ${created.length === 1 ? "is" : "are"} in a Secret with empty values, which a person fills in and changes`;
  },
  "gateway-api": ({ parts }) => {
    const served = doors(parts).flatMap((door) => (door.runtime.kind === "ingress" ? [door.workload] : []));
    if (served.length === 0) return null;
    return `${listed(served)} ${served.length === 1 ? "is" : "are"} behind an Ingress: no replica is put out that answers with errors, and requests in flight have no limit`;
  },
  "metrics-server": ({ request, counts, parts }) => {
    const groups = counts
      .filter(({ count, max }) => max > count)
      .map(({ demand: { workload }, count }) => ({ workload, count }));
    const stores = parts.flatMap((part) => {
      if (part.kind !== "store" || part.scaling.kind !== "fixed") return [];
      const { workload } = part;
      const { count } = part.scaling;
      return (request.replicas[workload]?.max ?? count) > count ? [{ workload, count }] : [];
    });
    const fixed = [...groups, ...stores].map(({ workload, count }) => `${workload} stays at ${count}`);
    if (fixed.length === 0) return null;
    return `an autoscaler would get no figures, so none is made: ${listed(fixed)} whatever comes`;
  },
  "network-policy": ({ parts }) => {
    const closed = distinct(
      parts.flatMap(({ kind, workload }) =>
        kind === "replica-group" || kind === "redis-cache" || kind === "store" ? [workload] : [],
      ),
    );
    if (closed.length === 0) return null;
    return `policies are objects that nobody enforces: whoever is in the cluster reaches ${listed(closed)}, and from there anywhere`;
  },
  "prometheus-operator": ({ parts, request }) => {
    const rules = parts.filter(({ kind }) => kind === "alert" || kind === "slo").length;
    const scraped = Object.entries(request.workloads).flatMap(([name, workload]) =>
      (workload.kind === "service" && workload.metrics !== undefined) ||
      (workload.kind === "store" && workload.ports.metrics !== undefined)
        ? [name]
        : [],
    );
    if (rules === 0) return null;
    const monitors = scraped.length === 0 ? "" : `, and say where ${listed(scraped)} is scraped`;
    return `alerts and objectives are rule files in ConfigMaps that nobody loads: have your Prometheus mount them${monitors}`;
  },
  "volume-snapshots": ({ request, parts }) => {
    const stores = parts.flatMap((part) => {
      const facts = request.workloads[part.workload];
      const asked =
        part.kind === "store" && part.snapshots === null && facts?.kind === "store" ? facts.snapshots : undefined;
      return asked?.kind === "volume-snapshot" ? [{ workload: part.workload, hours: asked.everyHours }] : [];
    });
    if (stores.length === 0) return null;
    const said = stores.map(({ workload, hours }) => `${workload} has no snapshot every ${hours} h`);
    return `${listed(said)}: what is deleted, or wrong on every member, is gone`;
  },
};

/** What a plan of one region loses by what its cluster is not said to have. */
export function lackedAddons(request: Request, counts: readonly GroupCount[], parts: readonly Part[]): readonly Lack[] {
  const cluster = clusterOfRequest(request);
  return (Object.keys(lostWithout) as Addon[]).flatMap((addon) => {
    if (cluster.has.includes(addon)) return [];
    const lost = lostWithout[addon]({ request, cluster, counts, parts });
    return lost === null ? [] : [{ of: addon, lost }];
  });
}

function doors(parts: readonly Part[]) {
  return parts.filter((part) => part.kind === "load-balancer");
}

function distinct(names: readonly string[]): readonly string[] {
  return [...new Set(names)];
}

const NAMED = 4;

function listed(names: readonly string[]): string {
  const sorted = [...names].sort();
  const left = sorted.length - NAMED;
  return left > 1 ? `${sorted.slice(0, NAMED).join(", ")} and ${left} more` : sorted.join(", ");
}
