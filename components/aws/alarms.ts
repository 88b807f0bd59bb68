import type * as pulumi from "@pulumi/pulumi";
import { rolloutSignals, watchedNodes } from "../../capacity";
import type { Alert as AlertPart, AlertSignal, PartKey, Plan, RedisCache as RedisCachePart } from "../../model";
import { partKey } from "../../model";
import { Alert, type AlertArgs } from "./alert";
import type { LoadBalancerHandle } from "./load-balancer-args";
import type { MetricSource } from "./metric-source";
import type { NetworkHandle } from "./network-args";
import { partOf, partsOf } from "../plan-parts";
import type { RedisCache } from "./redis-cache";
import { discoveryName, type ReplicaGroup } from "./replica-group";

/** Signals that callers' requests give: known before the service stands. */
const CALLERS: ReadonlySet<AlertSignal> = new Set([
  "availability-burn",
  "error-share",
  "response-time",
  "server-errors",
  "healthy-below-need",
  "all-replicas-down",
]);

/** The plan's alarms, each on what it watches as soon as that stands. */
export class Alarms {
  readonly #rows: { readonly title: string; readonly of: MetricSource }[] = [];

  constructor(
    private readonly plan: Plan,
    private readonly topicArn: pulumi.Input<string>,
    private readonly opts: pulumi.ComponentResourceOptions,
    private readonly transform: NonNullable<AlertArgs["transform"]> | undefined,
    private readonly tags: Readonly<Record<string, string>>,
  ) {}

  /** Rows of the dashboard, in the order of building. */
  rows(): readonly { readonly title: string; readonly of: MetricSource }[] {
    return this.#rows;
  }

  /** What callers see of a service; gives those that stop a rollout. undefined: nobody counts its requests, or an existing balancer does, which others watch. */
  callers(
    workload: string,
    balancer: LoadBalancerHandle | undefined,
  ): { readonly names: readonly string[]; readonly resources: readonly pulumi.Resource[] } | undefined {
    const group = partOf(this.plan, "replica-group", workload);
    if (group === undefined) return undefined;
    const source: MetricSource | undefined = balancer
      ? {
          kind: "balancer",
          loadBalancerArnSuffix: balancer.loadBalancerArnSuffix,
          targetGroupArnSuffix: balancer.targetGroupArnSuffix,
        }
      : group.registry?.kind === "service-connect"
        ? { kind: "service-connect", discoveryName: discoveryName(this.plan.stack, workload) }
        : undefined;
    if (source === undefined) return undefined;
    const door =
      partOf(this.plan, "balancer-route", workload)?.key ??
      (balancer ? partKey("load-balancer", workload, this.plan.region) : group.key);
    const built = this.#build(door, source, (signal) => CALLERS.has(signal));
    this.#rows.push({ title: `${workload}: what callers see`, of: source });
    if (built.length === 0) return undefined;
    const stopping = built.filter(({ part }) => rolloutSignals.includes(part.signal)).map(({ alert }) => alert);
    return { names: stopping.map(({ alarmName }) => alarmName), resources: stopping.map(({ alarm }) => alarm) };
  }

  /** What the replicas themselves show. */
  replicas(workload: string, clusterName: string, group: ReplicaGroup): void {
    const source: MetricSource = { kind: "service", clusterName, serviceName: group.service.name };
    this.#build(partKey("replica-group", workload, this.plan.region), source, (signal) => !CALLERS.has(signal));
    this.#rows.push({ title: `${workload}: replicas`, of: source });
  }

  cache(part: RedisCachePart, cache: RedisCache): void {
    for (const { name, first, count } of watchedNodes(part)) {
      const source: MetricSource = { kind: "cache", memberIds: cache.memberIds.slice(first, first + count) };
      this.#build(part.key, source, (signal, workload) => workload === `${name}-${signal}`);
    }
    this.#rows.push({ title: `${part.workload}: cache`, of: { kind: "cache", memberIds: cache.memberIds } });
  }

  networks(network: NetworkHandle): void {
    if (network.natGatewayIds.length === 0) return;
    const source: MetricSource = { kind: "nat", gatewayIds: network.natGatewayIds };
    for (const part of partsOf(this.plan, "network")) this.#build(part.key, source, () => true);
    this.#rows.push({ title: "ways out", of: source });
  }

  #build(
    watches: PartKey,
    on: MetricSource,
    wanted: (signal: AlertSignal, workload: string) => boolean,
  ): readonly { readonly part: AlertPart; readonly alert: Alert }[] {
    return partsOf(this.plan, "alert")
      .filter((part) => part.watches === watches && wanted(part.signal, part.workload))
      .map((part) => ({
        part,
        alert: new Alert(
          `${part.workload}-${part.region}`,
          {
            part,
            stack: this.plan.stack,
            on,
            topicArn: this.topicArn,
            tags: this.tags,
            ...(this.transform ? { transform: this.transform } : {}),
          },
          this.opts,
        ),
      }));
  }
}
