import * as pulumi from "@pulumi/pulumi";
import { Secret } from "@pulumi/kubernetes/core/v1";
import { Provider } from "@pulumi/kubernetes/provider";
import { Cache, Service, type CacheArgs, type ServiceArgs } from "../../components/kubernetes/library";
import { plansIn, type Resource } from "../../model";
import { ofType, one, recordProgram, refused } from "./a-service";
import { differences, planned, same } from "./as-planned";
import { leastCache as sessions, leastService as least } from "./kubernetes-least";

const DEPLOYMENT = "kubernetes:apps/v1:Deployment";
const SECRET = "kubernetes:core/v1:Secret";

const record = (args: ServiceArgs, config = {}) =>
  recordProgram(() => {
    const { url, address, replicas, costPerMonthUsd, availability } = new Service("web", args);
    return { url, address, replicas, costPerMonthUsd, availability };
  }, config);

interface Container {
  readonly name: string;
  readonly image: string;
  readonly env?: readonly { readonly name: string; readonly value?: string; readonly valueFrom?: unknown }[];
}

function podOf(resources: readonly Resource[]) {
  const { spec } = one(resources, DEPLOYMENT).inputs as unknown as {
    readonly spec: { readonly template: { readonly spec: { readonly containers: readonly Container[] } } };
  };
  return spec.template.spec;
}

describe("a service on Kubernetes in any program", () => {
  test("eight words are planned, built and read back as planned", async () => {
    const { resources, outputs } = await record(least);
    expect(differences(resources)).toEqual(same);
    const plan = planned(resources);
    // 120/s x 30 ms are 3.6 busy slots: four and headroom, and a zone of three may go.
    expect(outputs).toMatchObject({ replicas: 6, address: "web.default:8080" });
    expect(outputs["availability"]).toBe(1 - plan.availability!.unavailability);
    expect(outputs["availability"]).toBeGreaterThan(0.999);
    expect(outputs["costPerMonthUsd"]).toBeGreaterThan(0);
    expect(plansIn(resources)[0]?.component).toBe("urn:pulumi:prod::shop::nines:kubernetes:Service::web");
  });

  test("its settings say that they are arguments or defaults, and none is of another target", async () => {
    const { settings } = planned((await record(least)).resources);
    const from = new Map(settings.map((setting) => [setting.key, setting.from]));
    expect([from.get("load.requestsPerSecond.peak"), from.get("utilisationCeiling")]).toEqual(["argument", "default"]);
    expect([from.get("workloads.web.probes"), from.get("sizes.web.memoryMiB")]).toEqual(["argument", "argument"]);
    expect([...from.keys()].filter((key) => /^(alerts|network|domain|logDays)/.test(key))).toEqual([]);
    expect(JSON.stringify(settings)).not.toContain("nobody@");
  });

  test("everything is below it, in its namespace, by the provider that it was given", async () => {
    const { resources } = await recordProgram(() => {
      const provider = new Provider("elsewhere", { context: "elsewhere" });
      new Service("web", { ...least, namespace: { create: "shop" } }, { provider });
    });
    expect(ofType(resources, "pulumi:providers:kubernetes")).toHaveLength(1);
    const objects = resources.filter(({ type }) => type.startsWith("kubernetes:"));
    for (const { urn, type, inputs } of objects) {
      expect(urn).toContain("nines:kubernetes:Service$");
      if (!type.endsWith(":Namespace")) expect(inputs["metadata"]).toMatchObject({ namespace: "shop" });
    }
    expect(one(resources, "kubernetes:core/v1:Namespace").inputs["metadata"]).toMatchObject({ name: "shop" });
  });

  test("two services stand in one namespace, which the configuration names", async () => {
    const { resources } = await recordProgram(
      () => {
        new Service("web", least);
        new Service("api", { ...least, port: 9000 });
      },
      { "kubernetes:namespace": "shop" },
    );
    expect(plansIn(resources).map(({ plan }) => plan.system)).toEqual(["api", "web"]);
    const names = ofType(resources, DEPLOYMENT).map(({ inputs }) => inputs["metadata"]);
    expect(names).toMatchObject([
      { name: "api", namespace: "shop" },
      { name: "web", namespace: "shop" },
    ]);
  });

  test("the same words as on AWS: probes, limits, variables, secrets, sidecars, account, and a cache", async () => {
    const proxy = { image: `registry.example.com/proxy@sha256:${"b".repeat(64)}`, cpuMillis: 125, memoryMiB: 128 };
    const { resources } = await record({
      ...least,
      live: "/live",
      startup: { path: "/startup", intervalSeconds: 5 },
      limits: { memoryMiB: 2048 },
      environment: { MODE: "fast" },
      secrets: { API_KEY: { create: "secret-manager" }, OTHER: { existing: "team/other" } },
      sidecars: { proxy },
      serviceAccount: { annotations: { "eks.amazonaws.com/role-arn": "arn:aws:iam::123456789012:role/web" } },
      cache: { entries: 200_000, keyBytes: 40, valueBytes: 500 },
      replicas: { max: 20 },
    });
    expect(differences(resources)).toEqual(same);
    expect(
      podOf(resources.filter(({ name }) => !name.startsWith("web-cache"))).containers.map(({ name }) => name),
    ).toEqual(["web", "proxy"]);
    expect(planned(resources).parts.map(({ key }) => key)).toContain("redis-cache/web-cache/us-east-1");
    const accounts = ofType(resources, "kubernetes:core/v1:ServiceAccount").map(({ inputs }) => inputs["metadata"]);
    expect(accounts).toContainEqual(
      expect.objectContaining({
        annotations: { "eks.amazonaws.com/role-arn": "arn:aws:iam::123456789012:role/web" },
      }),
    );
  });

  test("a registry that asks is opened by a Secret of the namespace, for an image that is known", async () => {
    const registries = { "registry.example.com": { secret: "pull" } };
    const { resources } = await record({ ...least, registries });
    expect(podOf(resources)).toMatchObject({ imagePullSecrets: [{ name: "pull" }] });
    const later = () => record({ ...least, registries, image: pulumi.output(least.image) });
    expect(await refused(later)).toMatch(/^1 mistake in .*\n {2}image {3}got an Output/);
  });

  test("a transform has the last word on one child", async () => {
    const { resources } = await record({
      ...least,
      transform: {
        replicaGroup: {
          deployment: (args) => ({
            ...args,
            metadata: { name: "web", namespace: "default", labels: { team: "shop" } },
          }),
        },
      },
    });
    expect(one(resources, DEPLOYMENT).inputs["metadata"]).toMatchObject({ labels: { team: "shop" } });
  });

  test("a child takes over what is there already", async () => {
    const adopt = { [DEPLOYMENT]: { import: "default/web" } };
    const { resources } = await record({ ...least, adopt });
    expect(differences(resources)).toEqual(same);
    expect(await refused(() => record({ ...least, adopt: { "kubernetes:apps/v1:DaemonSet": {} } }))).toMatch(
      /takes over what is not here/,
    );
  });
});

describe("a cache by itself", () => {
  const recorded = (args: CacheArgs) =>
    recordProgram(() => {
      const { url, address, passwordSecret, replicas, availability } = new Cache("sessions", args);
      return { url, address, passwordSecret, replicas, availability };
    });
  const ingressOf = (resources: readonly Resource[]) =>
    ofType(resources, "kubernetes:networking.k8s.io/v1:NetworkPolicy").map(
      ({ inputs }) => (inputs["spec"] as unknown as { readonly ingress: unknown }).ingress,
    );

  test("is planned, built and read back as planned", async () => {
    const { resources, outputs } = await recorded(sessions);
    expect(differences(resources)).toEqual(same);
    expect(outputs).toMatchObject({
      replicas: 3,
      address: "sessions.default:6379",
      passwordSecret: "sessions-auth/password",
    });
    expect(ingressOf(resources)).toEqual([[{ ports: expect.any(Array) as unknown }]]);
  });

  test("lets in its callers alone, where they are said", async () => {
    const { resources } = await recorded({ ...sessions, callers: ["web"] });
    expect(JSON.stringify(ingressOf(resources))).toContain('"app.kubernetes.io/name":"web"');
  });

  test("tells mistakes by argument", async () => {
    const message = await refused(() => recorded({ ...sessions, entries: 0, image: "x" } as CacheArgs));
    expect(message).toMatch(/^2 mistakes in Cache "sessions"\n/);
    expect(message).toMatch(/ {2}entries {3}got 0/);
  });
});

describe("what is known only after deploy", () => {
  const program = () => {
    const other = new Secret("other", { stringData: { a: "b" } });
    new Service("web", {
      ...least,
      image: pulumi.interpolate`registry.example.com/${other.id}`,
      environment: { MODE: "fast", QUEUE_URL: other.id },
    });
  };

  test("a variable reaches the container from a Secret, and the pod stays readable", async () => {
    const { resources } = await recordProgram(program);
    const secret = ofType(resources, SECRET).find(({ name }) => name.startsWith("web-"))!;
    expect(secret.inputs["metadata"]).toMatchObject({ name: "web-environment", namespace: "default" });
    const [container] = podOf(resources).containers;
    expect(container?.env).toContainEqual({ name: "MODE", value: "fast" });
    expect(container?.env).toContainEqual({
      name: "QUEUE_URL",
      valueFrom: { secretKeyRef: { name: "web-environment", key: "QUEUE_URL" } },
    });
    // The pods start after it is there.
    expect(one(resources, "nines:kubernetes:ReplicaGroup").dependencies).toContain(secret.urn);
  });

  test("an image is planned without, and no placeholder is registered", async () => {
    const { resources } = await recordProgram(program);
    expect(JSON.stringify(resources)).not.toMatch(/known-after-deploy|registry\.invalid/);
    expect(planned(resources).settings.find(({ key }) => key === "images.web")?.value).toEqual({
      $unknown: "after-deploy",
    });
    expect(podOf(resources).containers[0]?.image).toEqual({ $unknown: "after-deploy" });
    expect(differences(resources).mismatches).toEqual([]);
  });
});

describe("where it stands", () => {
  test.each([
    [["us-east-1a", "us-east-1b", "us-east-1c"], "us-east-1"],
    [["us-central1-a", "us-central1-b", "us-central1-c"], "us-central1"],
  ])("zones %j are of %s", async (zones, region) => {
    const nodes = {
      platform: "other",
      machine: "metal",
      allocatable: { cpuMillis: 8000, memoryMiB: 30_000, pods: 110 },
    };
    const { resources } = await record({ ...least, zones, nodes } as ServiceArgs);
    expect(planned(resources).region).toBe(region);
  });
});

describe("mistakes", () => {
  test("an argument that is two of the planner's words is told once, and no fix is a word that components have not", async () => {
    const args = { ...least, size: { cpuMillis: 0, memoryMiB: 1024 }, has: ["metrics-server"] };
    const message = await refused(() => record(args as ServiceArgs));
    expect(message).toMatch(/^2 mistakes in Service "web"\n/);
    expect(message).toMatch(/install it and add "gateway-api"$/m);
  });

  test("all at once, by argument, before anything is registered", async () => {
    const message = await refused(() =>
      record({
        ...least,
        port: 80_800,
        live: "alive",
        load: { requestsPerSecond: { mean: 400, peak: 120 } },
        nodes: { platform: "eks", machine: "m7i.larg" },
        cache: { entries: 0, keyBytes: 40, valueBytes: 500 },
        permissions: [],
        heatlh: 1,
      } as unknown as ServiceArgs),
    );
    const keys = [...message.matchAll(/^ {2}(\S+) {3}got/gm)].map(([, key]) => key);
    expect(keys.sort()).toEqual(
      [
        "cache.entries",
        "heatlh",
        "live.path",
        "load.requestsPerSecond.peak",
        "nodes.machine",
        "permissions",
        "port",
      ].sort(),
    );
    expect(message).toMatch(/^7 mistakes in Service "web"\n/);
    expect(message).toContain("serviceAccount: { annotations }");
    expect(message).not.toMatch(/nines:|environments\.|systems\.|kubernetes\./);
  });

  test("zones and names that say nothing, and Outputs that the plan needs", async () => {
    const { zones, ...without } = least;
    expect(zones).toHaveLength(3);
    expect(await refused(() => record(without as ServiceArgs))).toMatch(/^1 mistake in .*\n {2}zones {3}got nothing/);
    const own = await refused(() => record({ ...least, zones: ["rack-1", "rack-2"] }));
    expect(own).toMatch(/^1 mistake in .*\n {2}region {3}got nothing/);
    const later = pulumi.output(8080) as unknown as number;
    expect(await refused(() => record({ ...least, port: later }))).toMatch(
      /^1 mistake in .*\n {2}port {3}got an Output/,
    );
    const long = await refused(() => recordProgram(() => void new Service("Web", least)));
    expect(long).toMatch(/^1 mistake in .*\n {2}name {3}got Web/);
  });

  test("zones are those of the region, and a region is one of the platform", async () => {
    const zones = ["us-east-1a", "us-east-1b", "eu-west-1c"];
    expect(await refused(() => record({ ...least, zones, region: "us-east-1" }))).toMatch(
      /^1 mistake in .*\n {2}zones\[2\] {3}got eu-west-1c\n\s+a zone of us-east-1,/,
    );
    expect(await refused(() => record({ ...least, region: "us-eats-1" }))).toMatch(
      /^1 mistake in .*\n {2}region {3}got us-eats-1\n/,
    );
  });

  test.each<[string, object, string]>([
    ["a limit below the size's memory", { limits: { memoryMiB: 1023 } }, "limits.memoryMiB   got 1023"],
    ["a limit below the size's CPU", { limits: { cpuMillis: 499 } }, "limits.cpuMillis   got 499"],
    ["two slashes of a Secret", { secrets: { B: { existing: "a/b/c" } } }, "secrets.B.existing   got a/b/c"],
    ["memory with a unit", { size: { cpuMillis: 500, memoryMiB: "1Gi" } }, "size.memoryMiB   got 1Gi"],
  ])("%s is one mistake", async (_, args, expected) => {
    expect(await refused(() => record({ ...least, ...args }))).toMatch(`1 mistake in Service "web"\n  ${expected}\n`);
  });

  test("a pod that no node can hold says the limit", async () => {
    const message = await refused(() => record({ ...least, size: { memoryMiB: 100_000 } }));
    expect(message).toMatch(/^Service "web" cannot be planned/);
  });
});
