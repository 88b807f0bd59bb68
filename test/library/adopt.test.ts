import * as pulumi from "@pulumi/pulumi";
import { ReplicationGroup } from "@pulumi/aws/elasticache";
import * as ecs from "@pulumi/aws/ecs";
import * as lb from "@pulumi/aws/lb";
import { Service, type ServiceArgs } from "../../components/aws/library";
import type { Changes } from "../../model";
import { changesOf } from "../../preview/diff";
import { RecordingError, type Recording } from "../../preview/record";
import { reportOf } from "../../preview/report";
import { textOf } from "../../preview/text";
import { workings } from "../../preview/workings";
import { least, recordProgram } from "./a-service";

const BALANCER = "aws:lb/loadBalancer:LoadBalancer";
const SERVICE = "aws:ecs/service:Service";
const CACHE = "aws:elasticache/replicationGroup:ReplicationGroup";

const args: ServiceArgs = {
  ...least,
  network: {
    existing: {
      vpcId: "vpc-0a1b2c3d",
      privateSubnetIds: {
        "us-east-1a": "subnet-0a1b2c3a",
        "us-east-1b": "subnet-0a1b2c3b",
        "us-east-1c": "subnet-0a1b2c3c",
      },
    },
  },
  cluster: { existing: { name: "shop" } },
  cache: { entries: 200_000, keyBytes: 40, valueBytes: 500 },
};
const subnets = ["subnet-0a1b2c3a", "subnet-0a1b2c3b", "subnet-0a1b2c3c"];

/** What somebody wrote by hand: a balancer, a service on it, a cache, under names of its own. */
function byHand(): void {
  new lb.LoadBalancer("front", {
    loadBalancerType: "application",
    internal: true,
    subnets,
    securityGroups: ["sg-0a1b2c3d"],
    region: "us-east-1",
  });
  new ecs.Service("front", {
    name: "front",
    cluster: "shop",
    taskDefinition: "front:7",
    desiredCount: 3,
    launchType: "FARGATE",
    networkConfiguration: { subnets, securityGroups: ["sg-1a1b2c3d"] },
    region: "us-east-1",
  });
  new ReplicationGroup("pages", {
    replicationGroupId: "pages",
    description: "pages",
    engine: "valkey",
    engineVersion: "8.0",
    nodeType: "cache.t4g.small",
    clusterMode: "disabled",
    port: 6379,
    subnetGroupName: "shop",
    atRestEncryptionEnabled: true,
    transitEncryptionEnabled: true,
    region: "us-east-1",
  });
}

/** Names, and what cannot change in place, stay as they are. */
const kept: ServiceArgs = {
  ...args,
  transform: {
    replicaGroup: { service: (own) => ({ ...own, name: "front", launchType: "FARGATE" }) },
    cache: {
      replicationGroup: (own) => ({
        ...own,
        replicationGroupId: "pages",
        subnetGroupName: "shop",
        nodeType: "cache.t4g.small",
      }),
    },
  },
};
const aliased: NonNullable<ServiceArgs["adopt"]> = {
  [BALANCER]: { aliases: [{ name: "front", parent: pulumi.rootStackResource }] },
  [SERVICE]: { aliases: [{ name: "front", parent: pulumi.rootStackResource }] },
  [CACHE]: { aliases: ["urn:pulumi:prod::shop::aws:elasticache/replicationGroup:ReplicationGroup::pages"] },
};
const imported: NonNullable<ServiceArgs["adopt"]> = {
  [BALANCER]: { import: "arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/front/50dc6c495c0c9188" },
  [SERVICE]: { import: "shop/front" },
  [CACHE]: { import: "pages" },
};

const report = ({ resources }: Recording) =>
  reportOf({ stack: "prod", resources, origin: "recorded", asOf: "2026-11-21" }, workings);

async function between(before: () => void, after: ServiceArgs): Promise<Changes> {
  const old = report(await recordProgram(before));
  const now = report(await recordProgram(() => void new Service("web", after)));
  return changesOf(old, now, "the program by hand", workings.replaces);
}

const of = (changes: Changes, type: string): readonly string[] =>
  changes.resources.filter((change) => change.type === type).map(({ op }) => op);

describe("what is there already", () => {
  test("is taken over from the program's own state by aliases: nothing is replaced, nothing is deleted", async () => {
    const changes = await between(byHand, { ...kept, adopt: aliased });
    expect(
      changes.resources.flatMap(({ type, op, forcedBy }) =>
        op === "replace" || op === "delete" ? [[type, op, forcedBy]] : [],
      ),
    ).toEqual([]);
    for (const type of [BALANCER, SERVICE, CACHE])
      expect({ type, ops: of(changes, type) }).toEqual({ type, ops: ["update"] });
  });

  test("without aliases a second one is made and the first deleted, and the preview says so", async () => {
    const changes = await between(byHand, kept);
    for (const type of [BALANCER, SERVICE, CACHE])
      expect({ type, ops: [...of(changes, type)].sort() }).toEqual({ type, ops: ["create", "delete"] });
  });

  test("with aliases and another name it is replaced, and the preview says what forces it", async () => {
    const changes = await between(byHand, { ...args, adopt: aliased });
    const forced = changes.resources.filter(({ op }) => op === "replace").map(({ type, forcedBy }) => [type, forcedBy]);
    expect(forced).toContainEqual([SERVICE, expect.stringMatching(/^(name|launchType)$/)]);
    expect(forced.map(([type]) => type)).toContain(CACHE);
  });

  test("is imported from where no state holds it, and shown as that", async () => {
    const changes = await between(() => undefined, { ...kept, adopt: imported });
    for (const type of [BALANCER, SERVICE, CACHE])
      expect({ type, ops: of(changes, type) }).toEqual({ type, ops: ["import"] });
    const now = report(await recordProgram(() => void new Service("web", { ...kept, adopt: imported })));
    const text = textOf({ ...now, changes });
    expect(text).toMatch(/^ {2}import {5}ecs service web-us-east-1 .*shop\/front is taken in/m);
  });

  test("a second time the imported is there: an import is no change", async () => {
    const now = report(await recordProgram(() => void new Service("web", { ...kept, adopt: imported })));
    expect(changesOf(now, now, "itself", workings.replaces).resources).toEqual([]);
  });

  test.each([
    [
      "aws:lb/loadBalancer:Loadbalancer",
      /nothing here is a aws:lb\/loadBalancer:Loadbalancer; did you mean aws:lb\/loadBalancer:LoadBalancer\?/,
    ],
    [`${SERVICE}::front`, /no aws:ecs\/service:Service here is called front; there are web-us-east-1/],
    ["aws:ec2/securityGroup:SecurityGroup", /3 of aws:ec2\/securityGroup:SecurityGroup are here; say which/],
  ])("%s, which nothing takes over, is refused", async (key, message) => {
    const made = recordProgram(() => void new Service("web", { ...kept, adopt: { [key]: { import: "x" } } }));
    await expect(made).rejects.toThrow(RecordingError);
    await expect(made).rejects.toThrow(message);
  });
});

describe("children of a component that moved", () => {
  test("stand where they stood: a parent's alias is theirs too", async () => {
    const { resources } = await recordProgram(() => void new Service("web", args, { aliases: [{ name: "site" }] }));
    const own = resources.find(({ type }) => type === "nines:aws:Service");
    expect(own?.aliases).toEqual(["urn:pulumi:prod::shop::nines:aws:Service::site"]);
    // URNs hold types of parents, not their names: a child whose name begins with its parent's is one that moves, at any depth.
    expect(resources.find(({ type }) => type === SERVICE)?.aliases).toEqual([
      "urn:pulumi:prod::shop::nines:aws:Service$nines:aws:ReplicaGroup$aws:ecs/service:Service::site-us-east-1",
    ]);
    expect(resources.find(({ type }) => type === "nines:aws:Cluster")?.aliases).toEqual([
      "urn:pulumi:prod::shop::nines:aws:Service$nines:aws:Cluster::site-cluster-us-east-1",
    ]);
    const group = resources.find(({ type }) => type === "nines:aws:ReplicaGroup");
    expect(group?.aliases).toEqual(["urn:pulumi:prod::shop::nines:aws:Service$nines:aws:ReplicaGroup::site-us-east-1"]);
  });
});
