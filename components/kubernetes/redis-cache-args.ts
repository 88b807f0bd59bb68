import type { DeploymentArgs, StatefulSetArgs } from "@pulumi/kubernetes/apps/v1";
import type { ConfigMapArgs, SecretArgs, ServiceArgs } from "@pulumi/kubernetes/core/v1";
import type { NetworkPolicyArgs } from "@pulumi/kubernetes/networking/v1";
import type { StorageClassArgs } from "@pulumi/kubernetes/storage/v1";
import type * as pulumi from "@pulumi/pulumi";
import type { RedisCache as RedisCachePart, RequestedCluster } from "../../model";
import type { Transform } from "../transform";
import type { SecretKey } from "./container";
import type { Neighbours } from "./replica-group-args";
import type { Provisioner } from "./volume-class";

export interface RedisCacheArgs {
  readonly part: RedisCachePart;
  /** Whose objects they are, literal: `embedding-prod`. */
  readonly stack: string;
  /** Literal: members announce names that hold it. */
  readonly namespace: string;
  /** Workloads of the namespace that may reach it; anywhere: whoever reaches the pods. */
  readonly callers: Neighbours["callers"];
  /** Pulumi refuses to delete or replace members and Sentinels. */
  readonly protect: boolean;
  /** Where the password is, if it is there already. @default - a random one is created, or fetched from `secretStore` */
  readonly password?: SecretKey;
  /** @default - none: a password is created */
  readonly secretStore?: RequestedCluster["secretStore"];
  /** What makes the volumes of a class that is built here. @default - the class is there */
  readonly provisioner?: Provisioner;
  /** Secret with tls.crt, tls.key and ca.crt, for a Part that encrypts in transit. */
  readonly certificateSecret?: string;
  /**
   * The group elsewhere that this one is a read copy of, for a Part that is one: an address that leads to a replica of it and, on another port,
   * to its master, and its password if it asks one. No Sentinel runs here until a person promotes the copy.
   */
  readonly copyOf?: {
    readonly host: string;
    readonly port: number;
    /** The master's: whoever promotes stops its writes first, where it answers. */
    readonly masterPort: number;
    /** Name of the group, as its configuration has it. */
    readonly group: string;
    readonly password: SecretKey | null;
  };
  /** What a group that is copied shows to networks outside its cluster, for a Part that is one. */
  readonly copied?: {
    /** Annotations of the Service: whose balancer makes the way, and what its name is. @default - none */
    readonly annotations?: Readonly<Record<string, string>>;
  };
  /** Images in the place of the projects' own, for example of a mirror. @default - docker.io */
  readonly images?: { readonly server?: string; readonly proxy?: string };
  /** Secrets that open the registries of the images. @default - none */
  readonly pullSecrets?: readonly string[];
  /** @default - the namespace's default */
  readonly priorityClass?: string | null;
  readonly transform?: RedisCacheTransform;
}

export interface RedisCacheTransform {
  readonly members?: Transform<StatefulSetArgs>;
  readonly sentinels?: Transform<StatefulSetArgs>;
  readonly proxy?: Transform<DeploymentArgs>;
  readonly service?: Transform<ServiceArgs>;
  /** Of the way in for copies. */
  readonly copiesService?: Transform<ServiceArgs>;
  readonly config?: Transform<ConfigMapArgs>;
  readonly password?: Transform<SecretArgs>;
  readonly networkPolicy?: Transform<NetworkPolicyArgs>;
  readonly storageClass?: Transform<StorageClassArgs>;
}

/** What callers need of a cache. */
export interface RedisCacheHandle {
  /** host:port that leads to the master, for callers of the namespace. */
  readonly address: string;
  /** rediss://host:port, redis:// without TLS; it holds no password. */
  readonly url: string;
  /** null: no password is asked. */
  readonly password: SecretKey | null;
  /** The password itself, where it is made up here: a copy elsewhere needs it, too. */
  readonly madePassword: pulumi.Output<string> | null;
  /** Stand before a caller that reads the password starts. */
  readonly passwordResources: readonly pulumi.Resource[];
}
