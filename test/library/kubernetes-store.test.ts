import * as pulumi from "@pulumi/pulumi";
import { Secret } from "@pulumi/kubernetes/core/v1";
import { Store, type StoreArgs } from "../../components/kubernetes/library";
import type { Resource } from "../../model";
import { ofType, one, recordProgram, refused } from "./a-service";
import { differences, planned, same } from "./as-planned";
import { leastStore as least } from "./kubernetes-least";

const STATEFUL_SET = "kubernetes:apps/v1:StatefulSet";

const record = (args: StoreArgs, config = {}) =>
  recordProgram(() => {
    const { url, address, addresses, members, costPerMonthUsd, availability } = new Store("vectors", args);
    return { url, address, addresses, members, costPerMonthUsd, availability };
  }, config);

const namesOf = (resources: readonly Resource[], type: string) =>
  ofType(resources, type).map(
    ({ inputs }) => (inputs["metadata"] as unknown as { readonly name: string } | undefined)?.name,
  );

describe("a store on Kubernetes in any program", () => {
  test("is planned, built and read back as planned", async () => {
    const { resources, outputs } = await record(least);
    expect(differences(resources)).toEqual(same);
    const plan = planned(resources);
    expect(outputs).toMatchObject({
      // One would carry the reads; prod has three at least, and of three a majority is left when a zone goes.
      members: 3,
      address: "vectors.default:8080",
      addresses: {
        rest: "vectors.default:8080",
        grpc: "vectors-grpc.default:9090",
        metrics: "vectors-metrics.default:9091",
      },
    });
    expect(outputs["availability"]).toBe(1 - plan.availability!.unavailability);
    expect(outputs["availability"]).toBeGreaterThan(0.999);
    expect(outputs["costPerMonthUsd"]).toBeGreaterThan(0);
    const from = new Map(plan.settings.map((setting) => [setting.key, setting.from]));
    expect([from.get("workloads.vectors.memoryMiB"), from.get("utilisationCeiling")]).toEqual(["argument", "default"]);
  });

  test("addresses are names of Services that are built, in the namespace, the leader's too", async () => {
    const { resources, outputs } = await record({ ...least, leader: true, namespace: { create: "shop" } });
    const addresses = Object.values(outputs["addresses"] as unknown as Readonly<Record<string, string>>);
    expect(addresses).toContain("vectors-leader.shop:8080");
    const services = namesOf(resources, "kubernetes:core/v1:Service").map((name) => `${name}.shop`);
    for (const address of addresses) expect(services).toContain(address.replace(/:\d+$/, ""));
  });

  test("takes every word of a store: a size's name, snapshots, callers, secrets, account, class, a last word", async () => {
    const { resources, outputs } = await record({
      ...least,
      members: "medium",
      replicas: { max: 12 },
      has: ["metrics-server", "network-policy", "volume-snapshots"],
      snapshots: { everyHours: 6, keepDays: 7, kind: "volume-snapshot", image: "registry.example.com/kubectl:1.36.0" },
      callers: ["web"],
      secrets: { API_KEY: { create: "secret-manager" } },
      serviceAccount: { annotations: { "eks.amazonaws.com/role-arn": "arn:aws:iam::123456789012:role/vectors" } },
      storageClass: "fast",
      protect: false,
      transform: {
        store: { networkPolicy: (own) => ({ ...own, metadata: { name: "vectors", namespace: "default" } }) },
      },
    });
    expect(outputs["members"]).toBe(9);
    expect(differences(resources)).toEqual(same);
    expect(namesOf(resources, "kubernetes:batch/v1:CronJob")).toHaveLength(1);
    expect(one(resources, STATEFUL_SET).protect).toBe(false);
    const policies = ofType(resources, "kubernetes:networking.k8s.io/v1:NetworkPolicy");
    expect(JSON.stringify(policies.map(({ inputs }) => inputs["spec"]))).toContain('"app.kubernetes.io/name":"web"');
    expect(policies.map(({ inputs }) => inputs["metadata"])).toContainEqual({ name: "vectors", namespace: "default" });
  });

  test.each([
    [{}, "Retain"],
    [{ keepVolumes: false }, "Delete"],
    [{ tier: "dev" as const }, "Delete"],
    [{ tier: "dev" as const, keepVolumes: true }, "Retain"],
  ])("with %j its own class says %s", async (args, policy) => {
    const { resources } = await record({ ...least, ...args });
    expect(one(resources, "kubernetes:storage.k8s.io/v1:StorageClass").inputs["reclaimPolicy"]).toBe(policy);
    expect(differences(resources)).toEqual(same);
  });

  test("callers that are none open no port to others, and callers that are not said open it to all", async () => {
    const opened = async (args: StoreArgs): Promise<readonly unknown[]> => {
      const { resources } = await record(args);
      const { spec } = one(resources, "kubernetes:networking.k8s.io/v1:NetworkPolicy").inputs as unknown as {
        readonly spec: { readonly ingress: readonly { readonly from?: unknown }[] };
      };
      return spec.ingress.filter(({ from }) => from === undefined);
    };
    const alone = { ...least, ports: { rest: 8080 } };
    expect(await opened(alone)).toHaveLength(1);
    expect(await opened({ ...alone, callers: [] })).toEqual([]);
  });

  test("an image and a variable may be known after deploy: the variable reaches the container from a Secret", async () => {
    const { resources } = await recordProgram(() => {
      const other = new Secret("other", { stringData: { a: "b" } });
      new Store("vectors", {
        ...least,
        image: pulumi.interpolate`registry.example.com/${other.id}`,
        environment: { MODE: "fast", KEY: other.id },
      });
    });
    expect(JSON.stringify(resources)).not.toMatch(/known-after-deploy|registry\.invalid/);
    expect(namesOf(resources, "kubernetes:core/v1:Secret")).toContain("vectors-environment");
    const { spec } = one(resources, STATEFUL_SET).inputs as unknown as {
      readonly spec: { readonly template: { readonly spec: { readonly containers: readonly unknown[] } } };
    };
    expect(spec.template.spec.containers[0]).toMatchObject({
      image: { $unknown: "after-deploy" },
      env: expect.arrayContaining([
        { name: "KEY", valueFrom: { secretKeyRef: { name: "vectors-environment", key: "KEY" } } },
      ]) as unknown,
    });
    expect(differences(resources).mismatches).toEqual([]);
  });
});

describe("mistakes", () => {
  test("all at once, by argument, before anything is registered; a value that comes too late is one", async () => {
    const message = await refused(() =>
      record({
        ...least,
        ports: { rest: 80_800 },
        memoryMiB: 0,
        writeShare: 2,
        volumeGiB: pulumi.output(100) as unknown as number,
        probes: { health: { path: "ready" } },
        members: "huge",
        snapshots: { everyHours: 5, keepDays: 7, kind: "volume-snapshot", image: "registry.example.com/kubectl:1" },
        load: { requestsPerSecond: { mean: 400, peak: 120 } },
        nodes: { platform: "eks", machine: "m7i.larg" },
        permissions: [],
        callers: "web",
        replicatonLagMs: 1,
      } as unknown as StoreArgs),
    );
    const keys = [...message.matchAll(/^ {2}(\S+) {3}got/gm)].map(([, key]) => key);
    expect(keys.sort()).toEqual(
      [
        "callers",
        "load.requestsPerSecond.peak",
        "members",
        "memoryMiB",
        "nodes.machine",
        "permissions",
        "ports.rest",
        "probes.health.path",
        "replicatonLagMs",
        "snapshots.everyHours",
        "volumeGiB",
        "writeShare",
      ].sort(),
    );
    expect(message).toMatch(/^12 mistakes in Store "vectors"\n/);
    expect(message).toMatch(/volumeGiB {3}got an Output/);
    expect(message).toMatch(/did you mean replicationLagMs\?/);
    expect(message).not.toMatch(/nines:|environments\.|systems\.|kubernetes\.(?!io)/);
  });

  test("what has no default is told, all of it", async () => {
    const message = await refused(() => record({} as StoreArgs));
    expect([...message.matchAll(/^ {2}(\S+) {3}got/gm)].map(([, key]) => key).sort()).toEqual([
      "image",
      "load",
      "memoryMiB",
      "nodes",
      "ports",
      "probes",
      "readsPerSecondPerMember",
      "replicationBatchMs",
      "replicationLagMs",
      "startSeconds",
      "volumeGiB",
      "writesPerSecondPerLeader",
      "zones",
    ]);
  });

  test("a class that is there decides itself what becomes of its volumes", async () => {
    const message = await refused(() => record({ ...least, storageClass: "fast", keepVolumes: true }));
    expect(message).toMatch(/^1 mistake in Store "vectors"\n/);
    expect(message).toMatch(
      /keepVolumes {3}got true\n\s+the class fast is none of the store's own: its reclaimPolicy decides/,
    );
  });

  test("more writes than a leader takes are no plan, and what would be one is said by argument", async () => {
    const message = await refused(() => record({ ...least, writesPerSecondPerLeader: 100 }));
    expect(message).toMatch(/^Store "vectors" cannot be planned/);
    expect(message).toMatch(/plans: writeShare: 0\.\d+/);
  });
});
