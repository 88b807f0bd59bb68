import { certainPlan, planCost } from "../../capacity";
import type { CacheWorkload, Plan, Request, ServiceWorkload } from "../../model";
import { choosing, embedding, prod, storageServer, vectors } from "./a-request";
import { given, request } from "./a-stack";

const elb = "arn:aws:elasticloadbalancing:us-east-1:123456789012";
const front = {
  loadBalancerArn: `${elb}:loadbalancer/app/front/50dc6c495c0c9188`,
  targetGroupArn: `${elb}:targetgroup/storage/73e2d6bc24d8a067`,
  securityGroupId: "sg-0a1b2c3d",
  url: "https://storage.example.com",
};
const there = { address: "cache.example.internal:6379", tls: true };

const roomy = choosing({ quotas: { fargateVcpus: 2000 } });

function planned(asked: Request): Plan {
  const result = certainPlan(asked);
  return result.ok ? result.plan : result.partial;
}

const withExisting = (existing: Partial<Request["existing"]>, base: Request = roomy): Request => ({
  ...base,
  existing: { ...base.existing, ...existing },
});
const withFacts = (workloads: Readonly<Record<string, ServiceWorkload | CacheWorkload>>): Request => ({
  ...roomy,
  workloads: { ...roomy.workloads, ...workloads },
});

const kinds = (plan: Plan, workload: string) =>
  plan.parts.filter((part) => part.workload === workload).map(({ kind }) => kind);
const alertsOf = (plan: Plan, workload: string) =>
  plan.parts.flatMap((part) => (part.kind === "alert" && part.workload.startsWith(workload) ? [part.signal] : []));
const groupOf = (plan: Plan, workload: string) =>
  plan.parts.find((part) => part.kind === "replica-group" && part.workload === workload);
const minutes = (plan: Plan, cause: string) =>
  plan.availability?.lostTo.find((lost) => lost.cause === cause)?.minutesPerYear;
const demandOf = (plan: Plan, workload: string) => plan.demand.find((demand) => demand.workload === workload);

describe("an existing cache", () => {
  const own = planned(roomy);
  const plan = planned(withExisting({ caches: { vectors: there } }));

  test("is no Part, has no alarm, and changes no count", () => {
    expect(kinds(own, "vectors")).toEqual(["redis-cache"]);
    expect(kinds(plan, "vectors")).toEqual([]);
    expect(alertsOf(own, "vectors")).not.toEqual([]);
    expect(alertsOf(plan, "vectors")).toEqual([]);
    expect(plan.demand.map(({ need, erlangs }) => ({ need, erlangs }))).toEqual(
      own.demand.map(({ need, erlangs }) => ({ need, erlangs })),
    );
  });

  test("costs nothing here, and is not an unpriced item", () => {
    const bill = planCost(plan);
    expect([...bill.lines, ...bill.unpriced].filter(({ part }) => part.includes("/vectors"))).toEqual([]);
    expect(bill.perMonthUsd.expected).toBeLessThan(planCost(own).perMonthUsd.expected);
  });

  test("its secret is its owner's: it is not billed to the caller, whose own is", () => {
    const secrets = (asked: Request) =>
      planCost(planned(asked))
        .lines.filter(({ part, item }) => item === "secret-month" && part.includes("/embedding/"))
        .map(({ quantity }) => quantity.expected);
    const wired: ServiceWorkload = { ...embedding, wires: { CACHE_TOKEN: { to: "vectors", as: "token" } } };
    const caches = { vectors: { ...there, tokenSecretName: "shared/cache" } };
    expect(secrets(withExisting({ caches }, withFacts({ embedding: wired })))).toEqual([]);
    const both: ServiceWorkload = { ...wired, secrets: { KEY: { create: "secret-manager" } } };
    expect(secrets(withExisting({ caches }, withFacts({ embedding: both })))).toEqual([1]);
  });

  test("its address stands among the plain variables, its token among the secrets", () => {
    const wired: ServiceWorkload = {
      ...embedding,
      wires: {
        URL: { to: "vectors", as: "urls" },
        HOST: { to: "vectors", as: "address" },
        TOKEN: { to: "vectors", as: "token" },
      },
    };
    const asked = withExisting(
      { caches: { vectors: { ...there, tokenSecretName: "shared/cache" } } },
      withFacts({ embedding: wired }),
    );
    expect(groupOf(planned(asked), "embedding")).toMatchObject({
      environment: [
        { name: "HOST", value: "cache.example.internal:6379" },
        { name: "URL", value: "rediss://cache.example.internal:6379" },
      ],
      secrets: [{ name: "TOKEN", store: "secret-manager" }],
    });
  });

  test("that is relied on is still a hard dependency, with its failover; one that only quickens is none", () => {
    const called: ServiceWorkload = { ...embedding, calls: { vectors: { perRequest: 1, required: true } } };
    const relied: CacheWorkload = { ...vectors, role: "capacity-cache" };
    const caches = { vectors: there };
    const hard = planned(withExisting({ caches }, withFacts({ embedding: called, vectors: relied })));
    const { cacheNodeFailuresPerYear, cacheFailoverSeconds } = hard.failures;
    expect(minutes(hard, "cache")).toBeCloseTo((cacheNodeFailuresPerYear * cacheFailoverSeconds) / 60, 9);
    expect(minutes(planned(withExisting({ caches }, withFacts({ embedding: called }))), "cache")).toBeUndefined();
    // Whatever the call says: replicas are counted with its hits.
    expect(minutes(planned(withExisting({ caches }, withFacts({ vectors: relied }))), "cache")).toBe(
      minutes(hard, "cache"),
    );
  });
});

describe("an existing balancer", () => {
  const own = planned(roomy);
  const asked = withExisting({ balancers: { "storage-server": front } });
  const plan = planned(asked);

  test("is no Part, and the replicas join no registry", () => {
    expect(kinds(own, "storage-server")).toEqual(["replica-group", "load-balancer"]);
    expect(kinds(plan, "storage-server")).toEqual(["replica-group"]);
    expect(groupOf(plan, "storage-server")).toMatchObject({ registry: null });
    expect(kinds(plan, "embedding")).toEqual(["replica-group", "load-balancer"]);
  });

  test("is counted as one queue a replica, and the reason's source says why", () => {
    const split = (reachedBy: ServiceWorkload["reachedBy"]) =>
      demandOf(planned(withFacts({ embedding: { ...embedding, ...(reachedBy ? { reachedBy } : {}) } })), "embedding")
        ?.need ?? 0;
    const inner = planned(withExisting({ balancers: { embedding: front } }));
    expect(demandOf(inner, "embedding")?.need).toBe(split("service-connect"));
    expect(demandOf(inner, "embedding")?.need).toBeGreaterThan(split(undefined));
    const latency = (of: Plan) =>
      of.reasons
        .find(({ part, field }) => part.includes("/storage-server/") && field === "scaling.min")
        ?.needed.find(({ by }) => by === "latency");
    expect(latency(plan)).toMatchObject({
      label: "approx",
      source: { title: expect.stringContaining("algorithm is not read") as string },
    });
    expect(latency(own)).toMatchObject({
      label: "exact",
      source: { title: expect.stringContaining("least outstanding") as string },
    });
  });

  test("says why too where the service time varies otherwise", () => {
    const even = withExisting(
      { balancers: { "storage-server": front } },
      withFacts({ "storage-server": { ...storageServer, serviceTimeVariation: 0.5 } }),
    );
    const reason = planned(even).reasons.find(
      ({ part, field }) => part.includes("/storage-server/") && field === "scaling.min",
    );
    expect(reason?.needed.find(({ by }) => by === "latency")?.source.title).toMatch(
      /Allen-Cunneen.*algorithm is not read/,
    );
  });

  test("requests still move the count; alarms are those of the replicas, and no rollout waits for any", () => {
    const group = groupOf(plan, "storage-server");
    expect(group).toMatchObject({ rollout: { watchesAlarms: false } });
    expect(
      group?.kind === "replica-group" && group.scaling.kind === "range"
        ? group.scaling.signals.map(({ metric }) => metric)
        : [],
    ).toEqual(["cpu", "memory", "requests"]);
    expect(alertsOf(plan, "storage-server").sort()).toEqual(["at-maximum", "memory", "running-below-minimum"]);
    expect(groupOf(own, "storage-server")).toMatchObject({ rollout: { watchesAlarms: true } });
  });

  test("still costs minutes, found by the service's own probe", () => {
    const alone = withExisting({
      balancers: { "storage-server": front, embedding: { ...front, url: "http://inner.example.internal:8080" } },
    });
    expect(minutes(planned(alone), "balancer")).toBeCloseTo(minutes(own, "balancer") ?? 0, 9);
    const probing = (intervalSeconds: number) =>
      minutes(
        planned({
          ...alone,
          workloads: {
            ...alone.workloads,
            "storage-server": {
              ...storageServer,
              probes: { health: { path: "/health", intervalSeconds, failures: 3 } },
            },
          },
        }),
        "failover",
      ) ?? 0;
    expect(probing(10)).toBeLessThan(probing(60));
    expect(minutes(planned(alone), "failover")).toBeCloseTo(minutes(own, "failover") ?? 0, 6);
  });

  test("takes no public subnets for a service that the internet reaches", () => {
    const open: ServiceWorkload = { ...storageServer, exposure: "internet" };
    const closed: Request = { ...withFacts({ "storage-server": open }), network: { create: true, nat: "none" } };
    const tiers = (of: Request) =>
      planned(of).parts.flatMap((part) => (part.kind === "network" ? part.subnets.map(({ tier }) => tier) : []));
    expect(tiers(closed)).toContain("public");
    expect(tiers({ ...closed, existing: asked.existing })).not.toContain("public");
  });
});

test("settings say what is elsewhere, and where it was said", () => {
  const { settings, existing } = request(given({ yaml: { existing: { vectors: there, "storage-server": front } } }));
  expect(existing).toEqual({ caches: { vectors: there }, balancers: { "storage-server": front }, listeners: {} });
  expect(settings.filter(({ key }) => key.startsWith("existing."))).toEqual([
    { key: "existing.storage-server.loadBalancerArn", value: front.loadBalancerArn, from: "yaml" },
    { key: "existing.storage-server.securityGroupId", value: "sg-0a1b2c3d", from: "yaml" },
    { key: "existing.storage-server.targetGroupArn", value: front.targetGroupArn, from: "yaml" },
    { key: "existing.storage-server.url", value: front.url, from: "yaml" },
    { key: "existing.vectors.address", value: there.address, from: "yaml" },
    { key: "existing.vectors.tls", value: true, from: "yaml" },
  ]);
  expect(request(given()).existing).toEqual(prod.existing);
});

describe("a rule on an existing balancer's listener", () => {
  const listener = {
    listenerArn: `${elb}:listener/app/front/50dc6c495c0c9188/0467ef3c8400ae65`,
    securityGroupId: "sg-0a1b2c3d",
    priority: 100,
    hosts: ["b.example.com", "a.example.com"],
    url: "https://a.example.com",
  };
  const own = planned(roomy);
  const asked = withExisting({ listeners: { "storage-server": listener } });
  const plan = planned(asked);
  const routeOf = (of: Plan) => of.parts.find((part) => part.kind === "balancer-route");

  test("is a Part with what it matches and where it leads, and the balancer is none", () => {
    expect(kinds(plan, "storage-server")).toEqual(["replica-group", "balancer-route"]);
    const door = own.parts.find((part) => part.kind === "load-balancer" && part.workload === "storage-server");
    expect(routeOf(plan)).toMatchObject({
      listener: listener.listenerArn,
      priority: 100,
      hosts: ["a.example.com", "b.example.com"],
      paths: [],
      targets: door?.kind === "load-balancer" ? door.targets : [],
    });
  });

  test("its target group is ours, so it counts and fails over as a balancer of ours does", () => {
    expect(demandOf(plan, "storage-server")).toEqual(demandOf(own, "storage-server"));
    expect(plan.availability).toEqual(own.availability);
  });

  test("a rollout waits for its alarms; none is on what the whole balancer refuses", () => {
    expect(groupOf(plan, "storage-server")).toMatchObject({ rollout: { watchesAlarms: true } });
    expect(
      alertsOf(own, "storage-server").filter((signal) => !alertsOf(plan, "storage-server").includes(signal)),
    ).toEqual(["availability-burn"]);
    const watched = plan.parts.flatMap((part) =>
      part.kind === "alert" && part.signal === "all-replicas-down" ? [part.watches] : [],
    );
    expect(watched).toContain(routeOf(plan)?.key);
  });

  test("costs the capacity units of its own requests, and not the balancer's hours", () => {
    const linesOf = (of: Plan) =>
      planCost(of).lines.filter(({ part }) => /^(load-balancer|balancer-route)\/storage-server\//.test(part));
    expect(linesOf(plan).map(({ item }) => item)).toEqual(["alb-lcu-hour"]);
    expect(linesOf(plan)[0]?.quantity).toEqual(linesOf(own).find(({ item }) => item === "alb-lcu-hour")?.quantity);
  });

  test("takes no public subnets for a service that the internet reaches", () => {
    const open: ServiceWorkload = { ...storageServer, exposure: "internet" };
    const closed: Request = { ...withFacts({ "storage-server": open }), network: { create: true, nat: "none" } };
    const tiers = (of: Request) =>
      planned(of).parts.flatMap((part) => (part.kind === "network" ? part.subnets.map(({ tier }) => tier) : []));
    expect(tiers(closed)).toContain("public");
    expect(tiers({ ...closed, existing: asked.existing })).not.toContain("public");
  });
});
