import { partOf } from "../plan-parts";
import { secretKeyOf } from "./secrets";
import type { Site } from "./site";
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
  const annotations = cluster.serviceAccounts[workload]?.annotations;
  const created = workloadSecrets(
    {
      workload,
      region: part.region,
      stack: plan.stack,
      namespace,
      secrets,
      store: cluster.secretStore,
      later: given.environment?.[workload] ?? {},
    },
    opts,
  );
  const callers = callersOf(request, workload);
  const image = given.images?.[workload];
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
        leavesOn: [],
        scrapedOn: null,
      },
      secrets: Object.fromEntries(
        Object.entries(secrets).map(([variable, reference]) => [variable, secretKeyOf(workload, variable, reference)]),
      ),
      priorityClass: cluster.priorityClass,
      ...(facts.command === undefined ? {} : { command: facts.command }),
      ...(image === undefined ? {} : { image }),
      ...(facts.dataPath === undefined ? {} : { dataPath: facts.dataPath }),
      ...(provisioner === undefined ? {} : { provisioner }),
      ...(snapshots === undefined ? {} : { snapshots }),
      ...(cluster.has.includes("prometheus-operator") ? { monitorLabels: cluster.prometheusLabels } : {}),
      ...(annotations === undefined ? {} : { accountAnnotations: annotations }),
      ...(own === undefined ? {} : { transform: own }),
    },
    { ...opts, dependsOn: [...opts.dependsOn, ...created] },
  );
  site.built.stores.set(workload, members);
}
