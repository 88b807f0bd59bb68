import type * as pulumi from "@pulumi/pulumi";
import * as secretsmanager from "@pulumi/aws/secretsmanager";
import type { RedisCacheArgs } from "./redis-cache-args";
import { transformed } from "../transform";

/** ElastiCache takes 16 to 128 characters, and of the special ones only these (Amazon ElastiCache User Guide, AUTH). */
const TOKEN_LENGTH = 64;
const TOKEN_SPECIALS = "!&#$^<>-";

/** The token that a cache asks for, and where callers read it. */
export interface CacheToken {
  readonly value: pulumi.Output<string>;
  readonly secretName: string;
  readonly resources: readonly pulumi.Resource[];
}

/** The SDK of random values is loaded by whoever has a cache with a token, and needed by nobody else. */
// eslint-disable-next-line @typescript-eslint/no-require-imports
const loadRandom = () => require("@pulumi/random/randomPassword") as typeof import("@pulumi/random/randomPassword");

/** A random token and the secret that hands it out; the secret's name is literal, so that a container can name it. */
export function cacheToken(args: RedisCacheArgs, name: string, parent: pulumi.Resource): CacheToken {
  const { part, stack, tags = {}, transform } = args;
  const own = `${name}-token`;
  const secretName = `${stack}/${part.workload}/token`;
  const password = new (loadRandom().RandomPassword)(
    own,
    { length: TOKEN_LENGTH, special: true, overrideSpecial: TOKEN_SPECIALS },
    { parent },
  );
  const secret = new secretsmanager.Secret(
    own,
    transformed<secretsmanager.SecretArgs>(
      {
        name: secretName,
        description: `Token of the cache ${part.workload}`,
        // Worth nothing without its cache, and a name that waits for its deletion would refuse the next deployment.
        recoveryWindowInDays: 0,
        region: part.region,
        tags,
      },
      transform?.tokenSecret,
    ),
    { parent },
  );
  const version = new secretsmanager.SecretVersion(
    own,
    { secretId: secret.id, secretString: password.result, region: part.region },
    { parent },
  );
  return { value: password.result, secretName, resources: [secret, version] };
}
