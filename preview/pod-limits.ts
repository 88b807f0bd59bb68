import { cpuLimit, memoryAboveRequest } from "../catalog/kubernetes";
import { at, numberAt, regionIn, textAt, type PartKey, type ReadPart, type Report } from "../model";
import { builtPart } from "./built-parts";
import { figure } from "./figures";
import { hanging } from "./layout";
import { planOf } from "./report";

/** What a workload's pods ask for, and beyond what they are held; null: no limit, undefined: not known. */
interface Held {
  readonly workload: string;
  readonly cpuMillis: number;
  readonly memoryMiB: number;
  readonly cpuLimitMillis: number | null | undefined;
  readonly memoryLimitMiB: number | null | undefined;
}

/** What limits do to the pods of each workload, and nines' view of them; nothing where there are no pods. */
export function limitSteps(report: Report): readonly string[] {
  const found = heldOf(report);
  if (found.length === 0) return [];
  const sources = [
    ...(found.some(({ cpuLimitMillis }) => typeof cpuLimitMillis === "number") ? [cpuLimit.source] : []),
    ...(found.some(aboveRequest) ? [memoryAboveRequest] : []),
  ];
  return [
    "what limits do, and nines' view of them",
    ...found.flatMap((held) =>
      [
        `asks for ${cores(held.cpuMillis)} and ${figure(held.memoryMiB)} MiB: nodes are counted by that`,
        cpuText(held),
        memoryText(held),
      ].flatMap((text, index) => hanging(index === 0 ? `  ${held.workload}` : "", text, 16)),
    ),
    ...sources.flatMap(({ title, date }, index) => hanging(index === 0 ? "  from" : "", `${title}, ${date}`, 16)),
  ];
}

/**
 * What each pod of manifests asks for, in one unit however it is written: 4G are 3,815 MiB and 4Gi 4,096. Nothing of what nines planned,
 * whose sizes have reasons in explain, and nothing where pods ask for nothing.
 */
export function podSizeOf(report: Report, key: PartKey): string {
  const part = planOf(report) === null ? builtPart(report, key) : undefined;
  if (part === undefined || !hasPods(part)) return "";
  const cpuMillis = numberAt(part, "size", "cpuMillis") ?? 0;
  const memoryMiB = numberAt(part, "size", "memoryMiB") ?? 0;
  return [...(cpuMillis > 0 ? [cores(cpuMillis)] : []), ...(memoryMiB > 0 ? [`${figure(memoryMiB)} MiB`] : [])].join(
    " and ",
  );
}

/** One of each workload: regions are planned alike. */
function heldOf({ built }: Report): readonly Held[] {
  const seen = new Set<string>();
  return [...built]
    .sort((a, b) => (regionIn(a.key) < regionIn(b.key) ? -1 : 1))
    .flatMap((part): readonly Held[] => {
      const cpuMillis = numberAt(part, "size", "cpuMillis");
      const memoryMiB = numberAt(part, "size", "memoryMiB");
      if (!hasPods(part) || seen.has(part.workload) || cpuMillis === undefined || memoryMiB === undefined) return [];
      seen.add(part.workload);
      const { workload } = part;
      const [cpuLimitMillis, memoryLimitMiB] = [limitOf(part, "cpuLimitMillis"), limitOf(part, "memoryLimitMiB")];
      return [{ workload, cpuMillis, memoryMiB, cpuLimitMillis, memoryLimitMiB }];
    })
    .sort((a, b) => (a.workload < b.workload ? -1 : 1));
}

function hasPods(part: ReadPart): boolean {
  const runtime = textAt(part, "runtime", "kind");
  return (
    (part.kind === "replica-group" && runtime === "kubernetes") || (part.kind === "store" && runtime === "stateful-set")
  );
}

function limitOf(part: ReadPart, field: string): number | null | undefined {
  const leaf = at(part, "runtime", field);
  return leaf.known && leaf.value === null ? null : numberAt(part, "runtime", field);
}

function cpuText({ cpuLimitMillis: limit }: Held): string {
  if (limit === undefined) return "CPU: its limit is not known";
  if (limit === null)
    return "CPU: no limit, as nines holds best: what its node has idle it may use, and where all want more, requests say who gets how much";
  const periods = `${figure((limit * cpuLimit.periodMs) / 1000)} ms of CPU in each ${cpuLimit.periodMs} ms`;
  return `CPU: limited to ${cores(limit)}, which is ${periods}; then it stands still until the next, though its node idles, and its slowest answers get slower. nines would leave the limit out: requests alone share a full node fairly. It is for pods that must be kept from their neighbours (cpu-unthrottled advises)`;
}

function aboveRequest({ memoryMiB, memoryLimitMiB }: Held): boolean {
  return typeof memoryLimitMiB === "number" && memoryLimitMiB > memoryMiB;
}

function memoryText(held: Held): string {
  const { memoryMiB, memoryLimitMiB: limit } = held;
  if (limit === undefined) return "memory: its limit is not known";
  if (limit === null) return "memory: no limit: a leak takes its neighbours' memory first, and the node's";
  if (!aboveRequest(held))
    return `memory: limited to ${figure(limit)} MiB, what was set aside for it, as nines holds best: who asks for more is killed, and nobody else`;
  return `memory: limited to ${figure(limit)} MiB, of which ${figure(limit - memoryMiB)} were set aside by nobody: on a full node the pods above their requests go first. nines would ask for all that it may take`;
}

export function cores(millis: number): string {
  return `${figure(millis / 1000, 3)} CPU`;
}
