import { FAILOVER_TTL_SECONDS } from "../availability";
import {
  partKey,
  requestsByRegion,
  type BalancerTarget,
  type DnsCheck,
  type DnsFailover,
  type LoadBalancer,
  type Part,
  type Request,
} from "../model";

type Domain = LoadBalancer["domain"] & object;
type Named = Omit<LoadBalancer, "domain"> & { readonly domain: Domain & { readonly ownName: string } };

/** The records by which DNS leads callers to the first region that stands; none where failover says nothing of DNS. */
export function planFailover(request: Request, parts: readonly Part[]): readonly DnsFailover[] {
  const { failover } = request;
  if (failover === null || failover.dns === "none") return [];
  const balanced = failover.dns === "external-dns";
  const doors = requestsByRegion(request).flatMap(({ region }) =>
    parts.filter(isNamed).filter((each) => each.region === region),
  );
  const [first] = doors;
  if (first === undefined || doors.length < 2) return [];
  return [
    {
      kind: "dns-failover",
      key: partKey("dns-failover", first.workload, first.region),
      workload: first.workload,
      region: first.region,
      name: first.domain.name,
      ttlSeconds: FAILOVER_TTL_SECONDS,
      targets: doors
        .map((door, index) => ({
          part: door.key,
          name: door.domain.ownName,
          // By weights there are two levels: what has none takes callers together once the first is gone.
          priority: balanced ? Math.min(index + 1, 2) : index + 1,
          check: balanced ? null : checkOf(door, failover),
          followsBalancer: balanced ? true : null,
        }))
        .sort((a, b) => a.priority - b.priority || (a.name < b.name ? -1 : 1)),
      runtime: { kind: failover.dns },
    },
  ];
}

function isNamed(part: Part): part is Named {
  return part.kind === "load-balancer" && part.domain !== null && part.domain.ownName !== null;
}

/** Asked as the door asks its replicas, by the door's own name: what is well there is what answers callers. */
function checkOf(door: Named, { checkSeconds, failures }: Request["failover"] & object): DnsCheck {
  const [target] = door.targets;
  const secure = door.listeners.find(({ tlsFloor }) => tlsFloor !== null);
  const check: BalancerTarget["probe"]["check"] = target?.probe.check ?? { kind: "tcp" };
  return {
    ...(check.kind === "http" ? { protocol: "https", path: check.path } : { protocol: "tcp", path: null }),
    name: door.domain.ownName,
    port: secure?.port ?? 443,
    intervalSeconds: checkSeconds,
    failures,
    matchesText: false,
    measuresLatency: false,
  };
}
