import {
  type AlertTopic,
  type Claim,
  type InputTable,
  type Leaf,
  type PartReader,
  type Read,
  type ReadPart,
  type Resource,
  type ResourceGraph,
} from "../../model";
import { keyOf, regionOf, wordOf } from "./identity.read";
import { asText, leafAt } from "./leaf.read";

const TOPIC = "aws:sns/topic:Topic";
const POLICY = "aws:sns/topicPolicy:TopicPolicy";
const SUBSCRIPTION = "aws:sns/topicSubscription:TopicSubscription";
const KEY = "aws:kms/key:Key";
const ALARMS = ["aws:cloudwatch/metricAlarm:MetricAlarm", "aws:cloudwatch/compositeAlarm:CompositeAlarm"];

/** Reads topics that an alarm publishes to; any other topic is left unread. */
export const alertTopicReader: PartReader = { read, inputs: inputs() };

function read(graph: ResourceGraph): Read {
  const topics = graph
    .ofType(TOPIC)
    .filter((topic) => ALARMS.some((type) => graph.referrers(topic, "alarmActions", type).length > 0));
  return {
    parts: topics.map((topic) => readTopic(graph, topic)),
    claims: topics.flatMap((topic) => claims(graph, topic)),
    conflicts: [],
  };
}

function readTopic(graph: ResourceGraph, topic: Resource): ReadPart<AlertTopic> {
  const word = (leaf: Leaf<string>) => (leaf.known ? leaf.value : "");
  return {
    kind: "alert-topic",
    key: keyOf("alert-topic", graph, topic),
    workload: wordOf(graph, topic),
    region: regionOf(graph, topic),
    subscriptions: subscriptionsOf(graph, topic)
      .map((subscription) => ({
        protocol: leafAt(subscription, ["protocol"], asText),
        endpoint: leafAt(subscription, ["endpoint"], asText),
      }))
      .sort((a, b) => (word(a.endpoint) < word(b.endpoint) ? -1 : 1)),
    runtime: { kind: "sns" },
  };
}

function subscriptionsOf(graph: ResourceGraph, topic: Resource): readonly Resource[] {
  return graph.referrers(topic, "topic", SUBSCRIPTION);
}

function claims(graph: ResourceGraph, topic: Resource): Claim[] {
  const part = keyOf("alert-topic", graph, topic);
  const claim = (resource: Resource, carries: Claim["carries"]): Claim => ({ urn: resource.urn, part, carries });
  return [
    claim(topic, "fields"),
    ...subscriptionsOf(graph, topic).map((subscription) => claim(subscription, "fields")),
    ...graph.referrers(topic, "arn", POLICY).map((policy) => claim(policy, "nothing")),
    ...graph.referenced(topic, "kmsMasterKeyId", KEY).map((key) => claim(key, "nothing")),
  ];
}

function inputs(): InputTable {
  const reach = "who may publish; no Part holds it";
  const secret = "how messages are kept; no Part holds it";
  const tags = "tags are read by nobody";
  const region = "where the topic is";
  return {
    [TOPIC]: { fields: { region: "region" }, ignored: { name: "a name", kmsMasterKeyId: secret, tags } },
    [POLICY]: { fields: {}, ignored: { arn: reach, policy: reach, region } },
    [SUBSCRIPTION]: {
      fields: { topic: "subscriptions", protocol: "subscriptions", endpoint: "subscriptions" },
      ignored: { endpointAutoConfirms: "how the endpoint agrees", region },
    },
    [KEY]: { fields: {}, ignored: { description: "words", enableKeyRotation: secret, policy: secret, region, tags } },
  };
}
