import { Deployment, type DeploymentArgs } from "@pulumi/kubernetes/apps/v1";
import { HorizontalPodAutoscaler, type HorizontalPodAutoscalerArgs } from "@pulumi/kubernetes/autoscaling/v2";
import { Service, ServiceAccount, type ServiceArgs } from "@pulumi/kubernetes/core/v1";
import { NetworkPolicy, type NetworkPolicyArgs } from "@pulumi/kubernetes/networking/v1";
import { PodDisruptionBudget, type PodDisruptionBudgetArgs } from "@pulumi/kubernetes/policy/v1";
import type { types } from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { ReplicaGroup as ReplicaGroupPart } from "../../model";
import { transformed } from "../transform";
import { besides, container, ownSize, portsOf } from "./container";
import { exceptions } from "./exceptions";
import { objectLabels, selectorLabels } from "./labels";
import { networkPolicySpec } from "./network-policy";
import { podPlacement } from "./pod-placement";
import { podIdentity } from "./pod-security";
import type { ReplicaGroupArgs } from "./replica-group-args";

/** Interchangeable pods of one workload: Deployment, Service, autoscaler, disruption budget, account and network policy. Throws a RangeError for a Part that they cannot be. */
export class ReplicaGroup extends pulumi.ComponentResource {
  readonly deployment: Deployment;
  readonly service: Service;
  /** host:port for callers of the namespace. */
  readonly address: string;

  constructor(name: string, args: ReplicaGroupArgs, opts?: pulumi.ComponentResourceOptions) {
    super("nines:kubernetes:ReplicaGroup", name, {}, opts);
    const { part, stack, namespace, transform = {} } = args;
    const { workload, scaling, runtime } = part;
    if (runtime.kind !== "kubernetes")
      throw new RangeError(`${part.key}: runtime ${runtime.kind} is none of Kubernetes`);
    const [port] = part.ports;
    if (port === undefined) throw new RangeError(`ports of ${part.key}: at least one is needed, got none`);
    const child = `${workload}-${part.region}`;
    const parent = { parent: this };
    const metadata = (annotations: Readonly<Record<string, string>> = {}) => ({
      name: workload,
      namespace,
      labels: objectLabels(stack, workload),
      ...(Object.keys(annotations).length === 0 ? {} : { annotations: { ...annotations } }),
    });
    const account = new ServiceAccount(
      child,
      { metadata: metadata(args.accountAnnotations), automountServiceAccountToken: false },
      parent,
    );
    new NetworkPolicy(
      child,
      transformed<NetworkPolicyArgs>(
        { metadata: metadata(), spec: networkPolicySpec(workload, part.ports, args.neighbours) },
        transform.networkPolicy,
      ),
      parent,
    );
    this.service = new Service(
      child,
      transformed<ServiceArgs>(
        {
          metadata: metadata(),
          spec: {
            type: "ClusterIP",
            selector: { ...selectorLabels(workload) },
            ports: portsOf(part.ports).map((each) => ({
              name: each.name,
              port: each.port,
              targetPort: each.name,
              protocol: "TCP",
            })),
          },
        },
        transform.service,
      ),
      parent,
    );
    this.deployment = new Deployment(
      child,
      transformed<DeploymentArgs>(
        { metadata: metadata(exceptions(part)), spec: deploymentSpec(args) },
        transform.deployment,
      ),
      { ...parent, dependsOn: [account] },
    );
    if (runtime.disruptionMaxUnavailable !== null)
      new PodDisruptionBudget(
        child,
        transformed<PodDisruptionBudgetArgs>(
          {
            metadata: metadata(),
            spec: {
              maxUnavailable: runtime.disruptionMaxUnavailable,
              selector: { matchLabels: { ...selectorLabels(workload) } },
              // A pod that never gets ready must not hold up every drain (Kubernetes, issue 72320).
              unhealthyPodEvictionPolicy: "AlwaysAllow",
            },
          },
          transform.disruptionBudget,
        ),
        parent,
      );
    if (scaling.kind === "range")
      new HorizontalPodAutoscaler(
        child,
        transformed<HorizontalPodAutoscalerArgs>(
          { metadata: metadata(), spec: autoscalerSpec(workload, scaling) },
          transform.autoscaler,
        ),
        parent,
      );
    this.address = `${workload}:${port}`;
    this.registerOutputs({ address: this.address });
  }
}

function deploymentSpec(args: ReplicaGroupArgs): types.input.apps.v1.DeploymentSpec {
  const { part, stack } = args;
  const { workload, runtime, scaling, rollout } = part;
  if (runtime.kind !== "kubernetes") throw new RangeError(`${part.key}: runtime ${runtime.kind} is none of Kubernetes`);
  const selector = selectorLabels(workload);
  const size = ownSize(part);
  const beside = besides(part.sidecars, args.sidecars ?? {});
  const main = container({
    name: workload,
    image: args.image ?? part.image.reference,
    pinned: part.image.pinned,
    command: args.command ?? null,
    ports: portsOf(part.ports),
    environment: part.environment,
    secrets: args.secrets ?? {},
    configMaps: part.configMaps,
    probes: part.probes,
    cpuMillis: size.cpuMillis,
    memoryMiB: size.memoryMiB,
    cpuLimitMillis: runtime.cpuLimitMillis,
    memoryLimitMiB: runtime.memoryLimitMiB,
    stopDelaySeconds: runtime.stopDelaySeconds,
    writableRoot: args.writableRoot ?? false,
  });
  return {
    // The autoscaler owns the count: a number here would reset it at every update.
    ...(scaling.kind === "fixed" ? { replicas: scaling.count } : {}),
    selector: { matchLabels: { ...selector } },
    minReadySeconds: runtime.minReadySeconds,
    progressDeadlineSeconds: progressDeadlineSeconds(part),
    strategy: {
      type: "RollingUpdate",
      rollingUpdate: { maxSurge: rollout.surge, maxUnavailable: rollout.unavailable },
    },
    template: {
      metadata: { labels: objectLabels(stack, workload) },
      spec: {
        ...podIdentity({ account: workload, priorityClass: args.priorityClass, pullSecrets: part.pullSecrets }),
        terminationGracePeriodSeconds: runtime.stopDelaySeconds + part.drainSeconds,
        ...podPlacement({
          region: part.region,
          placement: part.placement,
          hosts: runtime.hosts,
          selector,
          byRevision: true,
        }),
        ...(beside.first.length === 0 ? {} : { initContainers: [...beside.first] }),
        containers: [main, ...beside.together],
        volumes: [{ name: "tmp", emptyDir: { sizeLimit: "256Mi" } }],
      },
    },
  };
}

/** A rollout that has not gone on for so long has failed: longer than any pod may take to start, and never less than Kubernetes' own 600 s. */
function progressDeadlineSeconds({ probes, runtime }: ReplicaGroupPart): number {
  const startup = probes.find(({ role }) => role === "startup");
  const starts = startup === undefined ? 0 : startup.intervalSeconds * startup.failures;
  const ready = runtime.kind === "kubernetes" ? runtime.minReadySeconds : 0;
  return Math.max(600, 2 * (starts + ready));
}

type Range = Extract<ReplicaGroupPart["scaling"], { readonly kind: "range" }>;

/** Seconds that the highest proposal of the last ones counts before pods are taken away. */
const SCALE_DOWN_WINDOW_SECONDS = 300;

function autoscalerSpec(
  workload: string,
  { min, max, signals }: Range,
): types.input.autoscaling.v2.HorizontalPodAutoscalerSpec {
  const metrics = signals.map(({ metric, target }) => {
    if (metric !== "cpu" && metric !== "memory")
      throw new RangeError(`${workload}: an autoscaler reads cpu and memory without an adapter, got ${metric}`);
    return {
      type: "Resource",
      resource: { name: metric, target: { type: "Utilization", averageUtilization: target } },
    };
  });
  return {
    scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: workload },
    minReplicas: min,
    maxReplicas: max,
    metrics,
    behavior: { scaleDown: { stabilizationWindowSeconds: SCALE_DOWN_WINDOW_SECONDS } },
  };
}
