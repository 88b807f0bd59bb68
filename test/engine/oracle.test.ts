import { fargateSells } from "../../catalog/aws/sizes";
import type { Limit } from "../../catalog/aws/limit";
import { limits, type LimitId } from "../../catalog/aws/limits";
import type { Resource } from "../../model";
import { judge } from "../../policies";
import type { Subject } from "../../policies";
import { deployChecks } from "../../policies/deployable";
import { suiteIfThere } from "../needs";
import { resource, rule, subject } from "../policies/fixture";
import { counts } from "./oracle-counts";
import { shapeAt } from "./provider/api-check";
import { modelsAreThere } from "./provider/api-models";
import { named } from "./provider/naming";
import { put } from "./provider/refusal";
import { refusals } from "./provider/refusals";
import { refusalsOf } from "./provider/check";
import type { Properties } from "./provider/values";

type Program = readonly Resource[] | Subject;

/** A program, and whether AWS takes it, by somebody who has not read the catalog. */
interface Probe {
  readonly program: () => Program;
  readonly refused: boolean;
  readonly said: string;
}

const single =
  (type: string, refused: boolean) =>
  (inputs: Properties): Probe => ({
    program: () => [resource(type, inputs)],
    refused,
    said: `${type} ${JSON.stringify(inputs).slice(0, 200)}`,
  });

const documented = (id: string): readonly Probe[] =>
  refusals
    .filter((each) => each.rule === id)
    .flatMap(({ type, accepted, refused }) => [
      ...accepted.map(single(type, false)),
      ...refused.map(single(type, true)),
    ]);

const counted = (id: string): readonly Probe[] =>
  counts
    .filter((count) => count.rule === id)
    .flatMap(({ bound, number, step = 1, program }) => {
      const beyond = bound === "most" ? number + step : number - step;
      return [number, beyond].map((many) => ({
        program: () => program(many),
        refused: many === beyond,
        said: `${many} of ${number}`,
      }));
    });

const GROUP = "aws:lb/targetGroup:TargetGroup";
const SERVICE = "aws:ecs/service:Service";
const strategies = { desiredCount: 2, capacityProviderStrategies: [{ capacityProvider: "FARGATE", weight: 1 }] };

/** Rules whose numbers and words the API's own model has: bounds are looked up there, and probed. */
const modelled: readonly (readonly [rule: string, type: string, path: string, given?: Properties])[] = [
  ["health-check-interval", GROUP, "healthCheck.interval", { healthCheck: { timeout: 2 } }],
  ["health-check-timeout", GROUP, "healthCheck.timeout", { healthCheck: { interval: 300 } }],
  ["health-check-healthy-threshold", GROUP, "healthCheck.healthyThreshold"],
  ["health-check-unhealthy-threshold", GROUP, "healthCheck.unhealthyThreshold"],
  ["capacity-base", SERVICE, "capacityProviderStrategies.base", strategies],
  ["zone-rebalancing", SERVICE, "availabilityZoneRebalancing", { desiredCount: 2 }],
  ["listener-rule-priority", "aws:lb/listenerRule:ListenerRule", "priority"],
  ["cache-transit-mode", "aws:elasticache/replicationGroup:ReplicationGroup", "transitEncryptionMode"],
  ["cache-network-type", "aws:elasticache/replicationGroup:ReplicationGroup", "networkType"],
];

function fromModel(id: string): readonly Probe[] {
  if (!modelsAreThere) return [];
  return modelled
    .filter(([name]) => name === id)
    .flatMap(([, type, path, given = {}]) => {
      const { min, max, enum: words } = shapeAt(type, path);
      const at = (value: number | string): Properties =>
        put(given, path.replace("capacityProviderStrategies", "capacityProviderStrategies[]"), value);
      const good = [...(words ?? []), ...[min, max].filter((each) => each !== undefined)];
      const bad = [
        ...(words ?? []).map((word) => `${word}x`),
        ...(min === undefined ? [] : [min - 1]),
        ...(max === undefined ? [] : [max + 1]),
      ];
      return [
        ...good.map((value) => single(type, false)(at(value))),
        ...bad.map((value) => single(type, true)(at(value))),
      ];
    });
}

const probes = (id: string): readonly Probe[] => [...documented(id), ...counted(id), ...fromModel(id)];

const stackOf = (program: Program): Subject => ("graph" in program ? program : subject({ resources: program }));
const refusedBy = (id: string, probe: Probe): boolean =>
  judge(stackOf(probe.program()), [rule(`deployable/${id}`)]).some(({ verdict }) => verdict === "fail");

/** Where rule and oracle say different things. */
const disagreements = (id: string): readonly string[] =>
  probes(id)
    .filter((probe) => refusedBy(id, probe) !== probe.refused)
    .map(
      ({ said, refused }) =>
        `${refused ? "AWS refuses, the rule does not" : "AWS accepts, the rule does not"}: ${said}`,
    );

describe("the oracle", () => {
  test("quotes at least 40 refusals, and each refuses what it should and nothing else", () => {
    expect(new Set(refusals.map(({ quote }) => quote)).size).toBeGreaterThanOrEqual(40);
    const wrong = refusals.flatMap(({ refuses, accepted, refused, quote }) => [
      ...accepted.filter((inputs) => refuses(inputs)).map((inputs) => [quote, inputs]),
      ...refused.filter((inputs) => !refuses(inputs)).map((inputs) => [quote, inputs]),
    ]);
    expect(wrong).toEqual([]);
    expect(refusals.filter(({ accepted, refused }) => accepted.length === 0 || refused.length === 0)).toEqual([]);
  });

  test("refuses at Check, in AWS's words", () => {
    const [sample] = refusals;
    expect(refusalsOf(sample!.type, sample!.refused[0]!).map(({ reason }) => reason)).toContain(sample!.quote);
  });

  test("counts names as the provider's naming does", () => {
    const budget = (type: string): number =>
      [...Array(60).keys()]
        .filter((length) => named(type, "a".repeat(length), {}, {}, "x").failures.length === 0)
        .at(-1) ?? 0;
    const said = (id: string): number | undefined => counts.find((count) => count.rule === id)?.number;
    expect(budget(GROUP)).toBe(said("target-group-logical-name"));
    expect(budget("aws:elasticache/replicationGroup:ReplicationGroup")).toBe(said("replication-group-logical-name"));
  });
});

const ids = [...new Set([...refusals.map((each) => each.rule ?? ""), ...counts.map((count) => count.rule)])].sort();

test.each(ids)("deployable/%s refuses what the oracle refuses, and nothing else", (id) => {
  expect(disagreements(id)).toEqual([]);
});

test("Fargate sells what the oracle says, of all sizes that could be asked", () => {
  const size = refusals.find((each) => each.rule === "fargate-size")!;
  const different: string[] = [];
  for (const cpu of [128, 256, 512, 768, 1024, 2048, 4096, 6144, 8192, 16_384, 32_768, 65_536]) {
    for (let memory = 512; memory <= 256 * 1024; memory += 512) {
      const refused = size.refuses({ requiresCompatibilities: ["FARGATE"], cpu: String(cpu), memory: String(memory) });
      if (fargateSells(cpu, memory) === refused) different.push(`${cpu} ${memory}`);
    }
  }
  expect(different).toEqual([]);
});

/** Limits that a rule has and this oracle does not perturb, or not in that part: why. */
const apart: Readonly<Record<string, string>> = {
  "fargate-size": "the table of sizes is compared above, cell by cell",
  "target-type-awsvpc": "a task's network mode is not in the group: test/policies",
  "nat-regional-subnet": "an argument that must not be given, not a number",
  "cache-multi-az": "an argument that must be given, not a number",
  "cache-topology-arguments": "arguments that exclude each other, not a number",
  "cache-auth-arguments": "arguments that exclude each other, not a number",
  "cache-zone-arguments": "arguments that exclude each other, not a number",
  "health-check-matcher-grpc min": "a code has no sign",
  "health-check-path min": "a path begins with a slash, so it has a character",
  "replication-group-id min": "an id begins with a letter, so it has a character",
  "listener-rule-priority-unique": "not in the reference that the oracle was written from: test/policies",
  "listener-rule-conditions": "as above",
  "listener-rule-values": "as above",
  "listener-rule-wildcards": "as above",
  "listener-rule-host": "as above",
  "listener-rule-path": "as above",
  "container-cpu-sum": "as above",
  "container-memory-sum": "as above",
  "container-memory": "as above",
  "container-dependency": "as above",
  "registry-credentials": "as above",
  "log-driver": "as above",
};

/** By how much a number must move for a program to tell. */
const steps: Readonly<Record<string, number>> = {
  "alarm-window": 60,
  "alarm-window-long": 3600,
  "fargate-vcpus": 2,
  "cache-nodes-per-region": 3,
};

/** Everything that could be misread in a limit, one at a time. */
function misreadings(id: LimitId): readonly (readonly [string, Partial<Limit>])[] {
  // Known from the API's model alone, which is not there.
  if (probes(id).length === 0) return [];
  const limit: Limit = limits[id];
  const step = steps[id] ?? 1;
  const { min, max, values, pattern } = limit;
  return [
    ...(min === undefined ? [] : [{ min: min + step }, { min: min - step }]),
    ...(max === undefined ? [] : [{ max: max + step }, { max: max - step }]),
    ...(values ?? []).map((value) => ({ values: values?.filter((other) => other !== value) ?? [] })),
    ...(pattern === undefined ? [] : [{ pattern: ".*" }, { pattern: "(?!)" }]),
  ]
    .map((change) => [Object.keys(change)[0] ?? "", change] as const)
    .filter(([part]) => !(id in apart) && !(`${id} ${part}` in apart));
}

function misread<T>(id: LimitId, change: Partial<Limit>, look: () => T): T {
  const limit = limits[id] as Record<string, unknown>;
  const before = { ...limit };
  Object.assign(limit, change);
  try {
    return look();
  } finally {
    Object.assign(limit, before);
  }
}

const judged = (Object.keys(limits) as LimitId[]).filter((id) => deployChecks.some(({ name }) => name === id));

describe("a limit of the catalog that were misread would be seen", () => {
  test("every limit that a rule reads is tried, or is named with the reason", () => {
    const known = new Set<string>([...Object.keys(apart), ...modelled.map(([id]) => id)]);
    expect(judged.filter((id) => !known.has(id) && probes(id).length === 0)).toEqual([]);
    expect(Object.keys(apart).filter((key) => !(key.split(" ")[0]! in limits))).toEqual([]);
  });

  test.each(judged.flatMap((id) => misreadings(id).map(([, change]) => [id, JSON.stringify(change), change] as const)))(
    "%s %s",
    (id, _, change) => {
      expect(misread(id, change, () => disagreements(id))).not.toEqual([]);
    },
  );
});

const noModels = modelsAreThere ? null : "no botocore in the cache, npm run test:engine:oracle";

suiteIfThere(noModels, "the API models", () => {
  test.each(modelled.map(([id, type, path]) => ({ id, type, path })))(
    "deployable/$id is what the model says of $path",
    ({ id, type, path }) => {
      const { min, max, enum: words } = shapeAt(type, path);
      const limit: Limit = limits[id as LimitId];
      expect(words ?? [min, max]).toEqual(limit.values ?? [limit.min, limit.max]);
    },
  );

  test("refuse what is missing, too long, too many, of no such word, and of no such form", () => {
    const reasons = (type: string, inputs: Properties): readonly string[] =>
      refusalsOf(type, inputs).map(({ reason }) => reason);
    expect(reasons(SERVICE, { desiredCount: 2 })).toEqual(["CreateService: serviceName is required"]);
    expect(reasons("aws:iam/role:Role", { name: "a b", assumeRolePolicy: "{}" })[0]).toMatch(
      /^name: a b is not of the form/,
    );
    expect(reasons("aws:iam/role:Role", { name: "a".repeat(65), assumeRolePolicy: "{}" })).toEqual([
      "name: 65 characters of at most 64",
    ]);
    expect(reasons(SERVICE, { name: "a", desiredCount: 2, launchType: "Fargate" })[0]).toMatch(
      /^launchType: Fargate is none of EC2, FARGATE/,
    );
    expect(
      reasons(SERVICE, { name: "a", desiredCount: 2, loadBalancers: [], capacityProviderStrategies: [{ weight: 1 }] }),
    ).toEqual(["capacityProviderStrategies[0]: capacityProvider is required"]);
  });
});
