import { prefixOfPlan, wordOfWorkload, type OwnQueues, type Report } from "../model";
import { counted, figure } from "./figures";
import { hanging } from "./layout";
import { planOf } from "./report";
import { workloadOf } from "./words";

/** Counts that are much larger because each replica has a queue of its own, and what would make them less; nothing where none is. */
export function queueLines(report: Report, indent: number): readonly string[] {
  const plan = planOf(report);
  const said = new Set<string>();
  return (plan?.reasons ?? []).flatMap(({ part, value, ownQueues: queues }) => {
    if (queues === undefined) return [];
    const workload = wordOfWorkload(prefixOfPlan(plan), workloadOf(part));
    const text = `${workload}: ${counted(value, "replica")}, ${figure(queues.replicas)} if they shared one queue: ${queueText(queues)}`;
    // Regions that are planned alike are told once.
    if (said.has(text)) return [];
    said.add(text);
    return hanging("  queues", text, indent);
  });
}

/** Why, and what a user can change. */
export function queueText({ because, instead, larger }: OwnQueues): string {
  const less = [
    ...(larger === null ? [] : [`slotsPerReplica: ${larger.slots} (${figure(larger.replicas)} larger)`]),
    ...(instead === null ? [] : [instead]),
  ];
  return less.length === 0 ? because : `${because}; less by ${less.join(", or ")}`;
}
