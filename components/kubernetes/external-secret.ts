import { CustomResource } from "@pulumi/kubernetes/apiextensions";
import type * as pulumi from "@pulumi/pulumi";
import type { RequestedCluster } from "../../model";

interface Metadata {
  readonly name: string;
  readonly namespace: string;
  readonly labels: Record<string, string>;
}

/**
 * A Secret that external-secrets keeps as a store has it.
 * @param keys of the Secret, each with where the store has its value: `key`, or `key#property`
 */
export function externalSecret(
  child: string,
  store: NonNullable<RequestedCluster["secretStore"]>,
  metadata: Metadata,
  keys: Readonly<Record<string, string>>,
  opts: pulumi.CustomResourceOptions,
): CustomResource {
  return new CustomResource(
    child,
    {
      apiVersion: "external-secrets.io/v1",
      kind: "ExternalSecret",
      metadata,
      spec: {
        refreshInterval: "1h",
        secretStoreRef: { ...store },
        target: { name: metadata.name },
        data: Object.entries(keys).map(([secretKey, from]) => ({ secretKey, remoteRef: remoteRef(from) })),
      },
    },
    opts,
  );
}

function remoteRef(from: string): { readonly key: string; readonly property?: string } {
  const [key = "", ...property] = from.split("#");
  return { key, ...(property.length === 0 ? {} : { property: property.join("#") }) };
}
