import { readCount } from "../../components/kubernetes/count.read";
import { asText, inside, listOf, valueAt } from "../../components/leaf.read";
import { plansIn, textAt, type Resource } from "../../model";
import { count, demandOf, finding, partsOf, undecided } from "../finding";
import { advice, inProd } from "../rule";
import type { Finding, Rule, Subject } from "../rule";
import { podPart } from "./node-room";
import { open, serving, titled, told, unknownIn } from "./workloads";

const LEAST_PODS = 3;

const threePods: Rule = {
  id: "three-pods",
  title: "In production a workload runs at least three pods",
  about: "Of two, one is left while a node is drained, and nothing when that one fails meanwhile.",
  severity: inProd,
  peers: ["kube-linter minimum-three-replicas", "kube-linter hpa-minimum-three-replicas"],
  check: (subject) =>
    serving(subject).flatMap((workload): readonly Finding[] => {
      const { resource, part } = workload;
      const { floor } = readCount(subject.graph, resource);
      if (!floor.known) return [undecided(part, floor.property, floor)];
      const kind = podPart(subject, part)?.kind;
      // One Redis alone is told as a cache that nothing stands by: more of the same would be strangers to each other.
      if (kind === "redis-cache" && floor.value === 1) return [];
      // Scaled to none on purpose: Sentinels of a copy that nobody promoted.
      if (floor.value === 0)
        return [told(resource, part, { ok: true, message: "no pod is asked for: nothing runs", fix: "" })];
      return [
        told(resource, part, {
          ok: floor.value >= LEAST_PODS,
          message: `${count(floor.value, "pod")} at least; ${LEAST_PODS} are needed`,
          fix: `run ${LEAST_PODS} or more${kind === "store" ? ", where the software copies its data by itself" : ""}`,
        }),
      ];
    }),
};

/** What is promised of a system that is called critical: 99.99 % (docs/seeds). */
const CRITICAL = 0.9999;

const regions: Rule = {
  id: "critical-in-regions",
  title: "A critical system runs in more than one region",
  about: "A region that is lost takes with it whatever runs there alone, in however many zones.",
  severity: advice,
  peers: [],
  check: (subject) => {
    const { basis, parts } = subject;
    const groups = partsOf(parts, "replica-group").filter((each) => textAt(each, "runtime", "kind") === "kubernetes");
    if (basis === null || groups.length === 0 || basis.objectives.availability < CRITICAL - 1e-12) return [];
    const system = subject.plan?.system;
    // Each region has a plan of its own.
    const beside = plansIn(subject.resources).filter(({ plan }) => plan.system === system);
    const named = new Set([
      ...groups.flatMap((each) => textAt(each, "region") ?? []),
      ...beside.map(({ plan }) => plan.region),
    ]);
    if (named.size === 0) return [undecided(null, "the region of the pods", { why: "elsewhere" })];
    const promised = `${(basis.objectives.availability * 100).toFixed(3)} % promised`;
    return [
      finding(null, {
        ok: named.size > 1,
        message: `${promised}, in ${[...named].sort().join(", ")}`,
        fix: "name a second region, or promise less than 99.99 %",
      }),
    ];
  },
};

const RULES = "kubernetes:monitoring.coreos.com/v1:PrometheusRule";

const runbooks: Rule = {
  id: "runbooks-named",
  title: "Every alert names its runbook",
  about: "Whoever is woken at night does what is written, or thinks it up while the minutes run.",
  severity: advice,
  peers: [],
  check: ({ graph }) =>
    graph.ofType(RULES).flatMap((resource): readonly Finding[] => {
      const stuck = unknownIn(valueAt(resource, "spec"));
      if (stuck !== undefined) return [open(resource, null, "spec", stuck)];
      const alerts = listOf(valueAt(resource, "spec", "groups"))
        .flatMap((group) => listOf(inside(group, "rules")))
        .filter((each) => inside(each, "alert") !== undefined);
      if (alerts.length === 0) return [];
      const bare = alerts.filter((each) => asText(inside(each, "annotations", "runbook_url") ?? null) === undefined);
      return [
        told(resource, null, {
          ok: bare.length === 0,
          message: `${alerts.length - bare.length} of ${count(alerts.length, "alert")} name a runbook`,
          fix: "give each alert the annotation runbook_url",
        }),
      ];
    }),
};

const watched: Rule = {
  id: "objective-watched",
  title: "An objective is watched by how fast it is being lost",
  about:
    "Alerts on pods tell that some are missing; whether callers get what they were promised, and how much of a month is used up, only counted calls tell.",
  severity: advice,
  peers: ["SRE workbook, alerting on SLOs"],
  check: ({ basis, parts }) => {
    if (basis === null) return [];
    const followed = new Set(partsOf(parts, "slo").map((slo) => textAt(slo, "watches")));
    return partsOf(parts, "replica-group")
      .filter((each) => textAt(each, "runtime", "kind") === "kubernetes" && demandOf(basis, each.key) !== undefined)
      .map(({ key }) => {
        if (!followed.has(key) && followed.has(undefined))
          return undecided(key, "whose calls an objective counts", { why: "elsewhere" });
        return finding(key, {
          ok: followed.has(key),
          message: followed.has(key)
            ? "burn rates of the objective are told"
            : `${(basis.objectives.availability * 100).toFixed(3)} % promised, and no alert counts the calls that fail`,
          fix: "name the counters of its calls: metrics: { calls: { total, errors } }",
          fixByHand:
            "record the share of failed calls, and alert by burn rates: a PrometheusRule as Sloth or Pyrra write it",
        });
      });
  },
};

/** Days after which a rehearsal is old: twice a year, as is common; an assumption of these rules. */
const STALE_DAYS = 183;

/** When something was last done, as an annotation of the workload says. */
function lastDone(resource: Resource, annotation: string): string | undefined {
  return asText(inside(valueAt(resource, "metadata", "annotations"), annotation) ?? null);
}

function rehearsed(id: string, annotation: string, title: string, what: string): Rule {
  return {
    id,
    title,
    about: `That it works when it is needed, no object says: a person who has tried it states the day, as the annotation ${annotation}.`,
    severity: advice,
    peers: [],
    check: (subject: Subject) =>
      serving(subject).map(({ resource, part }): Finding => {
        const day = lastDone(resource, annotation);
        const fix = `try it, and state the day: ${annotation}: "${subject.asOf}"`;
        const named = part === null ? ` of ${titled(resource)}` : "";
        if (day === undefined)
          return { part, verdict: "undecided", message: `nobody states when ${what}${named} was last tried`, fix };
        const days = (Date.parse(subject.asOf) - Date.parse(day)) / 86_400_000;
        const readable = /^\d{4}-\d{2}-\d{2}$/.test(day) && Number.isFinite(days);
        return told(resource, part, {
          ok: readable && days >= 0 && days <= STALE_DAYS,
          message: !readable
            ? `${annotation} ${day} is no day`
            : days < 0
              ? `${day} is yet to come`
              : `last tried ${day}, ${count(Math.floor(days), "day")} ago; ${STALE_DAYS} are allowed`,
          fix,
        });
      }),
  };
}

export const checklistRules: readonly Rule[] = [
  threePods,
  regions,
  runbooks,
  watched,
  rehearsed("failover-tested", "nines/failover-tested", "Failover was tried, not only built", "failover"),
  rehearsed(
    "chaos-tested",
    "nines/chaos-tested",
    "Failures are caused on purpose, before they come",
    "the loss of a pod, a node and a zone",
  ),
];
