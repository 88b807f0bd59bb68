import type { PartKey } from "../model";
import { finding, partsOf, undecided, valueAt } from "./finding";
import { always } from "./rule";
import type { Finding, Rule, Subject } from "./rule";

/** What one rule on a listener says, as far as it is known. */
interface Known {
  /** null: a stack that is looked at beside this one. */
  readonly stack: string | null;
  readonly part: PartKey;
  /** undefined: not known. */
  readonly listener: string | undefined;
  readonly priority: number | undefined;
  /** Hosts and paths as one text. */
  readonly matches: string | undefined;
}

function knownOf(stack: string | null, parts: Subject["parts"]): readonly Known[] {
  return partsOf(parts, "balancer-route").map((route): Known => {
    const [listener, priority, hosts, paths] = ["listener", "priority", "hosts", "paths"].map((path) =>
      valueAt(route, path),
    );
    return {
      stack,
      part: route.key,
      listener: listener?.known === true && typeof listener.value === "string" ? listener.value : undefined,
      priority: priority?.known === true ? Number(priority.value) : undefined,
      matches:
        hosts?.known === true && paths?.known === true
          ? JSON.stringify([(hosts.value as readonly string[]).map((host) => host.toLowerCase()), paths.value])
          : undefined,
    };
  });
}

/** Two of whom one must give way, or nobody can tell; undefined where they are apart. */
function between(one: Known, other: Known): Finding | undefined {
  const there = other.stack === null ? other.part : `${other.part} of stack ${other.stack}`;
  const sure = one.listener !== undefined && other.listener !== undefined;
  if (sure && one.listener !== other.listener) return undefined;
  const samePriority = one.priority !== undefined && one.priority === other.priority;
  const sameMatches = one.matches !== undefined && one.matches === other.matches;
  if (!samePriority && !sameMatches) return undefined;
  const what = samePriority ? `priority ${one.priority}` : "the same hosts and paths";
  if (!sure) {
    const open = undecided(one.part, "listener", { why: "after-deploy" });
    return { ...open, message: `${what}, as ${there}; whether on the same listener is known only after the deploy` };
  }
  return finding(one.part, {
    ok: false,
    message: samePriority
      ? `${what} on the listener, as ${there}`
      : `${what} as ${there}: only the one with the lower priority is ever reached`,
    fix: samePriority ? "give each rule of the listener its own priority" : "give each rule its own hosts or paths",
  });
}

/** Within the stack, and against those that the same preview recorded. */
export const routesApart: Rule = {
  id: "listener-rules-apart",
  title: "No two rules of a listener have the same priority, or the same hosts and paths",
  about:
    "AWS refuses the second rule of a priority in the middle of a deploy, and of two rules for the same requests one is never asked.",
  severity: always,
  peers: [],
  check: (subject) => {
    const own = knownOf(null, subject.parts);
    const beside = (subject.beside ?? []).flatMap(({ stack, parts }) => knownOf(stack, parts));
    return own.flatMap((route, index): readonly Finding[] => {
      const found = [...own.filter((_, at) => at !== index), ...beside].flatMap((other) => between(route, other) ?? []);
      return found.length > 0
        ? found
        : [finding(route.part, { ok: true, message: `priority ${route.priority ?? "not known"} is its own`, fix: "" })];
    });
  },
};
