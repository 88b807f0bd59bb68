import { namesOf } from "../capacity";
import { listAt, textAt, type ReadPart, type Report } from "../model";
import { counted, range } from "./figures";
import { replicasOf } from "./replicas";

/** Kinds that a workload may call. */
const callable: ReadonlySet<ReadPart["kind"]> = new Set<ReadPart["kind"]>([
  "replica-group",
  "store",
  "redis-cache",
  "database",
  "table",
  "queue",
  "bucket",
  "function",
  "search",
  "broker",
  "file-system",
]);

/** What members of a store do with writes, no object tells. */
const STORE = [
  "    # writeShare: 0.1 # share of its requests that write; every member answers the others",
  "    # electionSeconds: 30 # until the database has another leader; without it member 0 takes the writes",
];

/** Names that are told at each workload; more are told once. */
const FEW = 12;

/** No manifest tells where pods run. */
const CLUSTER = [
  "# cluster: # without it no zone is known that could be lost, and no node is priced",
  "#   region: us-east-1",
  "#   zones: [us-east-1a, us-east-1b, us-east-1c] # that have nodes",
  "#   nodes: { platform: eks, machine: m7i.large } # eks, gke, or other with its allocatable and perHourUsd",
];

/** An autoscaler follows the memory of its replicas. */
function byMemory(part: ReadPart): boolean {
  const signals = listAt(part, "scaling", "signals") ?? [];
  return (
    part.kind === "replica-group" &&
    signals.some((_, index) => textAt(part, "scaling", "signals", index, "metric") === "memory")
  );
}

/**
 * A demand file to fill in: every replica group and store that was found, with what nobody but its owner knows left open. Undefined where
 * there is none: then there is nothing that carries a load.
 */
export function demandSkeleton(report: Report): string | undefined {
  const groups = report.built.filter(({ kind }) => kind === "replica-group" || kind === "store");
  if (groups.length === 0) return undefined;
  const others = report.built.filter((part) => callable.has(part.kind));
  const names = namesOf(groups);
  const targets = namesOf(others);
  const lines = [
    "# yaml-language-server: $schema=node_modules/nines/demand.schema.json",
    `# What ${report.stack} must carry and promises: no resource tells. Fill in what is empty; what stands behind # is optional.`,
    "tier: prod # dev, staging or prod: how careful the rules are",
    "objectives:",
    "  availability: # share of time that the entry answers, for example 0.999",
    "  survive: zone # nothing, replica or zone: what may be lost while the peak is still carried",
    "  # latency: { percentile: 95, withinMs: 200 }",
    "  # recoverySeconds: 300",
    "# deploys: { perWeek: 5, failureShare: 0.05, minutes: 10, exposedShare: 1 } # measured here; else assumed",
    "# budget: { perMonthUsd: 2500 }",
    "# waivers: [{ rule: image-pinned, reason: the registry is moved until then, until: 2027-03-31 }] # part: one workload alone",
    "# prices: [{ item: volume-gb-month, usd: 0.06, note: our contract }] # a unit, in place of the price list's",
    ...(groups.some((group) => group.kind === "store" || textAt(group, "runtime", "kind") === "kubernetes")
      ? CLUSTER
      : []),
    ...(targets.length > FEW + 1
      ? ["# What a workload may call:", ...inLines(targets.join(", ")).map((line) => `#   ${line}`)]
      : []),
    "workloads:",
  ];
  groups.forEach((group, index) => {
    const name = names[index] ?? group.key;
    const called = targets.filter((_, at) => others[at] !== group);
    lines.push(
      `  ${quoted(name)}: # ${foundOf(report, group)}`,
      "    requestsPerSecond: # leave it out where other workloads call it: then it is what they send",
      "      mean: # on average",
      "      peak: # in the busiest minutes",
      "    serviceTimeMs: # of one request, with no other in flight",
      ...(group.kind === "store" ? STORE : []),
      "    # slotsPerReplica: 1 # requests that one replica works on at once",
      "    # startSeconds: 10 # from its start to the first passed probe",
      ...(byMemory(group) ? ["    # restMemoryMiB: 1200 # what its process holds before any request"] : []),
      "    # callsLeave: true # it calls the internet",
    );
    if (called.length > 0) {
      const [first = ""] = called;
      lines.push(
        `    # calls: { ${quoted(first)}: { perRequest: 1, tries: 1, required: true } }`,
        ...(called.length > FEW
          ? ["    #   of those above"]
          : inLines(`of ${called.join(", ")}`).map((line) => `    #   ${line}`)),
      );
    }
  });
  return `${lines.join("\n")}\n`;
}

function foundOf(report: Report, group: ReadPart): string {
  const count = replicasOf(report).find(({ part }) => part === group.key)?.count;
  const zones = listAt(group, "placement", "zones")?.length;
  const front = report.built.find(
    (part) =>
      part.kind === "load-balancer" &&
      (listAt(part, "targets") ?? []).some((target) => textAt(target, "part") === group.key),
  );
  return [
    count === undefined
      ? "replicas not known"
      : `${range(count)} ${group.kind === "store" ? "member" : "replica"}${count.max === 1 ? "" : "s"}`,
    zones === undefined ? "" : `in ${counted(zones, "zone")}`,
    front === undefined ? "" : `behind load balancer ${front.workload}`,
  ]
    .filter((words) => words !== "")
    .join(", ");
}

/** A name that YAML would read as something else stands in quotes. */
function quoted(name: string): string {
  return /^[A-Za-z][\w./-]*$/.test(name) && !/^(true|false|null|yes|no|on|off|y|n)$/i.test(name)
    ? name
    : JSON.stringify(name);
}

function inLines(text: string): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last === undefined || last.length + word.length > 90) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}
