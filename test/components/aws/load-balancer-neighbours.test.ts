import * as aws from "@pulumi/aws";
import { Cluster } from "../../../components/aws/cluster";
import { LoadBalancer } from "../../../components/aws/load-balancer";
import { Network } from "../../../components/aws/network";
import { readParts } from "../../../components/readers";
import { ReplicaGroup } from "../../../components/aws/replica-group";
import {
  plain,
  resourceGraph,
  type LoadBalancer as BalancerPart,
  type Network as NetworkPart,
  type Resource,
} from "../../../model";
import { subnetsOf } from "../../../capacity/addresses";
import { recordInProcess } from "../../../preview/record";
import { differs, strip } from "../strip";
import { group } from "./parts";

const region = "us-east-1";
const stack = "shop-prod";
const zones = ["a", "b", "c"].map((letter) => `${region}${letter}`);
const addressed = subnetsOf({ addressRange: "10.0.0.0/16", zones });

const network: NetworkPart = {
  kind: "network",
  key: `network/network/${region}`,
  workload: "network",
  region,
  addressRange: "10.0.0.0/16",
  zones,
  subnets: addressed.ok ? addressed.subnets : [],
  natZones: zones,
  endpoints: [{ service: "s3", kind: "gateway", zones: 0 }],
  flowLogs: { keepDays: 30 },
  runtime: { kind: "vpc" },
};

const replicas = (workload: string) =>
  group(workload, {
    ports: [8888],
    drainSeconds: 30,
    // What asks who pulls has tests of its own.
    image: { reference: "registry.example.com/any:1", pinned: false },
    sidecars: [],
    secrets: [],
    scaling: {
      kind: "range",
      min: 6,
      max: 12,
      initial: 6,
      signals: [{ metric: "requests", target: 1800 }],
      schedule: [],
    },
    rollout: { surge: 6, unavailable: 0, rollsBack: true, watchesAlarms: false },
  });

function front(workload: string, rest: Partial<BalancerPart>): BalancerPart {
  return {
    kind: "load-balancer",
    key: `load-balancer/${workload}/${region}`,
    workload,
    region,
    scope: "regional",
    placement: { kind: "zonal", zones, spread: "hard" },
    exposure: "private",
    listeners: [{ port: 8888, tlsFloor: null, redirects: false }],
    targets: [
      {
        part: `replica-group/${workload}/${region}`,
        port: 8888,
        weight: 1,
        priority: 1,
        probe: {
          role: "balancer",
          check: { kind: "http", path: "/health" },
          intervalSeconds: 30,
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

/** A caller on the internet, and what it calls inside. */
const outer = front("storage-server", {
  exposure: "internet",
  listeners: [
    { port: 80, tlsFloor: null, redirects: true },
    { port: 443, tlsFloor: "1.3", redirects: false },
  ],
  domain: { name: "shop.example.com", ownName: null, record: true, certificate: "created" },
});
const inner = front("embedding", {});
const parts = [network, outer, inner, replicas("storage-server"), replicas("embedding")];

function record(): Promise<readonly Resource[]> {
  const program = () => {
    const opts = { provider: new aws.Provider("aws", { region }) };
    const ground = new Network(`network-${region}`, { part: network, stack }, opts);
    const cluster = new Cluster(`cluster-${region}`, { stack, region, registries: [] }, opts);
    const doors = new Map(
      [inner, outer].map((part) => [
        part.workload,
        new LoadBalancer(`${part.workload}-${region}`, { part, network: ground, zoneId: "Z0123" }, opts),
      ]),
    );
    for (const workload of ["embedding", "storage-server"]) {
      const balancer = doors.get(workload);
      const called = workload === "embedding" ? undefined : doors.get("embedding");
      new ReplicaGroup(
        `${workload}-${region}`,
        {
          part: replicas(workload),
          stack,
          cluster,
          network: ground,
          startSeconds: 40,
          ...(balancer === undefined ? {} : { balancer }),
          callees:
            called === undefined ? [] : [{ name: "embedding", port: 8888, securityGroupId: called.securityGroupId }],
        },
        { ...opts, dependsOn: [...ground.ready] },
      );
    }
  };
  return recordInProcess(program, { project: "shop", stack }).then(({ resources }) => resources);
}

function readAll(resources: readonly Resource[]) {
  const { parts, claims, conflicts } = readParts("aws", resourceGraph(resources));
  return { parts: parts.map(plain), claims: claims.map(({ urn }) => urn), conflicts };
}

describe("a network, balancers and replicas together", () => {
  test("read back as planned", async () => {
    const read = readAll(strip(await record()));
    expect(differs(parts, read.parts)).toBeUndefined();
    expect(read.conflicts).toEqual([]);
  });

  test("are claimed once each", async () => {
    const resources = await record();
    const ours = resources.filter(({ custom, type }) => custom && !type.startsWith("pulumi:"));
    expect([...readAll(resources).claims].sort()).toEqual(ours.map(({ urn }) => urn).sort());
  });

  test("stand in the order in which AWS needs them: listener before service, routes before replicas and what faces the internet", async () => {
    const resources = await record();
    const needs = (type: string, on: string) =>
      resources
        .filter((resource) => resource.type === type)
        .map(({ dependencies }) => dependencies.some((urn) => urn.includes(on)));
    expect(needs("aws:ecs/service:Service", "aws:lb/listener:Listener")).toEqual([true, true]);
    // A component is registered after what it waits for, and its children after it.
    expect(needs("nines:aws:ReplicaGroup", "aws:ec2/route:Route")).toEqual([true, true]);
    // The inner balancer needs no way out.
    expect(needs("aws:lb/loadBalancer:LoadBalancer", "aws:ec2/route:Route")).toEqual([false, true]);
  });
});
