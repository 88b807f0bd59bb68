import {
  isUnknown,
  isUnknownValue,
  known,
  unknown,
  type Cdn,
  type Claim,
  type InputTable,
  type Leaf,
  type PartReader,
  type Read,
  type ReadPart,
  type Resource,
  type ResourceGraph,
  type Value,
} from "../../model";
import { keyOf, regionOf, wordOf } from "./identity.read";
import { asText, inside, leafOf, leafWithDefault, listOf, valueAt } from "./leaf.read";

const DISTRIBUTION = "aws:cloudfront/distribution:Distribution";
const DELIVERY = "aws:cloudwatch/logDeliverySource:LogDeliverySource";
const REQUESTS = "what of a request is passed on, kept or changed; no Part holds it";
const TAGS = "tags are read by nobody";

/** What a distribution is told to use, and sets no field of it. */
const BESIDE: readonly (readonly [type: string, property: string])[] = [
  ["aws:cloudfront/originAccessControl:OriginAccessControl", "origins"],
  ["aws:cloudfront/originAccessIdentity:OriginAccessIdentity", "origins"],
  ...["CachePolicy", "OriginRequestPolicy", "ResponseHeadersPolicy", "Function", "KeyGroup"].flatMap((type) =>
    ["defaultCacheBehavior", "orderedCacheBehaviors"].map(
      (property) => [`aws:cloudfront/${type.charAt(0).toLowerCase()}${type.slice(1)}:${type}`, property] as const,
    ),
  ),
];
const PUBLIC_KEY = "aws:cloudfront/publicKey:PublicKey";

const inputs: InputTable = {
  [DISTRIBUTION]: {
    fields: {
      "originGroups[].originId": "originFailover",
      "viewerCertificate.minimumProtocolVersion": "tlsFloor",
      "defaultCacheBehavior.viewerProtocolPolicy": "redirectsToTls",
      "orderedCacheBehaviors[].viewerProtocolPolicy": "redirectsToTls",
      "loggingConfig.bucket": "logs",
      webAclId: "firewall",
      priceClass: "priceClass",
    },
    ignored: {
      origins: "where it fetches; how many there are is read",
      originGroups: "which origins; that there are two is read",
      viewerCertificate: "which certificate; CloudFront's own comes with TLS 1.0, as does none that says more",
      tags: TAGS,
      "*": REQUESTS,
    },
  },
  [DELIVERY]: { fields: { resourceArn: "logs" }, ignored: { "*": "which logs, and under which name" } },
  ...Object.fromEntries(
    [...BESIDE.map(([type]) => type), PUBLIC_KEY].map((type) => [type, { fields: {}, ignored: { "*": REQUESTS } }]),
  ),
};

/** Reads CloudFront distributions. */
export const cdnReader: PartReader = { read, inputs };

function read(graph: ResourceGraph): Read {
  const parts: ReadPart[] = [];
  const claims = new Map<string, Claim>();
  for (const distribution of graph.ofType(DISTRIBUTION)) {
    const key = keyOf("cdn", graph, distribution);
    const deliveries = graph.referrers(distribution, "resourceArn", DELIVERY);
    const part: ReadPart<Cdn> = {
      kind: "cdn",
      key,
      workload: wordOf(graph, distribution),
      region: regionOf(graph, distribution),
      origins: originsOf(distribution),
      originFailover: failoverOf(distribution),
      tlsFloor: floorOf(distribution),
      redirectsToTls: redirectsOf(distribution),
      logs: given(distribution, ["loggingConfig", "bucket"], deliveries.length > 0),
      firewall: given(distribution, ["webAclId"], false),
      priceClass: leafWithDefault(distribution, ["priceClass"], asText),
      runtime: { kind: "cloudfront" },
    };
    parts.push(part);
    for (const { urn } of [distribution, ...deliveries]) claims.set(urn, { urn, part: key, carries: "fields" });
    const beside = BESIDE.flatMap(([type, property]) => graph.referenced(distribution, property, type));
    const keys = beside.flatMap((group) => graph.referenced(group, "items", PUBLIC_KEY));
    for (const { urn } of [...beside, ...keys]) claims.set(urn, { urn, part: key, carries: "nothing" });
  }
  return { parts, claims: [...claims.values()], conflicts: [] };
}

function originsOf({ urn, inputs: own }: Resource): Leaf<number> {
  const origins = own["origins"];
  if (isUnknownValue(origins)) return unknown(urn, "origins", origins.$unknown);
  return Array.isArray(origins) ? known(origins.length, urn) : unknown(urn, "origins", "no-default-known");
}

/** Where what is asked for by default comes from a group of two. */
function failoverOf(distribution: Resource): Leaf<boolean> {
  const { urn } = distribution;
  const groups = distribution.inputs["originGroups"];
  if (isUnknownValue(groups)) return unknown(urn, "originGroups", groups.$unknown);
  const pairs = listOf(groups).filter((group) => {
    const members = inside(group, "members");
    return isUnknownValue(members) || listOf(members).length >= 2;
  });
  if (pairs.length === 0) return known(false, urn, groups === undefined ? "default" : "input");
  const target = valueAt(distribution, "defaultCacheBehavior", "targetOriginId");
  const names = pairs.map((group) => inside(group, "originId"));
  if (names.includes(target)) return known(true, urn);
  const hidden = [target, ...names].find(isUnknownValue);
  return hidden === undefined ? known(false, urn) : unknown(urn, "originGroups[].originId", hidden.$unknown);
}

const VERSIONS = ["1.0", "1.1", "1.2", "1.3"] as const;

/** `TLSv1.2_2021` is 1.2, `TLSv1_2016` and `SSLv3` are what is older than 1.1; CloudFront's own certificate takes TLS 1.0 whatever is asked. */
function floorOf(distribution: Resource): Leaf<Cdn["tlsFloor"]> {
  const certificate = valueAt(distribution, "viewerCertificate");
  if (isUnknownValue(certificate)) return unknown(distribution.urn, "viewerCertificate", certificate.$unknown);
  if (inside(certificate, "cloudfrontDefaultCertificate") === true) return known("1.0", distribution.urn);
  return leafWithDefault<Cdn["tlsFloor"]>(distribution, ["viewerCertificate", "minimumProtocolVersion"], (value) => {
    const version = typeof value === "string" ? /^TLSv1(?:\.([123]))?(?:_|$)/.exec(value) : null;
    if (version === null) return value === "SSLv3" ? "1.0" : undefined;
    return VERSIONS[Number(version[1] ?? 0)];
  });
}

function redirectsOf(distribution: Resource): Leaf<boolean> {
  const { urn } = distribution;
  const ordered = distribution.inputs["orderedCacheBehaviors"];
  const behaviours: readonly (Value | undefined)[] = [
    valueAt(distribution, "defaultCacheBehavior"),
    ...(isUnknownValue(ordered) ? [ordered] : listOf(ordered)),
  ];
  const says = behaviours.map((behaviour) =>
    leafOf(
      isUnknownValue(behaviour) ? behaviour : inside(behaviour, "viewerProtocolPolicy"),
      { urn, property: "defaultCacheBehavior.viewerProtocolPolicy" },
      (policy) => (typeof policy === "string" ? policy !== "allow-all" : undefined),
    ),
  );
  return says.find((each) => each.known && !each.value) ?? says.find(isUnknown) ?? known(true, urn);
}

/** Whether a name is given; one that is known only later is one all the same. */
function given(distribution: Resource, path: readonly string[], elsewhere: boolean): Leaf<boolean> {
  const value = valueAt(distribution, ...path);
  if (isUnknownValue(value) && value.$unknown !== "after-deploy")
    return unknown(distribution.urn, path.join("."), value.$unknown);
  return known(
    elsewhere || (value !== undefined && value !== ""),
    distribution.urn,
    value === undefined ? "default" : "input",
  );
}
