import { CustomResource } from "@pulumi/kubernetes/apiextensions";
import { Secret, type SecretArgs } from "@pulumi/kubernetes/core/v1";
import type * as pulumi from "@pulumi/pulumi";
import { transformed } from "../transform";
import type { SecretKey } from "./container";
import { objectLabels } from "./labels";
import type { RedisCacheArgs } from "./redis-cache-args";
import { cacheSecret } from "./secrets";

const LENGTH = 48;

/** The SDK of random values is loaded by whoever has a cache whose password is made up, and needed by nobody else. */
// eslint-disable-next-line @typescript-eslint/no-require-imports
const loadRandom = () => require("@pulumi/random/randomPassword") as typeof import("@pulumi/random/randomPassword");

/** The password that a cache asks for: one that is there, one that external-secrets fetches, or a random one. */
export function redisPassword(
  args: RedisCacheArgs,
  child: string,
  parent: pulumi.Resource,
): { readonly key: SecretKey; readonly resources: readonly pulumi.Resource[] } {
  const { part, stack, namespace, secretStore = null } = args;
  if (args.password !== undefined) return { key: args.password, resources: [] };
  const key = cacheSecret(part.workload);
  const metadata = { name: key.name, namespace, labels: objectLabels(stack, part.workload) };
  const name = `${child}-auth`;
  if (secretStore !== null) {
    const fetched = new CustomResource(
      name,
      {
        apiVersion: "external-secrets.io/v1",
        kind: "ExternalSecret",
        metadata,
        spec: {
          refreshInterval: "1h",
          secretStoreRef: { ...secretStore },
          target: { name: key.name },
          data: [{ secretKey: key.key, remoteRef: { key: `${stack}/${part.workload}/${key.key}` } }],
        },
      },
      { parent },
    );
    return { key, resources: [fetched] };
  }
  // Letters and digits: it stands in addresses, in configuration and in the proxy's checks.
  const random = new (loadRandom().RandomPassword)(name, { length: LENGTH, special: false }, { parent });
  const secret = new Secret(
    name,
    transformed<SecretArgs>(
      { metadata, type: "Opaque", stringData: { [key.key]: random.result } },
      args.transform?.password,
    ),
    { parent },
  );
  return { key, resources: [secret] };
}
