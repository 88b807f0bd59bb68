import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { freeTypes, supportingTypes } from "../../../components/aws/supporting-types.read";
import { supportingReader } from "../../../components/aws/supporting.read";
import { readParts } from "../../../components/readers";
import { costOf } from "../../../cost";
import { resourceGraph, type Resource } from "../../../model";
import { checkEveryInput } from "../every-input";
import { neverThrows, readWith, recordForeign } from "./foreign-program";

const region = "us-east-1";

function program(): void {
  const key = new aws.kms.Key("data", { enableKeyRotation: true, region });
  new aws.kms.Alias("data", { targetKeyId: key.id, name: "alias/data", region });
  const zone = new aws.route53.Zone("shop", { name: "shop.example.com" });
  new aws.route53.Record("mail", { zoneId: zone.zoneId, name: "mail", type: "MX", ttl: 300, records: ["10 mx"] });
  new aws.wafv2.WebAcl("guard", {
    scope: "REGIONAL",
    defaultAction: { allow: {} },
    visibilityConfig: { cloudwatchMetricsEnabled: true, metricName: "guard", sampledRequestsEnabled: true },
    rules: ["a", "b"].map((name, priority) => ({
      name,
      priority,
      action: { block: {} },
      statement: { rateBasedStatement: { limit: 1000, aggregateKeyType: "IP" } },
      visibilityConfig: { cloudwatchMetricsEnabled: true, metricName: name, sampledRequestsEnabled: true },
    })),
    region,
  });
  new aws.ssm.Parameter("plain", { type: "String", value: "x", region });
  new aws.ssm.Parameter("large", { type: "String", value: "x", tier: "Advanced", region });
  const role = new aws.iam.Role("app", { assumeRolePolicy: "{}" });
  new aws.iam.RolePolicyAttachment("app", { role: role.name, policyArn: "arn:p" });
  new aws.ec2.SecurityGroup("app", { ingress: [{ protocol: "tcp", fromPort: 80, toPort: 80 }], region });
  new aws.ecr.Repository("app", { region });
  new aws.cloudwatch.LogGroup("app", { retentionInDays: 7, region });
  new aws.cloudwatch.MetricAlarm("old", {
    comparisonOperator: "GreaterThanThreshold",
    evaluationPeriods: 1,
    threshold: 600,
    metricQueries: [
      {
        id: "age",
        metric: { namespace: "AWS/SQS", metricName: "ApproximateAgeOfOldestMessage", period: 60, stat: "Maximum" },
      },
      { id: "rows", metric: { namespace: "Shop", metricName: "Rows", period: 60, stat: "Sum" } },
      { id: "both", expression: "age * rows", returnData: true },
    ],
    region,
  });
}

describe("what stands beside a system", () => {
  let resources: readonly Resource[];
  beforeAll(async () => {
    resources = await recordForeign(program);
  });

  test("is a Part where it is billed, and claimed where it is free", () => {
    const { parts, claims } = readWith(supportingReader, resources);
    expect(parts.map(({ service, units }) => `${String(units)} ${String(service)}`).sort()).toEqual([
      "1 advanced-parameter",
      "1 hosted-zone",
      "1 image-registry",
      "1 kms-key",
      "1 log-group",
      "1 web-acl",
      "2 metric-alarm",
      "2 web-acl-rules",
    ]);
    const custom = resources.filter((resource) => resource.custom).map(({ urn }) => urn);
    expect(claims.map(({ urn }) => urn).sort()).toEqual([...custom].sort());
  });

  test("costs 8.75 USD a month: key 1, zone 0.50, firewall 5 and two rules, parameter 0.05, two metrics of an alarm 0.20", () => {
    const { parts } = supportingReader.read(resourceGraph(resources));
    const { perMonthUsd, unpriced } = costOf(parts, null);
    expect(perMonthUsd.expected).toBeCloseTo(1 + 0.5 + 5 + 2 + 0.05 + 0.2, 10);
    expect(unpriced.map(({ item, why }) => `${item}: ${why}`).sort()).toEqual([
      "dns-queries-million: needs demand",
      "ecr-storage-gb-month: how much it holds no program says",
      "logs-ingest-gb: needs demand",
      "waf-requests-million: needs demand",
    ]);
  });

  test("that another reader knows is left to it", () => {
    const { parts, claims } = supportingReader.read(resourceGraph(resources), new Set(resources.map(({ urn }) => urn)));
    expect([parts, claims]).toEqual([[], []]);
    // Of a whole stack each is claimed once.
    const urns = readParts("aws", resourceGraph(resources)).claims.map(({ urn }) => urn);
    expect(new Set(urns).size).toBe(urns.length);
  });

  test("each input is in the table", () => {
    const tabled = resources.filter(({ type }) => !type.startsWith("aws:iam/"));
    expect(checkEveryInput(tabled, supportingReader)).toEqual([]);
  });

  test("whatever stands in an input, the reader does not throw", () => neverThrows(supportingReader, resources));
});

test("gateways and endpoints of a network that is elsewhere are priced by themselves", async () => {
  const resources = await recordForeign(() => {
    const address = new aws.ec2.Eip("out", { region });
    new aws.ec2.NatGateway("out", { subnetId: "subnet-1", allocationId: address.id, region });
    const of = { vpcId: "vpc-1", region };
    new aws.ec2.VpcEndpoint("logs", {
      ...of,
      serviceName: "com.amazonaws.us-east-1.logs",
      vpcEndpointType: "Interface",
      subnetIds: ["subnet-1", "subnet-2"],
    });
    new aws.ec2.VpcEndpoint("s3", { ...of, serviceName: "com.amazonaws.us-east-1.s3" });
  });
  const { parts, claims } = readParts("aws", resourceGraph(resources));
  expect(parts.map(({ key }) => key)).toEqual([
    `supporting/interface-endpoint-logs/${region}`,
    `supporting/nat-gateway-out/${region}`,
  ]);
  expect(claims).toHaveLength(4);
  expect(costOf(parts, null).perMonthUsd.expected).toBeCloseTo(730 * (2 * 0.01 + 0.045 + 0.005), 10);
});

test("a gateway of the region, of a network that is elsewhere, is billed in the zones that it is given", async () => {
  const resources = await recordForeign(() => {
    const of = { vpcId: "vpc-1", availabilityMode: "regional", region };
    const zone = (letter: string) => ({ allocationIds: [`eipalloc-${letter}`], availabilityZone: region + letter });
    new aws.ec2.NatGateway("named", { ...of, availabilityZoneAddresses: [zone("a"), zone("b")] });
    new aws.ec2.NatGateway("free", of);
  });
  const { parts } = readParts("aws", resourceGraph(resources));
  expect(parts.map(({ key }) => key)).toEqual([
    `supporting/nat-gateway-regional-free/${region}`,
    `supporting/nat-gateway-regional-named/${region}`,
  ]);
  const { perMonthUsd, unpriced } = costOf(parts, null);
  expect(perMonthUsd.expected).toBeCloseTo(730 * 2 * (0.045 + 0.005), 10);
  expect(unpriced.filter(({ part }) => part.includes("free")).map(({ item }) => item)).toEqual([
    "nat-regional-hour",
    "public-ipv4-hour",
    "nat-gb",
  ]);
  expect(checkEveryInput(resources, supportingReader)).toEqual([]);
});

test("what nobody knows stays unread", async () => {
  class Strange extends pulumi.CustomResource {}
  const resources = await recordForeign(() => {
    new Strange("aws:braket/quantumTask:QuantumTask", "job", {});
  });
  expect(readParts("aws", resourceGraph(resources))).toEqual({ parts: [], claims: [], conflicts: [] });
});

test("every type is one of the SDK's", () => {
  const known = (token: string): boolean => {
    const file = join(__dirname, "../../../node_modules/@pulumi/aws", `${token.split(":")[1] ?? ""}.js`);
    return existsSync(file) && readFileSync(file, "utf8").includes(`__pulumiType = '${token}'`);
  };
  expect(known("aws:braket/quantumTask:QuantumTask")).toBe(false);
  expect([...Object.keys(freeTypes), ...Object.keys(supportingTypes)].filter((token) => !known(token))).toEqual([]);
});
