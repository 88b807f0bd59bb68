import { Secret } from "@pulumi/kubernetes/core/v1";
import type * as pulumi from "@pulumi/pulumi";
import type { RequestedCluster, SecretReference } from "../../model";
import { externalSecret } from "./external-secret";
import { objectLabels } from "./labels";
import { createdSecret, laterSecret } from "./secrets";

export interface WorkloadSecretsFacts {
  readonly workload: string;
  readonly region: string;
  readonly stack: string;
  readonly namespace: pulumi.Input<string>;
  readonly secrets: Readonly<Record<string, SecretReference>>;
  readonly store: RequestedCluster["secretStore"];
  /** Variables that are known only after deploy: in a pod's own spec they would hide what is beside them. */
  readonly later: Readonly<Record<string, pulumi.Input<string>>>;
}

/** The Secrets that stand before a workload's pods start. */
export function workloadSecrets(
  facts: WorkloadSecretsFacts,
  opts: pulumi.CustomResourceOptions,
): readonly pulumi.Resource[] {
  return [...createdSecrets(facts, opts), ...laterSecrets(facts, opts)];
}

function laterSecrets(
  { workload, region, stack, namespace, later }: WorkloadSecretsFacts,
  opts: pulumi.CustomResourceOptions,
): readonly pulumi.Resource[] {
  if (Object.keys(later).length === 0) return [];
  const name = laterSecret(workload);
  const metadata = { name, namespace, labels: objectLabels(stack, workload) };
  return [new Secret(`${name}-${region}`, { metadata, type: "Opaque", stringData: { ...later } }, opts)];
}

/**
 * The Secret of what a workload has created: fetched from a store by external-secrets, or with empty values that a person fills in and no
 * update takes away.
 */
function createdSecrets(facts: WorkloadSecretsFacts, opts: pulumi.CustomResourceOptions): readonly pulumi.Resource[] {
  const { workload, stack, namespace, store } = facts;
  const created = Object.entries(facts.secrets)
    .flatMap(([variable, reference]) =>
      "create" in reference ? [{ variable, from: reference.from ?? `${stack}/${workload}/${variable}` }] : [],
    )
    .sort((a, b) => (a.variable < b.variable ? -1 : 1));
  if (created.length === 0) return [];
  const name = createdSecret(workload);
  const metadata = { name, namespace, labels: objectLabels(stack, workload) };
  const child = `${name}-${facts.region}`;
  if (store === null)
    return [
      new Secret(
        child,
        { metadata, type: "Opaque", stringData: Object.fromEntries(created.map(({ variable }) => [variable, ""])) },
        { ...opts, ignoreChanges: ["data", "stringData"] },
      ),
    ];
  const keys = Object.fromEntries(created.map(({ variable, from }) => [variable, from]));
  return [externalSecret(child, store, metadata, keys, opts)];
}
