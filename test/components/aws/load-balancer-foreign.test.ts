import * as aws from "@pulumi/aws";
import fc from "fast-check";
import { loadBalancerReader } from "../../../components/aws/load-balancer.read";
import { networkReader } from "../../../components/aws/network.read";
import { plain, resourceGraph, type Resource, type Value } from "../../../model";
import { recordInProcess } from "../../../preview/record";
import { old, recordForeign } from "./foreign-program";

const region = "us-east-1";

function read(resources: readonly Resource[]) {
  const found = loadBalancerReader.read(resourceGraph(resources));
  return { ...found, parts: found.parts.map(plain) };
}

describe("a balancer that nines did not build", () => {
  const record = (program: () => void) =>
    recordInProcess(program, { project: "other", stack: "other" }).then(({ resources }) => read(resources));

  test("is read through the provider's defaults", async () => {
    const { parts, conflicts } = await record(() => {
      const front = new aws.lb.LoadBalancer("front", { region, subnets: ["subnet-1", "subnet-2"] });
      const group = new aws.lb.TargetGroup("app", { port: 80, protocol: "HTTP", region });
      new aws.lb.Listener("web", {
        loadBalancerArn: front.arn,
        port: 443,
        protocol: "HTTPS",
        certificateArn: "arn:c",
        defaultActions: [{ type: "forward", targetGroupArn: group.arn }],
        region,
      });
    });
    expect(parts).toMatchObject([
      {
        key: `load-balancer/front/${region}`,
        exposure: "internet",
        placement: { known: false, why: "elsewhere" },
        listeners: [{ port: 443, tlsFloor: "1.0", redirects: false }],
        targets: [
          {
            part: { known: false, why: "elsewhere" },
            port: 80,
            drainSeconds: 300,
            probe: {
              check: { kind: "http", path: "/" },
              intervalSeconds: 30,
              timeoutSeconds: 6,
              failures: 3,
              successes: 3,
            },
          },
        ],
        routing: "round-robin",
        protection: { deletion: false, logs: false, dropsInvalidHeaders: false },
        domain: null,
      },
    ]);
    expect(conflicts).toEqual([]);
  });

  test("says where it does not know: two target groups, a firewall in front, a group that is elsewhere", async () => {
    const { parts } = await record(() => {
      const front = new aws.lb.LoadBalancer("front", { region });
      const [a, b] = ["a", "b"].map((name) => new aws.lb.TargetGroup(name, { port: 80, region }));
      const forward = { targetGroups: [a, b].map((group) => ({ arn: group?.arn ?? "", weight: 50 })) };
      new aws.lb.Listener("web", {
        loadBalancerArn: front.arn,
        port: 80,
        defaultActions: [{ type: "forward", forward }],
        region,
      });
      new aws.wafv2.WebAclAssociation("guard", { resourceArn: front.arn, webAclArn: "arn:w", region });
      const other = new aws.lb.LoadBalancer("other", { region });
      new aws.lb.Listener("other", {
        loadBalancerArn: other.arn,
        port: 80,
        defaultActions: [{ type: "forward", targetGroupArn: "arn:t" }],
        region,
      });
      new aws.lb.LoadBalancer("gateway", { region, loadBalancerType: "gateway" });
    });
    expect(parts).toMatchObject([
      {
        targets: [{ weight: 50 }, { weight: 50 }],
        protection: { rateLimitPerSecond: { why: "unreadable" } },
      },
      { targets: { known: false, why: "elsewhere" }, routing: { known: false, why: "elsewhere" } },
    ]);
  });

  test("that passes connections on is read as such", async () => {
    const { parts, claims } = await record(() => {
      const zones = ["a", "b"].map((letter) => `${region}${letter}`);
      const vpc = new aws.ec2.Vpc("main", { cidrBlock: "10.0.0.0/16", region });
      const subnetMappings = zones.map((availabilityZone, index) => ({
        subnetId: new aws.ec2.Subnet(availabilityZone, {
          vpcId: vpc.id,
          availabilityZone,
          cidrBlock: `10.0.${index}.0/24`,
        }).id,
        allocationId: new aws.ec2.Eip(availabilityZone, { region }).allocationId,
      }));
      const front = new aws.lb.LoadBalancer("front", {
        loadBalancerType: "network",
        subnetMappings,
        enableCrossZoneLoadBalancing: true,
        region,
      });
      const group = new aws.lb.TargetGroup("app", { port: 5432, protocol: "TCP", region });
      const defaultActions = [{ type: "forward", targetGroupArn: group.arn }];
      const of = { loadBalancerArn: front.arn, defaultActions, region };
      new aws.lb.Listener("plain", { ...of, port: 5432, protocol: "TCP", tcpIdleTimeoutSeconds: 600 });
      new aws.lb.Listener("tls", {
        ...of,
        port: 443,
        protocol: "TLS",
        certificateArn: "arn:aws:acm:us-east-1:123456789012:certificate/a",
        sslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06",
        tcpIdleTimeoutSeconds: 600,
      });
    });
    expect(parts).toMatchObject([
      {
        placement: { kind: "zonal", zones: ["us-east-1a", "us-east-1b"] },
        listeners: [
          { port: 443, tlsFloor: "1.2", redirects: false },
          { port: 5432, tlsFloor: null, redirects: false },
        ],
        targets: [{ port: 5432, weight: 1, probe: { check: { kind: "tcp" }, timeoutSeconds: 10 } }],
        routing: "random",
        idleTimeoutSeconds: 600,
        runtime: { kind: "nlb", crossZone: true },
      },
    ]);
    // Its two addresses are its own.
    expect(claims.filter(({ carries }) => carries === "nothing")).toHaveLength(2);
  });

  test.each(["alb", "applicationloadbalancing", "elasticloadbalancingv2"])(
    "is read under the older name aws:%s",
    async (module) => {
      const of = (type: string) => `aws:${module}/${type.charAt(0).toLowerCase()}${type.slice(1)}:${type}`;
      const resources = await recordForeign(() => {
        const front = old(of("LoadBalancer"), "front", { region, internal: true });
        old(of("Listener"), "web", { loadBalancerArn: front.id, port: 80, defaultActions: [], region });
      });
      expect(read(resources).parts).toMatchObject([
        { key: `load-balancer/front/${region}`, exposure: "private", listeners: [{ port: 80, tlsFloor: null }] },
      ]);
    },
  );

  test("with shares that differ says no more than that", async () => {
    const { parts } = await record(() => {
      const front = new aws.lb.LoadBalancer("front", { region });
      const targetGroups = [90, 10].map((weight, index) => ({
        arn: new aws.lb.TargetGroup(`${index}`, { port: 80, region }).arn,
        weight,
      }));
      const defaultActions = [{ type: "forward", forward: { targetGroups } }];
      new aws.lb.Listener("web", { loadBalancerArn: front.arn, port: 80, defaultActions, region });
    });
    const ambiguous = { weight: { why: "ambiguous-reference" } };
    expect(parts).toMatchObject([{ targets: [ambiguous, ambiguous], routing: "round-robin" }]);
  });

  test("says what does not agree: ports, names, and a bucket that lets nobody in", async () => {
    const { conflicts } = await record(() => {
      const firewall = new aws.ec2.SecurityGroup("front", { region });
      new aws.vpc.SecurityGroupIngressRule("front", {
        securityGroupId: firewall.id,
        ipProtocol: "tcp",
        fromPort: 81,
        toPort: 81,
        cidrIpv4: "0.0.0.0/0",
      });
      const bucket = new aws.s3.Bucket("logs", { region });
      const front = new aws.lb.LoadBalancer("front", {
        region,
        securityGroups: [firewall.id],
        accessLogs: { bucket: bucket.bucket, enabled: true },
      });
      const group = new aws.lb.TargetGroup("app", { port: 80, region });
      const cert = new aws.acm.Certificate("front", { domainName: "*.example.org", validationMethod: "DNS", region });
      new aws.lb.Listener("web", {
        loadBalancerArn: front.arn,
        port: 443,
        protocol: "HTTPS",
        certificateArn: cert.arn,
        defaultActions: [{ type: "forward", targetGroupArn: group.arn }],
        region,
      });
      new aws.route53.Record("front", {
        name: "shop.example.com",
        zoneId: "Z1",
        type: "A",
        aliases: [{ name: front.dnsName, zoneId: front.zoneId, evaluateTargetHealth: true }],
      });
      new aws.ecs.Service("app", {
        loadBalancers: [{ targetGroupArn: group.arn, containerName: "app", containerPort: 8080 }],
        region,
      });
    });
    expect(conflicts.map(({ field, says }) => [field, says.map(({ value }) => value)])).toEqual([
      ["targets", [80, 8080]],
      ["domain", ["shop.example.com", "*.example.org"]],
      ["listeners", [[81, 81], [443]]],
      ["protection.logs", ["logs go there", "nobody is let in"]],
    ]);
  });
});

/** Another's program, small but with everything that the readers follow. */
function sketch(): Promise<readonly Resource[]> {
  const program = () => {
    const vpc = new aws.ec2.Vpc("main", { cidrBlock: "10.0.0.0/16", region });
    const outside = new aws.ec2.InternetGateway("main", { vpcId: vpc.id });
    const subnets = ["a", "b"].map(
      (letter) =>
        new aws.ec2.Subnet(letter, { vpcId: vpc.id, availabilityZone: `${region}${letter}`, cidrBlock: "10.0.0.0/20" }),
    );
    const table = new aws.ec2.RouteTable("open", { vpcId: vpc.id });
    new aws.ec2.Route("open", { routeTableId: table.id, destinationCidrBlock: "0.0.0.0/0", gatewayId: outside.id });
    for (const [index, subnet] of subnets.entries())
      new aws.ec2.RouteTableAssociation(`${index}`, { subnetId: subnet.id, routeTableId: table.id });
    const gateway = new aws.ec2.NatGateway("nat", { subnetId: subnets[0]?.id ?? "" });
    new aws.ec2.Route("closed", {
      routeTableId: table.id,
      destinationCidrBlock: "0.0.0.0/0",
      natGatewayId: gateway.id,
    });
    new aws.ec2.VpcEndpoint("logs", {
      vpcId: vpc.id,
      serviceName: "com.amazonaws.us-east-1.logs",
      vpcEndpointType: "Interface",
      subnetIds: subnets.map(({ id }) => id),
    });
    const group = new aws.cloudwatch.LogGroup("flow", { retentionInDays: 7 });
    new aws.ec2.FlowLog("flow", { vpcId: vpc.id, logDestination: group.arn, trafficType: "ALL" });
    const front = new aws.lb.LoadBalancer("front", {
      subnets: subnets.map(({ id }) => id),
      accessLogs: { bucket: "logs", enabled: true },
      region,
    });
    const app = new aws.lb.TargetGroup("app", { port: 80, healthCheck: { path: "/health", protocol: "HTTP" }, region });
    const forward = { type: "forward", targetGroupArn: app.arn };
    const cert = new aws.acm.Certificate("front", { domainName: "shop.example.com", validationMethod: "DNS" });
    const listener = new aws.lb.Listener("web", {
      loadBalancerArn: front.arn,
      port: 443,
      protocol: "HTTPS",
      certificateArn: cert.arn,
      defaultActions: [forward],
    });
    new aws.lb.ListenerRule("api", {
      listenerArn: listener.arn,
      actions: [forward],
      conditions: [{ pathPattern: { values: ["/api"] } }],
    });
    new aws.route53.Record("front", {
      name: "shop.example.com",
      zoneId: "Z1",
      type: "A",
      aliases: [{ name: front.dnsName, zoneId: front.zoneId, evaluateTargetHealth: true }],
    });
    new aws.ecs.Service("app", {
      loadBalancers: [{ targetGroupArn: app.arn, containerName: "app", containerPort: 80 }],
    });
  };
  return recordInProcess(program, { project: "other", stack: "other" }).then(({ resources }) => resources);
}

describe("whatever a program says", () => {
  const strange: fc.Arbitrary<Value | undefined> = fc.oneof(
    fc.constantFrom<Value | undefined>(
      undefined,
      null,
      { $unknown: "after-deploy" },
      { $unknown: "secret" },
      [],
      {},
      [null],
      [{ $unknown: "after-deploy" }],
    ),
    fc.jsonValue().map((value) => value as Value),
  );

  test.each([
    ["network", networkReader],
    ["load balancer", loadBalancerReader],
  ] as const)("the %s's reader does not throw and claims nothing twice", async (_, reader) => {
    const resources = await sketch();
    const inputs = resources.flatMap(({ urn, inputs: own }) => Object.keys(own).map((property) => ({ urn, property })));
    const change = fc.record({ at: fc.constantFrom(...inputs), value: strange, refers: fc.boolean() });
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 6 }), fc.subarray([...resources]), (changes, left) => {
        const changed = left.map((resource) =>
          changes
            .filter(({ at }) => at.urn === resource.urn)
            .reduce<Resource>((here, { at, value, refers }) => {
              const { [at.property]: dropped, ...others } = here.inputs;
              const { [at.property]: gone, ...dependencies } = here.propertyDependencies;
              return {
                ...here,
                inputs: value === undefined ? others : { ...others, [at.property]: value },
                propertyDependencies:
                  refers && dropped !== undefined
                    ? here.propertyDependencies
                    : gone === undefined
                      ? here.propertyDependencies
                      : dependencies,
              };
            }, resource),
        );
        const { claims, parts } = reader.read(resourceGraph(changed));
        expect(new Set(claims.map(({ urn }) => urn)).size).toBe(claims.length);
        expect(() => JSON.stringify(parts.map(plain))).not.toThrow();
      }),
      { numRuns: 500 },
    );
  });
});
