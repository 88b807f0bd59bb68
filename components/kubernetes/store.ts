import { StatefulSet, type StatefulSetArgs } from "@pulumi/kubernetes/apps/v1";
import { HorizontalPodAutoscaler, type HorizontalPodAutoscalerArgs } from "@pulumi/kubernetes/autoscaling/v2";
import { ConfigMap, type ConfigMapArgs, Service, ServiceAccount, type ServiceArgs } from "@pulumi/kubernetes/core/v1";
import { NetworkPolicy, type NetworkPolicyArgs } from "@pulumi/kubernetes/networking/v1";
import { PodDisruptionBudget, type PodDisruptionBudgetArgs } from "@pulumi/kubernetes/policy/v1";
import * as pulumi from "@pulumi/pulumi";
import { transformed } from "../transform";
import { exceptions } from "./exceptions";
import { objectLabels, selectorLabels } from "./labels";
import { serviceMonitor } from "./service-monitor";
import type { StoreArgs } from "./store-args";
import { autoscalerSpec, policySpec, servicesOf } from "./store-objects";
import { StoreSnapshots } from "./store-snapshots";
import { configName, statefulSetSpec } from "./store-pods";
import { volumeClass } from "./volume-class";

/** Members that keep data: StatefulSet, Services, configuration, volumes' class, autoscaler, disruption budget, account, network policy, snapshots. */
export class StoreMembers extends pulumi.ComponentResource {
  readonly statefulSet: StatefulSet;
  /** host:port of any member, for callers of the namespace. */
  readonly address: string;

  constructor(name: string, args: StoreArgs, opts?: pulumi.ComponentResourceOptions) {
    super("nines:kubernetes:StoreMembers", name, {}, opts);
    const { part, stack, namespace, transform = {} } = args;
    const { workload, scaling, runtime, volume } = part;
    const [port] = part.ports;
    if (port === undefined) throw new RangeError(`ports of ${part.key}: at least one is needed, got none`);
    const child = (word = "") => [workload, word, part.region].filter((each) => each !== "").join("-");
    const parent = { parent: this };
    const metadata = (named = workload, annotations: Readonly<Record<string, string>> = {}) => ({
      name: named,
      namespace,
      labels: objectLabels(stack, workload),
      ...(Object.keys(annotations).length === 0 ? {} : { annotations: { ...annotations } }),
    });
    const before: pulumi.Resource[] = [
      new ServiceAccount(
        child(),
        { metadata: metadata(workload, args.accountAnnotations), automountServiceAccountToken: false },
        parent,
      ),
    ];
    if (part.environment.length > 0)
      before.push(
        new ConfigMap(
          child("config"),
          transformed<ConfigMapArgs>(
            {
              metadata: metadata(configName(workload)),
              data: Object.fromEntries(part.environment.map(({ name: variable, value }) => [variable, value])),
            },
            transform.configMap,
          ),
          parent,
        ),
      );
    before.push(
      ...volumeClass(
        child("volumes"),
        {
          volume,
          kept: volume.outlivesClaim === true,
          stack,
          workload,
          provisioner: args.provisioner,
          transform: transform.storageClass,
        },
        parent,
      ),
    );
    new NetworkPolicy(
      child(),
      transformed<NetworkPolicyArgs>(
        { metadata: metadata(), spec: policySpec(part, args.neighbours) },
        transform.networkPolicy,
      ),
      parent,
    );
    for (const { word, spec, annotations } of servicesOf(part)) {
      const service = new Service(
        child(word),
        transformed<ServiceArgs>(
          {
            metadata: {
              ...metadata(word === "" ? workload : `${workload}-${word}`, annotations),
              // What a ServiceMonitor selects one of them by.
              labels: { ...objectLabels(stack, workload), "app.kubernetes.io/component": word === "" ? "rest" : word },
            },
            spec,
          },
          transform.service,
        ),
        parent,
      );
      if (word === "headless") before.push(service);
    }
    this.statefulSet = new StatefulSet(
      child(),
      transformed<StatefulSetArgs>(
        {
          metadata: metadata(workload, {
            "nines/topology": part.topology.kind,
            "nines/replication-batch-ms": String(part.topology.batchMs),
            ...exceptions(part),
          }),
          spec: statefulSetSpec(args),
        },
        transform.statefulSet,
      ),
      { ...parent, dependsOn: before, protect: args.protect },
    );
    if (runtime.disruptionMaxUnavailable !== null)
      new PodDisruptionBudget(
        child(),
        transformed<PodDisruptionBudgetArgs>(
          {
            metadata: metadata(),
            spec: {
              maxUnavailable: runtime.disruptionMaxUnavailable,
              selector: { matchLabels: { ...selectorLabels(workload) } },
              // A member that catches up is not ready, and must not be put off again and again.
              unhealthyPodEvictionPolicy: "IfHealthyBudget",
            },
          },
          transform.disruptionBudget,
        ),
        parent,
      );
    if (scaling.kind === "range")
      new HorizontalPodAutoscaler(
        child(),
        transformed<HorizontalPodAutoscalerArgs>(
          { metadata: metadata(), spec: autoscalerSpec(workload, scaling) },
          transform.autoscaler,
        ),
        parent,
      );
    if (part.snapshots !== null && args.snapshots !== undefined)
      new StoreSnapshots(child("snapshots"), { ...args, plan: part.snapshots, job: args.snapshots }, parent);
    if (args.monitorLabels !== undefined && part.ports.some((each) => each.name === "metrics"))
      serviceMonitor(
        child(),
        {
          workload,
          stack,
          namespace,
          labels: args.monitorLabels,
          port: "metrics",
          path: "/metrics",
          // The headless Service has that port too: each member would be scraped twice.
          transform: (spec) => ({
            ...spec,
            selector: { matchLabels: { ...spec.selector.matchLabels, "app.kubernetes.io/component": "metrics" } },
          }),
        },
        parent,
      );
    this.address = `${workload}:${port.port}`;
    this.registerOutputs({ address: this.address });
  }
}
