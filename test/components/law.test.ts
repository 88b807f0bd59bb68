import type { Environment, System } from "../../model";
import { comparePlanned } from "../../policies";
import { resourceGraph } from "../../model";
import { readParts } from "../../components/readers";
import { configured, type RecordedStack, recordStack, shippedOn, tables } from "../stacks";
import { theLaw } from "./the-law";

const embedding = tables.systems["embedding"]!;
const prod = tables.environments["prod"]!;

/** The shipped stacks, and what none of them shows: the internet with a domain, registries, a sharded cache, arm64. */
const stacks: readonly (readonly [string, () => Promise<RecordedStack>])[] = [
  ...shippedOn("aws").map((file) => [file.stack, () => recordStack(file)] as const),
  [
    "prod on the internet, with a domain",
    () =>
      recordStack(configured("embedding-prod", { workloads: { "storage-server": { exposure: "internet" } } }), {
        environments: {
          prod: { ...prod, domain: { name: "embedding.example.com", zone: { existing: { id: "Z0123456789" } } } },
        },
      }),
  ],
  [
    "prod with Service Connect, on arm64",
    () =>
      recordStack(configured("embedding-prod", { architecture: "arm64", quotas: { fargateVcpus: 2000 } }), {
        systems: { embedding: reached("service-connect") },
      }),
  ],
  [
    "prod with Cloud Map, and a NAT gateway of the region",
    () =>
      recordStack(configured("embedding-prod", { quotas: { fargateVcpus: 2000 } }), {
        systems: { embedding: reached("cloud-map") },
        environments: { prod: { ...prod, network: { create: true, nat: "regional" } } },
      }),
  ],
  [
    "prod with a sharded capacity cache",
    () =>
      recordStack(configured("embedding-prod", { workloads: { vectors: { entries: 400_000_000 } } }), {
        systems: { embedding: relied() },
      }),
  ],
  [
    "prod without NAT, images in the region's registry",
    () =>
      recordStack(configured("embedding-prod", { images: near }), {
        environments: { prod: { ...prod, network: { create: true, nat: "none" } } },
      }),
  ],
  [
    "prod behind an existing balancer, with existing caches",
    () => recordStack(configured("embedding-prod", { existing: elsewhere, quotas: { fargateVcpus: 2000 } })),
  ],
  [
    "prod behind rules on an existing balancer's listener, with lines in an existing group, and none of one service",
    () =>
      recordStack(
        configured("embedding-prod", {
          existing: routed,
          logs: { existing: { group: "arn:aws:logs:eu-west-1:123456789012:log-group:/shared/services" } },
          workloads: { "storage-server": { logs: "none" } },
          quotas: { fargateVcpus: 2000 },
        }),
      ),
  ],
  [
    "prod with a sidecar, from a registry that asks who pulls, and lines that a router sends on",
    () =>
      recordStack(configured("embedding-prod", { registries, logs: { router }, quotas: { fargateVcpus: 2000 } }), {
        systems: { embedding: besides() },
      }),
  ],
  [
    "prod with half of what is above what must stand on Spot",
    () => recordStack(configured("embedding-prod", { spotShare: 0.5, workloads: { embedding: { spotShare: 0.25 } } })),
  ],
  [
    "prod with Spot in an existing cluster",
    () =>
      recordStack(configured("embedding-prod", { spotShare: 0.5 }), {
        environments: { prod: { ...prod, cluster: { existing: { name: "shared" } } } },
      }),
  ],
  [
    "prod with an existing cache that its owner opens",
    () =>
      recordStack(
        configured("embedding-prod", {
          existing: {
            vectors: { address: "cache.example.internal:6380", tls: false, tokenSecretName: "shared/cache" },
          },
        }),
      ),
  ],
];

function besides(): System {
  const facts = embedding.workloads["embedding"]!;
  if (facts.kind !== "service") throw new Error("embedding is a service");
  return {
    ...embedding,
    workloads: {
      ...embedding.workloads,
      embedding: {
        ...facts,
        probes: { health: { ...facts.probes.health, command: "curl -f localhost:8888/health" } },
        sidecars: {
          proxy: {
            image: `registry.example.com/proxy@sha256:${"c".repeat(64)}`,
            cpuMillis: 250,
            memoryMiB: 128,
            ports: [9901],
            secrets: { CERTIFICATE: { existing: "/shared/certificate" } },
            health: { command: "curl -f localhost:9901/ready" },
            awaited: "healthy",
          },
        },
      },
    },
  };
}
const router = {
  type: "fluentbit",
  image: `registry.example.com/router@sha256:${"d".repeat(64)}`,
  cpuMillis: 125,
  memoryMiB: 128,
  options: { Name: "datadog", Host: "intake.example.com", Port: "10516" },
  secretOptions: { apikey: { existing: "/shared/intake-key" } },
  configFile: "/extra.conf",
  permissions: [{ actions: ["s3:PutObject"], resources: ["arn:aws:s3:::our-logs/*"] }],
};
const registries = {
  "registry.example.com": { secretArn: "arn:aws:secretsmanager:us-east-1:123456789012:secret:registry-AbCdEf" },
};

const shared = {
  securityGroupId: "sg-0a1b2c3d",
  listenerArn:
    "arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/app/front/50dc6c495c0c9188/0467ef3c8400ae65",
};
const routed = {
  "storage-server": { ...shared, priority: 100, hosts: ["storage.example.com"], url: "https://storage.example.com" },
  embedding: {
    ...shared,
    priority: 200,
    hosts: ["inner.example.com", "*.inner.example.com"],
    paths: ["/v2/*", "/v1/*"],
    url: "http://inner.example.com:8080",
  },
};

const elb = "arn:aws:elasticloadbalancing:us-east-1:123456789012";
const elsewhere = {
  "storage-server": {
    loadBalancerArn: `${elb}:loadbalancer/app/front/50dc6c495c0c9188`,
    targetGroupArn: `${elb}:targetgroup/storage/73e2d6bc24d8a067`,
    securityGroupId: "sg-0a1b2c3d",
    url: "https://storage.example.com",
  },
  embedding: {
    loadBalancerArn: `${elb}:loadbalancer/app/inner/60dc6c495c0c9188`,
    targetGroupArn: `${elb}:targetgroup/embedding/83e2d6bc24d8a067`,
    securityGroupId: "sg-1a1b2c3d",
    url: "http://inner.example.internal:8080",
  },
  vectors: {
    address: "cache.example.internal:6379",
    tls: true,
    securityGroupId: "sg-2a1b2c3d",
    tokenSecretName: "shared/cache",
  },
};

const near = {
  embedding: `123456789012.dkr.ecr.us-east-1.amazonaws.com/embedding@sha256:${"a".repeat(64)}`,
  "storage-server": `123456789012.dkr.ecr.us-east-1.amazonaws.com/storage-server@sha256:${"b".repeat(64)}`,
};

function reached(reachedBy: "service-connect" | "cloud-map"): System {
  return {
    ...embedding,
    workloads: {
      ...embedding.workloads,
      embedding: { ...embedding.workloads["embedding"]!, reachedBy } as System["workloads"][string],
    },
  };
}

function relied(): System {
  return {
    ...embedding,
    workloads: {
      ...embedding.workloads,
      vectors: {
        ...embedding.workloads["vectors"]!,
        role: "capacity-cache",
        eviction: "volatile-lfu",
      } as System["workloads"][string],
    },
  };
}

/** Inputs whose effect one stack cannot show, and the others do. */
const shownElsewhere: Readonly<Record<string, readonly string[]>> = {
  // Without public subnets a subnet is private, whichever table it has.
  "prod with Cloud Map, and a NAT gateway of the region": [
    "aws:ec2/route:Route destinationCidrBlock: changing it does not change subnets",
    "aws:ec2/route:Route routeTableId: changing it does not change subnets",
    "aws:ec2/routeTableAssociation:RouteTableAssociation subnetId: changing it does not change subnets",
  ],
  "prod without NAT, images in the region's registry": [
    "aws:ec2/routeTableAssociation:RouteTableAssociation subnetId: changing it does not change subnets",
  ],
};

describe.each(stacks)("%s", (name, record) => {
  const recorded = theLaw("aws", record, shownElsewhere[name] ?? []);

  test("a count that a scaler owns is never fought over", () => {
    for (const service of recorded().resources.filter(({ type }) => type === "aws:ecs/service:Service")) {
      expect(service.ignoreChanges).toContain("desiredCount");
    }
  });
});

describe("stack outputs", () => {
  test("carry url, replicas, cost and availability", async () => {
    const { outputs, plan } = await recordStack(configured("embedding-prod", {}));
    expect(Object.keys(outputs).sort()).toEqual(["availability", "costPerMonthUsd", "replicas", "url"]);
    expect(outputs["availability"]).toBe(1 - (plan.availability?.unavailability ?? 1));
    expect(outputs["replicas"]).toEqual({
      embedding: expect.any(Number) as number,
      "storage-server": expect.any(Number) as number,
    });
  });
});

describe("an existing network, cluster and topic", () => {
  const existing: Environment = {
    ...prod,
    network: {
      existing: {
        vpcId: "vpc-0123",
        privateSubnetIds: { "us-east-1a": "subnet-a", "us-east-1b": "subnet-b", "us-east-1c": "subnet-c" },
      },
    },
    cluster: { existing: { name: "shared" } },
    alerts: { existing: { topicArn: "arn:aws:sns:us-east-1:123456789012:oncall" } },
  };

  test("are not built; literal subnets stand in the zones that the environment names, and all reads back", async () => {
    const { plan, resources } = await recordStack(configured("embedding-prod", {}), {
      environments: { prod: existing },
    });
    const types = resources.map(({ type }) => type);
    for (const absent of [
      "aws:ec2/vpc:Vpc",
      "aws:ecs/cluster:Cluster",
      "aws:sns/topic:Topic",
      "aws:ec2/natGateway:NatGateway",
    ])
      expect(types).not.toContain(absent);
    const parts = readParts("aws", resourceGraph(resources)).parts;
    expect(parts.map(({ key }) => key).sort()).toEqual(plan.parts.map(({ key }) => key).sort());
    expect(comparePlanned(plan.parts, parts)).toEqual({ mismatches: [], unread: [] });
    // A subnet that nobody said the zone of.
    const strange = resources.map((resource) =>
      resource.type === "aws:ecs/service:Service"
        ? (JSON.parse(JSON.stringify(resource).replaceAll('"subnet-b"', '"subnet-d"')) as typeof resource)
        : resource,
    );
    const group = readParts("aws", resourceGraph(strange)).parts.find(({ kind }) => kind === "replica-group");
    expect(JSON.stringify(group)).toContain('"why":"elsewhere"');
  });
});

describe("an existing balancer and cache", () => {
  let recorded: RecordedStack;
  beforeAll(async () => {
    recorded = await recordStack(configured("embedding-prod", { existing: elsewhere, quotas: { fargateVcpus: 2000 } }));
  });
  const ofType = (type: string) => recorded.resources.filter((resource) => resource.type === type);
  const rules = (type: "SecurityGroupIngressRule" | "SecurityGroupEgressRule") =>
    ofType(`aws:vpc/${type.charAt(0).toLowerCase()}${type.slice(1)}:${type}`).map(({ inputs }) => inputs);

  test("are not built", () => {
    const types = recorded.resources.map(({ type }) => type);
    for (const absent of [
      "aws:lb/loadBalancer:LoadBalancer",
      "aws:lb/targetGroup:TargetGroup",
      "aws:elasticache/replicationGroup:ReplicationGroup",
      "aws:secretsmanager/secret:Secret",
      "aws:ssm/parameter:Parameter",
    ])
      expect(types).not.toContain(absent);
    expect(recorded.plan.parts.map(({ kind }) => kind)).not.toContain("load-balancer");
    expect(recorded.plan.parts.map(({ kind }) => kind)).not.toContain("redis-cache");
  });

  test("replicas join the target group, and their requests are counted on it", () => {
    const services = ofType("aws:ecs/service:Service").map(({ inputs }) => inputs);
    expect(services.map(({ loadBalancers }) => loadBalancers)).toEqual(
      expect.arrayContaining([
        [
          {
            targetGroupArn: elsewhere["storage-server"].targetGroupArn,
            containerName: "storage-server",
            containerPort: 50051,
          },
        ],
      ]),
    );
    expect(JSON.stringify(ofType("aws:appautoscaling/policy:Policy").map(({ inputs }) => inputs))).toContain(
      '"resourceLabel":"app/front/50dc6c495c0c9188/targetgroup/storage/73e2d6bc24d8a067"',
    );
  });

  test("replicas let the balancer in, and open their way to the inner balancer and into the cache", () => {
    const ingress = rules("SecurityGroupIngressRule");
    expect(ingress).toContainEqual(
      expect.objectContaining({ referencedSecurityGroupId: "sg-0a1b2c3d", fromPort: 50051 }),
    );
    expect(ingress).toContainEqual(expect.objectContaining({ securityGroupId: "sg-1a1b2c3d", fromPort: 8080 }));
    expect(ingress).toContainEqual(expect.objectContaining({ securityGroupId: "sg-2a1b2c3d", fromPort: 6379 }));
    const egress = rules("SecurityGroupEgressRule");
    expect(egress).toContainEqual(
      expect.objectContaining({ referencedSecurityGroupId: "sg-1a1b2c3d", fromPort: 8080 }),
    );
    expect(egress).toContainEqual(
      expect.objectContaining({ referencedSecurityGroupId: "sg-2a1b2c3d", fromPort: 6379 }),
    );
  });

  test("containers get their addresses, and the token by its name", () => {
    const containers = JSON.stringify(
      ofType("aws:ecs/taskDefinition:TaskDefinition").map(
        ({ inputs }) => JSON.parse(String(inputs["containerDefinitions"])) as unknown,
      ),
    );
    for (const said of [
      "http://inner.example.internal:8080",
      "rediss://cache.example.internal:6379",
      "/aws/reference/secretsmanager/shared/cache",
    ])
      expect(containers).toContain(`"${said}"`);
    expect(recorded.outputs["url"]).toBe("https://storage.example.com");
  });

  test("alarms are on what is built alone", () => {
    expect(
      [
        ...new Set(recorded.plan.parts.flatMap((part) => (part.kind === "alert" ? [part.watches.split("/")[0]] : []))),
      ].sort(),
    ).toEqual(["network", "replica-group"]);
  });

  test("a cache whose owner lets callers in is reached on its port alone", async () => {
    const { resources } = await recordStack(
      configured("embedding-prod", {
        existing: { vectors: { address: "cache.example.internal:6380", tls: false, tokenSecretName: "shared/cache" } },
      }),
    );
    const into = resources.filter(({ type, inputs }) => type.includes("SecurityGroup") && inputs["fromPort"] === 6380);
    expect(into.map(({ type, inputs }) => [type.split(":")[2], inputs["cidrIpv4"]])).toEqual([
      ["SecurityGroupEgressRule", "0.0.0.0/0"],
    ]);
  });
});
