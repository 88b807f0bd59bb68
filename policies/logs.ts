import type { ReadPart, ReplicaGroup } from "../model";
import { advised, count, finding, undecided, valueAt } from "./finding";
import type { Finding } from "./rule";

/** Off is a choice that is told, not stopped; how long somebody else's group keeps them is not for this program to say. */
export function logsOf(group: ReadPart<ReplicaGroup>): Finding {
  const kind = valueAt(group, "runtime.kind");
  // No object of the workload says whether there is a collector.
  if (kind.known && kind.value === "kubernetes")
    return {
      part: group.key,
      verdict: "undecided",
      message:
        "what containers write stays on their node until a collector of the cluster takes it; no object here says that one does",
      fix: "collect the nodes' container logs, and keep them for a stated time",
      severity: "advisory",
    };
  const found = valueAt(group, "logs");
  if (!found.known) return undecided(group.key, "logs", found);
  const logs = found.value as ReplicaGroup["logs"];
  if (logs === null)
    return finding(group.key, {
      ok: false,
      message: "no logs",
      fix: "set logs: create, or an existing group, or a router",
      fixByHand: "send its logs to a group with retentionInDays",
      severity: "advisory",
    });
  if (logs.kind === "existing")
    return advised(undecided(group.key, `retention of ${logs.group}`, { why: "elsewhere" }));
  const { keepDays } = logs;
  const sent = logs.kind === "router" ? `sent on by ${logs.router}; its own ` : "";
  return finding(group.key, {
    ok: keepDays !== 0 && (keepDays !== null || sent !== ""),
    message: sent + (keepDays === null ? "nowhere" : keepDays > 0 ? `kept ${count(keepDays, "day")}` : "kept for ever"),
    fix: "set logDays",
    fixByHand: "send its logs to a group with retentionInDays",
  });
}
