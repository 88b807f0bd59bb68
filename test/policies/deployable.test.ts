import type { Limit } from "../../catalog/aws/limit";
import { limits, type LimitId } from "../../catalog/aws/limits";
import type { Resource } from "../../model";
import { judge, rules } from "../../policies";
import type { Subject } from "../../policies";
import { deployChecks } from "../../policies/deployable";
import { blockIsTheMistake, otherCases } from "./deployable-cases";
import {
  ALB,
  cache,
  check,
  container,
  health,
  inCluster,
  later,
  letters,
  onFargate,
  one,
  running,
  service,
  subnets,
  type Program,
} from "./deployable-programs";
import { kubernetesRefusals } from "./deployable-kubernetes-cases";
import { serviceCases } from "./deployable-service-cases";
import { of, resource, rule, subject, verdicts } from "./fixture";
import { machines } from "./machine-cases";

const deployableCases = { ...serviceCases, ...otherCases, ...kubernetesRefusals };
const durable = cache({
  engine: "valkey",
  engineVersion: "9.0",
  durability: "sync",
  clusterMode: "enabled",
  numNodeGroups: 2,
});
const stackOf = (program: Program): Subject => ("graph" in program ? program : subject({ resources: program }));

describe.each(
  Object.entries(deployableCases).flatMap(([id, cases]) =>
    cases.map(([refused, accepted], index) => ({ id, refused, accepted, index })),
  ),
)("deployable/$id ($index)", ({ id, refused, accepted }) => {
  test("is refused before the deploy, in the provider's words", () => {
    const failed = judge(stackOf(refused), [rule(`deployable/${id}`)]).filter(({ verdict }) => verdict === "fail");
    const quote = deployChecks.find(({ name }) => name === id)?.quote;
    expect(failed.length).toBeGreaterThan(0);
    for (const { message, severity, fix } of failed) {
      expect(message).toContain(quote);
      expect(severity).toBe("mandatory");
      expect(fix).not.toBe("");
    }
  });
  test("its neighbour passes", () => {
    expect(verdicts(`deployable/${id}`, stackOf(accepted))).toEqual(["pass"]);
  });
});

test.each(Object.entries(blockIsTheMistake))("deployable/%s is refused wherever it stands", (id, program) => {
  expect(verdicts(`deployable/${id}`, stackOf(program))).toEqual(["fail"]);
});

test("every check has a refused program", () => {
  const tried = new Set([...Object.keys(deployableCases), ...Object.keys(blockIsTheMistake)]);
  expect(deployChecks.map(({ name }) => name).filter((name) => !tried.has(name))).toEqual([]);
  expect([...tried].filter((name) => !deployChecks.some((check) => check.name === name))).toEqual([]);
});

describe("a rule reads its number in the catalog, and nowhere else", () => {
  test.each<readonly [LimitId, Partial<Limit>, Program, "pass" | "fail"]>([
    ["health-check-interval-over-timeout", { min: 2 }, check({ interval: 6, timeout: 5 }), "fail"],
    ["target-health-dns-over-routing", { min: 1 }, health("2", 2), "fail"],
    ["rollout-room", { min: 3 }, service({ desiredCount: 2 }), "fail"],
    ["cache-durability-version", { min: 10 }, durable, "fail"],
    ["balancer-name", { max: 31 }, one(ALB, { name: letters(32) }), "fail"],
    ["replication-group-id", { max: 39 }, cache({ replicationGroupId: letters(40) }), "fail"],
    ["balancer-subnets-per-zone", { max: 2 }, subnets(["a", "b", "b"]), "pass"],
    ["fargate-gpu", { max: 1 }, container({ resourceRequirements: [{ type: "GPU", value: "1" }] }), "pass"],
    ["fargate-scheduling", { values: ["DAEMON"] }, onFargate({ schedulingStrategy: "DAEMON" }), "pass"],
    ["health-check-protocol", { values: ["TCP"] }, check({ protocol: "TCP" }), "pass"],
    ["health-check-enabled", { values: ["false"] }, check({ enabled: false }), "pass"],
  ])("%s with %j", (id, change, program, verdict) => {
    const limit = limits[id] as Record<string, unknown>;
    const before = { ...limit };
    Object.assign(limit, change);
    try {
      expect(verdicts(`deployable/${id}`, stackOf(program))).toEqual([verdict]);
    } finally {
      Object.assign(limit, before);
    }
    expect(verdicts(`deployable/${id}`, stackOf(program))).not.toEqual([verdict]);
  });
});

describe("what is not known before the deploy is undecided", () => {
  const later = { $unknown: "after-deploy" } as const;
  test.each([
    ["idle-timeout", "aws:lb/loadBalancer:LoadBalancer", { idleTimeout: later }],
    ["health-check-interval", "aws:lb/targetGroup:TargetGroup", { healthCheck: later }],
    ["health-check-matcher", "aws:lb/targetGroup:TargetGroup", { healthCheck: { matcher: later } }],
    [
      "fargate-size",
      "aws:ecs/taskDefinition:TaskDefinition",
      { requiresCompatibilities: ["FARGATE"], cpu: later, memory: "512" },
    ],
    [
      "stop-timeout",
      "aws:ecs/taskDefinition:TaskDefinition",
      { requiresCompatibilities: ["FARGATE"], containerDefinitions: later },
    ],
    ["rollout-room", "aws:ecs/service:Service", { desiredCount: later }],
    [
      "cache-auth-token",
      "aws:elasticache/replicationGroup:ReplicationGroup",
      { authToken: later, transitEncryptionEnabled: true },
    ],
    ["cache-multi-az", "aws:elasticache/replicationGroup:ReplicationGroup", { multiAzEnabled: later }],
    ["alarm-period", "aws:cloudwatch/metricAlarm:MetricAlarm", { period: later }],
    ["alarm-return-data", "aws:cloudwatch/metricAlarm:MetricAlarm", { metricQueries: later }],
    ["balancer-zones", "aws:lb/loadBalancer:LoadBalancer", { subnets: ["subnet-1", "subnet-2"] }],
    ["object-name", "kubernetes:core/v1:Service", { metadata: { name: later } }],
    ["label-form", "kubernetes:core/v1:Service", { metadata: { labels: { app: later } } }],
    ["service-ports", "kubernetes:core/v1:Service", { spec: { ports: [{ port: later }] } }],
    ["scaler-bounds", "kubernetes:autoscaling/v2:HorizontalPodAutoscaler", { spec: { maxReplicas: later } }],
    ["budget-bounds", "kubernetes:policy/v1:PodDisruptionBudget", { spec: { maxUnavailable: later } }],
    ["replicas-counted", "kubernetes:apps/v1:Deployment", { spec: { replicas: later } }],
    ["rollout-moves", "kubernetes:apps/v1:Deployment", { spec: { strategy: later } }],
    ["container-image", "kubernetes:apps/v1:Deployment", { spec: { template: { spec: { containers: later } } } }],
    ["probe-form", "kubernetes:apps/v1:Deployment", { spec: { template: { spec: { containers: later } } } }],
  ] as const)("%s", (id, type, inputs) => {
    expect(verdicts(`deployable/${id}`, stackOf([resource(type, inputs)]))).toEqual(["undecided"]);
  });
  test("a name taken from the service itself is expected to be right, and only said", () => {
    const service = resource("aws:ecs/service:Service", { desiredCount: 1 });
    const target = resource("aws:appautoscaling/target:Target", { resourceId: later }, { resourceId: [service] });
    expect(judge(stackOf([service, target]), [rule("deployable/scaling-target-id")])).toMatchObject([
      { verdict: "undecided", severity: "advisory" },
    ]);
    expect(
      judge(stackOf([resource("aws:appautoscaling/target:Target", { resourceId: later })]), [
        rule("deployable/scaling-target-id"),
      ]),
    ).toMatchObject([{ verdict: "undecided", severity: "mandatory" }]);
  });
});

describe("a quota that AWS raises", () => {
  const vcpus = (quotas: Readonly<Record<string, number>>, over: Partial<Subject>) =>
    judge({ ...running(4, 8, {}, quotas), ...over }, [rule("deployable/fargate-vcpus")]).map(
      ({ verdict, severity, message }) => [verdict, severity, message.split(";")[0]],
    );
  test("is only said of another's program where nobody stated it", () => {
    const said = "8 vCPUs while all roll out, of 6, the default where nothing was raised";
    expect(vcpus({}, { plan: null })).toEqual([["fail", "advisory", said]]);
    expect(vcpus({}, { plan: null, basis: null })).toEqual([["fail", "advisory", said]]);
    expect(vcpus({ fargateVcpus: 7 }, { plan: null })).toEqual([
      ["fail", "mandatory", "8 vCPUs while all roll out, of 7"],
    ]);
    expect(vcpus({ fargateVcpus: 8 }, { plan: null })[0]?.[0]).toBe("pass");
    expect(vcpus({}, {})).toEqual([["fail", "mandatory", "8 vCPUs while all roll out, of 6"]]);
  });
  test("on tasks of a service counts no machines of an auto-scaling group", () => {
    const tasks = running(1, 11, {}, { tasksPerService: 10 });
    const { parts } = of([machines({}, {}, { scaling: { kind: "fixed", count: 11 } })]);
    expect(verdicts("deployable/tasks-per-service", tasks)).toEqual(["fail"]);
    expect(verdicts("deployable/tasks-per-service", { ...tasks, parts })).toEqual([]);
  });
});

describe("a label of a balancer's requests that is known only after the deploy", () => {
  const front = resource("aws:lb/loadBalancer:LoadBalancer", {});
  const [blue, green] = ["blue", "green"].map((name) => resource("aws:lb/targetGroup:TargetGroup", {}, {}, { name }));
  const property = "targetTrackingScalingPolicyConfiguration";
  const policy = (from: readonly (Resource | undefined)[]) =>
    resource(
      "aws:appautoscaling/policy:Policy",
      {
        [property]: {
          predefinedMetricSpecification: {
            predefinedMetricType: "ALBRequestCountPerTarget",
            resourceLabel: { $unknown: "after-deploy" },
          },
        },
      },
      { [property]: from.flatMap((each) => each ?? []) },
    );
  const judged = (from: readonly (Resource | undefined)[]) =>
    judge(stackOf([front, ...from.flatMap((each) => each ?? []), policy(from)]), [
      rule("deployable/scaling-resource-label"),
    ]).map(({ verdict, severity }) => [verdict, severity]);
  test("has its form where it is made of one balancer and one target group", () => {
    expect(judged([front, blue])).toEqual([["pass", "mandatory"]]);
  });
  test.each([
    ["a balancer alone", [front]],
    ["a target group alone", [blue]],
    ["two target groups", [front, blue, green]],
    ["nothing of this program", []],
  ])("is open where it is made of %s", (_, from) => {
    expect(judged(from)).toEqual([["undecided", "mandatory"]]);
  });
});

test("a document of containers that is none is refused", () => {
  const task = resource("aws:ecs/taskDefinition:TaskDefinition", {
    requiresCompatibilities: ["FARGATE"],
    cpu: "256",
    memory: "512",
    containerDefinitions: "{",
  });
  expect(verdicts("deployable/stop-timeout", stackOf([task]))).toEqual(["fail"]);
});

test("a token is never printed", () => {
  const cache = resource("aws:elasticache/replicationGroup:ReplicationGroup", { authToken: "s3cret@token" });
  expect(JSON.stringify(judge(stackOf([cache]), [rule("deployable/cache-auth-token")]))).not.toContain("s3cret");
});

test("a program of another kind hears nothing of AWS", () => {
  const deployable = rules.filter(({ id, about }) => id.startsWith("deployable/") && about.startsWith("AWS: "));
  expect(deployable.length).toBeGreaterThan(100);
  expect(judge(subject({ resources: [resource("kubernetes:apps/v1:Deployment", {})] }), deployable)).toEqual([]);
});

describe("providers of a cluster", () => {
  const id = "deployable/capacity-provider-of-cluster";

  test("that only a deploy tells are undecided, unless they are machines'", () => {
    expect(verdicts(id, stackOf(inCluster(["FARGATE", later])))).toEqual(["undecided"]);
    const machines = resource("aws:ecs/capacityProvider:CapacityProvider", {});
    const mixed = inCluster(["FARGATE", later]).map((each) =>
      each.type.includes("clusterCapacityProviders")
        ? { ...each, propertyDependencies: { ...each.propertyDependencies, capacityProviders: [machines.urn] } }
        : each,
    );
    expect(verdicts(id, stackOf([machines, ...mixed]))).toEqual(["fail"]);
  });

  test("are looked for where the cluster is spelt out by its name, too", () => {
    const spelt = (resources: readonly Resource[], cluster: string) =>
      resources.map((each) =>
        each.type === "aws:ecs/service:Service"
          ? { ...each, inputs: { ...each.inputs, cluster }, propertyDependencies: {}, dependencies: [] }
          : each,
      );
    expect(verdicts(id, stackOf(spelt(inCluster(null), "main")))).toEqual(["fail"]);
    expect(verdicts(id, stackOf(spelt(inCluster(["FARGATE", "FARGATE_SPOT"]), "main")))).toEqual(["pass"]);
    expect(verdicts(id, stackOf(spelt(inCluster(null), "other")))).toEqual([]);
  });

  test("are another program's business where the cluster is", () => {
    const elsewhere = inCluster(null).filter(({ type }) => type !== "aws:ecs/cluster:Cluster");
    expect(verdicts(id, stackOf(elsewhere))).toEqual([]);
    expect(verdicts("deployable/service-after-capacity", stackOf(elsewhere))).toEqual([]);
  });
});
