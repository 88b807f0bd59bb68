import * as pulumi from "@pulumi/pulumi";
import { isLater, laterOnly } from "../component-arguments";
import { Building, expectedAvailability, floorOf, monthlyCost } from "../planned-component";
import { cacheName } from "../service-facts";
import { buildSystem, type Given, type Transforms } from "./index";
import { plannedOnKubernetes } from "./planned-component";
import { leadsTo, reachablePods, reachedBy, type Reachable, type Reached } from "./reaches";
import type { ServiceArgs, ServiceTransform } from "./service-args";
import { serviceKind } from "./service-request";
import { NO_PORT, noFigures, nowhere } from "../unplanned";

/**
 * A service that must stay up, in any Pulumi program: pods of a Deployment over the cluster's zones, with autoscaler, disruption budget,
 * network policy, alerts and, where asked, a cache; as many as load, latency and objectives need. The cluster is that of the option
 * `provider`, else of the program's default. The plan is the component's own input, so that preview, state and policy pack find it.
 */
export class Service extends pulumi.ComponentResource {
  /** Where callers inside the cluster go, from any namespace. */
  readonly url: pulumi.Output<string>;
  /** host:port of the same. Literal. */
  readonly address: string;
  /** What another component's `reaches` takes: its pods and ports. Literal. */
  readonly reachable: Reachable;
  /** The autoscaler's floor. */
  readonly replicas: number;
  /** Of the nodes that it would need alone, expected; what it shares with others of the program the preview says. */
  readonly costPerMonthUsd: number;
  /** Expected, as a share of time. */
  readonly availability: number;

  /** @throws pulumi.RunError with every mistake, or every limit that forbids the plan, before anything is registered; a preview tells them and goes on */
  constructor(name: string, args: ServiceArgs, opts?: pulumi.ComponentResourceOptions) {
    const planned = plannedOnKubernetes(serviceKind, name, args);
    const { namespace } = planned;
    const building = new Building(`Service "${name}"`, args.adopt);
    super("nines:kubernetes:Service", name, planned.ok ? { plan: planned.plan } : {}, building.optionsOf(opts));
    if (!planned.ok) {
      this.url = nowhere();
      this.address = `${name}.${namespace}`;
      this.reachable = reachablePods(name, namespace, [NO_PORT]);
      ({ replicas: this.replicas, costPerMonthUsd: this.costPerMonthUsd, availability: this.availability } = noFigures);
      return;
    }
    const { request, plan } = planned;
    const { reached } = reachedBy({ ...args, name, namespace });
    const group = building.built(() => {
      const transform = transformsOf(name, args.transform ?? {});
      const { groups } = buildSystem(
        { plan, request, transform, given: givenOf(name, args, reached) },
        { parent: this },
      );
      const own = groups.get(name);
      if (own === undefined) throw new RangeError("its plan has no replicas");
      return own;
    });
    this.reachable = reachablePods(name, namespace, [args.port, ...(args.ports ?? [])]);
    this.address = `${name}.${namespace}:${args.port}`;
    // Known when the Service is there.
    this.url = group.service.id.apply(() => `http://${this.address}`);
    leadsTo(this.url, this.reachable);
    this.replicas = floorOf(plan, name);
    this.costPerMonthUsd = monthlyCost(plan);
    this.availability = expectedAvailability(plan);
    this.registerOutputs({
      url: this.url,
      replicas: this.replicas,
      costPerMonthUsd: this.costPerMonthUsd,
      availability: this.availability,
    });
  }
}

/** Values as they were given: what is built with them. */
function givenOf(name: string, { image, environment = {} }: ServiceArgs, reached: readonly Reached[]): Given {
  return {
    ...(isLater(image) ? { images: { [name]: image } } : {}),
    environment: { [name]: laterOnly(environment) },
    reaches: { [name]: reached },
  };
}

function transformsOf(name: string, transform: ServiceTransform): Transforms {
  const { namespace, replicaGroup, cache, alerts, slo, serviceMonitor } = transform;
  return {
    ...(namespace ? { namespace } : {}),
    ...(replicaGroup ? { replicaGroup: { [name]: replicaGroup } } : {}),
    ...(cache ? { redisCache: { [cacheName(name)]: cache } } : {}),
    ...(alerts ? { alerts: { [name]: alerts } } : {}),
    ...(slo ? { slo: { [name]: slo } } : {}),
    ...(serviceMonitor ? { serviceMonitor: { [name]: serviceMonitor } } : {}),
  };
}
