import {
  IN_CLUSTER,
  known,
  partKey,
  unknown,
  type Claim,
  type InputTable,
  type Leaf,
  type PartReader,
  type Read,
  type ReadPart,
  type Resource,
  type ResourceGraph,
  type Slo,
} from "../../model";
import { namedInputs } from "./object-inputs.read";
import { keyOf, regionOf, wordOf } from "./identity.read";
import { CONFIG_MAP, PROMETHEUS_RULE, rulesIn, type RulesRead } from "./rules.read";
import { named } from "./scope.read";
import { slosIn, type SloRead } from "./slo-rules.read";

const DEPLOYMENT = "kubernetes:apps/v1:Deployment";
const MONITOR = "kubernetes:monitoring.coreos.com/v1:ServiceMonitor";
const RECORDED = "spec.groups[].rules[].expr";

/** Reads objectives that are recorded as nines or Sloth record them, and the monitors that their metrics come by. */
export const sloReader: PartReader = { read, inputs: sloInputs() };

function read(graph: ResourceGraph, claimed: ReadonlySet<string> = new Set()): Read {
  const parts: ReadPart<Slo>[] = [];
  const claims: Claim[] = graph
    .ofType(MONITOR)
    .filter(({ urn }) => !claimed.has(urn))
    .map(({ urn }): Claim => ({ urn, part: null, carries: "nothing" }));
  for (const rules of rulesIn(graph, claimed)) {
    const found = slosIn(rules.groups).map((slo) => readSlo(graph, rules, slo));
    parts.push(...found);
    const [first] = found;
    if (first !== undefined) claims.push({ urn: rules.resource.urn, part: first.key, carries: "fields" });
  }
  return { parts, claims, conflicts: [] };
}

function readSlo(graph: ResourceGraph, { resource, runtime }: RulesRead, slo: SloRead): ReadPart<Slo> {
  const { urn } = resource;
  const watched = serviceOf(graph, resource, slo.service);
  const region: Leaf<string> =
    watched === undefined ? unknown(urn, RECORDED, "elsewhere") : { ...regionOf(watched), urn };
  const said = <T>(value: T | undefined): Leaf<T> =>
    value === undefined ? unknown(urn, RECORDED, "unreadable") : known(value, urn);
  // Objectives of one name are told apart by whose they are.
  const word = slo.slo.startsWith(`${slo.service}-`) ? slo.slo.slice(slo.service.length + 1) : slo.slo;
  const workload = `${watched === undefined ? slo.service : wordOf(graph, watched)}-${word}`;
  const { indicator } = slo;
  return {
    kind: "slo",
    key: partKey("slo", workload, region.known ? region.value : IN_CLUSTER),
    workload,
    region,
    watches:
      watched === undefined ? unknown(urn, RECORDED, "elsewhere") : known(keyOf("replica-group", graph, watched), urn),
    objective: said(slo.objective),
    periodDays: said(slo.periodDays),
    indicator:
      indicator === undefined
        ? unknown(urn, RECORDED, "unreadable")
        : indicator.kind === "errors"
          ? { kind: "errors", errors: known(indicator.errors, urn), total: known(indicator.total, urn) }
          : { kind: "slow", within: known(indicator.within, urn), total: known(indicator.total, urn) },
    windows: slo.windows.map(({ severity, shortSeconds, longSeconds, factor }) => ({
      severity: known(severity, urn),
      shortSeconds: known(shortSeconds, urn),
      longSeconds: known(longSeconds, urn),
      factor: known(factor, urn),
    })),
    runtime: { kind: runtime },
  };
}

/** The Deployment of that name beside the rules. */
function serviceOf(graph: ResourceGraph, rules: Resource, service: string): Resource | undefined {
  return named(graph, rules, DEPLOYMENT, service);
}

function sloInputs(): InputTable {
  return {
    [PROMETHEUS_RULE]: {
      fields: {
        "spec.groups[].rules[].expr": "indicator" satisfies keyof Slo,
        "spec.groups[].rules[].labels.service": "watches" satisfies keyof Slo,
        "spec.groups[].rules[].labels.severity": "windows" satisfies keyof Slo,
      },
      ignored: {
        ...namedInputs,
        "spec.groups[].name": "a name",
        "spec.groups[].interval": "how often it is evaluated; no Part holds it",
        "spec.groups[].rules[].record": "a name",
        "spec.groups[].rules[].alert": "a name",
        "spec.groups[].rules[].for": "how long no call is no news; no Part holds it",
        "spec.groups[].rules[].labels": "for a person, and for who is told",
        "spec.groups[].rules[].annotations": "words",
      },
    },
    [CONFIG_MAP]: { fields: { data: "indicator" satisfies keyof Slo }, ignored: namedInputs },
    [MONITOR]: { fields: {}, ignored: { ...namedInputs, spec: "where metrics are scraped; no Part holds it" } },
  };
}
