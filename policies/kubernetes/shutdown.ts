import { kubernetesDefaults } from "../../catalog/kubernetes/defaults";
import { asNumber, inside, listOf } from "../../components/leaf.read";
import { textOf, type Value } from "../../model";
import { partsOf, undecided, valueAt as partValueAt } from "../finding";
import { advice, beyondDev } from "../rule";
import type { Finding, Rule, Subject } from "../rule";
import { servicesOf } from "./probes";
import { labelsOf, onPod, running, serving, type Workload } from "./workloads";

const PATHS = ["containers", "initContainers", "terminationGracePeriodSeconds"];

/** Seconds before the stop signal; undefined: a hook that takes as long as it takes. */
function delayOf(container: Value): number | undefined {
  const hook = inside(container, "lifecycle", "preStop");
  if (hook === undefined) return 0;
  const slept = inside(hook, "sleep", "seconds");
  if (slept !== undefined) return asNumber(slept);
  const words = listOf(inside(hook, "exec", "command"))
    .map(textOf)
    .join(" ");
  const seconds = /(?:^|[\s;"'])sleep\s+(\d+)/.exec(words)?.[1];
  return seconds === undefined ? undefined : Number(seconds);
}

/** Seconds that a hook of its own takes at most, as the pod template says; undefined: it does not. */
function statedDelay(pod: Value | undefined): number | undefined {
  return asNumber(inside(pod, "metadata", "annotations", "nines/stop-takes-seconds") ?? null);
}

function called(workload: Workload, { graph }: Subject): boolean {
  const labels = labelsOf(workload);
  return labels !== undefined && servicesOf(graph, workload.resource, labels).length > 0;
}

const delayed: Rule = {
  id: "stop-announced",
  title: "A pod goes on answering until its callers know that it ends",
  about:
    "The stop signal and the removal from the Service start together; nodes and balancers learn of it seconds later and send requests meanwhile.",
  severity: advice,
  peers: [],
  check: (subject) =>
    serving(subject)
      .filter((workload) => called(workload, subject))
      .map((workload) =>
        onPod(workload, PATHS, (spec) => {
          const hooked = running(spec).filter(({ value }) => inside(value, "lifecycle", "preStop") !== undefined);
          const seconds = hooked.map(({ value }) => delayOf(value));
          const ok = seconds.some((each) => each === undefined || each > 0);
          return {
            ok,
            message: ok ? `preStop of ${hooked.map(({ name }) => name).join(", ")}` : "the stop signal comes at once",
            fix: "add lifecycle.preStop.sleep, 5 to 15 seconds",
          };
        }),
      ),
};

/** Seconds that requests in flight are promised; undefined: nobody says. */
function promisedDrain(workload: Workload, { plan }: Subject): number | undefined {
  const planned = plan?.parts.find(({ key }) => key === workload.part);
  return planned?.kind === "replica-group" ? planned.drainSeconds : undefined;
}

const outlasts: Rule = {
  id: "grace-outlasts-stop",
  title: "The grace period holds preStop and the requests in flight",
  about: "It begins before preStop, not after it: what is left over at its end is killed in the middle of an answer.",
  severity: beyondDev,
  peers: [],
  check: (subject) =>
    serving(subject).map((workload): Finding => {
      const { pod, part, resource } = workload;
      const stated = statedDelay(pod);
      const delays = running(inside(pod, "spec")).map(({ value }) => delayOf(value) ?? stated);
      if (delays.includes(undefined))
        return undecided(part, `how long preStop of ${resource.name} takes`, { why: "elsewhere" });
      return onPod(workload, PATHS, (spec) => {
        const grace =
          asNumber(inside(spec, "terminationGracePeriodSeconds") ?? kubernetesDefaults.graceSeconds.value) ?? 0;
        const delay = Math.max(0, ...delays.map((each) => each ?? 0));
        const drain = Math.max(promisedDrain(workload, subject) ?? drainOfDoor(workload, subject) ?? 0, 1);
        return {
          ok: grace >= delay + drain,
          message: `${grace} s, of which preStop takes ${delay} and ${drain} are needed to end requests`,
          fix: `set terminationGracePeriodSeconds to ${delay + drain} or more`,
        };
      });
    }),
};

const drains = new WeakMap<Subject["parts"], ReadonlyMap<string, number>>();

/** Seconds for which a balancer in view goes on sending to what it takes out; of several the longest. */
function drainOfDoor({ part }: Workload, { parts }: Subject): number | undefined {
  const known = drains.get(parts) ?? drainsByPart(parts);
  drains.set(parts, known);
  return part === null ? undefined : known.get(part);
}

function drainsByPart(parts: Subject["parts"]): ReadonlyMap<string, number> {
  const longest = new Map<string, number>();
  for (const door of partsOf(parts, "load-balancer")) {
    const targets = partValueAt(door, "targets");
    if (!targets.known) continue;
    for (const { part, drainSeconds } of targets.value as readonly {
      readonly part: string;
      readonly drainSeconds: number;
    }[])
      longest.set(part, Math.max(drainSeconds, longest.get(part) ?? 0));
  }
  return longest;
}

export const shutdownRules: readonly Rule[] = [delayed, outlasts];
