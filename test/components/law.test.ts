import type { Environment, System } from "../../model";
import { plain, resourceGraph } from "../../model";
import { readersOf, readParts } from "../../components/readers";
import { configured, type RecordedStack, recordStack, shipped, tables } from "../stacks";
import { checkEveryInput } from "./every-input";
import { differs, strip } from "./strip";

const embedding = tables.systems["embedding"]!;
const prod = tables.environments["prod"]!;

/** The shipped stacks, and what none of them shows: the internet with a domain, registries, a sharded cache, arm64. */
const stacks: readonly (readonly [string, () => Promise<RecordedStack>])[] = [
  ...shipped.map((file) => [file.stack, () => recordStack(file)] as const),
  [
    "prod on the internet, with a domain",
    () =>
      recordStack(configured("embedding-prod", { workloads: { "storage-server": { exposure: "internet" } } }), {
        environments: { prod: { ...prod, domain: { name: "embedding.example.com", zone: { existing: { id: "Z0123456789" } } } } },
      }),
  ],
  ["prod with Service Connect, on arm64", () => recordStack(configured("embedding-prod", { architecture: "arm64", quotas: { fargateVcpus: 2000 } }), { systems: { embedding: reached("service-connect") } })],
  ["prod with Cloud Map", () => recordStack(configured("embedding-prod", { quotas: { fargateVcpus: 2000 } }), { systems: { embedding: reached("cloud-map") } })],
  ["prod with a sharded capacity cache", () => recordStack(configured("embedding-prod", { workloads: { vectors: { entries: 400_000_000 } } }), { systems: { embedding: relied() } })],
  ["prod without NAT, images in the region's registry", () => recordStack(configured("embedding-prod", { images: near }), { environments: { prod: { ...prod, network: { create: true, nat: "none" } } } })],
];

const near = {
  embedding: `123456789012.dkr.ecr.us-east-1.amazonaws.com/embedding@sha256:${"a".repeat(64)}`,
  "storage-server": `123456789012.dkr.ecr.us-east-1.amazonaws.com/storage-server@sha256:${"b".repeat(64)}`,
};

function reached(reachedBy: "service-connect" | "cloud-map"): System {
  return { ...embedding, workloads: { ...embedding.workloads, embedding: { ...embedding.workloads["embedding"]!, reachedBy } as System["workloads"][string] } };
}

function relied(): System {
  return { ...embedding, workloads: { ...embedding.workloads, vectors: { ...embedding.workloads["vectors"]!, role: "capacity-cache", eviction: "volatile-lfu" } as System["workloads"][string] } };
}

/** Inputs whose effect one stack cannot show, and the others do. */
const shownElsewhere: Readonly<Record<string, readonly string[]>> = {
  // Without public subnets a subnet is private, whichever table it has.
  "prod without NAT, images in the region's registry": ["aws:ec2/routeTableAssociation:RouteTableAssociation subnetId: changing it does not change subnets"],
};

describe.each(stacks)("%s", (name, record) => {
  let recorded: RecordedStack;
  beforeAll(async () => {
    recorded = await record();
  });

  test("what is built reads back as what was planned", () => {
    const read = readParts("aws", resourceGraph(strip(recorded.resources))).parts.map(plain);
    expect(differs(recorded.plan.parts, read)).toBeUndefined();
  });

  test("with its names, each Part comes back under its own key", () => {
    const read = readParts("aws", resourceGraph(recorded.resources)).parts.map(({ key }) => key);
    expect([...read].sort()).toEqual(recorded.plan.parts.map(({ key }) => key).sort());
  });

  test("no input conflicts with another", () => {
    expect(readParts("aws", resourceGraph(recorded.resources)).conflicts).toEqual([]);
  });

  test("each resource is claimed by one reader and no more", () => {
    const claimed = readParts("aws", resourceGraph(recorded.resources)).claims.map(({ urn }) => urn);
    expect([...claimed].sort()).toEqual([...new Set(claimed)].sort());
    const custom = recorded.resources.filter(({ custom: own, type }) => own && !type.startsWith("pulumi:providers:")).map(({ urn }) => urn);
    expect(custom.filter((urn) => !claimed.includes(urn))).toEqual([]);
  });

  test("each input is in its reader's table: it changes its field, makes a conflict, or is ignored for a reason", () => {
    const problems = readersOf("aws").flatMap((reader) => checkEveryInput(strip(recorded.resources), reader));
    expect(problems.filter((problem) => !(shownElsewhere[name] ?? []).includes(problem))).toEqual([]);
  });

  test("names are stable: another recording registers the same", async () => {
    expect((await record()).resources.map(({ urn }) => urn)).toEqual(recorded.resources.map(({ urn }) => urn));
  });

  test("a count that a scaler owns is never fought over", () => {
    for (const service of recorded.resources.filter(({ type }) => type === "aws:ecs/service:Service")) {
      expect(service.ignoreChanges).toContain("desiredCount");
    }
  });
});

describe("stack outputs", () => {
  test("carry url, replicas, cost and availability", async () => {
    const { outputs, plan } = await recordStack(configured("embedding-prod", {}));
    expect(Object.keys(outputs).sort()).toEqual(["availability", "costPerMonthUsd", "replicas", "url"]);
    expect(outputs["availability"]).toBe(1 - (plan.availability?.unavailability ?? 1));
    expect(outputs["replicas"]).toEqual({ embedding: expect.any(Number) as number, "storage-server": expect.any(Number) as number });
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

  test("are not built; zones of literal subnets are elsewhere, all else reads back", async () => {
    const { plan, resources } = await recordStack(configured("embedding-prod", {}), { environments: { prod: existing } });
    const types = resources.map(({ type }) => type);
    for (const absent of ["aws:ec2/vpc:Vpc", "aws:ecs/cluster:Cluster", "aws:sns/topic:Topic", "aws:ec2/natGateway:NatGateway"]) expect(types).not.toContain(absent);
    const parts = readParts("aws", resourceGraph(resources)).parts;
    expect(parts.map(({ key }) => key).sort()).toEqual(plan.parts.map(({ key }) => key).sort());
    const group = parts.find(({ kind }) => kind === "replica-group");
    expect(JSON.stringify(group)).toContain('"why":"elsewhere"');
  });
});
