import fc from "fast-check";
import { bareResource, plain, resourceGraph, type Inputs, type Resource, type Value } from "../../../model";
import { alertReader } from "../../../components/aws/alert.read";
import { alertTopicReader } from "../../../components/aws/alert-topic.read";
import { dashboardReader } from "../../../components/aws/dashboard.read";
import { replicaGroupReader } from "../../../components/aws/replica-group.read";
import { strip } from "../strip";
import { everyAlert, group, topic } from "./parts";
import { record } from "./system";

let serial = 0;

/** A resource as another's program registers it. */
function custom(
  type: string,
  inputs: Resource["inputs"],
  refers: Readonly<Record<string, readonly Resource[]>> = {},
): Resource {
  const name = `their-${serial++}`;
  const propertyDependencies = Object.fromEntries(
    Object.entries(refers).map(([property, list]) => [property, list.map(({ urn }) => urn).sort()]),
  );
  return { ...bareResource({ urn: `urn:pulumi:s::p::${type}::${name}`, type, name, inputs }), propertyDependencies };
}

const SERVICE = "aws:ecs/service:Service";
const later = { $unknown: "after-deploy" } as const;
const document = (container: object) => JSON.stringify([{ name: "web", image: "web:latest", ...container }]);

function readGroup(resources: readonly Resource[]): Readonly<Record<string, unknown>> {
  const [part] = replicaGroupReader.read(resourceGraph(resources)).parts;
  return plain(part) as Readonly<Record<string, unknown>>;
}

describe("another's service", () => {
  test("with next to nothing said is read through defaults, and what has none is unknown with its reason", () => {
    const task = custom("aws:ecs/taskDefinition:TaskDefinition", {
      family: "web",
      cpu: ".5 vCPU",
      memory: "2GB",
      containerDefinitions: document({ portMappings: [{ containerPort: 80 }] }),
    });
    const service = custom(
      SERVICE,
      { launchType: "FARGATE", region: "eu-west-1", desiredCount: 4, taskDefinition: later },
      { taskDefinition: [task] },
    );
    expect(readGroup([task, service])).toMatchObject({
      region: "eu-west-1",
      scaling: { kind: "fixed", count: 4 },
      size: { cpuMillis: 500, memoryMiB: 2048 },
      ports: [80],
      probes: [],
      rollout: { surge: 4, unavailable: 0, rollsBack: false, watchesAlarms: false },
      drainSeconds: 30,
      image: { reference: "web:latest", pinned: false },
      logs: null,
      registry: null,
      placement: { known: false, why: "elsewhere" },
      runtime: { architecture: "x86_64", spotShare: 0, rebalancing: true },
    });
  });

  test("in subnets that are spelt out runs in zones that are elsewhere", () => {
    const service = custom(SERVICE, {
      launchType: "FARGATE",
      networkConfiguration: { subnets: ["subnet-1", "subnet-2"] },
    });
    expect(readGroup([service])["placement"]).toMatchObject({ known: false, why: "elsewhere" });
    const one = custom("aws:ec2/subnet:Subnet", { availabilityZone: "us-east-1a" });
    const half = custom(
      SERVICE,
      { launchType: "FARGATE", networkConfiguration: { subnets: [later, "subnet-2"] } },
      { networkConfiguration: [one] },
    );
    expect(readGroup([one, half])["placement"]).toMatchObject({ known: false, why: "elsewhere" });
    const all = custom(
      SERVICE,
      { launchType: "FARGATE", networkConfiguration: { subnets: [later] } },
      { networkConfiguration: [one] },
    );
    expect(readGroup([one, all])["placement"]).toEqual({ kind: "zonal", zones: ["us-east-1a"], spread: "hard" });
  });

  test("on machines outside AWS, or on both kinds at once, is left unread", () => {
    const both = [{ capacityProvider: "FARGATE" }, { capacityProvider: "machines" }];
    const mixed = custom(SERVICE, { desiredCount: 1, capacityProviderStrategies: both });
    expect(replicaGroupReader.read(resourceGraph([mixed])).parts).toEqual([]);
    const service = custom(SERVICE, { desiredCount: 1, launchType: "EXTERNAL" });
    expect(replicaGroupReader.read(resourceGraph([service]))).toEqual({ parts: [], claims: [], conflicts: [] });
  });

  const onDemand = (rest: Inputs = {}): Value => ({ capacityProvider: "FARGATE", ...rest });
  const spot = (rest: Inputs = {}): Value => ({ capacityProvider: "FARGATE_SPOT", ...rest });
  const hidden = { spotShare: { known: false, why: "unreadable" } };
  test.each<[string, readonly Value[], object]>([
    ["by weight", [onDemand({ weight: 1 }), spot({ weight: 3 })], { spotShare: 0.75 }],
    [
      "beyond a base",
      [onDemand({ base: 2, weight: 1 }), spot({ weight: 4 })],
      { spotShare: 0.8, base: { replicas: 2, on: "on-demand" } },
    ],
    [
      "all of it beyond a base",
      [onDemand({ base: 2, weight: 0 }), spot({ weight: 1 })],
      { spotShare: 1, base: { replicas: 2, on: "on-demand" } },
    ],
    [
      "first, and then less",
      [onDemand({ weight: 3 }), spot({ base: 2, weight: 1 })],
      { spotShare: 0.25, base: { replicas: 2, on: "spot" } },
    ],
    ["all of it, whatever the base", [spot({ base: 5, weight: 1 })], { spotShare: 1 }],
    ["alone, without a weight", [spot()], { spotShare: 1 }],
    ["alone On-Demand, without a weight", [onDemand({ base: 1 })], { spotShare: 0 }],
    ["named, and none of it", [onDemand({ weight: 1, base: 3 }), spot({ weight: 0 })], { spotShare: 0 }],
    ["with no weights, which ECS refuses", [onDemand(), spot()], hidden],
    [
      "with two bases, which ECS refuses",
      [onDemand({ base: 1, weight: 1 }), spot({ base: 1, weight: 1 })],
      { spotShare: 0.5, base: { known: false, why: "unreadable" } },
    ],
    [
      "by a weight that only a deploy tells",
      [onDemand({ weight: 1 }), spot({ weight: later })],
      { spotShare: { known: false, why: "after-deploy" } },
    ],
  ])("on Spot %s is read so", (_, strategies, expected) => {
    const service = custom(SERVICE, { capacityProviderStrategies: strategies });
    expect(readGroup([service])["runtime"]).toEqual({
      kind: "ecs-fargate",
      architecture: expect.anything(),
      rebalancing: true,
      ...Object.fromEntries(
        Object.entries(expected).map(([key, value]: [string, object]) => [
          key,
          typeof value === "object" ? expect.objectContaining(value) : value,
        ]),
      ),
    });
  });

  test("scaled by names that are spelt out is found by them, and two scalers are ambiguous", () => {
    const service = custom(SERVICE, {
      launchType: "FARGATE",
      name: "web",
      cluster: "arn:aws:ecs:us-east-1:123456789012:cluster/main",
      desiredCount: 2,
    });
    const scaler = (max: number) =>
      custom("aws:appautoscaling/target:Target", {
        resourceId: "service/main/web",
        minCapacity: 2,
        maxCapacity: max,
        scalableDimension: "ecs:service:DesiredCount",
      });
    expect(readGroup([service, scaler(9)])["scaling"]).toMatchObject({
      kind: "range",
      min: 2,
      max: 9,
      initial: 2,
      signals: [],
    });
    expect(readGroup([service, scaler(9), scaler(8)])["scaling"]).toMatchObject({
      known: false,
      why: "ambiguous-reference",
    });
    const steps = custom("aws:appautoscaling/policy:Policy", { resourceId: "service/main/web" });
    expect(readGroup([service, scaler(9), steps])["scaling"]).toMatchObject({
      signals: { known: false, why: "unreadable" },
    });
  });

  test("that drains for longer than its replicas live conflicts with itself", () => {
    const task = custom("aws:ecs/taskDefinition:TaskDefinition", {
      containerDefinitions: document({ stopTimeout: 30 }),
    });
    const target = (delay: number | undefined) =>
      custom("aws:lb/targetGroup:TargetGroup", delay === undefined ? {} : { deregistrationDelay: delay });
    const conflicts = (group: Resource) => {
      const service = custom(
        SERVICE,
        { launchType: "FARGATE", taskDefinition: later, loadBalancers: [{ targetGroupArn: later }] },
        { taskDefinition: [task], loadBalancers: [group] },
      );
      return replicaGroupReader.read(resourceGraph([task, group, service])).conflicts.map(({ field }) => field);
    };
    expect(conflicts(target(30))).toEqual([]);
    expect(conflicts(target(31))).toEqual(["drainSeconds"]);
    // 300 seconds when nobody says.
    expect(conflicts(target(undefined))).toEqual(["drainSeconds"]);
  });
});

describe("another's alarm", () => {
  const alarm = (inputs: Resource["inputs"]) =>
    custom("aws:cloudwatch/metricAlarm:MetricAlarm", {
      comparisonOperator: "LessThanThreshold",
      evaluationPeriods: 2,
      threshold: 1,
      period: 60,
      ...inputs,
    });
  const signal = (inputs: Resource["inputs"]) => {
    const [part] = alertReader.read(resourceGraph([alarm(inputs)])).parts;
    return part === undefined ? undefined : (plain(part) as Readonly<Record<string, unknown>>);
  };

  test("is told apart by its threshold where its metric is the same", () => {
    const hosts = { namespace: "AWS/ApplicationELB", metricName: "HealthyHostCount", statistic: "Minimum" };
    expect(signal({ ...hosts, threshold: 1 })?.["signal"]).toBe("all-replicas-down");
    expect(signal({ ...hosts, threshold: 2 })?.["signal"]).toBe("healthy-below-need");
    expect(signal({ ...hosts, threshold: 1, comparisonOperator: "LessThanOrEqualToThreshold" })?.["signal"]).toBe(
      "healthy-below-need",
    );
    const samples = { namespace: "AWS/ECS", metricName: "CPUUtilization", statistic: "SampleCount" };
    expect(signal(samples)?.["signal"]).toBe("running-below-minimum");
    expect(signal({ ...samples, comparisonOperator: "GreaterThanOrEqualToThreshold" })?.["signal"]).toBe("at-maximum");
    expect(signal({ ...samples, statistic: "Average" })?.["signal"]).toBe("cpu");
  });

  test("on anything else is left unread, and what it watches elsewhere is unknown", () => {
    expect(
      signal({ namespace: "AWS/SQS", metricName: "ApproximateAgeOfOldestMessage", statistic: "Maximum" }),
    ).toBeUndefined();
    expect(
      signal({
        namespace: "AWS/ECS",
        metricName: "MemoryUtilization",
        statistic: "Average",
        dimensions: { ServiceName: "web" },
      }),
    ).toMatchObject({
      signal: "memory",
      watches: { known: false, why: "elsewhere" },
      datapointsToAlarm: 2,
      missingData: "missing",
      notifies: false,
    });
  });
});

describe("whatever a program says", () => {
  const readers = [replicaGroupReader, alertReader, alertTopicReader, dashboardReader];

  test("no reader throws, and no resource is claimed twice", async () => {
    const connected = group("ranker", {
      registry: { kind: "service-connect", name: "ranker" },
      scaling: { kind: "fixed", count: 3 },
      rollout: { surge: 3, unavailable: 1, rollsBack: true, watchesAlarms: true },
    });
    const resources = strip(
      await record({
        groups: [connected, group("embedding")],
        alerts: everyAlert("embedding", "ranker"),
        topic,
        balanced: "embedding",
      }),
    );
    const junk = fc.oneof(fc.constant(later as Value), fc.jsonValue() as fc.Arbitrary<Value>);
    const change = fc.record({
      at: fc.nat(),
      property: fc.nat(),
      value: fc.option(junk, { nil: undefined }),
      cut: fc.boolean(),
      gone: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 12 }), (changes) => {
        const broken = new Map(resources.map((resource) => [resource.urn, resource]));
        for (const { at, property, value, cut, gone } of changes) {
          const resource = resources[at % resources.length];
          if (resource === undefined) continue;
          const keys = Object.keys(resource.inputs);
          const key = keys[property % Math.max(1, keys.length)] ?? "any";
          const inputs = Object.fromEntries([
            ...Object.entries(resource.inputs).filter(([name]) => name !== key),
            ...(value === undefined ? [] : [[key, value]]),
          ]) as Resource["inputs"];
          if (gone) broken.delete(resource.urn);
          else
            broken.set(resource.urn, {
              ...resource,
              inputs,
              propertyDependencies: cut ? {} : resource.propertyDependencies,
            });
        }
        const graph = resourceGraph([...broken.values()]);
        const claims = readers.flatMap((reader) => reader.read(graph).claims.map(({ urn }) => urn));
        expect(new Set(claims).size).toBe(claims.length);
      }),
      { numRuns: 500 },
    );
  });
});
