import * as pulumi from "@pulumi/pulumi";
import * as ssm from "@pulumi/aws/ssm";
import { buildSystem, type Given, type Transforms } from "./index";
import { tagsOf } from "./tags";
import { isLater, laterOnly } from "../component-arguments";
import type { Place } from "../component-request";
import { Building, expectedAvailability, floorOf, monthlyCost } from "../planned-component";
import { cacheName } from "../service-facts";
import { noFigures, nowhere } from "../unplanned";
import { plannedOnAws } from "./planned-component";
import type { ServiceArgs, ServiceTransform } from "./service-args";
import { existingHandle } from "./service-network";
import { serviceKind } from "./service-request";
import { parameterName } from "./service-system";

/**
 * A service that must stay up, in any Pulumi program: replicas on ECS and Fargate behind a balancer, with alarms and, where asked, a
 * cache; as many as load, latency and objectives need. The plan is the component's own input, so that preview, state and policy pack find it.
 */
export class Service extends pulumi.ComponentResource {
  /** Where callers go. */
  readonly url: pulumi.Output<string>;
  /** The scaler's floor. */
  readonly replicas: number;
  /** Of what it builds itself, expected: what it calls has a cost of its own. What has no price is not in it; the preview names that. */
  readonly costPerMonthUsd: number;
  /** Expected, as a share of time. */
  readonly availability: number;

  /** @throws pulumi.RunError with every mistake, or every limit that forbids the plan, before anything is registered; a preview tells them and goes on */
  constructor(name: string, args: ServiceArgs, opts?: pulumi.ComponentResourceOptions) {
    const component = plannedOnAws(serviceKind, name, args);
    const building = new Building(`Service "${name}"`, args.adopt);
    super("nines:aws:Service", name, component.ok ? { plan: component.plan } : {}, building.optionsOf(opts));
    if (!component.ok) {
      this.url = nowhere();
      ({ replicas: this.replicas, costPerMonthUsd: this.costPerMonthUsd, availability: this.availability } = noFigures);
      return;
    }
    const { request, plan: planned, zones, place } = component;
    const built = building.built(() => {
      const transform = transformsOf(name, args.transform ?? {});
      const tags = tagsOf(planned, request);
      const ready = variablesOf(name, args, place, { region: planned.region, tags }, this);
      const given = { ...givenOf(name, args, zones), ready };
      return buildSystem({ plan: planned, request, transform, given, tags }, { parent: this });
    });
    this.url = built.url ?? pulumi.output("");
    this.replicas = floorOf(planned, name);
    this.costPerMonthUsd = monthlyCost(planned);
    this.availability = expectedAvailability(planned);
    this.registerOutputs({
      url: this.url,
      replicas: this.replicas,
      costPerMonthUsd: this.costPerMonthUsd,
      availability: this.availability,
    });
  }
}

/** Ids as they were given: what is built with them. */
function givenOf(name: string, args: ServiceArgs, zones: readonly string[]): Given {
  const { network, alerts, domain, listener, image } = args;
  return {
    ...("existing" in network ? { network: existingHandle(network.existing, zones) } : {}),
    ...("topicArn" in alerts ? { topicArn: alerts.topicArn } : {}),
    ...(isLater(image) ? { images: { [name]: image } } : {}),
    ...(listener === undefined ? {} : { listeners: { [name]: listener } }),
    ...(domain === undefined ? {} : { zoneId: domain.zoneId }),
    ...(domain?.certificateArn === undefined ? {} : { certificateArn: domain.certificateArn }),
  };
}

/** Variables that are known only after deploy, as encrypted parameters: an unknown in a container's definition hides all of it. */
function variablesOf(
  name: string,
  args: ServiceArgs,
  place: Place,
  own: { readonly region: string; readonly tags: Readonly<Record<string, string>> },
  parent: pulumi.Resource,
): readonly pulumi.Resource[] {
  return Object.entries(laterOnly(args.environment ?? {})).map(
    ([variable, value]) =>
      new ssm.Parameter(
        `${name}-${own.region}-${variable}`,
        { name: parameterName(name, variable, place), type: "SecureString", value, ...own },
        { parent },
      ),
  );
}

function transformsOf(name: string, transform: ServiceTransform): Transforms {
  const { loadBalancer, balancerRoute, replicaGroup, cache, ...system } = transform;
  return {
    ...system,
    ...(loadBalancer ? { loadBalancer: { [name]: loadBalancer } } : {}),
    ...(balancerRoute ? { balancerRoute: { [name]: balancerRoute } } : {}),
    ...(replicaGroup ? { replicaGroup: { [name]: replicaGroup } } : {}),
    ...(cache ? { redisCache: { [cacheName(name)]: cache } } : {}),
  };
}
