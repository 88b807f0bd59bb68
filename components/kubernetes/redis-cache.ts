import { createHash } from "node:crypto";
import { Deployment, StatefulSet, type DeploymentArgs, type StatefulSetArgs } from "@pulumi/kubernetes/apps/v1";
import { ConfigMap, Service, ServiceAccount, type ConfigMapArgs, type ServiceArgs } from "@pulumi/kubernetes/core/v1";
import { NetworkPolicy, type NetworkPolicyArgs } from "@pulumi/kubernetes/networking/v1";
import { PodDisruptionBudget } from "@pulumi/kubernetes/policy/v1";
import * as pulumi from "@pulumi/pulumi";
import { transformed } from "../transform";
import type { SecretKey } from "./container";
import { objectLabels, selectorLabels } from "./labels";
import type { RedisCacheArgs, RedisCacheHandle } from "./redis-cache-args";
import { isAlone, refuseUnbuildable } from "./redis-cache-refusal";
import { redisNames, roleLabels, type RedisRole } from "./redis-names";
import { copiesWay } from "./redis-copies";
import { redisNetworkPolicy } from "./redis-network-policy";
import { SENTINEL_PORT, settingsOf } from "./redis-part-settings";
import { redisPassword } from "./redis-password";
import { memberVolume, membersSpec, sentinelsSpec } from "./redis-pods";
import { proxyConfig, proxySpec } from "./redis-proxy";
import { redisFiles } from "./redis-scripts";
import { volumeClass } from "./volume-class";

/** A cache that speaks Redis' protocol: members with volumes, Sentinels that watch them, proxies that lead callers to the master. */
export class RedisCache extends pulumi.ComponentResource implements RedisCacheHandle {
  readonly address: string;
  readonly url: string;
  readonly password: SecretKey;
  readonly passwordResources: readonly pulumi.Resource[];
  readonly madePassword: pulumi.Output<string> | null;

  /** @throws RangeError for a Part that a group with Sentinels cannot be */
  constructor(name: string, args: RedisCacheArgs, opts?: pulumi.ComponentResourceOptions) {
    super("nines:kubernetes:RedisCache", name, {}, opts);
    refuseUnbuildable(args);
    const { part, transform = {} } = args;
    const child = `${part.workload}-${part.region}`;
    const names = redisNames(part);
    const alone = isAlone(part);
    const parent = { parent: this };
    const watched = { ...parent, protect: args.protect };

    const { key, resources, made } = redisPassword(args, child, this);
    const account = new ServiceAccount(
      child,
      { metadata: metadataOf(args, part.workload), automountServiceAccountToken: false },
      parent,
    );
    new NetworkPolicy(
      child,
      transformed<NetworkPolicyArgs>(
        { metadata: metadataOf(args, part.workload), spec: redisNetworkPolicy(args) },
        transform.networkPolicy,
      ),
      parent,
    );
    const config = configMap(args, child, this);
    const pods = { args, config: config.name, password: key };
    const classes = volumeClass(
      `${child}-volumes`,
      {
        volume: memberVolume(part),
        // What is in a cache is somewhere else too.
        kept: false,
        stack: args.stack,
        workload: part.workload,
        provisioner: args.provisioner,
        transform: transform.storageClass,
      },
      parent,
    );
    const after = { dependsOn: [account, config.map, ...resources, ...classes] };

    headless(args, names.members, "member", part.port, this);
    budget(args, names.main, "member", this);
    new StatefulSet(
      child,
      transformed<StatefulSetArgs>(
        { metadata: metadataOf(args, names.main, EXCEPTIONS), spec: membersSpec(pods) },
        transform.members,
      ),
      { ...watched, ...after },
    );
    if (!alone) {
      headless(args, names.sentinels, "sentinel", SENTINEL_PORT, this);
      budget(args, names.sentinels, "sentinel", this);
      new StatefulSet(
        `${names.sentinels}-${part.region}`,
        transformed<StatefulSetArgs>(
          { metadata: metadataOf(args, names.sentinels, EXCEPTIONS), spec: sentinelsSpec(pods) },
          transform.sentinels,
        ),
        { ...watched, ...after },
      );
      budget(args, names.proxy, "proxy", this);
      new Deployment(
        `${names.proxy}-${part.region}`,
        transformed<DeploymentArgs>(
          { metadata: metadataOf(args, names.proxy, EXCEPTIONS), spec: proxySpec(args, config.name, key) },
          transform.proxy,
        ),
        { ...parent, ...after },
      );
    }
    new Service(
      child,
      transformed<ServiceArgs>(
        {
          metadata: metadataOf(args, names.main),
          spec: {
            type: "ClusterIP",
            selector: { ...roleLabels(part.workload, alone ? "member" : "proxy") },
            ports: [{ name: "redis", port: part.port, targetPort: "redis", protocol: "TCP" }],
          },
        },
        transform.service,
      ),
      parent,
    );

    copiesWay(args, this);

    this.address = `${names.main}:${part.port}`;
    this.url = `${part.security.inTransit ? "rediss" : "redis"}://${this.address}`;
    this.password = key;
    this.passwordResources = resources;
    this.madePassword = made;
    this.registerOutputs({ address: this.address });
  }
}

/** What checkers ask for and is left out on purpose, each with its reason. */
const EXCEPTIONS = {
  "kube-score/ignore": "container-resources",
  "nines/no-cpu-limit": "a limit throttles a pod while its node idles",
};

function metadataOf(
  { part, stack, namespace }: RedisCacheArgs,
  name: string,
  annotations: Readonly<Record<string, string>> = {},
) {
  return {
    name,
    namespace,
    labels: objectLabels(stack, part.workload),
    ...(Object.keys(annotations).length === 0 ? {} : { annotations: { ...annotations } }),
  };
}

/** Configuration and scripts. The name holds what the content is: pods of the old and the new one each find their own. */
function configMap(
  args: RedisCacheArgs,
  child: string,
  parent: pulumi.Resource,
): { readonly name: string; readonly map: ConfigMap } {
  const settings = settingsOf(args);
  const data = {
    ...redisFiles(settings),
    ...(isAlone(args.part) ? {} : { "haproxy.cfg": proxyConfig(settings) }),
  };
  const hash = createHash("sha256").update(JSON.stringify(data)).digest("hex").slice(0, 8);
  const name = `${redisNames(args.part).config}-${hash}`;
  const map = new ConfigMap(
    child,
    transformed<ConfigMapArgs>({ metadata: metadataOf(args, name), data, immutable: true }, args.transform?.config),
    { parent },
  );
  return { name, map };
}

/** Names of pods, ready or not: who starts must be found by those who wait for it. */
function headless(args: RedisCacheArgs, name: string, role: RedisRole, port: number, parent: pulumi.Resource): void {
  const { part } = args;
  const portName = role === "member" ? "redis" : role;
  new Service(
    `${name}-${part.region}`,
    {
      metadata: metadataOf(args, name),
      spec: {
        type: "ClusterIP",
        clusterIP: "None",
        publishNotReadyAddresses: true,
        selector: { ...roleLabels(part.workload, role) },
        ports: [{ name: portName, port, targetPort: portName, protocol: "TCP" }],
      },
    },
    { parent },
  );
}

/** One at a time may be taken away. A member that is not in step yet counts as gone: the next one stays until it is. */
function budget(args: RedisCacheArgs, name: string, role: RedisRole, parent: pulumi.Resource): void {
  const { part } = args;
  new PodDisruptionBudget(
    `${name}-${part.region}`,
    {
      metadata: metadataOf(args, name),
      spec: {
        maxUnavailable: 1,
        selector: { matchLabels: { ...selectorLabels(part.workload), ...roleLabels(part.workload, role) } },
        unhealthyPodEvictionPolicy: role === "member" ? "IfHealthyBudget" : "AlwaysAllow",
      },
    },
    { parent },
  );
}
