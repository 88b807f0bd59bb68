import { existingPlace } from "../../capacity";
import type { Request, SecretReference } from "../../model";
import type { Wire } from "./container-secrets";
import type { LoadBalancerHandle } from "./load-balancer-args";
import type { RedisCacheHandle } from "./redis-cache-args";
import type { ReplicaGroup } from "./replica-group";
import type { Callee } from "./task-security-group";

/** What a workload may call, by workload. */
export interface Neighbours {
  readonly balancers: Map<string, LoadBalancerHandle>;
  readonly caches: Map<string, RedisCacheHandle>;
  readonly groups: Map<string, ReplicaGroup>;
}

export interface Wiring {
  readonly callees: readonly Callee[];
  readonly wires: readonly Wire[];
  readonly secrets: Readonly<Record<string, SecretReference>>;
  readonly joinsServiceConnect: boolean;
}

/** Parameter Store's name of a secret: a literal, where the secret's own ARN is known only after deploy. */
function parameterOfSecret(name: string): string {
  return `/aws/reference/secretsmanager/${name}`;
}

/** How a workload reaches what it calls: security-group rules, addresses, tokens. */
export function wiringOf(request: Request, workload: string, neighbours: Neighbours): Wiring {
  const facts = request.workloads[workload];
  if (facts?.kind !== "service") return { callees: [], wires: [], secrets: {}, joinsServiceConnect: false };
  const calls = Object.keys(facts.calls ?? {});
  const wires: Wire[] = [];
  const secrets: Record<string, SecretReference> = {};
  for (const [name, { to, as }] of Object.entries(facts.wires ?? {})) {
    const cache = neighbours.caches.get(to);
    const balancer = neighbours.balancers.get(to);
    if (cache && as === "token") {
      if (cache.tokenSecretName !== null) secrets[name] = { existing: parameterOfSecret(cache.tokenSecretName) };
    } else if (existingPlace(request.existing, to) !== undefined) {
      // Known beforehand: the plan has it among the plain variables.
    } else if (cache) wires.push({ name, value: as === "urls" ? cache.url : cache.address });
    else if (balancer)
      wires.push({ name, value: as === "urls" ? balancer.url : balancer.url.apply((url) => new URL(url).host) });
  }
  const joinsServiceConnect = [workload, ...calls].some((each) => {
    const reached = request.workloads[each];
    return reached?.kind === "service" && reached.reachedBy === "service-connect";
  });
  return {
    callees: calls.flatMap((callee) => calleesOf(request, callee, neighbours)),
    wires,
    secrets,
    joinsServiceConnect,
  };
}

/** The door that a callee is reached by: its cache, its balancer, or its replicas themselves. */
function calleesOf(request: Request, name: string, { balancers, caches, groups }: Neighbours): readonly Callee[] {
  const facts = request.workloads[name];
  const cache = caches.get(name);
  if (cache) return [{ name, port: cache.port, securityGroupId: cache.securityGroupId, ...lastOf(cache) }];
  if (facts?.kind !== "service") return [];
  const balancer = balancers.get(name);
  if (balancer) return [{ name, port: balancer.callerPort ?? facts.port, securityGroupId: balancer.securityGroupId }];
  const group = groups.get(name);
  return group ? [{ name, port: facts.port, securityGroupId: group.securityGroupId, after: group.service }] : [];
}

/** A caller starts once the cache is there, and the token where it asks for one. */
function lastOf({ replicationGroup, tokenResources }: RedisCacheHandle): Partial<Callee> {
  const last = tokenResources.at(-1) ?? replicationGroup ?? undefined;
  return last === undefined ? {} : { after: last };
}
