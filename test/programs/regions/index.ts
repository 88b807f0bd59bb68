import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { site } from "./region";

const zoneName = new pulumi.Config().require("zone");
const main = site("us-east-1", ["us-east-1a", "us-east-1b", "us-east-1c"], "m7g.large", 6);
const spare = site("eu-west-1", ["eu-west-1a", "eu-west-1b"], "t4g.medium", 2);

const global = { provider: new aws.Provider("global", { region: "us-east-1" }) };
const zone = aws.route53.getZoneOutput({ name: zoneName }, global);
const check = new aws.route53.HealthCheck(
  "main",
  { type: "HTTPS", fqdn: main.dnsName, resourcePath: "/up", failureThreshold: 3, requestInterval: 30 },
  global,
);
for (const [role, target] of Object.entries({ PRIMARY: main, SECONDARY: spare }))
  new aws.route53.Record(
    role.toLowerCase(),
    {
      zoneId: zone.zoneId,
      name: `www.${zoneName}`,
      type: "A",
      setIdentifier: role,
      failoverRoutingPolicies: [{ type: role }],
      aliases: [{ name: target.dnsName, zoneId: target.zoneId, evaluateTargetHealth: true }],
      ...(role === "PRIMARY" ? { healthCheckId: check.id } : {}),
    },
    global,
  );

const sessions = new aws.dynamodb.Table(
  "sessions",
  {
    billingMode: "PAY_PER_REQUEST",
    hashKey: "id",
    attributes: [{ name: "id", type: "S" }],
    streamEnabled: true,
    streamViewType: "NEW_AND_OLD_IMAGES",
    pointInTimeRecovery: { enabled: true },
    replicas: [{ regionName: "eu-west-1" }],
  },
  global,
);
const pictures = new aws.s3.Bucket("pictures", {}, global);
const access = new aws.cloudfront.OriginAccessControl(
  "pictures",
  { originAccessControlOriginType: "s3", signingBehavior: "always", signingProtocol: "sigv4" },
  global,
);
const cdn = new aws.cloudfront.Distribution(
  "pictures",
  {
    enabled: true,
    origins: [
      { originId: "pictures", domainName: pictures.bucketRegionalDomainName, originAccessControlId: access.id },
    ],
    defaultCacheBehavior: {
      targetOriginId: "pictures",
      viewerProtocolPolicy: "redirect-to-https",
      allowedMethods: ["GET", "HEAD"],
      cachedMethods: ["GET", "HEAD"],
      cachePolicyId: "658327ea-f89d-4fab-a63d-7e88639e58f6",
    },
    restrictions: { geoRestriction: { restrictionType: "none" } },
    viewerCertificate: { cloudfrontDefaultCertificate: true },
  },
  global,
);

export const url = pulumi.interpolate`https://www.${zoneName}`;
export const images = cdn.domainName;
export const table = sessions.name;
