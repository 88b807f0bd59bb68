import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import fc from "fast-check";
import { existingNetwork } from "../../../components/aws/network";
import { existingLoadBalancer, LoadBalancer } from "../../../components/aws/load-balancer";
import { loadBalancerReader } from "../../../components/aws/load-balancer.read";
import type { LoadBalancerArgs } from "../../../components/aws/load-balancer-args";
import { partKey, plain, resourceGraph, type Listener, type LoadBalancer as Part, type Resource } from "../../../model";
import { recordInProcess, type Recording } from "../../../preview/record";
import { checkEveryInput } from "../every-input";
import { differs, strip } from "../strip";

const region = "us-east-1";
const zones = ["a", "b", "c"].map((letter) => `${region}${letter}`);
const domain = { name: "embedding.example.com", record: true, certificate: "created" } as const;
const secure: readonly Listener[] = [
  { port: 80, tlsFloor: null, redirects: true },
  { port: 443, tlsFloor: "1.2", redirects: false },
];

function balancer(rest: Partial<Part> & { readonly workload?: string } = {}): Part {
  const workload = rest.workload ?? "embedding";
  return {
    kind: "load-balancer",
    key: partKey("load-balancer", workload, region),
    workload,
    region,
    scope: "regional",
    placement: { kind: "zonal", zones, spread: "hard" },
    exposure: "private",
    listeners: [{ port: 8888, tlsFloor: null, redirects: false }],
    targets: [
      {
        part: partKey("replica-group", workload, region),
        port: 8888,
        weight: 1,
        priority: 1,
        probe: {
          role: "balancer",
          check: { kind: "http", path: "/health" },
          intervalSeconds: 10,
          timeoutSeconds: 5,
          failures: 3,
          successes: 2,
        },
        drainSeconds: 30,
      },
    ],
    routing: "least-outstanding",
    ejection: null,
    protection: { deletion: true, logs: true, dropsInvalidHeaders: true, rateLimitPerSecond: null },
    zonalShift: true,
    idleTimeoutSeconds: 60,
    domain: null,
    runtime: { kind: "alb" },
    ...rest,
  };
}

const prod = balancer({ exposure: "internet", listeners: secure, domain });
const dev = balancer({
  placement: { kind: "zonal", zones: zones.slice(0, 2), spread: "hard" },
  protection: { deletion: false, logs: false, dropsInvalidHeaders: true, rateLimitPerSecond: null },
});

type Given = Partial<Omit<LoadBalancerArgs, "part">>;

/** The balancer between bare neighbours: subnets in front, one service behind. */
function build(part: Part, given: Given = {}): Promise<readonly Resource[]> {
  return recorded(part, given).then(({ resources }) => resources);
}

function recorded(part: Part, given: Given): Promise<Recording> {
  const program = () => {
    const opts = { provider: new aws.Provider("aws", { region }) };
    const vpc = new aws.ec2.Vpc(`network-${region}`, { cidrBlock: "10.0.0.0/16", region }, opts);
    const subnets = (tier: string) =>
      Object.fromEntries(
        zones.map((zone) => [
          zone,
          new aws.ec2.Subnet(
            `network-${region}-${tier}-${zone}`,
            { vpcId: vpc.id, availabilityZone: zone, region },
            opts,
          ).id,
        ]),
      );
    const network = {
      vpcId: vpc.id,
      addressRange: "10.0.0.0/16",
      privateSubnetIds: subnets("private"),
      publicSubnetIds: subnets("public"),
      natGatewayIds: [],
      ready: [],
    };
    const built = new LoadBalancer(
      `${part.workload}-${region}`,
      {
        part,
        network,
        ...(part.domain === null ? {} : { zoneId: "Z0123" }),
        ...certificate(part),
        tags: { cost: "shop" },
        ...given,
      },
      opts,
    );
    const [target] = part.targets;
    new aws.ecs.Service(
      `${part.workload}-${region}`,
      {
        loadBalancers: [
          { targetGroupArn: built.targetGroupArn, containerName: "app", containerPort: target?.port ?? 0 },
        ],
        region,
      },
      { ...opts, dependsOn: [built.listener] },
    );
    return { url: built.url };
  };
  return recordInProcess(program, { project: "shop", stack: "shop-prod" });
}

function certificate({ domain: named, listeners }: Part): Given {
  const speaksTls = listeners.some(({ tlsFloor }) => tlsFloor !== null);
  const created = named?.certificate === "created";
  return speaksTls && !created ? { certificateArn: "arn:aws:acm:us-east-1:123456789012:certificate/a" } : {};
}

function read(resources: readonly Resource[]) {
  const found = loadBalancerReader.read(resourceGraph(resources));
  return { ...found, parts: found.parts.map(plain) };
}

const port = fc.integer({ min: 1, max: 65535 });
const floor = fc.constantFrom("1.2" as const, "1.3" as const);
const anyListeners = fc.oneof(
  port.map((answering): readonly Listener[] => [{ port: answering, tlsFloor: null, redirects: false }]),
  fc
    .tuple(fc.uniqueArray(port, { minLength: 2, maxLength: 4 }), floor, fc.boolean())
    .map(([ports, tlsFloor, redirects]) =>
      ports
        .map((each, index): Listener =>
          index > 0 && redirects
            ? { port: each, tlsFloor: null, redirects: true }
            : { port: each, tlsFloor, redirects: false },
        )
        .sort((a, b) => a.port - b.port),
    ),
);
const anyBalancer = fc
  .record({
    workload: fc.constantFrom("embedding", "storage-server", "a-workload-with-a-name-that-nobody-types"),
    zones: fc.subarray(zones, { minLength: 2 }),
    internet: fc.boolean(),
    listeners: anyListeners,
    named: fc.option(
      fc.constantFrom(
        { record: true, certificate: "created" as const },
        { record: false, certificate: "created" as const },
        { record: true, certificate: "existing" as const },
      ),
    ),
    targetPort: port,
    probe: fc.record({
      intervalSeconds: fc.integer({ min: 5, max: 300 }),
      timeoutSeconds: fc.integer({ min: 2, max: 120 }),
      failures: fc.integer({ min: 2, max: 10 }),
      successes: fc.integer({ min: 2, max: 10 }),
    }),
    path: fc.webPath().map((path) => `/${path}`),
    drainSeconds: fc.integer({ min: 0, max: 3600 }),
    routing: fc.constantFrom("least-outstanding" as const, "round-robin" as const, "random" as const),
    deletion: fc.boolean(),
    logs: fc.boolean(),
    dropsInvalidHeaders: fc.boolean(),
    zonalShift: fc.boolean(),
    idleTimeoutSeconds: fc.integer({ min: 1, max: 4000 }),
  })
  .map(
    ({
      workload,
      zones: chosen,
      internet,
      listeners,
      named,
      targetPort,
      probe,
      path,
      drainSeconds,
      deletion,
      logs,
      dropsInvalidHeaders,
      ...rest
    }) => {
      const tls = listeners.some(({ tlsFloor }) => tlsFloor !== null);
      return balancer({
        ...rest,
        workload,
        placement: { kind: "zonal", zones: chosen, spread: "hard" },
        exposure: internet && tls ? "internet" : "private",
        listeners,
        domain: tls && named !== null ? { name: "embedding.example.com", ...named } : null,
        targets: [
          {
            part: partKey("replica-group", workload, region),
            port: targetPort,
            weight: 1,
            priority: 1,
            probe: { role: "balancer", check: { kind: "http", path }, ...probe },
            drainSeconds,
          },
        ],
        protection: { deletion, logs, dropsInvalidHeaders, rateLimitPerSecond: null },
      });
    },
  );

describe("a balancer that is built", () => {
  test.each([
    ["dev: private, two zones, no logs", dev],
    ["private, three zones", balancer()],
    ["prod: internet, TLS, a domain with its certificate", prod],
    [
      "internet, TLS 1.3, an existing certificate",
      {
        ...prod,
        listeners: [{ port: 443, tlsFloor: "1.3", redirects: false }],
        domain: { ...domain, certificate: "existing" },
      },
    ],
    ["TLS under the provider's own name", { ...prod, domain: null }],
  ] as readonly (readonly [string, Part])[])("reads back as planned: %s", async (_, part) => {
    const { parts, conflicts } = read(strip(await build(part)));
    expect(differs([part], parts)).toBeUndefined();
    expect(conflicts).toEqual([]);
  });

  test("reads back as planned, whatever the Part", async () => {
    await fc.assert(
      fc.asyncProperty(anyBalancer, async (part) => {
        const { parts, conflicts } = read(strip(await build(part)));
        expect(differs([part], parts)).toBeUndefined();
        expect(conflicts).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  test("has the planned key where names are our own", async () => {
    expect(read(await build(prod)).parts).toEqual([prod]);
  });

  test.each([
    ["on the internet", prod],
    ["inside", balancer()],
    ["with a long name", balancer({ workload: "a-workload-with-a-name-that-nobody-types" })],
  ])("has each input in the reader's table: %s", async (_, part) => {
    expect(checkEveryInput(strip(await build(part)), loadBalancerReader)).toEqual([]);
  });

  test("is claimed, every resource of it, once", async () => {
    const resources = await build(prod);
    const ours = resources.filter(
      ({ custom, parent }) => custom && parent?.includes("nines:aws:LoadBalancer") === true,
    );
    const claims = read(resources).claims.map(({ urn }) => urn);
    expect(ours.length).toBeGreaterThan(15);
    expect([...claims].sort()).toEqual(ours.map(({ urn }) => urn).sort());
  });

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

  test.each([
    ["the domain", prod, "https://embedding.example.com"],
    [
      "the domain and a port of its own",
      { ...prod, listeners: [{ port: 8443, tlsFloor: "1.2", redirects: false }] },
      "https://embedding.example.com:8443",
    ],
    ["the provider's name, which is known after the deployment", dev, { $unknown: "after-deploy" }],
  ] as readonly (readonly [string, Part, unknown])[])("is reached by %s", async (_, part, url) => {
    expect((await recorded(part, {})).outputs["url"]).toEqual(url);
  });

  test("waits for the bucket's policy, and for the way to the internet", async () => {
    const resources = await build(prod);
    const made = resources.find(({ type }) => type === "aws:lb/loadBalancer:LoadBalancer");
    expect(made?.dependencies.some((urn) => urn.includes("bucketPolicy:BucketPolicy"))).toBe(true);
    expect(made?.protect).toBe(true);
    expect(resources.find(({ type }) => type === "aws:s3/bucket:Bucket")?.inputs["forceDestroy"]).toBe(false);
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
    const listener = new pulumi.ComponentResource("test:index:Listener", "there");
    const handle = {
      targetGroupArn: "t",
      targetGroupArnSuffix: "ts",
      loadBalancerArnSuffix: "ls",
      securityGroupId: "sg-1",
      listener,
      dnsName: "d",
    };
    expect(existingLoadBalancer({ ...handle, url: "https://d" })).toMatchObject(handle);
    expect(existingNetwork({ vpcId: "vpc-1", privateSubnetIds: {} }).publicSubnetIds).toEqual({});
  });
});
