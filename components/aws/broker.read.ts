import {
  readsTogether,
  known,
  type Broker,
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
import { asFlag, asNumber, asText, bothLeaves, leafAt, leafWithDefault } from "./leaf.read";
import { zonesOfSubnets } from "./subnet-group.read";
import { firewallsOf, surroundingInputs } from "./surroundings.read";

const CLUSTER = "aws:msk/cluster:Cluster";
const SERVERLESS = "aws:msk/serverlessCluster:ServerlessCluster";
const CONFIGURATION = "aws:msk/configuration:Configuration";

const LOGIN = "who logs in; no Part holds it";
const WATCHED = "how closely it is watched; no Part holds it";
const TAGS = "tags are read by nobody";

const inputs: InputTable = {
  ...surroundingInputs,
  [CLUSTER]: {
    fields: {
      kafkaVersion: "engine.version",
      numberOfBrokerNodes: "brokers",
      "brokerNodeGroupInfo.instanceType": "brokers",
      "brokerNodeGroupInfo.storageInfo": "brokers",
      "brokerNodeGroupInfo.clientSubnets": "placement.zones",
      "encryptionInfo.encryptionInTransit": "security.inTransit",
      region: "region",
    },
    ignored: {
      "brokerNodeGroupInfo.storageInfo.ebsStorageInfo.provisionedThroughput":
        "MB/s beyond the volume's; no price was found",
      "brokerNodeGroupInfo.azDistribution": "has one value",
      "brokerNodeGroupInfo.connectivityInfo": "who may reach whom; no Part holds it",
      "brokerNodeGroupInfo.securityGroups": "who may reach whom; no Part holds it",
      "encryptionInfo.encryptionAtRestKmsKeyArn": "encrypted always; which key no Part holds",
      clusterName: "a name",
      clientAuthentication: LOGIN,
      configurationInfo: "settings of Kafka",
      enhancedMonitoring: WATCHED,
      loggingInfo: WATCHED,
      openMonitoring: WATCHED,
      rebalancing: "who moves partitions",
      storageMode: "where old messages are kept; billed by use",
      tags: TAGS,
    },
  },
  [SERVERLESS]: {
    fields: { vpcConfigs: "placement.zones", region: "region" },
    ignored: {
      "vpcConfigs[].securityGroupIds": "who may reach whom; no Part holds it",
      clusterName: "a name",
      clientAuthentication: LOGIN,
      tags: TAGS,
    },
  },
  [CONFIGURATION]: {
    fields: {},
    ignored: {
      name: "a name",
      description: "words for people",
      kafkaVersions: "the cluster's",
      serverProperties: "settings of Kafka",
      region: "the cluster's",
    },
  },
};

/** Reads MSK clusters, provisioned and serverless. */
export const brokerReader: PartReader = { read, inputs };

function read(graph: ResourceGraph): Read {
  const reads = [
    ...graph.ofType(CLUSTER).map((cluster) => readCluster(graph, cluster)),
    ...graph.ofType(SERVERLESS).map((cluster) => readServerless(graph, cluster)),
  ];
  return readsTogether(reads);
}

function readCluster(graph: ResourceGraph, cluster: Resource): Read {
  const key = keyOf("broker", graph, cluster);
  const type = leafAt(cluster, ["brokerNodeGroupInfo", "instanceType"], asText);
  const express = type.known && type.value.startsWith("express.");
  const disk = ["brokerNodeGroupInfo", "storageInfo", "ebsStorageInfo", "volumeSize"];
  const part: ReadPart<Broker> = {
    kind: "broker",
    key,
    workload: wordOf(graph, cluster),
    region: regionOf(graph, cluster),
    engine: {
      name: known("kafka", cluster.urn),
      version: leafAt<string | null>(cluster, ["kafkaVersion"], asText),
    },
    placement: {
      kind: "zonal",
      zones: zonesOfSubnets(graph, cluster, ["brokerNodeGroupInfo", "clientSubnets"]),
      spread: known("hard", cluster.urn),
    },
    brokers: {
      count: leafAt(cluster, ["numberOfBrokerNodes"], asNumber),
      type,
      // Express brokers have no disk of their own.
      diskGib: express ? known(0, cluster.urn) : leafAt(cluster, disk, asNumber),
    },
    security: { atRest: known(true, cluster.urn, "default"), inTransit: readInTransit(cluster) },
    runtime: { kind: "msk" },
  };
  const nothing = [
    ...firewallsOf(graph, cluster, "brokerNodeGroupInfo"),
    ...graph.referenced(cluster, "configurationInfo", CONFIGURATION),
  ];
  return { parts: [part], claims: claimsOf(cluster, nothing, key), conflicts: [] };
}

/** `TLS_PLAINTEXT` answers callers that do not encrypt, too. */
function readInTransit(cluster: Resource): Leaf<boolean> {
  const path = ["encryptionInfo", "encryptionInTransit"];
  return bothLeaves(
    leafWithDefault(cluster, [...path, "clientBroker"], asText),
    leafWithDefault(cluster, [...path, "inCluster"], asFlag),
    (clients, inside) => clients === "TLS" && inside,
  );
}

function readServerless(graph: ResourceGraph, cluster: Resource): Read {
  const key = keyOf("broker", graph, cluster);
  const always = known(true, cluster.urn, "default");
  const part: ReadPart<Broker> = {
    kind: "broker",
    key,
    workload: wordOf(graph, cluster),
    region: regionOf(graph, cluster),
    engine: { name: known("kafka", cluster.urn), version: known(null, cluster.urn, "default") },
    placement: {
      kind: "zonal",
      zones: zonesOfSubnets(graph, cluster, ["vpcConfigs", 0, "subnetIds"]),
      spread: known("hard", cluster.urn),
    },
    brokers: known(null, cluster.urn, "default"),
    security: { atRest: always, inTransit: always },
    runtime: { kind: "msk" },
  };
  return { parts: [part], claims: claimsOf(cluster, firewallsOf(graph, cluster, "vpcConfigs"), key), conflicts: [] };
}

function claimsOf(cluster: Resource, nothing: readonly Resource[], part: Claim["part"]): readonly Claim[] {
  return [
    ...nothing.map(({ urn }): Claim => ({ urn, part, carries: "nothing" })),
    { urn: cluster.urn, part, carries: "fields" },
  ];
}
