import { existingLoadBalancer } from "../../../components/aws/load-balancer";
import { existingNetwork } from "../../../components/aws/network";
import type { NetworkHandle } from "../../../components/aws/network-args";
import type { LoadBalancer as Part } from "../../../model";
import { differs, strip } from "../strip";
import { balancer, build, prod, read, region, secure, zones, type Given } from "./a-balancer";

describe("a balancer that is built", () => {
  test("has names that leave room for what AWS adds: 24 characters of 32, or a prefix of 6", async () => {
    const names = async (workload: string) =>
      (await build(balancer({ workload })))
        .filter(({ type }) => /:(LoadBalancer|TargetGroup)$/.test(type) && type.startsWith("aws:"))
        .map(({ name, inputs }) => [name.length, inputs["namePrefix"]]);
    expect(await names("storage-server")).toEqual([
      [24, undefined],
      [24, undefined],
    ]);
    expect(await names("storage-servers")).toEqual([
      [25, "stora-"],
      [25, "stora-"],
    ]);
  });

  test("is never named internal-, which AWS keeps for its own", async () => {
    const prefixes = async (workload: string) =>
      (await build(balancer({ workload })))
        .filter(({ type }) => type === "aws:lb/loadBalancer:LoadBalancer")
        .map(({ inputs }) => inputs["namePrefix"]);
    expect(await prefixes("internal")).toEqual(["inter-"]);
    expect(await prefixes("internals")).toEqual([undefined]);
    const { parts, conflicts } = read(strip(await build(balancer({ workload: "internal" }))));
    expect(differs([balancer({ workload: "internal" })], parts)).toBeUndefined();
    expect(conflicts).toEqual([]);
  });

  describe("in an existing network whose range is not told", () => {
    const subnets = Object.fromEntries(zones.map((zone) => [zone, `subnet-${zone}`]));
    const untold = existingNetwork({ vpcId: "vpc-1", privateSubnetIds: subnets, publicSubnetIds: subnets });
    const ranges = async (part: Part, network: NetworkHandle) => {
      const resources = await build(part, { network });
      const of = (type: string) =>
        resources.filter((each) => each.type === type).map(({ inputs }) => inputs["cidrIpv4"] ?? inputs["cidrIpv6"]);
      return {
        in: of("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"),
        out: of("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule"),
      };
    };
    const everywherePrivate = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"];

    test("opens to private addresses and to nobody else", async () => {
      expect(await ranges(balancer(), untold)).toEqual({ in: everywherePrivate, out: everywherePrivate });
    });
    test("on the internet, goes out to private addresses alone", async () => {
      const { in: from, out } = await ranges(prod, untold);
      expect([...from].sort()).toEqual(["0.0.0.0/0", "0.0.0.0/0", "::/0", "::/0"]);
      expect(out).toEqual(everywherePrivate);
    });
    test("and where it is told, to that range", async () => {
      const told = existingNetwork({ vpcId: "vpc-1", privateSubnetIds: subnets, addressRange: "10.9.0.0/16" });
      expect(await ranges(balancer(), told)).toEqual({ in: ["10.9.0.0/16"], out: ["10.9.0.0/16"] });
    });
    test("reads back without a conflict", async () => {
      expect(read(strip(await build(balancer(), { network: untold }))).conflicts).toEqual([]);
    });
  });

  test.each([
    ["plain text on the internet", balancer({ exposure: "internet" }), {}, "in plain text"],
    [
      "TLS without a certificate",
      balancer({ listeners: secure, domain: null }),
      { certificateArn: undefined },
      "TLS needs a certificate",
    ],
    [
      "a redirect that leads nowhere",
      balancer({
        listeners: [
          { port: 80, tlsFloor: null, redirects: true },
          { port: 81, tlsFloor: null, redirects: false },
        ],
      }),
      {},
      "a redirect needs a listener with TLS",
    ],
    ["TLS 1.1", balancer({ listeners: [{ port: 443, tlsFloor: "1.1", redirects: false }] }), {}, "TLS 1.1 is broken"],
    ["a domain without its zone", prod, { zoneId: undefined }, "needs zoneId"],
    [
      "a zone without a subnet",
      balancer({ placement: { kind: "zonal", zones: [`${region}a`, `${region}f`], spread: "hard" } }),
      {},
      "us-east-1f has no private subnet",
    ],
    ["a rate limit", balancer({ protection: { ...prod.protection, rateLimitPerSecond: 10 } }), {}, "web firewall"],
  ] as readonly (readonly [string, Part, Record<string, undefined>, string])[])(
    "refuses %s",
    async (_, part, given, says) => {
      await expect(build(part, given as Given)).rejects.toThrow(says);
    },
  );
});

describe("an existing balancer", () => {
  test("is a handle of the same shape", () => {
    const arn = "arn:aws:elasticloadbalancing:us-east-1:123456789012:";
    const targetGroupArn = `${arn}targetgroup/web/73e2d6bc24d8a067`;
    const handle = existingLoadBalancer({
      loadBalancerArn: `${arn}loadbalancer/app/front/50dc6c495c0c9188`,
      targetGroupArn,
      securityGroupId: "sg-0a1b2c3d",
      url: "https://web.example.com/api",
    });
    // CloudWatch User Guide, dimensions of AWS/ApplicationELB.
    expect(handle).toMatchObject({
      targetGroupArn,
      targetGroupArnSuffix: "targetgroup/web/73e2d6bc24d8a067",
      loadBalancerArnSuffix: "app/front/50dc6c495c0c9188",
      securityGroupId: "sg-0a1b2c3d",
      listener: null,
      dnsName: "web.example.com",
      callerPort: 443,
    });
    expect(existingNetwork({ vpcId: "vpc-1", privateSubnetIds: {} }).publicSubnetIds).toEqual({});
  });
});
