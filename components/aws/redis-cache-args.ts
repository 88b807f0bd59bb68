import type * as pulumi from "@pulumi/pulumi";
import type * as ec2 from "@pulumi/aws/ec2";
import type * as elasticache from "@pulumi/aws/elasticache";
import type * as secretsmanager from "@pulumi/aws/secretsmanager";
import type { RedisCache as RedisCachePart } from "../../model";
import type { NetworkHandle } from "./network-args";
import type { Transform } from "../transform";

/** What callers need of a cache. */
export interface RedisCacheHandle {
  /** rediss://host:port, redis:// without TLS; it holds no token. */
  readonly url: pulumi.Output<string>;
  /** host:port of the primary; of the configuration endpoint where there are shards. */
  readonly address: pulumi.Output<string>;
  readonly port: number;
  /** Lets nobody in by itself: a caller adds its own rule. null: an existing cache's, whose owner lets callers in. */
  readonly securityGroupId: pulumi.Output<string> | null;
  /** null: an existing cache. */
  readonly replicationGroup: elasticache.ReplicationGroup | null;
  /** Literal name of the secret that holds the token; null: no token is asked. */
  readonly tokenSecretName: string | null;
  /** Stand before a caller that reads the token starts. */
  readonly tokenResources: readonly pulumi.Resource[];
}

export interface RedisCacheArgs {
  readonly part: RedisCachePart;
  /** Start of every physical name, literal: `embedding-prod`. */
  readonly stack: string;
  readonly network: Pick<NetworkHandle, "vpcId" | "privateSubnetIds">;
  /** Pulumi refuses to delete or replace the cache. */
  readonly protect: boolean;
  /** Name of the snapshot that is taken when the cache is deleted; it must be free then. @default - none is taken */
  readonly finalSnapshot?: string;
  /** @default - none */
  readonly tags?: Readonly<Record<string, string>>;
  readonly transform?: RedisCacheTransform;
}

export interface RedisCacheTransform {
  readonly replicationGroup?: Transform<elasticache.ReplicationGroupArgs>;
  readonly subnetGroup?: Transform<elasticache.SubnetGroupArgs>;
  readonly parameterGroup?: Transform<elasticache.ParameterGroupArgs>;
  readonly securityGroup?: Transform<ec2.SecurityGroupArgs>;
  readonly tokenSecret?: Transform<secretsmanager.SecretArgs>;
}
