import type { Plan, Resource, RuleResult } from "../../model";
import { reportOf } from "../../preview/report";
import { workings } from "../../preview/workings";

/** What a preview prints of the nodes of one region: what the control plane is held to, in the words that a user reads. */
export interface Printed {
  /** Nodes that cannot be drained: at the floors, and where autoscalers are at their ceilings. */
  readonly hanging: { readonly floor: number; readonly ceiling: number };
  /** Zones that each need a node more, so that every node can be drained; empty: none does, or nobody says. */
  readonly moreForDrains: readonly string[];
  /** Workloads whose rollout may stand still at the floors, and the nodes with which none does; null: as many as there are. */
  readonly rollouts: { readonly waits: readonly string[]; readonly enough: number | null };
  /** Pods that find no room while a zone is lost, by workload, in the worst of the zones. */
  readonly waiting: Readonly<Record<string, number>>;
  /** Nodes, spread evenly, on which none would wait; null: as many as there are. */
  readonly enoughForZone: number | null;
}

/** The plan, on the nodes that its components share, and what is printed of these. */
export function previewed(
  stack: string,
  resources: readonly Resource[],
  region: string,
): { readonly plan: Plan; readonly printed: Printed } {
  const { planned, rules } = reportOf({ stack, resources, origin: "recorded", asOf: "2026-11-21" }, workings);
  if (planned?.ok !== true) throw new Error(`${stack} is not planned`);
  return { plan: planned.plan, printed: printedOf(rules, region) };
}

function printedOf(rules: readonly RuleResult[], region: string): Printed {
  const [drains, rollouts, zone] = ["drain-finds-room", "rollout-finds-room", "zone-loss-finds-room"].map((id) => {
    const [found, ...others] = rules.filter((rule) => rule.id === id && rule.part?.endsWith(`/${region}`) === true);
    if (others.length > 0 || found?.verdict === "undecided")
      throw new Error(`${id}: ${others.length + 1} in ${region}`);
    return found;
  });
  const waits = zone?.verdict === "fail" ? zone.message.split("pods wait for more: ")[1]!.split(", ") : [];
  return {
    hanging: hangingIn(drains?.verdict === "fail" ? drains.message : ""),
    moreForDrains: drains?.verdict === "fail" ? /more \(in ([^)]+)\)/.exec(drains.fix)![1]!.split(", ") : [],
    rollouts:
      rollouts?.verdict === "fail" && !rollouts.message.startsWith("scaled out")
        ? {
            waits: /next new pod of (.+) may have/.exec(rollouts.message)![1]!.split(", "),
            enough: Number(/keep (\d+)/.exec(rollouts.fix)![1]),
          }
        : { waits: [], enough: null },
    waiting: Object.fromEntries(
      waits.map((each) => {
        const [, count, workload] = /^(\d+) of (\S+)$/.exec(each)!;
        return [workload!, Number(count)];
      }),
    ),
    enoughForZone: zone?.verdict === "fail" ? Number(/keep (\d+)/.exec(zone.fix)![1]) : null,
  };
}

/** `2 of 3 nodes (in ..) cannot be drained ..; scaled out 2 of 4`, either alone, or nothing at all. */
function hangingIn(message: string): Printed["hanging"] {
  const [floor, ceiling] = [/^(\d+) of \d+ nodes/, /scaled out,? (\d+) of \d+/].map((words) =>
    Number(words.exec(message)?.[1] ?? 0),
  ) as [number, number];
  return { floor, ceiling };
}
