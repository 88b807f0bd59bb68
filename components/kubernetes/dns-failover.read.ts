import {
  IN_CLUSTER,
  known,
  partKey,
  unknown,
  type DnsFailover,
  type Leaf,
  type LoadBalancer,
  type PartKey,
  type PartReader,
  type Read,
  type ReadPart,
  type Resource,
  type ResourceGraph,
} from "../../model";
import { asFlag, asNumber, asText, inside, leafOf, listOf, valueAt } from "../leaf.read";
import { INGRESS } from "./ingress.read";
import { loadBalancerReader } from "./load-balancer.read";

const ROUTE = "kubernetes:gateway.networking.k8s.io/v1:HTTPRoute";
/** The second before external-dns v0.22.0. */
const PREFIXES = ["external-dns.kubernetes.io", "external-dns.alpha.kubernetes.io"] as const;

type Target = Exclude<
  Exclude<ReadPart<DnsFailover>["targets"], { readonly known: false }>[number],
  { readonly known: false }
>;

/** Reads names that external-dns leads to several doors by the policies of Route 53; the objects that say so are the doors' own. */
export const externalDnsReader: PartReader = { read, inputs: {} };

function read(graph: ResourceGraph): Read {
  const places = [...graph.ofType(ROUTE), ...graph.ofType(INGRESS)].flatMap((object) => {
    const rank = rankOf(object);
    return rank === undefined ? [] : namesOf(object).map((name) => ({ name, object, rank }));
  });
  const names = new Map<string, typeof places>();
  for (const place of places) names.set(place.name, [...(names.get(place.name) ?? []), place]);
  // What stands alone here may have others in other programs, and is no failover by itself.
  const several = [...names].filter(([, found]) => found.length > 1);
  if (several.length === 0) return { parts: [], claims: [], conflicts: [] };
  const doors = loadBalancerReader.read(graph);
  const keys = new Map(doors.claims.map(({ urn, part }) => [urn, part]));
  const parts = new Map(
    doors.parts.flatMap((part) => (part.kind === "load-balancer" ? [[part.key, part] as const] : [])),
  );
  return {
    parts: several.map(([name, found]) => readName(name, found, (urn) => keys.get(urn) ?? null, parts)),
    claims: [],
    conflicts: [],
  };
}

/** What an annotation of external-dns says, whichever of its prefixes stands there; where two differ the new one counts. */
function said(object: Resource, word: string): string | undefined {
  const annotations = valueAt(object, "metadata", "annotations");
  return PREFIXES.flatMap((prefix) => asText(inside(annotations, `${prefix}/${word}`) ?? null) ?? [])[0];
}

/** 1: led to as long as it stands; undefined: its records are no choice of several. */
function rankOf(object: Resource): number | undefined {
  if (said(object, "set-identifier") === undefined) return undefined;
  const failover = said(object, "aws-failover");
  if (failover !== undefined) return failover === "SECONDARY" ? 2 : 1;
  const weight = said(object, "aws-weight");
  return weight === undefined ? undefined : asNumber(weight) === 0 ? 2 : 1;
}

function namesOf(object: Resource): readonly string[] {
  const annotated = (said(object, "hostname") ?? "").split(",").map((name) => name.trim());
  const hosts =
    said(object, "ingress-hostname-source") === "annotation-only"
      ? []
      : [
          ...listOf(valueAt(object, "spec", "hostnames")),
          ...listOf(valueAt(object, "spec", "rules")).map((rule) => inside(rule, "host") ?? null),
        ];
  return [
    ...new Set([...annotated, ...hosts].filter((name) => typeof name === "string").filter((name) => name !== "")),
  ];
}

/** Elastic Load Balancing's own, which the aliases that external-dns makes answer with. */
const ALIAS_TTL_SECONDS = 60;

function readName(
  name: string,
  places: readonly { readonly object: Resource; readonly rank: number }[],
  doorOf: (urn: string) => PartKey | null,
  doors: ReadonlyMap<PartKey, ReadPart<LoadBalancer>>,
): ReadPart<DnsFailover> {
  const urn = places[0]?.object.urn ?? "";
  const targets = places.map(({ object, rank }): Target => {
    const key = doorOf(object.urn);
    const door = key === null ? undefined : doors.get(key);
    return {
      part: known(key, object.urn),
      name: ownNameOf(object, door),
      priority: known(rank, object.urn),
      check:
        said(object, "aws-health-check-id") === undefined
          ? known(null, object.urn)
          : unknown(object.urn, "aws-health-check-id", "elsewhere"),
      followsBalancer: leafOf<boolean | null>(
        said(object, "aws-evaluate-target-health"),
        { urn: object.urn, property: "aws-evaluate-target-health" },
        asFlag,
        // external-dns, --aws-evaluate-target-health.
        { default: true },
      ),
    };
  });
  const nameIn = ({ name: own }: Target): string => (own.known ? own.value : "");
  targets.sort((a, b) => numberOf(a) - numberOf(b) || (nameIn(a) < nameIn(b) ? -1 : 1));
  const first = targets.map(({ part }) => (part.known ? part.value : null)).find((key) => key !== null);
  const [, word = name, region = IN_CLUSTER] = (first ?? "").split("/");
  const place = first === undefined ? undefined : doors.get(first)?.region;
  return {
    kind: "dns-failover",
    key: partKey("dns-failover", word, region),
    workload: word,
    region: place ?? unknown(urn, "metadata.annotations", "elsewhere"),
    name: known(name, urn),
    ttlSeconds: known(ALIAS_TTL_SECONDS, urn, "default"),
    targets,
    runtime: { kind: "external-dns" },
  };
}

const numberOf = ({ priority }: Target): number => (priority.known ? priority.value : 0);

/** The name that leads to a door alone; without one the record leads to its balancer, whose name is known only later. */
function ownNameOf({ urn }: Resource, door: ReadPart<LoadBalancer> | undefined): Leaf<string> {
  const domain = door?.domain;
  if (domain !== undefined && !("known" in domain) && domain.ownName.known && domain.ownName.value !== null)
    return { ...domain.ownName, value: domain.ownName.value };
  return unknown(urn, "status", "after-deploy");
}
