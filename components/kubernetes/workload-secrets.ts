import { Secret } from "@pulumi/kubernetes/core/v1";
import type * as pulumi from "@pulumi/pulumi";
import { wordOfWorkload, type ReplicaGroup, type SecretReference, type Store } from "../../model";
import { externalSecret } from "./external-secret";
import { objectLabels } from "./labels";
import { createdSecret, laterSecret } from "./secrets";
import type { Site } from "./site";

/** A workload in one region, by its Part. */
type Of = Pick<ReplicaGroup | Store, "workload" | "region">;

/** The Secrets that stand before a workload's pods start. */
export function workloadSecrets(
  site: Site,
  part: Of,
  secrets: Readonly<Record<string, SecretReference>>,
): readonly pulumi.Resource[] {
  return [...createdSecrets(site, part, secrets), ...laterSecrets(site, part)];
}

/** Variables that are known only after deploy: in a pod's own spec they would hide what is beside them. */
function laterSecrets({ plan, given, namespace, opts }: Site, { workload, region }: Of): readonly pulumi.Resource[] {
  const later = given.environment?.[workload] ?? {};
  if (Object.keys(later).length === 0) return [];
  const name = laterSecret(workload);
  const metadata = { name, namespace, labels: objectLabels(plan.stack, workload) };
  return [new Secret(`${name}-${region}`, { metadata, type: "Opaque", stringData: { ...later } }, opts)];
}

/**
 * The Secret of what a workload has created: fetched from a store by external-secrets, or with empty values that a person fills in and no
 * update takes away.
 */
function createdSecrets(
  { plan: { stack }, request, cluster: { secretStore }, namespace, opts }: Site,
  { workload, region }: Of,
  secrets: Readonly<Record<string, SecretReference>>,
): readonly pulumi.Resource[] {
  const created = Object.entries(secrets)
    .flatMap(([variable, reference]) =>
      "create" in reference
        ? [{ variable, from: reference.from ?? `${stack}/${wordOfWorkload(request, workload)}/${variable}` }]
        : [],
    )
    .sort((a, b) => (a.variable < b.variable ? -1 : 1));
  if (created.length === 0) return [];
  const name = createdSecret(workload);
  const metadata = { name, namespace, labels: objectLabels(stack, workload) };
  const child = `${name}-${region}`;
  if (secretStore === null)
    return [
      new Secret(
        child,
        { metadata, type: "Opaque", stringData: Object.fromEntries(created.map(({ variable }) => [variable, ""])) },
        { ...opts, ignoreChanges: ["data", "stringData"] },
      ),
    ];
  const keys = Object.fromEntries(created.map(({ variable, from }) => [variable, from]));
  return [externalSecret(child, secretStore, metadata, keys, opts)];
}
