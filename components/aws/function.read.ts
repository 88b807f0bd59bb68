import {
  isUnknown,
  isUnknownValue,
  known,
  unknown,
  type Claim,
  type Function,
  type Leaf,
  type PartReader,
  type Read,
  type ReadPart,
  type Resource,
  type ResourceGraph,
} from "../../model";
import { functionInputs, FUNCTION, INVOKE, MAPPING, OF_FUNCTION, PROVISIONED } from "./function-inputs.read";
import { attached, keyOf, regionOf, wordOf } from "./identity.read";
import { asNumber, asText, inside, leafAt, leafOf, leafWithDefault, listOf, valueAt } from "./leaf.read";
import { SUBNET, zonesOf } from "./subnets.read";

const ALIAS = "aws:lambda/alias:Alias";
const QUEUE = "aws:sqs/queue:Queue";
const LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup";

/** Reads Lambda functions. */
export const functionReader: PartReader = { read, inputs: functionInputs };

function read(graph: ResourceGraph): Read {
  const parts: ReadPart[] = [];
  const claims = new Map<string, Claim>();
  for (const lambda of graph.ofType(FUNCTION)) {
    const key = keyOf("function", graph, lambda);
    const aliases = attached(graph, lambda, ALIAS, "functionName", "name");
    // What belongs to an alias belongs to its function.
    const of = (type: string) => [
      ...new Set(
        [lambda, ...aliases].flatMap((named) =>
          ["functionName", "function"].flatMap((property) => attached(graph, named, type, property, "name")),
        ),
      ),
    ];
    const [provisioned, invokes, mappings] = [of(PROVISIONED), of(INVOKE), of(MAPPING)];
    const part: ReadPart<Function> = {
      kind: "function",
      key,
      workload: wordOf(graph, lambda),
      region: regionOf(graph, lambda),
      placement: placementOf(graph, lambda),
      memoryMiB: leafWithDefault(lambda, ["memorySize"], asNumber),
      diskMiB: leafWithDefault(lambda, ["ephemeralStorage", "size"], asNumber),
      timeoutSeconds: leafWithDefault(lambda, ["timeout"], asNumber),
      architecture: architectureOf(lambda),
      provisionedConcurrency: sum(lambda, provisioned),
      reservedConcurrency: reservedOf(lambda),
      keepsFailures: keepsFailures(lambda, invokes),
      queues: queuesOf(graph, mappings),
      runtime: { kind: "lambda" },
    };
    parts.push(part);
    for (const { urn } of [lambda, ...provisioned, ...invokes, ...mappings])
      claims.set(urn, { urn, part: key, carries: "fields" });
    const logs = graph
      .ofType(LOG_GROUP)
      .filter(
        ({ inputs }) =>
          typeof lambda.inputs["name"] === "string" && inputs["name"] === `/aws/lambda/${lambda.inputs["name"]}`,
      );
    for (const { urn } of [...aliases, ...OF_FUNCTION.flatMap((type) => of(type)), ...of(ALIAS), ...logs])
      if (!claims.has(urn)) claims.set(urn, { urn, part: key, carries: "nothing" });
  }
  return { parts, claims: [...claims.values()], conflicts: [] };
}

/** In the subnets of a network it runs in their zones; without one, zones are AWS's business. */
function placementOf(graph: ResourceGraph, lambda: Resource): ReadPart<Function>["placement"] {
  const given = lambda.inputs["vpcConfig"];
  if (given === undefined || given === null) return { kind: "regional" };
  const asked = inside(given, "subnetIds");
  if (isUnknownValue(asked) && graph.referenced(lambda, "vpcConfig", SUBNET).length === 0)
    return unknown(lambda.urn, "vpcConfig.subnetIds", asked.$unknown);
  const subnets = graph.referenced(lambda, "vpcConfig", SUBNET);
  if (!isUnknownValue(asked) && listOf(asked).length === 0) return { kind: "regional" };
  return subnets.length === 0 || listOf(asked).length > subnets.length
    ? unknown(lambda.urn, "vpcConfig.subnetIds", "elsewhere")
    : { kind: "zonal", zones: zonesOf(subnets), spread: known("best-effort", lambda.urn) };
}

function architectureOf(lambda: Resource): Leaf<Function["architecture"]> {
  const given = lambda.inputs["architectures"];
  return leafOf(
    Array.isArray(given) ? (listOf(given)[0] ?? undefined) : given,
    { urn: lambda.urn, property: "architectures" },
    (name) => (name === "x86_64" || name === "arm64" ? name : undefined),
    { default: "x86_64" },
  );
}

function sum(lambda: Resource, configs: readonly Resource[]): Leaf<number> {
  const copies = configs.map((config) => leafAt(config, ["provisionedConcurrentExecutions"], asNumber));
  const hidden = copies.find((each) => !each.known);
  if (hidden !== undefined) return hidden;
  return known(
    copies.reduce((total, each) => total + (each.known ? each.value : 0), 0),
    lambda.urn,
    configs.length === 0 ? "default" : "input",
  );
}

/** -1 takes the reservation away (AWS Lambda API, by the provider's schema). */
function reservedOf(lambda: Resource): Leaf<number | null> {
  const copies = leafOf(
    valueAt(lambda, "reservedConcurrentExecutions"),
    { urn: lambda.urn, property: "reservedConcurrentExecutions" },
    asNumber,
    { default: -1 },
  );
  return copies.known ? { ...copies, value: copies.value < 0 ? null : copies.value } : copies;
}

/** A dead-letter target, or a destination for failures, of the function or of its alias. */
function keepsFailures(lambda: Resource, invokes: readonly Resource[]): Leaf<boolean> {
  const text = (resource: Resource, ...path: readonly string[]): Leaf<string> =>
    leafOf(valueAt(resource, ...path), { urn: resource.urn, property: path.join(".") }, asText, { default: "" });
  const letters = text(lambda, "deadLetterConfig", "targetArn");
  const destinations = invokes.map((invoke) => text(invoke, "destinationConfig", "onFailure", "destination"));
  // An address that is known only later is one all the same.
  const kept = [letters, ...destinations].some((each) =>
    isUnknown(each) ? each.why === "after-deploy" : each.value !== "",
  );
  if (kept) return known(true, lambda.urn);
  return [letters, ...destinations].find(isUnknown) ?? known(false, lambda.urn, "default");
}

function queuesOf(graph: ResourceGraph, mappings: readonly Resource[]): ReadPart<Function>["queues"] {
  const queues = mappings.flatMap((mapping) => graph.referenced(mapping, "eventSourceArn", QUEUE));
  return [...new Set(queues)]
    .map((queue) => known(keyOf("queue", graph, queue), queue.urn))
    .sort((a, b) => (a.value < b.value ? -1 : 1));
}
