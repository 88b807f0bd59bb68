import * as aws from "@pulumi/aws";
import { LoadBalancer } from "../../../components/aws/load-balancer";
import { loadBalancerReader } from "../../../components/aws/load-balancer.read";
import type { LoadBalancerArgs } from "../../../components/aws/load-balancer-args";
import { partKey, plain, resourceGraph, type Listener, type LoadBalancer as Part, type Resource } from "../../../model";
import { recordInProcess, type Recording } from "../../../preview/record";

export const region = "us-east-1";
export const zones = ["a", "b", "c"].map((letter) => `${region}${letter}`);
export const domain = { name: "embedding.example.com", ownName: null, record: true, certificate: "created" } as const;
export const secure: readonly Listener[] = [
  { port: 80, tlsFloor: null, redirects: true },
  { port: 443, tlsFloor: "1.2", redirects: false },
];

export function balancer(rest: Partial<Part> & { readonly workload?: string } = {}): Part {
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

export const prod = balancer({ exposure: "internet", listeners: secure, domain });
export const dev = balancer({
  placement: { kind: "zonal", zones: zones.slice(0, 2), spread: "hard" },
  protection: { deletion: false, logs: false, dropsInvalidHeaders: true, rateLimitPerSecond: null },
});

export type Given = Partial<Omit<LoadBalancerArgs, "part">>;

/** The balancer between bare neighbours: subnets in front, one service behind. */
export function build(part: Part, given: Given = {}): Promise<readonly Resource[]> {
  return recorded(part, given).then(({ resources }) => resources);
}

export function recorded(part: Part, given: Given): Promise<Recording> {
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

export function read(resources: readonly Resource[]) {
  const found = loadBalancerReader.read(resourceGraph(resources));
  return { ...found, parts: found.parts.map(plain) };
}
