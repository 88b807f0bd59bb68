import * as aws from "@pulumi/aws";
import { cdnReader } from "../../../components/aws/cdn.read";
import type { Resource } from "../../../model";
import { checkEveryInput } from "../every-input";
import { neverThrows, readWith, recordForeign } from "./foreign-program";

const region = "us-east-1";
const behaviour = (targetOriginId: string, viewerProtocolPolicy: string) => ({
  targetOriginId,
  viewerProtocolPolicy,
  allowedMethods: ["GET", "HEAD"],
  cachedMethods: ["GET", "HEAD"],
});
const restrictions = { geoRestriction: { restrictionType: "none" } };

/** Pages with a standby behind a name of their own; and a bare distribution before one bucket. */
function program(): void {
  new aws.Provider("aws", { region });
  const buckets = ["pages", "standby", "logs"].map((name) => new aws.s3.Bucket(name, { region }));
  const access = new aws.cloudfront.OriginAccessControl("pages", {
    originAccessControlOriginType: "s3",
    signingBehavior: "always",
    signingProtocol: "sigv4",
  });
  const guard = new aws.wafv2.WebAcl("guard", {
    scope: "CLOUDFRONT",
    defaultAction: { allow: {} },
    visibilityConfig: { cloudwatchMetricsEnabled: false, metricName: "guard", sampledRequestsEnabled: false },
    region,
  });
  const origin = (index: number, originId: string) => ({
    originId,
    domainName: buckets[index]?.bucketRegionalDomainName ?? "",
    originAccessControlId: access.id,
  });
  new aws.cloudfront.Distribution("pages", {
    enabled: true,
    aliases: ["shop.example.com"],
    origins: [origin(0, "first"), origin(1, "second")],
    originGroups: [
      {
        originId: "either",
        failoverCriteria: { statusCodes: [500, 503] },
        members: [{ originId: "first" }, { originId: "second" }],
      },
    ],
    defaultCacheBehavior: behaviour("either", "redirect-to-https"),
    orderedCacheBehaviors: [{ ...behaviour("first", "https-only"), pathPattern: "/api/*" }],
    viewerCertificate: {
      acmCertificateArn: "arn:aws:acm:us-east-1:123456789012:certificate/a",
      sslSupportMethod: "sni-only",
      minimumProtocolVersion: "TLSv1.2_2021",
    },
    loggingConfig: { bucket: buckets[2]?.bucketDomainName ?? "" },
    webAclId: guard.arn,
    priceClass: "PriceClass_100",
    restrictions,
  });
  new aws.cloudfront.Distribution("bare", {
    enabled: true,
    origins: [origin(0, "only")],
    defaultCacheBehavior: behaviour("only", "allow-all"),
    viewerCertificate: { cloudfrontDefaultCertificate: true },
    restrictions,
  });
}

describe("distributions", () => {
  let resources: readonly Resource[];
  beforeAll(async () => {
    resources = await recordForeign(program);
  });

  test("are read with their origins, certificate, logs and firewall", () => {
    const { parts, claims } = readWith(cdnReader, resources);
    const common = { kind: "cdn", region, runtime: { kind: "cloudfront" } };
    expect(parts).toEqual([
      {
        ...common,
        key: `cdn/bare/${region}`,
        workload: "bare",
        origins: 1,
        originFailover: false,
        tlsFloor: "1.0",
        redirectsToTls: false,
        logs: false,
        firewall: false,
        priceClass: "PriceClass_All",
      },
      {
        ...common,
        key: `cdn/pages/${region}`,
        workload: "pages",
        origins: 2,
        originFailover: true,
        tlsFloor: "1.2",
        redirectsToTls: true,
        logs: true,
        firewall: true,
        priceClass: "PriceClass_100",
      },
    ]);
    expect(claims.map(({ carries }) => carries)).toEqual(["fields", "nothing", "fields"]);
  });

  test("each input is in the table", () => {
    expect(checkEveryInput(resources, cdnReader)).toEqual([]);
  });

  test("whatever stands in an input, the reader does not throw", () => neverThrows(cdnReader, resources));
});
