import {
  readsTogether,
  isRecord,
  isUnknownValue,
  known,
  unknown,
  type BalancerRoute,
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
import { keyOf, regionOf, wordOf } from "./identity.read";
import { asNumber, asText, inside, leafAt, leafOf, listOf } from "./leaf.read";
import { loadBalancerInputs } from "./load-balancer-inputs.read";
import { RULE, isRoute } from "./route-rules.read";
import { readRuleTargets } from "./targets.read";

const TARGET_GROUP = "aws:lb/targetGroup:TargetGroup";

/** Reads rules on somebody else's listener, outside the program or beside the component that planned them; the others are their balancer's. */
export const balancerRouteReader: PartReader = { read, inputs: inputs() };

function read(graph: ResourceGraph): Read {
  const reads = routesOf(graph).map((rule) => readRoute(graph, rule));
  return readsTogether(reads);
}

function routesOf(graph: ResourceGraph): readonly Resource[] {
  return graph.ofType(RULE).filter((rule) => isRoute(graph, rule));
}

/** Routes that lead to a target group, of the balancer that is said: `names` are app/<name>/<id>, where they are known. */
export function routesTo(
  graph: ResourceGraph,
  group: Resource,
  names: readonly (Value | undefined)[],
): readonly PartKey[] {
  return graph
    .referrers(group, "actions", RULE)
    .filter((rule) => isRoute(graph, rule))
    .filter(({ inputs: { listenerArn } }) =>
      names.every(
        (name) =>
          typeof listenerArn !== "string" || typeof name !== "string" || listenerArn.includes(`:listener/${name}/`),
      ),
    )
    .map((rule) => keyOf("balancer-route", graph, rule));
}

function readRoute(graph: ResourceGraph, rule: Resource): Read {
  const key = keyOf("balancer-route", graph, rule);
  const targets = readRuleTargets(graph, rule, key);
  const part: ReadPart<BalancerRoute> = {
    kind: "balancer-route",
    key,
    workload: wordOf(graph, rule),
    region: regionOf(graph, rule),
    listener: listenerOf(rule),
    priority: leafAt(rule, ["priority"], asNumber),
    hosts: valuesOf(rule, "hostHeader"),
    paths: valuesOf(rule, "pathPattern"),
    targets: targets.targets,
    routing: targets.routing,
    runtime: { kind: "alb" },
  };
  const claims: readonly Claim[] = [
    { urn: rule.urn, part: key, carries: "fields" },
    ...targets.claims.filter(({ urn }) => urn !== rule.urn),
  ];
  return { parts: [part], claims, conflicts: targets.conflicts };
}

/** What comes from another program while this one runs is nobody's knowledge before, and no slip. */
function listenerOf(rule: Resource): Leaf<string | null> {
  const given = rule.inputs["listenerArn"];
  return isUnknownValue(given) && given.$unknown === "after-deploy"
    ? known(null, rule.urn)
    : leafAt(rule, ["listenerArn"], asText);
}

type Values = ReadPart<BalancerRoute>["hosts"];

/** Values of the rule's conditions of a kind, sorted. A condition of another kind, or on patterns, is more than a Part can say. */
function valuesOf(rule: Resource, kind: "hostHeader" | "pathPattern"): Values {
  const whole = rule.inputs["conditions"];
  const conditions = listOf(whole);
  const hidden = [whole, ...conditions].find(isUnknownValue);
  if (hidden !== undefined) return unknown(rule.urn, "conditions", hidden.$unknown);
  if (!conditions.every(understood)) return unknown(rule.urn, "conditions", "unreadable");
  const values: Leaf<string>[] = [];
  for (const condition of conditions) {
    const property = `conditions[].${kind}.values`;
    const given = inside(condition, kind, "values");
    if (isUnknownValue(given)) return unknown(rule.urn, property, given.$unknown);
    values.push(...listOf(given).map((value) => leafOf(value, { urn: rule.urn, property }, asText)));
  }
  const word = (leaf: Leaf<string>): string => (leaf.known ? leaf.value : "");
  return values.sort((a, b) => (word(a) < word(b) ? -1 : word(a) > word(b) ? 1 : 0));
}

/** Of values of the host or the path, and nothing else. */
function understood(condition: Value): boolean {
  if (!isRecord(condition)) return false;
  const said = Object.entries(condition).filter(([, value]) => value !== null);
  return said.every(
    ([field, value]) =>
      (field === "hostHeader" || field === "pathPattern") &&
      isRecord(value) &&
      Object.entries(value).every(([name, inner]) => name === "values" || inner === null),
  );
}

function inputs(): InputTable {
  const group = loadBalancerInputs[TARGET_GROUP] ?? { fields: {}, ignored: {} };
  return {
    [RULE]: {
      fields: {
        listenerArn: "listener",
        priority: "priority",
        "conditions[].hostHeader.values[]": "hosts",
        "conditions[].pathPattern.values[]": "paths",
        "actions[].type": "targets",
        "actions[].targetGroupArn": "targets",
        region: "region",
      },
      ignored: { tags: "tags are read by nobody" },
    },
    [TARGET_GROUP]: group,
  };
}
