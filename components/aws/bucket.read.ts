import {
  isUnknownValue,
  known,
  unknown,
  type Bucket,
  type Claim,
  type Leaf,
  type PartReader,
  type Read,
  type ReadPart,
  type Resource,
  type ResourceGraph,
  type Value,
} from "../../model";
import {
  ACCOUNT_BLOCK,
  BLOCK,
  BUCKET,
  bucketInputs,
  LIFECYCLE,
  OF_BUCKET,
  POLICY,
  REPLICATION,
  VERSIONING,
} from "./bucket-inputs.read";
import { attached, keyOf, regionOf, wordOf } from "./identity.read";
import { asFlag, inside, leafOf, leafWithDefault, listOf, valueAt } from "./leaf.read";
import { refusesPlainText } from "./policy-document.read";

/** Reads S3 buckets. One that another Part knows (access logs of a balancer) is that Part's, and billed with it. */
export const bucketReader: PartReader = { read, inputs: bucketInputs };

const FENCES = ["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"] as const;

/** Inputs by which something names the bucket that its logs go to. */
const LOGS: readonly (readonly [type: string, property: string])[] = [
  ["aws:lb/loadBalancer:LoadBalancer", "accessLogs"],
  ["aws:lb/loadBalancer:LoadBalancer", "connectionLogs"],
  ["aws:cloudfront/distribution:Distribution", "loggingConfig"],
  ["aws:s3/bucketLogging:BucketLogging", "targetBucket"],
  [BUCKET, "logging"],
  ["aws:ec2/flowLog:FlowLog", "logDestination"],
  ["aws:cloudtrail/trail:Trail", "s3BucketName"],
  ["aws:elb/loadBalancer:LoadBalancer", "accessLogs"],
];

function read(graph: ResourceGraph, claimed: ReadonlySet<string> = new Set()): Read {
  const parts: ReadPart[] = [];
  const claims = new Map<string, Claim>();
  for (const bucket of graph.ofType(BUCKET)) {
    if (claimed.has(bucket.urn)) continue;
    const key = keyOf("bucket", graph, bucket);
    const of = (type: string) => attached(graph, bucket, type, "bucket", "bucket");
    const [versioning, block, replication, lifecycle, policies] = [
      VERSIONING,
      BLOCK,
      REPLICATION,
      LIFECYCLE,
      POLICY,
    ].map(of) as [Several, Several, Several, Several, Several];
    const part: ReadPart<Bucket> = {
      kind: "bucket",
      key,
      workload: wordOf(graph, bucket),
      region: regionOf(graph, bucket),
      placement: { kind: "regional" },
      versioned: one(bucket, "versioning", versioning, versioned) ?? inlineVersioned(bucket),
      blocksPublic: blocksPublic(graph, bucket, block),
      replicated:
        one(bucket, "replicationConfiguration", replication, (config) => anyRule(config, "rules", "status")) ??
        inlineReplicated(bucket),
      hasLifecycle:
        one(bucket, "lifecycleRules", lifecycle, (config) => anyRule(config, "rules", "status")) ??
        anyRule(bucket, "lifecycleRules", "enabled"),
      inTransit: refusesPlainText(bucket, "policy", policies),
      forceDestroy: leafWithDefault(bucket, ["forceDestroy"], asFlag),
      holds: known(takesLogs(graph, bucket) ? "logs" : "data", bucket.urn),
      runtime: { kind: "s3" },
    };
    parts.push(part);
    const fields = [bucket, ...versioning, ...block, ...replication, ...lifecycle, ...policies];
    for (const { urn } of fields) claims.set(urn, { urn, part: key, carries: "fields" });
    for (const type of OF_BUCKET)
      for (const { urn } of of(type)) if (!claims.has(urn)) claims.set(urn, { urn, part: key, carries: "nothing" });
  }
  return { parts, claims: [...claims.values()].filter(({ urn }) => !claimed.has(urn)), conflicts: [] };
}

type Several = readonly Resource[];

/** What the one resource of a kind says; undefined where there is none. */
function one<T>(
  bucket: Resource,
  property: string,
  resources: Several,
  read: (resource: Resource) => Leaf<T>,
): Leaf<T> | undefined {
  const [first, ...others] = resources;
  if (first === undefined) return undefined;
  return others.length > 0 ? unknown(bucket.urn, property, "ambiguous-reference") : read(first);
}

function versioned(resource: Resource): Leaf<boolean> {
  const path = ["versioningConfiguration", "status"];
  return leafOf(valueAt(resource, ...path), { urn: resource.urn, property: path.join(".") }, (status) =>
    typeof status === "string" ? status === "Enabled" : undefined,
  );
}

/** One block, or a list of one as the bucket's second version spells it. */
function inlineVersioned(bucket: Resource): Leaf<boolean> {
  const given = bucket.inputs["versioning"] ?? listOf(bucket.inputs["versionings"])[0] ?? bucket.inputs["versionings"];
  const at = { urn: bucket.urn, property: "versioning.enabled" };
  // Object lock keeps versions, and S3 switches them on with it.
  if (bucket.inputs["objectLockEnabled"] === true) return known(true, bucket.urn);
  if (Array.isArray(given)) return known(false, bucket.urn, "default");
  return leafOf(inside(given, "enabled"), at, asFlag, { default: false });
}

/** Without a block here, the account's decides where it fences; else AWS's default for new buckets, which older ones do not have. */
function blocksPublic(graph: ResourceGraph, bucket: Resource, blocks: Several): Leaf<boolean> {
  const own = one(bucket, "publicAccessBlock", blocks, fenced);
  if (own?.known === true && own.value) return own;
  const account = graph.ofType(ACCOUNT_BLOCK).map(fenced);
  const fencing = account.find((each) => each.known && each.value);
  return fencing ?? own ?? unknown(bucket.urn, "publicAccessBlock", "no-default-known");
}

function fenced(block: Resource): Leaf<boolean> {
  const fences = FENCES.map((fence) => leafWithDefault(block, [fence], asFlag));
  const open = fences.find((fence) => fence.known && !fence.value);
  return open ?? fences.find((fence) => !fence.known) ?? known(true, block.urn);
}

function inlineReplicated(bucket: Resource): Leaf<boolean> {
  const given = bucket.inputs["replicationConfiguration"] ?? listOf(bucket.inputs["replicationConfigurations"])[0];
  if (given === undefined) return known(false, bucket.urn, "default");
  return someOn(bucket, "replicationConfiguration.rules", inside(given, "rules"), "status");
}

function anyRule(resource: Resource, property: string, flag: string): Leaf<boolean> {
  return someOn(resource, property, resource.inputs[property], flag);
}

/** Whether one of a list of rules is on; a list that is not known may hold one. */
function someOn({ urn }: Resource, property: string, given: Value | undefined, flag: string): Leaf<boolean> {
  if (isUnknownValue(given)) return unknown(urn, property, given.$unknown);
  const states = listOf(given).map((rule): Leaf<boolean> => {
    if (isUnknownValue(rule)) return unknown(urn, property, rule.$unknown);
    return leafOf(inside(rule, flag), { urn, property: `${property}[].${flag}` }, (value) =>
      typeof value === "boolean" ? value : typeof value === "string" ? value === "Enabled" : undefined,
    );
  });
  return (
    states.find((state) => state.known && state.value) ??
    states.find((state) => !state.known) ??
    known(false, urn, given === undefined ? "default" : "input")
  );
}

function takesLogs(graph: ResourceGraph, bucket: Resource): boolean {
  return LOGS.some(([type, property]) => graph.referrers(bucket, property, type).some(({ urn }) => urn !== bucket.urn));
}
