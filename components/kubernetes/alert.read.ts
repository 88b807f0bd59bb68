import {
  IN_CLUSTER,
  known,
  partKey,
  unknown,
  type Alert,
  type Claim,
  type InputTable,
  type Leaf,
  type PartKey,
  type PartReader,
  type Read,
  type ReadPart,
  type Resource,
  type ResourceGraph,
  type Value,
} from "../../model";
import { asText, inside, listOf, mapLeaf, valueAt } from "../leaf.read";
import { namedInputs } from "./object-inputs.read";
import { comparedWith, labelIn, signalOf, type Compared, type LabelRead } from "./alert-signal.read";
import { AUTOSCALER } from "./count.read";
import { keyOf, regionOf, wordOf } from "./identity.read";
import { alertsOf, CONFIG_MAP, PROMETHEUS_RULE, rulesIn, secondsOf, type RulesRead } from "./rules.read";
import { namedIn, scopeOf } from "./scope.read";

const DEPLOYMENT = "kubernetes:apps/v1:Deployment";
const STATEFUL_SET = "kubernetes:apps/v1:StatefulSet";

/** Reads rules of Prometheus that compare what is known of pods with a number; all others are left unread. */
export const alertReader: PartReader = { read, inputs: alertInputs() };

function read(graph: ResourceGraph, claimed: ReadonlySet<string> = new Set()): Read {
  const parts: ReadPart<Alert>[] = [];
  const claims: Claim[] = [];
  const taken = new Set<PartKey>();
  for (const rules of rulesIn(graph, claimed)) {
    const found = rules.groups.flatMap((group) => alertsIn(graph, rules, group, taken));
    parts.push(...found);
    const [first] = found;
    if (first !== undefined) claims.push({ urn: rules.resource.urn, part: first.key, carries: "fields" });
  }
  return { parts, claims, conflicts: [] };
}

function alertsIn(
  graph: ResourceGraph,
  rules: RulesRead,
  group: Value,
  taken: Set<PartKey>,
): readonly ReadPart<Alert>[] {
  const { resource } = rules;
  const { urn } = resource;
  const all = alertsOf(group);
  const absences = new Set(all.flatMap(({ expr }) => /^absent\s*\(([\s\S]*)\)$/.exec(expr)?.[1]?.trim() ?? []));
  const interval = inside(group, "interval");
  const period: Leaf<number> =
    interval === undefined
      ? unknown(urn, "spec.groups[].interval", "elsewhere")
      : durationOf(urn, "interval", interval);
  return all.flatMap(({ rule, alert, expr }): ReadPart<Alert>[] => {
    const compared = comparedWith(expr);
    const signal = compared && signalOf(compared);
    if (compared === undefined || signal === undefined) return [];
    const watched = watchedBy(graph, resource, compared);
    const word = watched === undefined ? alert : wordOf(graph, watched);
    const region: Leaf<string> =
      watched === undefined ? unknown(urn, "spec.groups[].rules[].expr", "elsewhere") : { ...regionOf(watched), urn };
    const wait = inside(rule, "for");
    const waits = wait === undefined ? known(0, urn, "default") : durationOf(urn, "rules[].for", wait);
    const periods =
      waits.known && period.known
        ? mapLeaf(waits, (seconds) => Math.max(1, seconds / period.value))
        : waits.known
          ? period
          : waits;
    const severity = asText(inside(rule, "labels", "severity") ?? null);
    return [
      {
        kind: "alert",
        key: free(taken, `${word}-${signal}`, region),
        workload: `${word}-${signal}`,
        region,
        signal: known(signal, urn),
        watches:
          watched === undefined
            ? unknown(urn, "spec.groups[].rules[].expr", "elsewhere")
            : known(partWatched(graph, watched), urn),
        threshold: known(compared.threshold, urn),
        comparison: known(compared.comparison, urn),
        statistic: known("last", urn),
        periodSeconds: period,
        evaluationPeriods: periods,
        datapointsToAlarm: periods,
        missingData: known(absences.has(compared.query) ? "breaching" : "not-breaching", urn),
        metrics: known(0, urn),
        notifies:
          severity === undefined
            ? unknown(urn, "spec.groups[].rules[].labels.severity", "elsewhere")
            : known(true, urn),
        runtime: { kind: rules.runtime, severity: severityOf(urn, severity) },
      },
    ];
  });
}

/** What others call their severities: critical wakes somebody, the rest does not. */
function severityOf(urn: string, severity: string | undefined): Leaf<"page" | "ticket"> {
  if (severity === undefined) return unknown(urn, "spec.groups[].rules[].labels.severity", "no-default-known");
  return known(severity === "page" || severity === "critical" ? "page" : "ticket", urn);
}

function durationOf(urn: string, property: string, value: Value): Leaf<number> {
  const seconds = secondsOf(value);
  return seconds === undefined ? unknown(urn, `spec.groups[].${property}`, "unreadable") : known(seconds, urn);
}

/** What owns the pods that a query names, in the namespace that it names or else its rule's own; undefined: none that is known. */
function watchedBy(graph: ResourceGraph, rule: Resource, { query }: Compared): Resource | undefined {
  const [provider = ""] = scopeOf(rule).split("|");
  const namespace = labelIn(query, "namespace")?.value;
  const scope = namespace === undefined ? scopeOf(rule) : `${provider}|${namespace}`;
  const owner = labelIn(query, "deployment", "statefulset", "horizontalpodautoscaler", "pod", "persistentvolumeclaim");
  const name = owner && nameBy(graph, scope, owner);
  if (owner === undefined || name === undefined) return undefined;
  const found = (type: string) => namedIn(graph, scope, type, name);
  if (owner.name === "deployment") return found(DEPLOYMENT);
  return owner.name === "statefulset" ? found(STATEFUL_SET) : (found(DEPLOYMENT) ?? found(STATEFUL_SET));
}

/** The Part whose main object it is: sets that run no cache are stores. */
function partWatched(graph: ResourceGraph, watched: Resource): PartKey {
  const images = listOf(valueAt(watched, "spec", "template", "spec", "containers")).map((each) =>
    inside(each, "image"),
  );
  const caches = images.some((image) => typeof image === "string" && CACHE.test(image));
  const kind = watched.type === DEPLOYMENT ? "replica-group" : caches ? "redis-cache" : "store";
  return keyOf(kind, graph, watched);
}

const CACHE = /(?:^|\/)(?:redis|valkey)[^/]*$/;

/** The owner's name, as the label that a query asks for has it. */
function nameBy(graph: ResourceGraph, scope: string, { name, value }: LabelRead): string | undefined {
  if (name === "deployment" || name === "statefulset") return value;
  if (name === "persistentvolumeclaim")
    return /^(?:\.[*+]|[a-z0-9-]+)-([a-z0-9.-]*[a-z0-9])-(?:\[0-9\]\+|d\+|\.[*+])$/.exec(
      value.replace(/\\(.)/g, "$1"),
    )?.[1];
  // Pods are called as their owner is, and something behind it.
  if (name === "pod") return /^([a-z0-9.-]*[a-z0-9])-?\.[*+]$/.exec(value.replace(/\\(.)/g, "$1"))?.[1];
  const autoscaler = namedIn(graph, scope, AUTOSCALER, value);
  return autoscaler && asText(inside(valueAt(autoscaler, "spec", "scaleTargetRef"), "name") ?? null);
}

/** The key of a Part, told apart from those before it. */
function free(taken: Set<PartKey>, word: string, region: Leaf<string>): PartKey {
  const place = region.known ? region.value : IN_CLUSTER;
  let key = partKey("alert", word, place);
  for (let at = 2; taken.has(key); at += 1) key = partKey("alert", `${word}-${at}`, place);
  taken.add(key);
  return key;
}

function alertInputs(): InputTable {
  return {
    [PROMETHEUS_RULE]: {
      fields: {
        "spec.groups[].interval": "periodSeconds",
        "spec.groups[].rules[].expr": "threshold" satisfies keyof Alert,
        "spec.groups[].rules[].for": "evaluationPeriods",
        "spec.groups[].rules[].labels.severity": "notifies",
      },
      ignored: {
        ...namedInputs,
        "spec.groups[].name": "a name",
        "spec.groups[].rules[].alert": "a name",
        "spec.groups[].rules[].labels": "for a person, and for who is told",
        "spec.groups[].rules[].annotations": "words",
      },
    },
    [CONFIG_MAP]: { fields: { data: "threshold" satisfies keyof Alert }, ignored: namedInputs },
  };
}
