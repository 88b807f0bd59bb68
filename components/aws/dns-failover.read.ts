import {
  isUnknownValue,
  known,
  unknown,
  type Claim,
  type DnsCheck,
  type Leaf,
  type PartKey,
  type PartReader,
  type Read,
  type ReadPart,
  type Resource,
  type ResourceGraph,
  type DnsFailover,
  partKey,
  type Unknown,
  type Value,
} from "../../model";
import { dnsFailoverInputs, HEALTH_CHECK } from "./dns-failover-inputs.read";
import { canonical, leadsTo, plainRecords, setsOf, weightOf, type Led, type Records } from "./dns-records.read";
import { wordOf } from "./identity.read";
import { asFlag, asNumber, asText, inside, leafAt, mapLeaf, valueAt } from "./leaf.read";

type Target = Exclude<Exclude<ReadPart<DnsFailover>["targets"], Unknown>[number], Unknown>;

/**
 * Reads records of Route 53 by which DNS leads callers of a name to one of several places: pairs of a failover, chained or not, and weights.
 * @param doors reads the doors that they lead to
 */
export function dnsFailoverReader(doors: PartReader): PartReader {
  return {
    read: (graph, claimed = new Set()) => read(graph, claimed, doors),
    inputs: dnsFailoverInputs,
  };
}

function read(graph: ResourceGraph, claimed: ReadonlySet<string>, reader: PartReader): Read {
  const sets = setsOf(graph);
  if (sets.size === 0) return { parts: [], claims: [], conflicts: [] };
  const doors = new Map(
    reader
      .read(graph)
      .claims.flatMap(({ urn, part }) => (part?.startsWith("load-balancer/") === true ? [[urn, part] as const] : [])),
  );
  const site: Records = { graph, sets, doors, plain: plainRecords(graph) };
  // What another set leads to is a link of its chain.
  const led = new Set([...sets.values()].flat().flatMap((record) => leadsTo(site, record).name ?? []));
  const keys = new Set<PartKey>();
  // One check may stand behind several names.
  const seen = new Set(claimed);
  const found = [...sets]
    .filter(([name]) => !led.has(name))
    .map(([name, records]) => {
      const { part, resources } = readName(site, name, records);
      const region = part.region.known ? part.region.value : "unknown";
      // Several names may lead to the same doors.
      const key = keys.has(part.key) ? partKey("dns-failover", name, region) : part.key;
      keys.add(key);
      return { part: { ...part, key }, resources };
    });
  return {
    parts: found.map(({ part }) => part),
    claims: found.flatMap(({ part, resources }) =>
      [...resources]
        .filter(({ urn }) => !seen.has(urn) && seen.add(urn))
        .map(({ urn }): Claim => ({ urn, part: part.key, carries: "fields" })),
    ),
    conflicts: [],
  };
}

interface NameRead {
  readonly part: ReadPart<DnsFailover>;
  readonly resources: ReadonlySet<Resource>;
}

function readName(site: Records, name: string, records: readonly Resource[]): NameRead {
  const resources = new Set<Resource>();
  const ttls: Leaf<number>[] = [];
  const targets = [...targetsOf(site, records, 0, { resources, ttls, seen: new Set([name]) })].sort(inOrder);
  const [first] = records;
  const urn = first?.urn ?? "";
  const door = targets.find(({ part }) => part.known && part.value !== null)?.part;
  const [, word, region] = door?.known === true && door.value !== null ? door.value.split("/") : [];
  const workload = word ?? (first === undefined ? name : wordOf(site.graph, first));
  const place: Leaf<string> = region === undefined ? unknown(urn, "records", "elsewhere") : known(region, urn);
  const hidden = ttls.find((each) => !each.known);
  return {
    resources,
    part: {
      kind: "dns-failover",
      key: partKey("dns-failover", workload, region ?? "unknown"),
      workload,
      region: place,
      name: known(name, urn),
      ttlSeconds: hidden ?? known(Math.max(0, ...ttls.map((each) => (each.known ? each.value : 0))), urn),
      targets,
      runtime: { kind: "route53" },
    },
  };
}

/** By priority, then name. */
function inOrder(a: Target, b: Target): number {
  const [one, other] = [a, b].map(({ priority }) => (priority.known ? priority.value : 0)) as [number, number];
  const [name, next] = [a, b].map((target) => (target.name.known ? target.name.value : "")) as [string, string];
  return one - other || (name < next ? -1 : name > next ? 1 : 0);
}

interface Gathered {
  readonly resources: Set<Resource>;
  readonly ttls: Leaf<number>[];
  readonly seen: Set<string>;
}

/** Places of a name in their order; those of a name that it leads to stand where that does. */
function targetsOf(site: Records, records: readonly Resource[], before: number, into: Gathered): readonly Target[] {
  const targets: Target[] = [];
  const ranked = records.map((record) => ({ record, rank: rankOf(record) })).sort((a, b) => a.rank - b.rank);
  // Ranks of which none is first: what is first is first.
  const ranks = [...new Set(ranked.map(({ rank }) => rank))];
  let last = before;
  for (const rank of ranks) {
    const at = last + 1;
    for (const { record } of ranked.filter((each) => each.rank === rank)) {
      into.resources.add(record);
      into.ttls.push(ttlOf(record));
      const led = leadsTo(site, record);
      const chain = led.name === undefined || into.seen.has(led.name) ? undefined : site.sets.get(led.name);
      if (chain !== undefined && led.name !== undefined) {
        into.seen.add(led.name);
        const further = targetsOf(site, chain, at - 1, into);
        targets.push(...further);
        last = Math.max(last, ...further.map(({ priority }) => (priority.known ? priority.value : 0)));
        continue;
      }
      if (led.by !== undefined) {
        into.resources.add(led.by);
        into.ttls.push(ttlOf(led.by));
      }
      const target = targetOf(site, record, led, at, into.resources);
      // Of two records that differ in the sort of address alone.
      if (!targets.some((other) => isSame(other, target))) targets.push(target);
      last = Math.max(last, at);
    }
  }
  return targets;
}

function isSame(a: Target, b: Target): boolean {
  if (a.name.known && b.name.known) return a.name.value === b.name.value;
  return a.part.known && b.part.known && a.part.value !== null && a.part.value === b.part.value;
}

/** Of a failover 1 and 2; of weights those that get nothing while others stand are behind. */
function rankOf(record: Resource): number {
  const failover = inside(valueAt(record, "failoverRoutingPolicies"), 0, "type");
  if (failover !== undefined) return failover === "SECONDARY" ? 2 : 1;
  return weightOf(record) === 0 ? 2 : 1;
}

/** Elastic Load Balancing's own records, which an alias answers with (Amazon Route 53 Developer Guide, alias records). */
const ALIAS_TTL_SECONDS = 60;

function ttlOf(record: Resource): Leaf<number> {
  return valueAt(record, "aliases") === undefined
    ? leafAt(record, ["ttl"], asNumber)
    : known(ALIAS_TTL_SECONDS, record.urn, "default");
}

function targetOf(
  site: Records,
  record: Resource,
  { name, door }: Led,
  priority: number,
  resources: Set<Resource>,
): Target {
  const { urn } = record;
  const alias = valueAt(record, "aliases") !== undefined;
  const property = alias ? "aliases" : "records";
  const value = valueAt(record, property);
  return {
    part:
      door === undefined
        ? isUnknownValue(value)
          ? unknown(urn, property, "elsewhere")
          : known(null, urn)
        : known(door, urn),
    name: name === undefined ? unknown(urn, property, "after-deploy") : known(name, urn),
    priority: known(priority, urn),
    check: checkOf(site, record, resources),
    followsBalancer: alias
      ? leafAt<boolean | null>(record, ["aliases", 0, "evaluateTargetHealth"], asFlag)
      : known(null, urn, "default"),
  };
}

const PROTOCOLS: Readonly<Record<string, Pick<DnsCheck, "protocol" | "matchesText">>> = {
  HTTP: { protocol: "http", matchesText: false },
  HTTPS: { protocol: "https", matchesText: false },
  HTTP_STR_MATCH: { protocol: "http", matchesText: true },
  HTTPS_STR_MATCH: { protocol: "https", matchesText: true },
  TCP: { protocol: "tcp", matchesText: false },
};

function checkOf({ graph }: Records, record: Resource, resources: Set<Resource>): Target["check"] {
  if (valueAt(record, "healthCheckId") === undefined) return known(null, record.urn, "default");
  const [check] = graph.referenced(record, "healthCheckId", HEALTH_CHECK);
  if (check === undefined) return unknown(record.urn, "healthCheckId", "elsewhere");
  const type = leafAt(check, ["type"], (value) => PROTOCOLS[asText(value) ?? ""]);
  // One that is worked out of others, or of an alarm, asks no place.
  if (!type.known) return type;
  resources.add(check);
  const { protocol } = type.value;
  const text = (value: Value): string | undefined => asText(value);
  return {
    protocol: mapLeaf(type, (each) => each.protocol),
    name:
      valueAt(check, "fqdn") === undefined
        ? leafAt(check, ["ipAddress"], text)
        : mapLeaf(leafAt(check, ["fqdn"], text), canonical),
    port: leafAt(check, ["port"], asNumber, { default: protocol === "https" ? 443 : 80 }),
    path:
      protocol === "tcp"
        ? known(null, check.urn, "default")
        : leafAt<string | null>(check, ["resourcePath"], text, { default: "/" }),
    intervalSeconds: leafAt(check, ["requestInterval"], asNumber, { default: 30 }),
    failures: leafAt(check, ["failureThreshold"], asNumber, { default: 3 }),
    matchesText: mapLeaf(type, (each) => each.matchesText),
    measuresLatency: leafAt(check, ["measureLatency"], asFlag, { default: false }),
  };
}
