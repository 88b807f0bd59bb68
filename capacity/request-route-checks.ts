import type { RequestedListener } from "../model";
import { conditionsOf } from "./route-plan";
import type { MistakeList } from "./request-mistakes";

// Quotas for your Application Load Balancers (2026-11-21), neither can be raised; also catalog/aws, listener-rule-*.
const MOST_VALUES = 5;
const MOST_WILDCARDS = 6;

type Listeners = Readonly<Record<string, RequestedListener>>;

/** Rules on listeners of somebody else: each says what it is for, within what AWS takes, and no two of them are at odds. */
export function checkRules(listeners: Listeners, list: MistakeList): void {
  const seen: [string, RequestedListener][] = [];
  for (const [name, listener] of Object.entries(listeners)) {
    checkConditions(name, listener, list);
    for (const [other, earlier] of seen) {
      if (earlier.listenerArn !== listener.listenerArn) continue;
      if (earlier.priority === listener.priority)
        list.add(
          "yaml",
          ["existing", name, "priority"],
          listener.priority,
          `${other} has a rule of that priority on the same listener`,
          "give each its own; the lowest is asked first",
        );
      if (conditionsOf(earlier) === conditionsOf(listener))
        list.add(
          "yaml",
          ["existing", name, listener.hosts === undefined ? "paths" : "hosts"],
          listener.hosts ?? listener.paths,
          `${other} has a rule with the same hosts and paths on the same listener, and only the first is ever reached`,
          "give each its own hosts or paths",
        );
    }
    seen.push([name, listener]);
  }
}

function checkConditions(name: string, { hosts = [], paths = [] }: RequestedListener, list: MistakeList): void {
  const values = [...hosts, ...paths];
  const wildcards = values.join("").replace(/[^*?]/g, "").length;
  const path = ["existing", name];
  if (values.length === 0)
    list.add("yaml", path, { hosts, paths }, "a rule needs hosts or paths", "for example hosts: [api.example.com]");
  else if (values.length > MOST_VALUES)
    list.add(
      "yaml",
      [...path, hosts.length > 0 ? "hosts" : "paths"],
      values,
      `hosts and paths together are at most ${MOST_VALUES} in a rule, and these are ${values.length}`,
      "cover several by one with a wildcard",
    );
  else if (wildcards > MOST_WILDCARDS)
    list.add(
      "yaml",
      [...path, hosts.length > 0 ? "hosts" : "paths"],
      values,
      `hosts and paths together hold at most ${MOST_WILDCARDS} wildcards in a rule, and these hold ${wildcards}`,
      "spell some of them out",
    );
  const twice = values.find((value, index) => values.indexOf(value) !== index);
  if (twice !== undefined)
    list.add(
      "yaml",
      [...path, hosts.includes(twice) ? "hosts" : "paths"],
      values,
      `${twice} is there twice`,
      "say it once",
    );
}
