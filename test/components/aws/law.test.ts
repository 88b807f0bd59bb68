import fc from "fast-check";
import { isUnknown, plain, resourceGraph, type Part, type PartReader, type Resource } from "../../../model";
import { alertReader } from "../../../components/aws/alert.read";
import { alertTopicReader } from "../../../components/aws/alert-topic.read";
import { dashboardReader } from "../../../components/aws/dashboard.read";
import { replicaGroupReader } from "../../../components/aws/replica-group.read";
import { checkEveryInput } from "../every-input";
import { differs, strip } from "../strip";
import { anyGroup, everyAlert, group, routerSidecar, topic } from "./parts";
import { dashboard, record, type SystemUnderTest } from "./system";

const readers: readonly PartReader[] = [replicaGroupReader, alertReader, alertTopicReader, dashboardReader];

function readAll(resources: readonly Resource[]) {
  const graph = resourceGraph(resources);
  const reads = readers.map((reader) => reader.read(graph));
  return {
    parts: reads.flatMap((each) => each.parts).map(plain),
    claims: reads.flatMap((each) => each.claims),
    conflicts: reads.flatMap((each) => each.conflicts),
  };
}

const connected = group("ranker", {
  registry: { kind: "service-connect", name: "ranker" },
  scaling: { kind: "fixed", count: 3 },
  rollout: { surge: 3, unavailable: 1, rollsBack: true, watchesAlarms: false },
  runtime: {
    kind: "ecs-fargate",
    architecture: "x86_64",
    spotShare: 0.4,
    base: { replicas: 2, on: "on-demand" },
    rebalancing: true,
  },
  logs: { kind: "router", router: "log-router", output: "datadog", keepDays: 7 },
  sidecars: [routerSidecar("log-router")],
});
const found = group("store", {
  registry: { kind: "cloud-map", name: "store" },
  scaling: { kind: "fixed", count: 2 },
  rollout: { surge: 1, unavailable: 0, rollsBack: false, watchesAlarms: true },
  logs: null,
  probes: [],
  secrets: [],
  environment: [],
  runtime: { kind: "ecs-fargate", architecture: "x86_64", spotShare: 0, rebalancing: false },
  placement: { kind: "zonal", zones: ["us-east-1a"], spread: "best-effort" },
});
const whole: SystemUnderTest = {
  groups: [connected, group("embedding"), found],
  alerts: everyAlert("embedding", "ranker"),
  topic,
  balanced: "embedding",
};
const partsOf = (system: SystemUnderTest): readonly Part[] => [
  ...system.groups,
  ...system.alerts,
  system.topic,
  dashboard,
];

describe("what is built", () => {
  test("reads back as what was planned", async () => {
    const read = readAll(strip(await record(whole)));
    expect(differs(partsOf(whole), read.parts)).toBeUndefined();
    expect(read.conflicts).toEqual([]);
  });

  test("reads back as what was planned, whatever the group", async () => {
    await fc.assert(
      fc.asyncProperty(anyGroup("embedding", true), anyGroup("ranker", false), async (first, second) => {
        const alerts = everyAlert("embedding", "ranker").filter((part) => part.watches.startsWith("load-balancer/"));
        const system: SystemUnderTest = { groups: [first, second], alerts, topic, balanced: "embedding" };
        const read = readAll(strip(await record(system)));
        expect(differs(partsOf(system), read.parts)).toBeUndefined();
        expect(read.conflicts).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  test("is claimed, every resource of it, by one reader", async () => {
    const resources = await record(whole);
    const ours = resources.filter((resource) => resource.custom && (resource.parent ?? "").includes("nines:aws:"));
    const claims = readAll(resources).claims.map((claim) => claim.urn);
    expect(ours.map((resource) => resource.urn).filter((urn) => !claims.includes(urn))).toEqual([]);
    expect(new Set(claims).size).toBe(claims.length);
  });

  test.each(
    readers.map((reader, index) => [["replica group", "alert", "topic", "dashboard"][index] ?? "", reader] as const),
  )("has each input in the table of the %s's reader", async (_, reader) => {
    expect(checkEveryInput(strip(await record(whole)), reader)).toEqual([]);
  });

  test("has no unknown in what is read", async () => {
    const read = readAll(strip(await record(whole)));
    const unknowns = JSON.stringify(read.parts).match(/"known":false/g) ?? [];
    expect(unknowns).toEqual([]);
    expect(read.parts.some(isUnknown)).toBe(false);
  });

  test("holds no value after deployment in a container's document", async () => {
    const tasks = (await record(whole)).filter((resource) => resource.type === "aws:ecs/taskDefinition:TaskDefinition");
    expect(tasks.map((task) => typeof task.inputs["containerDefinitions"])).toEqual(["string", "string", "string"]);
    expect(tasks.map((task) => task.propertyDependencies["containerDefinitions"])).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});
