import { podsAt } from "../capacity";
import { allocatableOf, nodeMachine } from "../catalog/kubernetes";
import { numberAt, regionIn, textAt, type NodeFacts, type NodePool, type ReadPart, type Report } from "../model";
import { counted, figure } from "./figures";
import { hanging } from "./layout";
import { cores } from "./pod-limits";
import { basisOf } from "./report";

type Pods = NonNullable<ReturnType<typeof podsAt>>;

/** What one node gives pods, what the pods of each region ask of all, and why there are as many nodes; nothing where no pods are packed. */
export function nodeSteps(report: Report): readonly string[] {
  const told = new Map<string, string[]>();
  for (const pool of report.built) {
    if (pool.kind !== "node-pool" || textAt(pool, "runtime", "kind") !== "kubernetes-nodes") continue;
    const region = regionIn(pool.key);
    const lines = linesOf(report, pool, region, basisOf(report)?.nodes?.[region]);
    const key = lines.join("\n");
    // Regions that are planned alike stand on nodes alike.
    if (lines.length > 0) told.set(key, [...(told.get(key) ?? []), region]);
  }
  const blocks = [...told].map(([lines, regions]) => [
    ...(told.size > 1 ? hanging("  in", regions.join(", "), INDENT) : []),
    ...lines.split("\n"),
  ]);
  return blocks.length === 0 ? [] : ["how pods fill their nodes", ...blocks.flat()];
}

const INDENT = 16;

function linesOf(
  report: Report,
  pool: ReadPart<NodePool>,
  region: string,
  facts: NodeFacts | undefined,
): readonly string[] {
  const room = roomOf(pool);
  if (facts === undefined || room === undefined) return [];
  const ends = (["min", "max"] as const).flatMap((end) => {
    const nodes = numberAt(pool, "scaling", end);
    const pods = podsAt(end, report.built, region);
    return nodes === undefined || pods === null ? [] : [{ end, nodes, pods }];
  });
  const [floor, ceiling] = ends;
  if (floor === undefined) return [];
  return [
    ...hanging(`  ${pool.workload}`, giveText(facts, room), INDENT),
    ...fillText("floors", floor.nodes, floor.pods, room),
    ...(ceiling === undefined || ceiling.nodes === floor.nodes
      ? []
      : fillText("ceilings", ceiling.nodes, ceiling.pods, room, floor.pods)),
  ];
}

interface Room {
  readonly cpuMillis: number;
  readonly memoryMiB: number;
  readonly pods: number;
}

/** What each node of a pool leaves to pods. */
function roomOf(pool: ReadPart<NodePool>): Room | undefined {
  const of = (word: keyof Room) => numberAt(pool, "runtime", "allocatable", word);
  const [cpuMillis, memoryMiB, pods] = [of("cpuMillis"), of("memoryMiB"), of("pods")];
  return cpuMillis === undefined || memoryMiB === undefined || pods === undefined
    ? undefined
    : { cpuMillis, memoryMiB, pods };
}

function giveText({ platform, machine, daemons }: NodeFacts, room: Room): string {
  const known = platform === "other" ? null : nodeMachine(platform, machine);
  const source = known === null || platform === "other" ? undefined : allocatableOf(platform, known).source;
  return [
    `each ${machine} gives pods ${roomText(room)}`,
    ...(known === null
      ? []
      : [`of its ${cores(known.vcpus * 1000)} and ${figure(known.memoryMiB)} MiB the platform keeps the rest`]),
    ...(daemons === undefined ? [] : [`DaemonSets have taken ${roomText(daemons)} before`]),
    source === undefined ? "as stated" : `from ${source.title}, ${source.date}`,
  ].join("; ");
}

function roomText({ cpuMillis, memoryMiB, pods }: Room): string {
  return `${cores(cpuMillis)}, ${figure(memoryMiB)} MiB and ${counted(pods, "place")}`;
}

/** @param told sets that were told already: of those that are as many still nothing is said again */
function fillText(at: string, nodes: number, pods: Pods, room: Room, told: Pods = []): readonly string[] {
  const each = pods.flatMap(({ name, count, surge = 0, cpuMillis, memoryMiB }) => {
    const before = told.find((set) => set.name === name);
    if (count === 0 || before?.count === count) return [];
    const many = surge > 0 ? `${figure(count)} and ${figure(surge)} while it rolls` : figure(count);
    const size = before === undefined ? `, of ${cores(cpuMillis)} and ${figure(memoryMiB)} MiB` : "";
    return [`${wordOf(name)} ${many}${size}`];
  });
  const sum = (of: (set: Pods[number]) => number): number =>
    pods.reduce((all, set) => all + (set.count + (set.surge ?? 0)) * of(set), 0);
  const asked: Room = {
    cpuMillis: sum(({ cpuMillis }) => cpuMillis),
    memoryMiB: sum(({ memoryMiB }) => memoryMiB),
    pods: sum(() => 1),
  };
  const shares = (["cpuMillis", "memoryMiB", "pods"] as const).map((word) => ({
    word,
    least: room[word] === 0 ? 0 : asked[word] / room[word],
  }));
  const [most = { word: "pods" as const, least: 0 }] = [...shares].sort((a, b) => b.least - a.least);
  const alone = Math.max(1, Math.ceil(most.least - 1e-9));
  const filled = shares.map(({ word, least }) => `${WORDS[word]} ${figure((100 * least) / nodes)} %`).join(", ");
  const why =
    alone === 1 && nodes > 1
      ? "one would hold them all, but for zones and hosts that pods keep apart"
      : alone >= nodes
        ? `${WORDS[most.word]} ${most.word === "pods" ? "decide" : "decides"}`
        : `${WORDS[most.word]} alone would fill ${figure(alone)}: zones, hosts that pods keep apart, and what no node has whole take the others`;
  return hanging(`  at the ${at}`, `${counted(nodes, "node")}: ${each.join("; ")}. Filled: ${filled}; ${why}`, INDENT);
}

const WORDS = { cpuMillis: "CPU", memoryMiB: "memory", pods: "places" } as const;

/** A set is called by its Part, and what of it its pods are: `redis-cache/features/us-east-1 sentinels`. */
function wordOf(name: string): string {
  const [key = "", ...what] = name.split(" ");
  return [key.split("/")[1] ?? key, ...what].join(" ");
}
