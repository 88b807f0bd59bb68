import { CustomResource } from "@pulumi/kubernetes/apiextensions";
import { Secret } from "@pulumi/kubernetes/core/v1";
import type * as pulumi from "@pulumi/pulumi";
import type { RequestedCluster, SecretReference } from "../../model";
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
  return [
    new CustomResource(
      child,
      {
        apiVersion: "external-secrets.io/v1",
        kind: "ExternalSecret",
        metadata,
        spec: {
          refreshInterval: "1h",
          secretStoreRef: { ...store },
          target: { name },
          data: created.map(({ variable, from }) => {
            const [key = "", ...property] = from.split("#");
            return {
              secretKey: variable,
              remoteRef: { key, ...(property.length === 0 ? {} : { property: property.join("#") }) },
            };
          }),
        },
      },
      opts,
    ),
  ];
}
