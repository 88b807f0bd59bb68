import { createHash } from "node:crypto";
import type { types } from "@pulumi/kubernetes";
import { container } from "./container";
import { objectLabels, selectorLabels } from "./labels";
import { podPlacement } from "./pod-placement";
import { podIdentity } from "./pod-security";
import type { StoreArgs } from "./store-args";
import { VOLUME } from "./store-names";

/** The ConfigMap of a store. */
export function configName(workload: string): string {
  return `${workload}-config`;
}

/** Members by name, each with a claim that stays when it goes. */
export function statefulSetSpec(args: StoreArgs): types.input.apps.v1.StatefulSetSpec {
  const { part, stack } = args;
  const { workload, runtime, scaling, volume } = part;
  const selector = selectorLabels(workload);
  const retention = volume.retained ? "Retain" : "Delete";
  const main = container({
    name: workload,
    image: args.image ?? part.image.reference,
    pinned: part.image.pinned,
    command: args.command ?? null,
    ports: part.ports,
    environment: [],
    secrets: args.secrets ?? {},
    configMaps: part.configMaps,
    probes: part.probes,
    cpuMillis: part.size.cpuMillis,
    memoryMiB: part.size.memoryMiB,
    cpuLimitMillis: runtime.cpuLimitMillis,
    memoryLimitMiB: runtime.memoryLimitMiB,
    stopDelaySeconds: runtime.stopDelaySeconds,
    writableRoot: false,
  });
  return {
    // The autoscaler owns the count: a number here would reset it at every update.
    ...(scaling.kind === "fixed" ? { replicas: scaling.count } : {}),
    ...(part.peers === null ? {} : { serviceName: part.peers.name }),
    selector: { matchLabels: { ...selector } },
    podManagementPolicy: part.ordered ? "OrderedReady" : "Parallel",
    minReadySeconds: runtime.minReadySeconds,
    // From the highest member down to 0, each only when the one before is ready.
    updateStrategy: { type: "RollingUpdate" },
    persistentVolumeClaimRetentionPolicy: { whenDeleted: retention, whenScaled: retention },
    template: {
      metadata: {
        labels: objectLabels(stack, workload),
        // A ConfigMap's change restarts nobody: this one does.
        ...(part.environment.length === 0 ? {} : { annotations: { "nines/config": digest(part.environment) } }),
      },
      spec: {
        ...podIdentity({ account: workload, priorityClass: args.priorityClass, pullSecrets: part.pullSecrets }),
        terminationGracePeriodSeconds: runtime.stopDelaySeconds + part.drainSeconds,
        ...podPlacement({
          region: part.region,
          placement: part.placement,
          hosts: runtime.hosts,
          selector,
          // Pods of a StatefulSet have no pod-template-hash.
          byRevision: false,
        }),
        containers: [
          {
            ...main,
            ...(part.environment.length === 0 ? {} : { envFrom: [{ configMapRef: { name: configName(workload) } }] }),
            volumeMounts: [
              { name: "tmp", mountPath: "/tmp" },
              { name: VOLUME, mountPath: args.dataPath ?? "/data" },
            ],
          },
        ],
        volumes: [{ name: "tmp", emptyDir: { sizeLimit: "256Mi" } }],
      },
    },
    volumeClaimTemplates: [
      {
        metadata: { name: VOLUME, labels: { ...selector } },
        spec: {
          accessModes: ["ReadWriteOnce"],
          ...(volume.class === null ? {} : { storageClassName: volume.class }),
          resources: { requests: { storage: `${volume.gib}Gi` } },
        },
      },
    ],
  };
}

function digest(environment: StoreArgs["part"]["environment"]): string {
  return createHash("sha256").update(JSON.stringify(environment)).digest("hex").slice(0, 16);
}
