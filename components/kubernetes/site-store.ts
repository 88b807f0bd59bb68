import { pullSecretsOf } from "../../capacity";
import { partOf } from "../plan-parts";
import { secretKeysOf } from "./secrets";
import type { Site } from "./site";
import { podsOf } from "./site-pods";
import { StoreMembers } from "./store";
import { provisionerOf } from "./volume-class";
import { callersOf } from "./wiring";
import { workloadSecrets } from "./workload-secrets";

/** A store: its secrets, and its members with what keeps them up. */
export function buildStore(site: Site, workload: string): void {
  const { plan, request, cluster, transform, given, namespace, opts } = site;
  const facts = request.workloads[workload];
  const part = partOf(plan, "store", workload);
  if (facts?.kind !== "store" || part === undefined) return;
  const own = transform.store?.[workload];
  const { secrets = {}, snapshots } = facts;
  const created = workloadSecrets(site, part, secrets);
  const callers = callersOf(request, workload);
  const provisioner = provisionerOf(cluster.nodes.platform);
  const members = new StoreMembers(
    `${workload}-${part.region}`,
    {
      part,
      stack: plan.stack,
      namespace,
      protect: request.protect,
      neighbours: {
        callers: given.callers?.[workload] ?? (callers.length === 0 ? "anywhere" : callers),
        callees: [],
        reaches: given.reaches?.[workload] ?? [],
        leavesOn: [],
        scrapedOn: null,
      },
      secrets: secretKeysOf(workload, secrets),
      ...podsOf(site, workload, facts),
      ...(facts.dataPath === undefined ? {} : { dataPath: facts.dataPath }),
      ...(provisioner === undefined ? {} : { provisioner }),
      ...(snapshots === undefined ? {} : { snapshots: { ...snapshots, ...pullSecretsOf(request, [snapshots.image]) } }),
      ...(cluster.has.includes("prometheus-operator") ? { monitorLabels: cluster.prometheusLabels } : {}),
      ...(own === undefined ? {} : { transform: own }),
    },
    { ...opts, dependsOn: [...opts.dependsOn, ...created] },
  );
  site.built.stores.set(workload, members);
}
