import {
  isRecord,
  isUnknown,
  isUnknownValue,
  known,
  unknown,
  type Claim,
  type InputTable,
  type Leaf,
  type PartKey,
  type PartReader,
  type Queue,
  type Read,
  type ReadPart,
  type Resource,
  type ResourceGraph,
} from "../../model";
import { attached, keyOf, regionOf, wordOf } from "./identity.read";
import { asFlag, asNumber, documentAt, inside, leafOf, leafWithDefault } from "./leaf.read";
import { policyInputs, refusesPlainText } from "./policy-document.read";

const QUEUE = "aws:sqs/queue:Queue";
const REDRIVE = "aws:sqs/redrivePolicy:RedrivePolicy";
const REDRIVE_ALLOW = "aws:sqs/redriveAllowPolicy:RedriveAllowPolicy";
const POLICY = "aws:sqs/queuePolicy:QueuePolicy";

/** Inputs by which something sends to a queue what it could not work off. */
const FAILED: readonly (readonly [type: string, property: string])[] = [
  [QUEUE, "redrivePolicy"],
  [REDRIVE, "redrivePolicy"],
  ["aws:lambda/function:Function", "deadLetterConfig"],
  ["aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig", "destinationConfig"],
  ["aws:lambda/eventSourceMapping:EventSourceMapping", "destinationConfig"],
  ["aws:sns/topicSubscription:TopicSubscription", "redrivePolicy"],
  ["aws:cloudwatch/eventTarget:EventTarget", "deadLetterConfig"],
  ["aws:scheduler/schedule:Schedule", "target"],
];

const WHO = "who may send and receive";
const PACE = "how messages are handed out; no Part holds it";
const TAGS = "tags are read by nobody";
const WHERE = "where the queue is, which it says itself";

const policy = policyInputs("policy", "inTransit");

const inputs: InputTable = {
  [QUEUE]: {
    fields: {
      region: "region",
      fifoQueue: "ordered",
      messageRetentionSeconds: "keepSeconds",
      visibilityTimeoutSeconds: "visibilitySeconds",
      redrivePolicy: "deadLetter",
      sqsManagedSseEnabled: "atRest",
      ...policy.fields,
    },
    ignored: {
      name: "a name",
      namePrefix: "a name",
      contentBasedDeduplication: PACE,
      deduplicationScope: PACE,
      fifoThroughputLimit: PACE,
      delaySeconds: PACE,
      maxMessageSize: PACE,
      receiveWaitTimeSeconds: PACE,
      kmsMasterKeyId: "with which key; without one it says itself whether",
      ...policy.ignored,
      kmsDataKeyReusePeriodSeconds: "how often the key is asked for",
      redriveAllowPolicy: "which queues may send here; those that do say so themselves",
      tags: TAGS,
    },
  },
  [REDRIVE]: { fields: { queueUrl: "deadLetter", redrivePolicy: "deadLetter" }, ignored: { region: WHERE } },
  [REDRIVE_ALLOW]: { fields: {}, ignored: { queueUrl: WHO, redriveAllowPolicy: WHO, region: WHERE } },
  [POLICY]: { fields: { queueUrl: "inTransit", ...policy.fields }, ignored: { ...policy.ignored, region: WHERE } },
};

/** Reads SQS queues. */
export const queueReader: PartReader = { read, inputs };

function read(graph: ResourceGraph): Read {
  const parts: ReadPart[] = [];
  const claims = new Map<string, Claim>();
  for (const queue of graph.ofType(QUEUE)) {
    const key = keyOf("queue", graph, queue);
    const redrives = attached(graph, queue, REDRIVE, "queueUrl", "url");
    const policies = attached(graph, queue, POLICY, "queueUrl", "url");
    const part: ReadPart<Queue> = {
      kind: "queue",
      key,
      workload: wordOf(graph, queue),
      region: regionOf(graph, queue),
      placement: { kind: "regional" },
      ordered: leafWithDefault(queue, ["fifoQueue"], asFlag),
      keepSeconds: leafWithDefault(queue, ["messageRetentionSeconds"], asNumber),
      visibilitySeconds: leafWithDefault(queue, ["visibilityTimeoutSeconds"], asNumber),
      deadLetter: deadLetterOf(graph, queue, redrives),
      isDeadLetter: known(takesFailed(graph, queue), queue.urn),
      atRest: atRest(queue),
      inTransit: refusesPlainText(queue, "policy", policies),
      runtime: { kind: "sqs" },
    };
    parts.push(part);
    for (const { urn } of [queue, ...redrives, ...policies]) claims.set(urn, { urn, part: key, carries: "fields" });
    for (const { urn } of attached(graph, queue, REDRIVE_ALLOW, "queueUrl", "url"))
      claims.set(urn, { urn, part: key, carries: "nothing" });
  }
  return { parts, claims: [...claims.values()], conflicts: [] };
}

/** A policy of its own, or one that is a resource; the document is often known only after the deployment, and then names its queue by reference. */
function deadLetterOf(
  graph: ResourceGraph,
  queue: Resource,
  redrives: readonly Resource[],
): ReadPart<Queue>["deadLetter"] {
  const own = queue.inputs["redrivePolicy"];
  const said = [...(own === undefined || own === null || own === "" ? [] : [queue]), ...redrives];
  const [holder, ...others] = said;
  if (holder === undefined) return known(null, queue.urn, "default");
  if (others.length > 0) return unknown(queue.urn, "redrivePolicy", "ambiguous-reference");
  const targets = graph.referenced(holder, "redrivePolicy", QUEUE).filter(({ urn }) => urn !== queue.urn);
  const document = documentAt(holder, "redrivePolicy");
  if (isUnknown(document)) {
    // Where it leads somewhere, there is one, whatever its number.
    if (targets.length === 0) return document;
    return { queue: theKey(graph, holder, targets), afterReceipts: document };
  }
  if (!isRecord(document)) return unknown(holder.urn, "redrivePolicy", "unreadable");
  const arn = document["deadLetterTargetArn"];
  if (arn === undefined || arn === null || arn === "") return known(null, holder.urn);
  return {
    queue: targets.length > 0 || isUnknownValue(arn) ? theKey(graph, holder, targets) : byArn(graph, holder, arn),
    afterReceipts: leafOf(
      inside(document, "maxReceiveCount"),
      { urn: holder.urn, property: "redrivePolicy.maxReceiveCount" },
      asNumber,
    ),
  };
}

function theKey(graph: ResourceGraph, holder: Resource, targets: readonly Resource[]): Leaf<PartKey> {
  const [target, ...others] = targets;
  if (target === undefined) return unknown(holder.urn, "redrivePolicy.deadLetterTargetArn", "elsewhere");
  if (others.length > 0) return unknown(holder.urn, "redrivePolicy.deadLetterTargetArn", "ambiguous-reference");
  return known(keyOf("queue", graph, target), holder.urn);
}

function byArn(graph: ResourceGraph, holder: Resource, arn: unknown): Leaf<PartKey> {
  if (typeof arn !== "string") return unknown(holder.urn, "redrivePolicy.deadLetterTargetArn", "unreadable");
  return theKey(
    graph,
    holder,
    graph.ofType(QUEUE).filter(({ inputs: own }) => named(own["name"], arn)),
  );
}

function named(name: unknown, arn: string): boolean {
  return typeof name === "string" && name !== "" && arn.endsWith(`:${name}`);
}

function takesFailed(graph: ResourceGraph, queue: Resource): boolean {
  const { name } = queue.inputs;
  const allowing = [queue, ...attached(graph, queue, REDRIVE_ALLOW, "queueUrl", "url")];
  if (allowing.some(letsOthersIn)) return true;
  return FAILED.some(([type, property]) => {
    if (graph.referrers(queue, property, type).some(({ urn }) => urn !== queue.urn)) return true;
    return (
      property === "redrivePolicy" &&
      graph.ofType(type).some((holder) => {
        const document = documentAt(holder, property);
        const arn = isUnknown(document) ? undefined : inside(document, "deadLetterTargetArn");
        return typeof arn === "string" && named(name, arn);
      })
    );
  });
}

function letsOthersIn(holder: Resource): boolean {
  const given = holder.inputs["redriveAllowPolicy"];
  if (given === undefined || given === null || given === "") return false;
  const document = documentAt(holder, "redriveAllowPolicy");
  return isUnknown(document) || inside(document, "redrivePermission") !== "denyAll";
}

function atRest(queue: Resource): Leaf<boolean> {
  const key = queue.inputs["kmsMasterKeyId"];
  if (key !== undefined && key !== null && key !== "") return known(true, queue.urn);
  return leafWithDefault(queue, ["sqsManagedSseEnabled"], asFlag);
}
