import * as pulumi from "@pulumi/pulumi";
import * as ecs from "@pulumi/aws/ecs";
import * as servicediscovery from "@pulumi/aws/servicediscovery";
import { physicalName } from "../names";
import { transformed, type Transform } from "../transform";

export interface ClusterArgs {
  /** Start of every physical name. */
  readonly stack: string;
  readonly region: string;
  /** Registries that the system's replica groups need; cloud-map also needs the network. */
  readonly registries: readonly ("service-connect" | "cloud-map")[];
  /** Services may name Spot. @default false */
  readonly spot?: boolean;
  /** Needed by cloud-map. */
  readonly vpcId?: pulumi.Input<string>;
  /** An existing cluster by name: only the registries are created. @default - created */
  readonly existing?: { readonly name: string };
  readonly tags?: Readonly<Record<string, string>>;
  readonly transform?: {
    readonly cluster?: Transform<ecs.ClusterArgs>;
    readonly capacityProviders?: Transform<ecs.ClusterCapacityProvidersArgs>;
    readonly serviceConnectNamespace?: Transform<servicediscovery.HttpNamespaceArgs>;
    readonly cloudMapNamespace?: Transform<servicediscovery.PrivateDnsNamespaceArgs>;
  };
}

/** What a replica group needs of it. */
export interface ClusterHandle {
  /** What ECS takes for a cluster: ARN, or an existing one's name. */
  readonly cluster: pulumi.Input<string>;
  /** Literal. */
  readonly name: string;
  /** null: not asked for. */
  readonly serviceConnectNamespaceArn: pulumi.Input<string> | null;
  readonly cloudMap: { readonly namespaceId: pulumi.Input<string>; readonly domain: string } | null;
  /** What lets services name Spot, and must stand before and after them; null: not asked for, or an existing cluster's own. */
  readonly spot: pulumi.Resource | null;
}

/** ECS cluster and the namespaces in which replicas are found without a balancer. */
export class Cluster extends pulumi.ComponentResource implements ClusterHandle {
  readonly cluster: pulumi.Input<string>;
  readonly name: string;
  readonly serviceConnectNamespaceArn: pulumi.Input<string> | null;
  readonly cloudMap: { readonly namespaceId: pulumi.Input<string>; readonly domain: string } | null;
  readonly spot: pulumi.Resource | null;

  constructor(name: string, args: ClusterArgs, opts?: pulumi.ComponentResourceOptions) {
    super("nines:aws:Cluster", name, {}, opts);
    this.name = args.existing?.name ?? physicalName([args.stack], CLUSTER_NAME_LIMIT);
    const own = args.existing === undefined ? cluster(this.name, args, name, this) : undefined;
    this.cluster = own?.arn ?? this.name;
    // Somebody else's cluster has one list of providers, which is its owner's.
    this.spot = own !== undefined && args.spot === true ? capacityProviders(own, args, name, this) : null;
    this.serviceConnectNamespaceArn = args.registries.includes("service-connect")
      ? httpNamespace(args, name, this).arn
      : null;
    this.cloudMap = args.registries.includes("cloud-map") ? dnsNamespace(args, name, this) : null;
    this.registerOutputs({ name: this.name });
  }
}

/** Amazon ECS API, CreateCluster: up to 255 letters, digits, underscores and hyphens. */
const CLUSTER_NAME_LIMIT = 255;

function cluster(physical: string, args: ClusterArgs, name: string, parent: pulumi.Resource): ecs.Cluster {
  return new ecs.Cluster(
    name,
    transformed<ecs.ClusterArgs>(
      {
        name: physical,
        // Container Insights bills each metric as a custom one; the alarms here need none of them.
        settings: [{ name: "containerInsights", value: "disabled" }],
        region: args.region,
        tags: args.tags ?? {},
      },
      args.transform?.cluster,
    ),
    { parent },
  );
}

/** A cluster has no provider until it is given; those of Fargate exist already. */
function capacityProviders(
  own: ecs.Cluster,
  args: ClusterArgs,
  name: string,
  parent: pulumi.Resource,
): ecs.ClusterCapacityProviders {
  return new ecs.ClusterCapacityProviders(
    `${name}-capacity`,
    transformed<ecs.ClusterCapacityProvidersArgs>(
      { clusterName: own.name, capacityProviders: ["FARGATE", "FARGATE_SPOT"], region: args.region },
      args.transform?.capacityProviders,
    ),
    { parent },
  );
}

function httpNamespace(args: ClusterArgs, name: string, parent: pulumi.Resource): servicediscovery.HttpNamespace {
  return new servicediscovery.HttpNamespace(
    `${name}-service-connect`,
    transformed<servicediscovery.HttpNamespaceArgs>(
      { name: args.stack, description: `Service Connect of ${args.stack}`, region: args.region, tags: args.tags ?? {} },
      args.transform?.serviceConnectNamespace,
    ),
    { parent },
  );
}

function dnsNamespace(
  args: ClusterArgs,
  name: string,
  parent: pulumi.Resource,
): { namespaceId: pulumi.Output<string>; domain: string } {
  if (args.vpcId === undefined)
    throw new RangeError("vpcId: cloud-map needs the network that its names are for, got nothing");
  const domain = `${args.stack}.internal`;
  const namespace = new servicediscovery.PrivateDnsNamespace(
    `${name}-cloud-map`,
    transformed<servicediscovery.PrivateDnsNamespaceArgs>(
      {
        name: domain,
        description: `Cloud Map of ${args.stack}`,
        vpc: args.vpcId,
        region: args.region,
        tags: args.tags ?? {},
      },
      args.transform?.cloudMapNamespace,
    ),
    { parent },
  );
  return { namespaceId: namespace.id, domain };
}
