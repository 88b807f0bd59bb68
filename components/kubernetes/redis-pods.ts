import { cachePods } from "../../capacity";
import { cpuText, memoryText } from "../../catalog/kubernetes";
import type { types } from "@pulumi/kubernetes";
import { objectLabels } from "./labels";
import { podPlacement } from "./pod-placement";
import { containerSecurity, podIdentity } from "./pod-security";
import type { RedisCacheArgs } from "./redis-cache-args";
import { isAlone } from "./redis-cache-refusal";
import { membersOf, redisNames, roleLabels } from "./redis-names";
import { mounts, SENTINEL_PORT } from "./redis-part-settings";
import { graceSeconds, redisPatience, shutdownSeconds } from "./redis-settings";
import type { SecretKey } from "./container";

type StatefulSetSpec = types.input.apps.v1.StatefulSetSpec;
type PodSpec = types.input.core.v1.PodSpec;
type Container = types.input.core.v1.Container;

/** What a checker asks to be said, and what pods write outside their volumes: nothing. */
const SCRATCH = { request: "16Mi", limit: "64Mi" };
/** A member may wait for those who hold its data, and then load its file. */
const START_SECONDS = redisPatience.emptySeconds + 1200;
const START_EVERY_SECONDS = 5;

/** Longest that the script of preStop takes, for whoever reads the objects: it says so itself, and no field does. */
const STOP_TAKES = "nines/stop-takes-seconds";

/** What the members' and the Sentinels' sets need besides the Part. */
export interface RedisPodFacts {
  readonly args: RedisCacheArgs;
  /** Name of the ConfigMap: with another content it is another name, and pods are replaced one by one. */
  readonly config: string;
  readonly password: SecretKey;
}

/** Members: one after the other, each with a volume of its own that outlives the set. */
export function membersSpec(facts: RedisPodFacts): StatefulSetSpec {
  const { args } = facts;
  const { part } = args;
  const names = redisNames(part);
  return {
    ...set(facts, "member", names.members, membersOf(part), `${memberVolume(part).gib}Gi`),
    podManagementPolicy: "OrderedReady",
    template: pod(facts, "member", {
      terminationGracePeriodSeconds: graceSeconds(redisPatience),
      containers: [
        {
          ...container(facts, "member", part.port, { ...cachePods.member, memoryMiB: part.node.memoryMiB }),
          lifecycle: { preStop: { exec: { command: script("hand-over.sh") } } },
        },
      ],
    }),
  };
}

/** Sentinels: none waits for another, and what they remember outlives them. A copy has none until it is promoted. */
export function sentinelsSpec(facts: RedisPodFacts): StatefulSetSpec {
  const { part } = facts.args;
  const names = redisNames(part);
  const { runtime } = part;
  const own = runtime.kind === "sentinel" ? runtime.sentinels : null;
  // Nobody watches a copy, until it is promoted.
  const { count, volumeGib } = own ?? { count: 0, volumeGib: cachePods.sentinel.volumeGib };
  return {
    ...set(facts, "sentinel", names.sentinels, count, `${volumeGib}Gi`),
    podManagementPolicy: "Parallel",
    template: pod(facts, "sentinel", {
      terminationGracePeriodSeconds: 10,
      containers: [
        {
          ...container(facts, "sentinel", SENTINEL_PORT, cachePods.sentinel),
          // Clients that ask it for the primary learn meanwhile that it goes.
          lifecycle: { preStop: { sleep: { seconds: 5 } } },
        },
      ],
    }),
  };
}

/** @throws RangeError for a Part that no Sentinels could watch; it is refused before */
export function memberVolume({ key, runtime }: RedisCacheArgs["part"]) {
  if (runtime.kind !== "sentinel") throw new RangeError(`runtime of ${key}: ${runtime.kind} is none of Kubernetes`);
  return runtime.volume;
}

function set(
  { args }: RedisPodFacts,
  role: "member" | "sentinel",
  serviceName: string,
  replicas: number,
  storage: string,
): Omit<StatefulSetSpec, "template"> {
  const { part } = args;
  const { class: storageClass } = memberVolume(part);
  return {
    serviceName,
    replicas,
    selector: { matchLabels: { ...roleLabels(part.workload, role) } },
    updateStrategy: { type: "RollingUpdate" },
    // Sentinels and replicas have seen a member that is back before the next one goes.
    minReadySeconds: 10,
    persistentVolumeClaimRetentionPolicy: { whenDeleted: "Retain", whenScaled: "Retain" },
    volumeClaimTemplates: [
      {
        metadata: { name: "data" },
        spec: {
          accessModes: ["ReadWriteOnce"],
          ...(storageClass === null ? {} : { storageClassName: storageClass }),
          resources: { requests: { storage } },
        },
      },
    ],
  };
}

function pod(
  { args, config, password }: RedisPodFacts,
  role: "member" | "sentinel",
  own: Pick<PodSpec, "containers" | "terminationGracePeriodSeconds">,
): types.input.core.v1.PodTemplateSpec {
  const { part, stack, certificateSecret, copyOf, priorityClass, pullSecrets } = args;
  const labels = roleLabels(part.workload, role);
  const secret = (name: string, { name: secretName, key }: SecretKey) => ({
    name,
    secret: { secretName, defaultMode: SECRET_MODE, items: [{ key, path: "password" }] },
  });
  return {
    metadata: {
      labels: { ...objectLabels(stack, part.workload), ...labels },
      ...(role === "member"
        ? { annotations: { [STOP_TAKES]: String(graceSeconds(redisPatience) - shutdownSeconds) } }
        : {}),
    },
    spec: {
      ...podIdentity({ account: part.workload, priorityClass, pullSecrets }),
      ...podPlacement({
        region: part.region,
        placement:
          (role === "sentinel" && part.runtime.kind === "sentinel" ? part.runtime.sentinels?.placement : undefined) ??
          part.placement,
        hosts: isAlone(part) ? "any" : "preferred",
        selector: labels,
        byRevision: false,
      }),
      volumes: [
        { name: "config", configMap: { name: config } },
        secret("password", password),
        ...(copyOf?.password === undefined || copyOf.password === null
          ? []
          : [secret("copy-password", copyOf.password)]),
        ...(certificateSecret === undefined
          ? []
          : [{ name: "certificate", secret: { secretName: certificateSecret, defaultMode: SECRET_MODE } }]),
      ],
      ...own,
    },
  };
}

/** 0440: the pod's group reads it. */
const SECRET_MODE = 0o440;

const script = (name: string, ...words: readonly string[]): string[] => ["sh", `${mounts.config}/${name}`, ...words];

function container(
  { args }: RedisPodFacts,
  role: "member" | "sentinel",
  port: number,
  { cpuMillis, memoryMiB }: { readonly cpuMillis: number; readonly memoryMiB: number },
): Container {
  const { certificateSecret, copyOf } = args;
  const server = role === "member" ? "redis" : "sentinel";
  const check = (name: string, periodSeconds: number, failureThreshold: number) => ({
    exec: { command: script(name, server) },
    periodSeconds,
    // A script, and within it a question that gives up by itself.
    timeoutSeconds: redisPatience.askSeconds + 3,
    failureThreshold,
  });
  return {
    name: server,
    image: serverImage(args),
    imagePullPolicy: serverImage(args).includes("@sha256:") ? "IfNotPresent" : "Always",
    command: script(`start-${server}.sh`),
    env: [{ name: "POD_NAME", valueFrom: { fieldRef: { fieldPath: "metadata.name" } } }],
    ports: [{ name: server, containerPort: port, protocol: "TCP" }],
    resources: {
      requests: { cpu: cpuText(cpuMillis), memory: memoryText(memoryMiB), "ephemeral-storage": SCRATCH.request },
      limits: { memory: memoryText(memoryMiB), "ephemeral-storage": SCRATCH.limit },
    },
    startupProbe: check("live.sh", START_EVERY_SECONDS, Math.ceil(START_SECONDS / START_EVERY_SECONDS)),
    livenessProbe: check("live.sh", 10, 3),
    readinessProbe: check("ready.sh", 5, 2),
    ...containerSecurity(false),
    volumeMounts: [
      { name: "data", mountPath: mounts.data },
      { name: "config", mountPath: mounts.config, readOnly: true },
      { name: "password", mountPath: mounts.password, readOnly: true },
      ...(copyOf?.password === undefined || copyOf.password === null
        ? []
        : [{ name: "copy-password", mountPath: mounts.copyPassword, readOnly: true }]),
      ...(certificateSecret === undefined ? [] : [{ name: "certificate", mountPath: mounts.tls, readOnly: true }]),
    ],
  };
}

/** The projects' own images; both have the server, its client and a shell. */
export function serverImage({ part, images }: Pick<RedisCacheArgs, "part" | "images">): string {
  const { name, version } = part.engine;
  return (
    images?.server ?? (name === "valkey" ? `docker.io/valkey/valkey:${version}` : `docker.io/library/redis:${version}`)
  );
}
