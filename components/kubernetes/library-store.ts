import * as pulumi from "@pulumi/pulumi";
import { isLater, laterOnly } from "../component-arguments";
import { Building, expectedAvailability, floorOf, monthlyCost } from "../planned-component";
import { buildSystem, type Given, type Transforms } from "./index";
import type { StoreAddresses, StoreArgs, StoreTransform } from "./library-store-args";
import { storeKind } from "./library-store-request";
import { plannedOnKubernetes } from "./planned-component";
import { leadsTo, reachablePods, reachedBy, type Reachable, type Reached } from "./reaches";
import { NO_PORT, noFigures, nowhere } from "../unplanned";

/**
 * A store that keeps data in any Pulumi program: members that each hold all of it, with volumes, snapshots, disruption budget and network
 * policy; one of them takes the writes, and as many read as load and objectives need. The plan is the component's own input, so that
 * preview, state and policy pack find it.
 */
export class Store extends pulumi.ComponentResource {
  /** Where callers inside the cluster read and write, from any namespace: the port `rest`. */
  readonly url: pulumi.Output<string>;
  /** host:port of the same. Literal. */
  readonly address: string;
  /** host:port of each port. Literal. */
  readonly addresses: StoreAddresses;
  /** What another component's `reaches` takes: its pods, and their ports for reads and writes. Literal. */
  readonly reachable: Reachable;
  /** Members, the leader counted; the autoscaler's floor where there is one. */
  readonly members: number;
  /** Of the nodes that it would need alone and of its volumes, expected. */
  readonly costPerMonthUsd: number;
  /** Expected, as a share of time. */
  readonly availability: number;

  /** @throws pulumi.RunError with every mistake, or every limit that forbids the plan, before anything is registered; a preview tells them and goes on */
  constructor(name: string, args: StoreArgs, opts?: pulumi.ComponentResourceOptions) {
    const planned = plannedOnKubernetes(storeKind, name, args);
    const { namespace } = planned;
    const building = new Building(`Store "${name}"`, args.adopt);
    super("nines:kubernetes:Store", name, planned.ok ? { plan: planned.plan } : {}, building.optionsOf(opts));
    if (!planned.ok) {
      this.url = nowhere();
      this.address = `${name}.${namespace}`;
      this.addresses = { rest: this.address };
      this.reachable = reachablePods(name, namespace, [NO_PORT]);
      ({ replicas: this.members, costPerMonthUsd: this.costPerMonthUsd, availability: this.availability } = noFigures);
      return;
    }
    const { request, plan } = planned;
    const { reached } = reachedBy({ ...args, name, namespace });
    const statefulSet = building.built(() => {
      const transform = transformsOf(name, args.transform ?? {});
      const { stores } = buildSystem(
        { plan, request, transform, given: givenOf(name, args, reached) },
        { parent: this },
      );
      const own = stores.get(name);
      if (own === undefined) throw new RangeError("its plan has no members");
      return own.statefulSet;
    });
    this.addresses = addressesOf(name, namespace, args);
    this.reachable = reachablePods(name, namespace, portsOf(args), args.callers);
    this.address = this.addresses.rest;
    // Known when the members are there.
    this.url = statefulSet.id.apply(() => `http://${this.address}`);
    leadsTo(this.url, this.reachable);
    this.members = floorOf(plan, name);
    this.costPerMonthUsd = monthlyCost(plan);
    this.availability = expectedAvailability(plan);
    this.registerOutputs({
      url: this.url,
      addresses: this.addresses,
      members: this.members,
      costPerMonthUsd: this.costPerMonthUsd,
      availability: this.availability,
    });
  }
}

/** Each port has a Service of its own, the leader too. */
function addressesOf(name: string, namespace: string, { ports, leader }: StoreArgs): StoreAddresses {
  const at = (word: string, port: number): string => `${name}${word}.${namespace}:${port}`;
  return {
    rest: at("", ports.rest),
    ...(ports.grpc === undefined ? {} : { grpc: at("-grpc", ports.grpc) }),
    ...(ports.metrics === undefined ? {} : { metrics: at("-metrics", ports.metrics) }),
    ...(leader === true ? { leader: at("-leader", ports.rest) } : {}),
  };
}

/** Of callers: who measures has no policy of this program's. */
function portsOf({ ports: { rest, grpc } }: StoreArgs): readonly number[] {
  return grpc === undefined ? [rest] : [rest, grpc];
}

/** Values as they were given: what is built with them. */
function givenOf(name: string, { image, environment = {}, callers }: StoreArgs, reached: readonly Reached[]): Given {
  return {
    ...(isLater(image) ? { images: { [name]: image } } : {}),
    ...(callers === undefined ? {} : { callers: { [name]: callers } }),
    environment: { [name]: laterOnly(environment) },
    reaches: { [name]: reached },
  };
}

function transformsOf(name: string, { namespace, store, alerts }: StoreTransform): Transforms {
  return {
    ...(namespace ? { namespace } : {}),
    ...(store ? { store: { [name]: store } } : {}),
    ...(alerts ? { alerts: { [name]: alerts } } : {}),
  };
}
