import { Secret, type SecretArgs } from "@pulumi/kubernetes/core/v1";
import type * as pulumi from "@pulumi/pulumi";
import { transformed } from "../transform";
import type { SecretKey } from "./container";
import { externalSecret } from "./external-secret";
import { objectLabels } from "./labels";
import type { RedisCacheArgs } from "./redis-cache-args";
import { cacheSecret, copiedSecret } from "./secrets";

const LENGTH = 48;

/** The SDK of random values is loaded by whoever has a cache whose password is made up, and needed by nobody else. */
// eslint-disable-next-line @typescript-eslint/no-require-imports
const loadRandom = () => require("@pulumi/random/randomPassword") as typeof import("@pulumi/random/randomPassword");

interface Password {
  readonly key: SecretKey;
  readonly resources: readonly pulumi.Resource[];
  /** null: it is not made up here. */
  readonly made: pulumi.Output<string> | null;
}

/** The password that a cache asks for: one that is there, one that external-secrets fetches, or a random one. */
export function redisPassword(args: RedisCacheArgs, child: string, parent: pulumi.Resource): Password {
  const { part, stack, namespace, secretStore = null } = args;
  if (args.password !== undefined) return { key: args.password, resources: [], made: null };
  const key = cacheSecret(part.workload);
  const metadata = { name: key.name, namespace, labels: objectLabels(stack, part.workload) };
  const name = `${child}-auth`;
  if (secretStore !== null) {
    // Groups that follow each other must have passwords of their own, whichever of them is copied.
    const whose = part.crossRegion.kind === "none" ? part.workload : `${part.workload}-${part.region}`;
    const keys = { [key.key]: `${stack}/${whose}/${key.key}` };
    return { key, resources: [externalSecret(name, secretStore, metadata, keys, { parent })], made: null };
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
  return { key, resources: [secret], made: random.result };
}

/** The password of the group that a copy follows, beside the copy; nothing where neither it nor who keeps it is known. */
export function copiedPassword(
  { part, stack, namespace, secretStore = null }: Pick<RedisCacheArgs, "part" | "stack" | "namespace" | "secretStore">,
  elsewhere: { readonly region: string; readonly made: pulumi.Output<string> | null },
  parent: pulumi.Resource,
): void {
  const key = copiedSecret(part.workload);
  const metadata = { name: key.name, namespace, labels: objectLabels(stack, part.workload) };
  const name = `${part.workload}-${part.region}-copied-auth`;
  if (secretStore !== null) {
    const keys = { [key.key]: `${stack}/${part.workload}-${elsewhere.region}/${key.key}` };
    externalSecret(name, secretStore, metadata, keys, { parent });
  } else if (elsewhere.made !== null)
    new Secret(name, { metadata, type: "Opaque", stringData: { [key.key]: elsewhere.made } }, { parent });
}
