import {
  readsTogether,
  isUnknown,
  known,
  unknown,
  type Claim,
  type Conflict,
  type Leaf,
  type LoadBalancer,
  type PartReader,
  type Read,
  type ReadPart,
  type Resource,
  type ResourceGraph,
} from "../../model";
import { readFirewall } from "./balancer-firewall.read";
import { readDomain } from "./domain.read";
import { keyOf, regionOf, wordOf } from "./identity.read";
import { asFlag, asNumber, asText, leafWithDefault, listOf, mapLeaf, valueAt } from "./leaf.read";
import { readListeners } from "./listeners.read";
import { loadBalancerInputs } from "./load-balancer-inputs.read";
import { SUBNET, zonesOf } from "./subnets.read";
import { readTargets } from "./targets.read";

const BALANCER = "aws:lb/loadBalancer:LoadBalancer";
const WEB_ACL = "aws:wafv2/webAclAssociation:WebAclAssociation";
const ADDRESS = "aws:ec2/eip:Eip";
/** Network Load Balancers, TCP idle timeout by default (@pulumi/aws 7.48.0, lb/listener.d.ts). */
const TCP_IDLE_SECONDS = 350;
const BUCKET = "aws:s3/bucket:Bucket";
const BUCKET_POLICY = "aws:s3/bucketPolicy:BucketPolicy";
const OF_BUCKET = [
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
];

/** Reads Application and Network Load Balancers; gateway ones are left unread. */
export const loadBalancerReader: PartReader = { read, inputs: loadBalancerInputs };

function read(graph: ResourceGraph): Read {
  const reads = graph.ofType(BALANCER).flatMap((balancer) => {
    const type = leafWithDefault(balancer, ["loadBalancerType"], asText);
    const layer = type.known ? LAYERS[type.value] : undefined;
    return layer === undefined ? [] : [readBalancer(graph, balancer, layer)];
  });
  // Balancers may share a certificate or a bucket.
  return readsTogether(reads);
}

type Layer = "alb" | "nlb";
const LAYERS: Readonly<Record<string, Layer>> = { application: "alb", network: "nlb" };

function readBalancer(graph: ResourceGraph, balancer: Resource, layer: Layer): Read {
  const key = keyOf("load-balancer", graph, balancer);
  const listeners = readListeners(graph, balancer);
  const targets = readTargets(graph, listeners.resources, key);
  const domain = readDomain(graph, balancer, listeners.resources, key);
  const firewall = readFirewall(graph, balancer, key, listeners.listeners, targets.targets);
  const logs = readLogs(graph, balancer, key);
  const flag = (property: string) => leafWithDefault(balancer, [property], asFlag);
  const part: ReadPart<LoadBalancer> = {
    kind: "load-balancer",
    key,
    workload: wordOf(graph, balancer),
    region: regionOf(graph, balancer),
    scope: known("regional", balancer.urn),
    placement: readPlacement(graph, balancer),
    exposure: mapLeaf(flag("internal"), (internal) => (internal ? "private" : "internet")),
    listeners: listeners.listeners,
    targets: targets.targets,
    // Each connection goes to the target that a hash of its ends picks.
    routing: layer === "nlb" ? known("random", balancer.urn, "default") : targets.routing,
    ejection: targets.ejection,
    protection: {
      deletion: flag("enableDeletionProtection"),
      logs: logs.logs,
      dropsInvalidHeaders: flag("dropInvalidHeaderFields"),
      rateLimitPerSecond: rateLimit(graph, balancer),
    },
    zonalShift: flag("enableZonalShift"),
    idleTimeoutSeconds:
      layer === "nlb"
        ? connectionIdle(balancer, listeners.resources)
        : leafWithDefault(balancer, ["idleTimeout"], asNumber),
    domain: domain.domain,
    runtime: layer === "nlb" ? { kind: "nlb", crossZone: flag("enableCrossZoneLoadBalancing") } : { kind: "alb" },
  };
  return {
    parts: [part],
    claims: [
      { urn: balancer.urn, part: key, carries: "fields" },
      ...listeners.resources.map(({ urn }): Claim => ({ urn, part: key, carries: "fields" })),
      ...targets.claims,
      ...domain.claims,
      ...firewall.claims,
      ...logs.claims,
      // An internet-facing network balancer may bring its own addresses, one a zone; they are billed as its zones are.
      ...graph
        .referenced(balancer, "subnetMappings", ADDRESS)
        .map(({ urn }): Claim => ({ urn, part: key, carries: "nothing" })),
    ],
    conflicts: [...targets.conflicts, ...domain.conflicts, ...firewall.conflicts, ...logs.conflicts],
  };
}

/** Of a network balancer each listener says it; a balancer without one has no connections. */
function connectionIdle(balancer: Resource, listeners: readonly Resource[]): Leaf<number> {
  const says = listeners.map((listener) => leafWithDefault(listener, ["tcpIdleTimeoutSeconds"], asNumber));
  const [first] = says;
  if (first === undefined) return known(TCP_IDLE_SECONDS, balancer.urn, "default");
  const hidden = says.find((each) => !each.known);
  if (hidden !== undefined || !first.known) return hidden ?? first;
  const differs = says.some((each) => each.known && each.value !== first.value);
  return differs ? unknown(first.urn, "tcpIdleTimeoutSeconds", "ambiguous-reference") : first;
}

function readPlacement(graph: ResourceGraph, balancer: Resource): ReadPart<LoadBalancer>["placement"] {
  const property = valueAt(balancer, "subnets") === undefined ? "subnetMappings" : "subnets";
  const given = valueAt(balancer, property);
  const subnets = graph.referenced(balancer, property, SUBNET);
  const hidden = given !== undefined && !Array.isArray(given);
  if (subnets.length === 0 || (!hidden && listOf(given).length > subnets.length))
    return unknown(balancer.urn, property, "elsewhere");
  // A balancer has a node in each zone that it was given.
  return { kind: "zonal", zones: zonesOf(subnets), spread: known("hard", balancer.urn) };
}

/** A web firewall may hold a rate rule; what it lets through is not read yet. */
function rateLimit(
  graph: ResourceGraph,
  balancer: Resource,
): ReadPart<LoadBalancer>["protection"] extends infer P
  ? Extract<P, { readonly rateLimitPerSecond: unknown }>["rateLimitPerSecond"]
  : never {
  const [association] = graph.referrers(balancer, "resourceArn", WEB_ACL);
  return association === undefined ? known(null, balancer.urn) : unknown(association.urn, "webAclArn", "unreadable");
}

interface LogsRead {
  readonly logs: ReturnType<typeof leafWithDefault<boolean>>;
  readonly claims: readonly Claim[];
  readonly conflicts: readonly Conflict[];
}

/** Logs go to a bucket; one that is made here must have a policy that lets them in. */
function readLogs(graph: ResourceGraph, balancer: Resource, part: Conflict["part"]): LogsRead {
  const enabled = leafWithDefault(balancer, ["accessLogs", "enabled"], asFlag);
  const named = valueAt(balancer, "accessLogs", "bucket") !== undefined;
  const logs = isUnknown(enabled) ? enabled : { ...enabled, value: enabled.value && named };
  const buckets = graph.referenced(balancer, "accessLogs", BUCKET);
  const policies = buckets.flatMap((bucket) => graph.referrers(bucket, "bucket", BUCKET_POLICY));
  const bare = [
    ...buckets,
    ...buckets.flatMap((bucket) => OF_BUCKET.flatMap((type) => graph.referrers(bucket, "bucket", type))),
  ];
  // Logs that are switched off need nobody let in.
  const asked = !logs.known || logs.value;
  const shut = !asked ? [] : buckets.filter((bucket) => graph.referrers(bucket, "bucket", BUCKET_POLICY).length === 0);
  return {
    logs,
    claims: [
      ...policies.map(({ urn }): Claim => ({ urn, part, carries: "fields" })),
      ...bare.map(({ urn }): Claim => ({ urn, part, carries: "nothing" })),
    ],
    conflicts: shut.map((bucket) => ({
      part,
      field: "protection.logs",
      says: [
        { urn: balancer.urn, property: "accessLogs.bucket", value: "logs go there" },
        { urn: bucket.urn, property: "policy", value: "nobody is let in" },
      ],
    })),
  };
}
