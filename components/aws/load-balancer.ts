import * as pulumi from "@pulumi/pulumi";
import * as lb from "@pulumi/aws/lb";
import { placeOfBalancer } from "../../capacity";
import type { ExistingBalancer, LoadBalancer as LoadBalancerPart } from "../../model";
import { accessLogBucket, type AccessLogBucket } from "./access-log-bucket";
import { balancerSecurityGroup } from "./balancer-security-group";
import { aliasRecord, certificateOf } from "./domain";
import { listeners } from "./listeners";
import type { LoadBalancerArgs, LoadBalancerFacts, LoadBalancerHandle } from "./load-balancer-args";
import { balancerName } from "./load-balancer-name";
import { refuseBalancer } from "./load-balancer-refusals";
import { targetGroup } from "./target-group";
import { transformed } from "../transform";

/** Front door of a workload: an Application Load Balancer that sends each request to a replica that passes its probe. */
export class LoadBalancer extends pulumi.ComponentResource implements LoadBalancerHandle {
  readonly loadBalancerArnSuffix: pulumi.Output<string>;
  readonly targetGroupArn: pulumi.Output<string>;
  readonly targetGroupArnSuffix: pulumi.Output<string>;
  readonly listener: pulumi.Resource;
  readonly securityGroupId: pulumi.Output<string>;
  readonly dnsName: pulumi.Output<string>;
  readonly callerPort = null;
  readonly url: pulumi.Output<string>;

  /** @throws RangeError for a Part that an Application Load Balancer cannot be, and for plain text on the internet */
  constructor(name: string, args: LoadBalancerArgs, opts?: pulumi.ComponentResourceOptions) {
    super("nines:aws:LoadBalancer", name, {}, opts);
    const { part } = args;
    refuseBalancer(args);
    const facts: LoadBalancerFacts = {
      tags: {},
      transform: {},
      protect: part.protection.deletion,
      ...args,
      name: `${part.workload}-${part.region}`,
      parent: this,
    };
    const securityGroup = balancerSecurityGroup(facts);
    const logs = part.protection.logs ? accessLogBucket(facts, securityGroup.ownerId) : undefined;
    const balancer = loadBalancer(facts, securityGroup.id, logs);
    const group = targetGroup(facts);
    const listener = listeners(facts, balancer, group, certificateOf(facts));
    aliasRecord(facts, balancer);

    this.loadBalancerArnSuffix = balancer.arnSuffix;
    this.targetGroupArn = group.arn;
    this.targetGroupArnSuffix = group.arnSuffix;
    this.listener = listener;
    this.securityGroupId = securityGroup.id;
    this.dnsName = balancer.dnsName;
    this.url = urlOf(part, balancer.dnsName);
    this.registerOutputs({ url: this.url });
  }
}

/** A balancer that is there already; nothing is built, and nothing of it is read. */
export function existingLoadBalancer(existing: ExistingBalancer): LoadBalancerHandle {
  const { loadBalancerArn, targetGroupArn, securityGroupId, url } = existing;
  const { port } = placeOfBalancer(existing);
  return {
    targetGroupArn,
    // What CloudWatch calls them: app/<name>/<id> and targetgroup/<name>/<id>.
    targetGroupArnSuffix: targetGroupArn.slice(targetGroupArn.indexOf("targetgroup/")),
    loadBalancerArnSuffix: loadBalancerArn.slice(loadBalancerArn.indexOf("app/")),
    securityGroupId,
    listener: null,
    dnsName: new URL(url).hostname,
    callerPort: port,
    url: pulumi.output(url),
  };
}

function loadBalancer(
  facts: LoadBalancerFacts,
  securityGroupId: pulumi.Input<string>,
  logs: AccessLogBucket | undefined,
): lb.LoadBalancer {
  const { part, name, parent, protect, tags, transform, network } = facts;
  const internet = part.exposure === "internet";
  return new lb.LoadBalancer(
    name,
    transformed<lb.LoadBalancerArgs>(
      {
        ...balancerName(facts),
        loadBalancerType: "application",
        internal: !internet,
        subnets: subnets(part, internet ? network.publicSubnetIds : network.privateSubnetIds),
        securityGroups: [securityGroupId],
        enableDeletionProtection: part.protection.deletion,
        dropInvalidHeaderFields: part.protection.dropsInvalidHeaders,
        enableZonalShift: part.zonalShift,
        idleTimeout: part.idleTimeoutSeconds,
        ...(logs === undefined ? {} : { accessLogs: { bucket: logs.bucket.bucket, enabled: true } }),
        region: part.region,
        tags,
      },
      transform.loadBalancer,
    ),
    // AWS tries to write to the bucket, and looks for the way to the internet, when the balancer is made.
    { parent, protect, dependsOn: [...(logs === undefined ? [] : logs.ready), ...(internet ? network.ready : [])] },
  );
}

function subnets(
  { key, placement, exposure }: LoadBalancerPart,
  byZone: Readonly<Record<string, pulumi.Input<string>>>,
): pulumi.Input<string>[] {
  const zones = placement.kind === "zonal" ? placement.zones : [];
  return zones.map((zone) => {
    const subnet = byZone[zone];
    if (subnet !== undefined) return subnet;
    const tier = exposure === "internet" ? "public" : "private";
    throw new RangeError(
      `zones of ${key}: ${zone} has no ${tier} subnet; there are ${Object.keys(byZone).join(", ") || "none"}`,
    );
  });
}

/** Ports that a URL need not say (RFC 9110, section 4.2). */
const DEFAULT_PORTS = { https: 443, http: 80 } as const;

function urlOf({ listeners: ports, domain }: LoadBalancerPart, dnsName: pulumi.Output<string>): pulumi.Output<string> {
  const answering = ports.filter(({ redirects }) => !redirects);
  const listener = answering.find(({ tlsFloor }) => tlsFloor !== null) ?? answering[0];
  const scheme = (listener?.tlsFloor ?? null) === null ? "http" : "https";
  const port = listener === undefined || listener.port === DEFAULT_PORTS[scheme] ? "" : `:${listener.port}`;
  return pulumi.interpolate`${scheme}://${domain?.record === true ? domain.name : dnsName}${port}`;
}
