import type { Lack, Part, Request } from "../../model";
import { pullSecretsOf } from "../registries";

/** Secrets that pods pull with, and who starts nothing while one of them is not there: nobody says that it is. */
export function lackedPullSecrets(request: Request, parts: readonly Part[]): readonly Lack[] {
  const pullers = new Map<string, Set<string>>();
  for (const part of parts)
    for (const secret of secretsOf(request, part))
      pullers.set(secret, (pullers.get(secret) ?? new Set()).add(part.workload));
  return [...pullers]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([secret, workloads]) => ({
      of: `Secret ${secret}`,
      lost: `pods of ${[...workloads].sort().join(", ")} pull no image; make it in the namespace before them, of type kubernetes.io/dockerconfigjson`,
    }));
}

function secretsOf(request: Request, part: Part): readonly string[] {
  if (part.kind === "replica-group") return part.pullSecrets ?? [];
  // Servers and proxies are the projects' own images.
  if (part.kind === "redis-cache") return pullSecretsOf(request, [part.engine.name]).pullSecrets ?? [];
  if (part.kind !== "store") return [];
  const facts = request.workloads[part.workload];
  const job = facts?.kind === "store" && part.snapshots !== null ? (facts.snapshots?.image ?? "") : "";
  return [...(part.pullSecrets ?? []), ...(pullSecretsOf(request, [job]).pullSecrets ?? [])];
}
