import { partOf } from "../plan-parts";
import { ReplicaGroup } from "./replica-group";
import { secretKeysOf } from "./secrets";
import type { Site } from "./site";
import { buildAlerts, buildMonitor, buildObjectives } from "./site-alerts";
import { podsOf } from "./site-pods";
import { neighboursOf, secretsOf } from "./wiring";
import { workloadSecrets } from "./workload-secrets";

/** A service: its secrets, and its pods with what keeps them up. */
export function buildService(site: Site, workload: string): void {
  const { plan, request, transform, given, namespace, opts } = site;
  const facts = request.workloads[workload];
  const part = partOf(plan, "replica-group", workload);
  if (facts?.kind !== "service" || part === undefined) return;
  const own = transform.replicaGroup?.[workload];
  const created = workloadSecrets(site, part, facts.secrets ?? {});
  const group = new ReplicaGroup(
    `${workload}-${part.region}`,
    {
      part,
      stack: plan.stack,
      namespace,
      neighbours: {
        ...neighboursOf(request, workload, facts, partOf(plan, "load-balancer", workload) !== undefined),
        reaches: given.reaches?.[workload] ?? [],
      },
      secrets: secretsOf(request, workload, facts),
      sidecars: Object.fromEntries(
        Object.entries(facts.sidecars ?? {}).map(([name, { command, secrets }]) => [
          name,
          { ...(command === undefined ? {} : { command }), secrets: secretKeysOf(workload, secrets) },
        ]),
      ),
      ...podsOf(site, workload, facts),
      ...(own === undefined ? {} : { transform: own }),
    },
    { ...opts, dependsOn: [...opts.dependsOn, ...created] },
  );
  site.built.groups.set(workload, group);
  buildAlerts(site, part, "Deployment", part.scaling.kind === "range");
  buildObjectives(site, part);
  buildMonitor(site, part, facts);
}
