import { at } from "../model";
import type { Function } from "../model";
import { count, finding, onValue, partsOf, undecided } from "./finding";
import { advice, always } from "./rule";
import type { Finding, Rule } from "./rule";

const keepsFailures: Rule = {
  id: "function-keeps-failures",
  title: "A call that nobody waits for and that failed is kept",
  about:
    "After its tries Lambda drops the event; only a dead-letter target or a destination says what was lost. Calls that somebody waits for need neither.",
  severity: advice,
  peers: ["CKV_AWS_116*"],
  check: ({ parts }) =>
    partsOf(parts, "function").map((each) =>
      onValue<boolean>(each, "keepsFailures", (ok) => ({
        ok,
        message: ok ? "failures are kept" : "failed events are dropped",
        fix: "give it a deadLetterConfig, or a FunctionEventInvokeConfig with onFailure",
      })),
    ),
};

const queueWaits: Rule = {
  id: "queue-outlasts-function",
  title: "A message stays hidden for as long as its function may run",
  about:
    "Lambda refuses a mapping whose queue shows a message again before the function must be done (CreateEventSourceMapping: visibility timeout below the function's).",
  severity: always,
  peers: [],
  check: ({ parts }) => {
    const queues = new Map(partsOf(parts, "queue").map((queue) => [queue.key, queue]));
    return partsOf(parts, "function").flatMap((each): readonly Finding[] => {
      const takes = at(each, "queues");
      if (!takes.known) return [];
      return (takes.value as Function["queues"]).flatMap((key): readonly Finding[] => {
        const queue = queues.get(key);
        if (queue === undefined) return [];
        const [hidden, runs] = [at(queue, "visibilitySeconds"), at(each, "timeoutSeconds")];
        if (!hidden.known) return [undecided(queue.key, "visibilitySeconds", hidden)];
        if (!runs.known) return [undecided(each.key, "timeoutSeconds", runs)];
        const [wait, run] = [Number(hidden.value), Number(runs.value)];
        return [
          finding(queue.key, {
            ok: wait >= run,
            message: `hidden for ${count(wait, "second")}, ${each.workload} may run ${count(run, "second")}`,
            fix: `set visibilityTimeoutSeconds: ${6 * run}, six times the function's timeout as AWS advises`,
          }),
        ];
      });
    });
  },
};

export const functionRules: readonly Rule[] = [keepsFailures, queueWaits];
