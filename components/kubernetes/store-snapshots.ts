import { CronJob, type CronJobArgs } from "@pulumi/kubernetes/batch/v1";
import { ServiceAccount } from "@pulumi/kubernetes/core/v1";
import { NetworkPolicy } from "@pulumi/kubernetes/networking/v1";
import { Role, RoleBinding } from "@pulumi/kubernetes/rbac/v1";
import * as pulumi from "@pulumi/pulumi";
import type { StoreSnapshots as Plan } from "../../model";
import { transformed } from "../transform";
import { snapshotPod } from "../../capacity";
import { container } from "./container";
import { exceptions } from "./exceptions";
import { objectLabels, selectorLabels } from "./labels";
import { podIdentity } from "./pod-security";
import type { SnapshotArgs, StoreArgs } from "./store-args";
import { KEEP_DAYS, VOLUME } from "./store-names";

interface Args extends Pick<StoreArgs, "part" | "stack" | "namespace" | "transform"> {
  readonly plan: Plan;
  readonly job: SnapshotArgs;
}

/** Ends a job that hangs before the next is due. */
const MOST_SECONDS = 3000;

/** A job that copies the data on a schedule, and what it may do: of member 0, which every size of the store has. */
export class StoreSnapshots extends pulumi.ComponentResource {
  constructor(child: string, args: Args, opts?: pulumi.ComponentResourceOptions) {
    super("nines:kubernetes:StoreSnapshots", child, {}, opts);
    const { part, stack, namespace, plan, job, transform = {} } = args;
    const name = `${part.workload}-snapshots`;
    const parent = { parent: this };
    const labels = objectLabels(stack, name);
    const metadata = { name, namespace, labels };
    const pinned = job.image.includes("@sha256:");
    const byVolume = plan.kind === "volume-snapshot";
    new ServiceAccount(child, { metadata, automountServiceAccountToken: false }, parent);
    if (byVolume) {
      const role = new Role(
        child,
        {
          metadata,
          rules: [
            {
              apiGroups: ["snapshot.storage.k8s.io"],
              resources: ["volumesnapshots"],
              verbs: ["create", "delete", "get", "list"],
            },
          ],
        },
        parent,
      );
      new RoleBinding(
        child,
        {
          metadata,
          roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name },
          subjects: [{ kind: "ServiceAccount", name, namespace }],
        },
        { ...parent, dependsOn: [role] },
      );
    }
    new NetworkPolicy(
      child,
      {
        metadata,
        spec: {
          podSelector: { matchLabels: { ...selectorLabels(name) } },
          policyTypes: ["Ingress", "Egress"],
          ingress: [],
          egress: [
            {
              ports: [
                { protocol: "UDP", port: 53 },
                { protocol: "TCP", port: 53 },
              ],
            },
            // The API server behind its Service, or by its own port; a store of objects.
            {
              ports: [
                { protocol: "TCP", port: 443 },
                { protocol: "TCP", port: 6443 },
              ],
            },
            // An object-store job asks the members themselves.
            ...(byVolume
              ? []
              : [
                  {
                    to: [{ podSelector: { matchLabels: { ...selectorLabels(part.workload) } } }],
                    ports: part.ports.map(({ port }) => ({ protocol: "TCP", port })),
                  },
                ]),
          ],
        },
      },
      parent,
    );
    new CronJob(
      child,
      transformed<CronJobArgs>(
        {
          metadata: {
            ...metadata,
            annotations: {
              "nines/snapshots-of": part.workload,
              "nines/snapshots-kind": plan.kind,
              ...exceptions({ runtime: { kind: "kubernetes", cpuLimitMillis: null }, image: { pinned } }),
            },
          },
          spec: {
            schedule: schedule(plan.everyHours),
            timeZone: "Etc/UTC",
            concurrencyPolicy: "Forbid",
            startingDeadlineSeconds: 1800,
            successfulJobsHistoryLimit: 1,
            failedJobsHistoryLimit: 3,
            jobTemplate: {
              spec: {
                backoffLimit: 2,
                activeDeadlineSeconds: MOST_SECONDS,
                template: {
                  metadata: { labels },
                  spec: {
                    ...podIdentity({ account: name, token: byVolume, pullSecrets: job.pullSecrets }),
                    restartPolicy: "Never",
                    containers: [
                      container({
                        name: "snapshot",
                        image: job.image,
                        pinned,
                        command: byVolume ? ["/bin/sh", "-c", snapshotScript(args)] : (job.command ?? []),
                        ports: [],
                        environment: [
                          { name: "CLAIM", value: `${VOLUME}-${part.workload}-0` },
                          { name: KEEP_DAYS, value: String(plan.keepDays) },
                        ],
                        secrets: {},
                        probes: [],
                        ...snapshotPod,
                        cpuLimitMillis: null,
                        memoryLimitMiB: 128,
                        stopDelaySeconds: 0,
                        writableRoot: false,
                      }),
                    ],
                    volumes: [{ name: "tmp", emptyDir: { sizeLimit: "256Mi" } }],
                  },
                },
              },
            },
          },
        },
        transform.snapshots,
      ),
      parent,
    );
    this.registerOutputs({});
  }
}

/** Every so many hours, at a minute when others do not begin theirs. */
function schedule(everyHours: number): string {
  return everyHours === 24 ? "17 3 * * *" : everyHours === 1 ? "17 * * * *" : `17 */${everyHours} * * *`;
}

/** Takes a VolumeSnapshot of a claim, then deletes those of the same claim that are older than they are kept; needs kubectl, a shell and date. */
export function snapshotScript({ part, namespace, job }: Pick<Args, "part" | "namespace" | "job">): string {
  const given = job.snapshotClass === undefined ? [] : [`  volumeSnapshotClassName: ${job.snapshotClass}`];
  return [
    "set -eu",
    "now=$(date -u +%s)",
    `kubectl -n ${namespace} create -f - <<END`,
    "apiVersion: snapshot.storage.k8s.io/v1",
    "kind: VolumeSnapshot",
    "metadata:",
    `  name: ${part.workload}-$now`,
    "  labels:",
    `    nines/snapshots-of: ${part.workload}`,
    "spec:",
    ...given,
    "  source:",
    "    persistentVolumeClaimName: $CLAIM",
    "END",
    // Names carry the second in which they were taken: nothing has to read a date.
    `for name in $(kubectl -n ${namespace} get volumesnapshots -l nines/snapshots-of=${part.workload} -o name); do`,
    `  taken=\${name##*/${part.workload}-}`,
    `  case $taken in *[!0-9]*|"") continue ;; esac`,
    `  if [ "$taken" -lt $((now - ${KEEP_DAYS} * 86400)) ]; then kubectl -n ${namespace} delete "$name"; fi`,
    "done",
    "",
  ].join("\n");
}
