import * as pulumi from "@pulumi/pulumi";
import * as ssm from "@pulumi/aws/ssm";
import { plan, planCost } from "../../capacity";
import { describeInfeasible, describeMistakes, type Plan, type Request } from "../../model";
import { builtOrRefused, refusal } from "../refusal";
import { Adopting } from "./adoption";
import { buildSystem, tagsOf, type Given, type Transforms } from "./index";
import { partOf } from "./plan-parts";
import type { ServiceArgs, ServiceTransform } from "./service-args";
import { existingHandle } from "./service-network";
import { requestOfService } from "./service-request";
import { cacheName, isLater, parameterName, type Place } from "./service-system";

/**
 * A service that must stay up, in any Pulumi program: replicas on ECS and Fargate behind a balancer, with alarms and, where asked, a
 * cache; as many as load, latency and objectives need. The plan is the component's own input, so that preview, state and policy pack find it.
 */
export class Service extends pulumi.ComponentResource {
  /** Where callers go. */
  readonly url: pulumi.Output<string>;
  /** The scaler's floor. */
  readonly replicas: number;
  /** Expected. */
  readonly costPerMonthUsd: number;
  /** Expected, as a share of time. */
  readonly availability: number;

  /** @throws pulumi.RunError with every mistake, or every limit that forbids the plan, before anything is registered */
  constructor(name: string, args: ServiceArgs, opts?: pulumi.ComponentResourceOptions) {
    const { request, plan: planned, zones, place } = plannedService(name, args);
    const adopting = new Adopting(args.adopt ?? {});
    const transformations = [...(opts?.transformations ?? []), adopting.transformation];
    super("nines:aws:Service", name, { plan: planned }, { ...opts, transformations });
    const built = builtOrRefused(() => {
      const transform = transformsOf(name, args.transform ?? {});
      const tags = tagsOf(planned, request);
      const ready = variablesOf(name, args, place, { region: planned.region, tags }, this);
      const given = { ...givenOf(name, args, zones), ready };
      return buildSystem({ plan: planned, request, transform, given, tags }, { parent: this });
    }, `Service "${name}"`);
    const missed = adopting.problems();
    if (missed.length > 0) throw refusal(`Service "${name}" takes over what is not here\n  ${missed.join("\n  ")}`);
    this.url = built.url ?? pulumi.output("");
    this.replicas = floorOf(planned, name);
    this.costPerMonthUsd = Math.round(planCost(planned).perMonthUsd.expected * 100) / 100;
    this.availability = 1 - (planned.availability?.unavailability ?? 0);
    this.registerOutputs({
      url: this.url,
      replicas: this.replicas,
      costPerMonthUsd: this.costPerMonthUsd,
      availability: this.availability,
    });
  }
}

interface PlannedService {
  readonly request: Request;
  readonly plan: Plan;
  readonly zones: readonly string[];
  readonly place: Place;
}

function plannedService(name: string, args: ServiceArgs): PlannedService {
  const place: Place = { project: pulumi.getProject(), stack: pulumi.getStack(), region: regionOfProgram() };
  const asked = requestOfService(name, args, place);
  if (!asked.ok) throw refusal(describeMistakes(`Service "${name}"`, asked.mistakes));
  const planned = plan(asked.request);
  if (!planned.ok) throw refusal(describeInfeasible(`Service "${name}"`, planned.infeasible));
  return { request: asked.request, plan: planned.plan, zones: asked.zones, place };
}

/** Where the AWS provider looks, in its order. */
function regionOfProgram(): string | undefined {
  return new pulumi.Config("aws").get("region") ?? process.env["AWS_REGION"] ?? process.env["AWS_DEFAULT_REGION"];
}

/** Ids as they were given: what is built with them. */
function givenOf(name: string, { network, alerts, domain, listener }: ServiceArgs, zones: readonly string[]): Given {
  return {
    ...("existing" in network ? { network: existingHandle(network.existing, zones) } : {}),
    ...("topicArn" in alerts ? { topicArn: alerts.topicArn } : {}),
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
  return Object.entries(args.environment ?? {})
    .filter(([, value]) => isLater(value))
    .map(
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

function floorOf(planned: Plan, workload: string): number {
  const group = partOf(planned, "replica-group", workload);
  if (group === undefined) return 0;
  return group.scaling.kind === "range" ? group.scaling.min : group.scaling.count;
}
