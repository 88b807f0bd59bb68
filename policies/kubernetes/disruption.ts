import { BUDGET, budgetsOf, podsOf, readCount } from "../../components/kubernetes/count.read";
import { selects } from "../../components/kubernetes/scope.read";
import { valueAt } from "../../components/leaf.read";
import { textOf, type Resource } from "../../model";
import { count, undecided } from "../finding";
import { advice, beyondDev } from "../rule";
import type { Finding, Rule, Subject } from "../rule";
import { selectedBeside } from "./selected";
import { open, serving, titled, told, unknownIn } from "./workloads";

const there: Rule = {
  id: "budget-there",
  title: "A workload of two pods or more has a disruption budget",
  about: "Without one a drain, or an upgrade of the nodes, may take all pods at once.",
  severity: beyondDev,
  peers: [
    "kube-score deployment-has-poddisruptionbudget",
    "kube-score statefulset-has-poddisruptionbudget",
    "Polaris missingPodDisruptionBudget",
    "Kyverno require-pdb",
  ],
  check: (subject) =>
    serving(subject).map(({ resource, part }) => {
      const { floor } = readCount(subject.graph, resource);
      if (!floor.known) return undecided(part, floor.property, floor);
      const budgets = budgetsOf(subject.graph, resource);
      if (floor.value < 2)
        return told(resource, part, {
          ok: true,
          message: "a lone pod: no budget can keep it up through a drain",
          fix: "",
        });
      return told(resource, part, {
        ok: budgets.length > 0,
        message: budgets.length > 0 ? budgets.map(titled).join(", ") : `${floor.value} pods, and no budget`,
        fix: "add a PodDisruptionBudget with maxUnavailable: 1 that selects the pods",
      });
    }),
};

function judgeBudget(budget: Resource, subject: Subject): readonly Finding[] {
  const stuck = unknownIn(valueAt(budget, "spec"));
  if (stuck !== undefined) return [open(budget, null, "spec", stuck)];
  const chosen = selectedBeside(subject, budget, valueAt(budget, "spec", "selector"), selects);
  if (chosen === undefined) return [open(budget, null, "labels of the pods", { $unknown: "after-deploy" })];
  const [first] = chosen;
  // That it selects nothing is another rule's.
  if (first === undefined) return [];
  const { part } = first;
  let pods = 0;
  for (const { resource, kind } of chosen) {
    if (kind === "DaemonSet")
      return [undecided(part, `pods of ${titled(resource)}, one a node,`, { why: "elsewhere" })];
    const { floor } = readCount(subject.graph, resource);
    if (!floor.known) return [undecided(part, floor.property, floor)];
    pods += floor.value;
  }
  const most = valueAt(budget, "spec", "maxUnavailable");
  const least = valueAt(budget, "spec", "minAvailable");
  const given = most ?? least;
  const number = given === undefined ? undefined : podsOf(given, pods, Math.ceil);
  if (number === undefined) return [undecided(part, `${titled(budget)} spec`, { why: "unreadable" })];
  const allowed = most === undefined ? Math.max(0, pods - number) : number;
  const said = most === undefined ? `minAvailable ${textOf(least)}` : `maxUnavailable ${textOf(most)}`;
  return [
    told(budget, part, {
      ok: allowed >= 1,
      message: `${said} of ${count(pods, "pod")}: a drain may take ${allowed} at once`,
      fix: pods < 2 ? "leave the budget out, or run 2 pods or more" : "say maxUnavailable: 1, which follows the count",
    }),
  ];
}

const drains: Rule = {
  id: "drain-possible",
  title: "No disruption budget blocks every drain",
  about: "Where no pod may go, a drain never ends: upgrades of the nodes stop, or are forced through without any care.",
  severity: beyondDev,
  peers: [
    "kube-linter pdb-max-unavailable",
    "kube-linter pdb-min-available",
    "Polaris pdbDisruptionsIsZero",
    "Polaris pdbMinAvailableGreaterThanHPAMinReplicas",
    "Kyverno deployment-replicas-higher-than-pdb",
  ],
  check: (subject) => subject.graph.ofType(BUDGET).flatMap((budget) => judgeBudget(budget, subject)),
};

const apart: Rule = {
  id: "budgets-apart",
  title: "A pod is under one disruption budget at most",
  about: "The eviction API refuses a pod under two budgets, whatever they allow.",
  severity: beyondDev,
  peers: [],
  check: (subject) =>
    serving(subject).flatMap(({ resource, part }): readonly Finding[] => {
      const budgets = budgetsOf(subject.graph, resource);
      if (budgets.length === 0) return [];
      return [
        told(resource, part, {
          ok: budgets.length === 1,
          message: budgets.map(titled).join(", "),
          fix: "keep one of them, or let their selectors choose different pods",
        }),
      ];
    }),
};

const unready: Rule = {
  id: "unready-pods-evictable",
  title: "A drain takes pods that never get ready",
  about:
    "Left out, unhealthyPodEvictionPolicy counts them: a deploy that crashes keeps every node from being drained until a person comes.",
  severity: advice,
  peers: ["kube-linter pdb-unhealthy-pod-eviction-policy"],
  check: (subject) =>
    serving(subject)
      // A member of a store that is not ready may be catching up: taking it too can cost the majority.
      .filter(({ kind }) => kind === "Deployment")
      .flatMap(({ resource, part }) =>
        budgetsOf(subject.graph, resource).map((budget) => {
          const policy = valueAt(budget, "spec", "unhealthyPodEvictionPolicy");
          const stuck = unknownIn(policy);
          if (stuck !== undefined) return open(budget, part, "unhealthyPodEvictionPolicy", stuck);
          return told(budget, part, {
            ok: policy === "AlwaysAllow",
            message: typeof policy === "string" ? policy : "unhealthyPodEvictionPolicy is left out: IfHealthyBudget",
            fix: "set unhealthyPodEvictionPolicy: AlwaysAllow",
          });
        }),
      ),
};

export const disruptionRules: readonly Rule[] = [there, drains, apart, unready];
