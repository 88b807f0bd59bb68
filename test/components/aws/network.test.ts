import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import fc from "fast-check";
import { subnetsOf } from "../../../capacity/addresses";
import { existingNetwork, Network } from "../../../components/aws/network";
import { networkReader } from "../../../components/aws/network.read";
import { plain, resourceGraph, type Network as NetworkPart, type Resource } from "../../../model";
import { recordInProcess } from "../../../preview/record";
import { checkEveryInput } from "../every-input";
import { differs, strip } from "../strip";

const region = "us-east-1";
const stack = "shop-prod";

function network(letters: string, rest: Partial<NetworkPart> & { readonly outward?: boolean } = {}): NetworkPart {
  const { outward = true, ...own } = rest;
  const zones = Array.from(letters, (letter) => `${region}${letter}`);
  const addressRange = rest.addressRange ?? "10.0.0.0/16";
  const addressed = subnetsOf({ addressRange, zones });
  if (!addressed.ok) throw new Error("the test's network does not fit");
  return {
    kind: "network",
    key: `network/network/${region}`,
    workload: "network",
    region,
    addressRange,
    zones,
    subnets: addressed.subnets.filter(({ tier }) => outward || tier === "private"),
    natZones: [],
    endpoints: [],
    flowLogs: null,
    runtime: { kind: "vpc" },
    ...own,
  };
}

const prod = network("abc", {
  natZones: [`${region}a`, `${region}b`, `${region}c`],
  endpoints: [
    { service: "ecr.api", kind: "interface", zones: 3 },
    { service: "logs", kind: "interface", zones: 3 },
    { service: "s3", kind: "gateway", zones: 0 },
  ],
  flowLogs: { keepDays: 30 },
});
/** One gateway of the region: no public subnet holds it. */
const regional = network("abc", { outward: false, natZones: prod.natZones, natRegional: true });
const dev = network("ab", { outward: false, endpoints: [{ service: "s3", kind: "gateway", zones: 0 }] });

function build(
  part: NetworkPart,
  args: Partial<ConstructorParameters<typeof Network>[1]> = {},
): Promise<readonly Resource[]> {
  const program = () => {
    const provider = new aws.Provider("aws", { region });
    new Network(`network-${region}`, { part, stack, ...args }, { provider });
  };
  return recordInProcess(program, { project: "shop", stack }).then(({ resources }) => resources);
}

function read(resources: readonly Resource[]) {
  const found = networkReader.read(resourceGraph(resources));
  return { ...found, parts: found.parts.map(plain) };
}

const services = ["dynamodb", "ecr.api", "ecr.dkr", "logs", "s3", "secretsmanager"];
const anyNetwork: fc.Arbitrary<NetworkPart> = fc
  .record({
    letters: fc.subarray(["a", "b", "c", "d", "e", "f"], { minLength: 1 }),
    second: fc.nat(255),
    nat: fc.constantFrom("none" as const, "one" as const, "some" as const, "per-zone" as const, "regional" as const),
    outward: fc.boolean(),
    services: fc.subarray(services),
    narrow: fc.boolean(),
    flowLogs: fc.option(fc.record({ keepDays: fc.constantFrom(1, 7, 30, 365) })),
  })
  .map(({ letters, second, nat, outward, services: asked, narrow, flowLogs }) => {
    const zones = letters.map((letter) => `${region}${letter}`);
    const natZones = nat === "none" ? [] : nat === "one" ? zones.slice(0, 1) : nat === "some" ? zones.slice(-2) : zones;
    const count = narrow ? 1 : zones.length;
    return network(letters.join(""), {
      addressRange: `10.${second}.0.0/16`,
      outward: outward || (natZones.length > 0 && nat !== "regional"),
      natZones,
      ...(nat === "regional" ? { natRegional: true as const } : {}),
      endpoints: asked.map((service) =>
        service === "s3" || service === "dynamodb"
          ? { service, kind: "gateway", zones: 0 }
          : { service, kind: "interface", zones: count },
      ),
      flowLogs,
    });
  });

describe("a network that is built", () => {
  test.each([
    ["dev: private subnets alone", dev],
    ["prod: NAT in each zone", prod],
    ["one NAT gateway for all zones", { ...prod, natZones: [`${region}b`] }],
    ["a NAT gateway of the region", regional],
    ["a NAT gateway of the region, beside public subnets", { ...prod, natRegional: true as const }],
  ])("reads back as planned: %s", async (_, part) => {
    const { parts, conflicts } = read(strip(await build(part)));
    expect(differs([part], parts)).toBeUndefined();
    expect(conflicts).toEqual([]);
  });

  test("reads back as planned, whatever the Part", async () => {
    await fc.assert(
      fc.asyncProperty(anyNetwork, async (part) => {
        const { parts, conflicts } = read(strip(await build(part)));
        expect(differs([part], parts)).toBeUndefined();
        expect(conflicts).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  test("has the planned key where names are our own", async () => {
    expect(read(await build(prod)).parts).toEqual([prod]);
  });

  test("has each input in the reader's table", async () => {
    expect(checkEveryInput(strip(await build(prod)), networkReader)).toEqual([]);
  });

  test("is claimed, every resource of it, once", async () => {
    const resources = await build(prod);
    const ours = resources.filter(({ custom, parent }) => custom && parent?.includes("nines:aws:Network") === true);
    const claims = read(resources).claims.map(({ urn }) => urn);
    expect(ours.length).toBeGreaterThan(30);
    expect([...claims].sort()).toEqual(ours.map(({ urn }) => urn).sort());
  });

  test("adds a zone without a change to any other", async () => {
    const before = await build(network("ac"));
    const after = new Map((await build(network("abc"))).map((resource) => [resource.urn, resource]));
    expect(before.map(({ urn }) => after.get(urn)?.inputs)).toEqual(before.map(({ inputs }) => inputs));
  });

  test("has an internet gateway only where a subnet is public", async () => {
    const gateways = (resources: readonly Resource[]) =>
      resources.filter(({ type }) => type.endsWith(":InternetGateway")).length;
    expect([gateways(await build(dev)), gateways(await build(prod))]).toEqual([0, 1]);
  });

  test("empties the group that AWS makes", async () => {
    const groups = (await build(dev)).filter(
      ({ type }) => type === "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
    );
    expect(groups.map(({ inputs }) => [inputs["ingress"], inputs["egress"]])).toEqual([[[], []]]);
  });

  test("tags everything that takes tags, and lets a transform have the last word", async () => {
    const tagged = await build(prod, {
      tags: { cost: "shop" },
      transform: { natGateway: { connectivityType: "private" } },
    });
    const bare = tagged.filter(
      ({ custom, type, inputs }) => custom && !type.startsWith("pulumi:") && inputs["tags"] === undefined,
    );
    expect([...new Set(bare.map(({ type }) => type.split(":").at(-1)))].sort()).toEqual([
      "RolePolicy",
      "Route",
      "RouteTableAssociation",
    ]);
    expect(read(tagged).parts).toEqual([{ ...prod, natZones: [] }]);
  });

  test("with a gateway of the region: one, after the internet's, without subnet or address, the target of every zone", async () => {
    const resources = await build(regional);
    const ofType = (type: string) => resources.filter((resource) => resource.type === `aws:ec2/${type}`);
    const [gateway, ...others] = ofType("natGateway:NatGateway");
    expect(others).toEqual([]);
    expect(gateway?.inputs).toEqual({
      availabilityMode: "regional",
      region,
      tags: { Name: `network-${region}-nat` },
      vpcId: expect.anything() as object,
    });
    const [internet] = ofType("internetGateway:InternetGateway");
    expect(gateway?.dependencies).toContain(internet?.urn);
    expect(ofType("eip:Eip")).toEqual([]);
    const targets = ofType("route:Route").map(({ propertyDependencies }) => propertyDependencies["natGatewayId"]);
    expect(targets).toEqual([[gateway?.urn], [gateway?.urn], [gateway?.urn]]);
    expect(checkEveryInput(strip(resources), networkReader)).toEqual([
      // Without public subnets a subnet is private, whichever table it has.
      "aws:ec2/route:Route destinationCidrBlock: changing it does not change subnets",
      "aws:ec2/route:Route routeTableId: changing it does not change subnets",
      "aws:ec2/routeTableAssociation:RouteTableAssociation subnetId: changing it does not change subnets",
    ]);
  });

  test("refuses a gateway of the region that leaves out a zone", async () => {
    await expect(build({ ...regional, natZones: [`${region}a`, `${region}b`] })).rejects.toThrow(
      "a regional NAT gateway is in every zone, us-east-1c among them",
    );
  });

  test("refuses NAT where no public subnet is, and endpoints in more zones than there are", async () => {
    await expect(build({ ...dev, natZones: [`${region}a`] })).rejects.toThrow(
      "natZones of network/network/us-east-1: us-east-1a has no public subnet",
    );
    await expect(build({ ...dev, endpoints: [{ service: "logs", kind: "interface", zones: 3 }] })).rejects.toThrow(
      "logs in 3 zones",
    );
  });

  test("says that a zone bypasses its own NAT gateway", async () => {
    const resources = await build(prod);
    const other = resources.find(({ type, name }) => type.endsWith(":NatGateway") && name.endsWith("1b"));
    const crossed = resources.map((resource) =>
      resource.name === `network-${region}-private-${region}a` && resource.type.endsWith(":Route")
        ? { ...resource, propertyDependencies: { ...resource.propertyDependencies, natGatewayId: [other?.urn ?? ""] } }
        : resource,
    );
    expect(read(crossed).conflicts.map(({ field, says }) => [field, says.map(({ value }) => value)])).toEqual([
      ["natZones", ["us-east-1b", "us-east-1a"]],
    ]);
  });
});

describe("a network that nines did not build", () => {
  const record = (program: () => void) =>
    recordInProcess(program, { project: "other", stack: "other" }).then(({ resources }) => read(resources));

  test("is read as far as it says", async () => {
    const { parts } = await record(() => {
      const vpc = new aws.ec2.Vpc("main", { cidrBlock: "172.16.0.0/16" });
      const gateway = new aws.ec2.InternetGateway("main", { vpcId: vpc.id });
      const table = new aws.ec2.RouteTable("open", {
        vpcId: vpc.id,
        routes: [{ cidrBlock: "0.0.0.0/0", gatewayId: gateway.id }],
      });
      const open = new aws.ec2.Subnet("open", {
        vpcId: vpc.id,
        availabilityZone: "eu-west-1b",
        cidrBlock: "172.16.0.0/24",
      });
      new aws.ec2.RouteTableAssociation("open", { subnetId: open.id, routeTableId: table.id });
      new aws.ec2.Subnet("closed", { vpcId: vpc.id, cidrBlock: "172.16.1.0/24" });
      new aws.ec2.FlowLog("logs", {
        vpcId: vpc.id,
        logDestinationType: "s3",
        logDestination: "arn:aws:s3:::logs",
        trafficType: "ALL",
      });
    });
    expect(parts).toMatchObject([
      {
        key: "network/main/unknown",
        region: { known: false, why: "no-default-known" },
        addressRange: "172.16.0.0/16",
        zones: ["eu-west-1b", { known: false }],
        subnets: [
          { tier: "private", zone: { known: false }, addressRange: "172.16.1.0/24" },
          { tier: "public", zone: "eu-west-1b" },
        ],
        natZones: [],
        flowLogs: { keepDays: { known: false, why: "elsewhere" } },
      },
    ]);
  });

  test("with a gateway of the region in the zones that it is given, and another beside it that is billed by itself", async () => {
    const program = (mode: aws.ec2.NatGatewayArgs) => () => {
      const vpc = new aws.ec2.Vpc("main", { cidrBlock: "10.0.0.0/16", region });
      for (const zone of ["us-east-1a", "us-east-1b"])
        new aws.ec2.Subnet(zone, { vpcId: vpc.id, availabilityZone: zone, region });
      const address = new aws.ec2.Eip("out", { domain: "vpc", region });
      const addresses = [{ allocationIds: [address.id], availabilityZone: "us-east-1a" }];
      new aws.ec2.NatGateway("out", { vpcId: vpc.id, availabilityZoneAddresses: addresses, region, ...mode });
    };
    const manual = await record(program({ availabilityMode: "regional" }));
    expect(manual.parts).toMatchObject([{ natZones: ["us-east-1a"], natRegional: true }]);
    expect(manual.claims).toHaveLength(5);
    const byId = await record(
      program({
        availabilityMode: "regional",
        availabilityZoneAddresses: [{ allocationIds: ["eipalloc-1"], availabilityZoneId: "use1-az1" }],
      }),
    );
    expect(byId.parts).toMatchObject([{ natZones: [{ known: false, why: "elsewhere" }], natRegional: true }]);
    const open = await record(program({ availabilityMode: pulumi.secret("regional") }));
    expect(open.parts).toMatchObject([{ natZones: ["us-east-1a"], natRegional: { known: false } }]);
    const zonal = await record(program({ availabilityMode: "zonal" }));
    expect(zonal.parts).toMatchObject([{ natZones: [] }]);
    expect(zonal.parts[0]).not.toHaveProperty("natRegional");
  });

  test("in loops, with a main table that leads outside, zones by their ids, and another network beside it", async () => {
    const { parts, claims } = await record(() => {
      for (const name of ["first", "second"]) {
        const vpc = new aws.ec2.Vpc(name, { cidrBlock: "10.0.0.0/16", region });
        const gateway = new aws.ec2.InternetGateway(name, { vpcId: vpc.id, region });
        // The first opens its default table, the second adds a route to it.
        if (name === "first")
          new aws.ec2.DefaultRouteTable(name, {
            defaultRouteTableId: vpc.defaultRouteTableId,
            routes: [{ cidrBlock: "0.0.0.0/0", gatewayId: gateway.id }],
            region,
          });
        else
          new aws.ec2.Route(name, {
            routeTableId: vpc.mainRouteTableId,
            destinationCidrBlock: "0.0.0.0/0",
            gatewayId: gateway.id,
            region,
          });
        const closed = new aws.ec2.RouteTable(name, { vpcId: vpc.id, region });
        for (const zone of ["use1-az1", "use1-az2"]) {
          const subnet = (tier: string) =>
            new aws.ec2.Subnet(`${name}-${tier}-${zone}`, { vpcId: vpc.id, availabilityZoneId: zone, region });
          new aws.ec2.RouteTableAssociation(`${name}-${zone}`, {
            subnetId: subnet("inner").id,
            routeTableId: closed.id,
            region,
          });
          subnet("outer");
        }
      }
    });
    const tiers = ["private", "private", "public", "public"].map((tier, index) => ({
      tier,
      zone: `use1-az${(index % 2) + 1}`,
    }));
    expect(parts).toMatchObject(
      ["first", "second"].map((name) => ({
        key: `network/${name}/${region}`,
        zones: ["use1-az1", "use1-az2"],
        subnets: tiers,
      })),
    );
    expect(claims).toHaveLength(20);
  });

  test("is no Part when it only exists", async () => {
    const handle = existingNetwork({ vpcId: "vpc-1", privateSubnetIds: { "eu-west-1a": "subnet-1" } });
    expect(handle).toEqual({
      vpcId: "vpc-1",
      addressRange: null,
      privateSubnetIds: { "eu-west-1a": "subnet-1" },
      publicSubnetIds: {},
      natGatewayIds: [],
      ready: [],
    });
    expect((await record(() => undefined)).parts).toEqual([]);
  });
});
