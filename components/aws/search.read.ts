import {
  readsTogether,
  known,
  type Claim,
  type InputTable,
  type Leaf,
  type PartReader,
  type Read,
  type ReadPart,
  type Resource,
  type ResourceGraph,
  type Search,
} from "../../model";
import { keyOf, regionOf, wordOf } from "./identity.read";
import { asFlag, asNumber, asText, leafAt, leafWithDefault, mapLeaf, valueAt } from "./leaf.read";
import { zonesOfSubnets } from "./subnet-group.read";
import { firewallsOf, surroundingInputs } from "./surroundings.read";

const OPENSEARCH = "aws:opensearch/domain:Domain";
const ELASTICSEARCH = "aws:elasticsearch/domain:Domain";

const REACH = "who may reach whom; no Part holds it";
const TUNED = "how it is tuned; no Part holds it";
const OPERATED = "when and how it is looked after; no Part holds it";

const domain: InputTable[string] = {
  fields: {
    engineVersion: "engine",
    elasticsearchVersion: "engine",
    "clusterConfig.instanceCount": "data",
    "clusterConfig.instanceType": "data",
    ebsOptions: "data",
    "clusterConfig.dedicatedMasterEnabled": "managers",
    "clusterConfig.dedicatedMasterCount": "managers",
    "clusterConfig.dedicatedMasterType": "managers",
    "clusterConfig.warmEnabled": "warm",
    "clusterConfig.warmCount": "warm",
    "clusterConfig.warmType": "warm",
    "clusterConfig.zoneAwarenessEnabled": "awareZones",
    "clusterConfig.zoneAwarenessConfig": "awareZones",
    "clusterConfig.multiAzWithStandbyEnabled": "awareZones",
    "vpcOptions.subnetIds": "placement",
    "encryptAtRest.enabled": "security.atRest",
    nodeToNodeEncryption: "security.betweenNodes",
    "domainEndpointOptions.enforceHttps": "security.tlsOnly",
    region: "region",
  },
  ignored: {
    "ebsOptions.iops": "beyond the volume's own; no price was found",
    "ebsOptions.throughput": "beyond the volume's own; no price was found",
    "clusterConfig.coldStorageOptions": "what is kept in S3; billed by use",
    "clusterConfig.nodeOptions": "nodes that only coordinate; no price was found",
    "encryptAtRest.kmsKeyId": "which key; no Part holds it",
    "vpcOptions.securityGroupIds": REACH,
    "domainEndpointOptions.tlsSecurityPolicy": "which versions of TLS; no Part holds it",
    "domainEndpointOptions.customEndpoint": "a name",
    "domainEndpointOptions.customEndpointEnabled": "a name",
    "domainEndpointOptions.customEndpointCertificateArn": "a certificate",
    domainName: "a name",
    accessPolicies: REACH,
    advancedSecurityOptions: "who logs in; no Part holds it",
    cognitoOptions: "who logs in; no Part holds it",
    identityCenterOptions: "who logs in; no Part holds it",
    advancedOptions: TUNED,
    aimlOptions: TUNED,
    autoTuneOptions: TUNED,
    deploymentStrategyOptions: OPERATED,
    ipAddressType: REACH,
    logPublishingOptions: "what it logs; no Part holds it",
    offPeakWindowOptions: OPERATED,
    snapshotOptions: "AWS takes one an hour whatever this says",
    softwareUpdateOptions: OPERATED,
    tags: "tags are read by nobody",
  },
};

/** Reads OpenSearch domains, those of the older Elasticsearch type too. */
export const searchReader: PartReader = {
  read,
  inputs: { ...surroundingInputs, [OPENSEARCH]: domain, [ELASTICSEARCH]: domain },
};

function read(graph: ResourceGraph): Read {
  const reads = [OPENSEARCH, ELASTICSEARCH]
    .flatMap((type) => graph.ofType(type))
    .map((resource) => readDomain(graph, resource));
  return readsTogether(reads);
}

function readDomain(graph: ResourceGraph, domain: Resource): Read {
  const key = keyOf("search", graph, domain);
  const config = (property: string) => ["clusterConfig", property];
  const part: ReadPart<Search> = {
    kind: "search",
    key,
    workload: wordOf(graph, domain),
    region: regionOf(graph, domain),
    engine: readEngine(domain),
    placement:
      valueAt(domain, "vpcOptions") === undefined
        ? { kind: "regional" }
        : {
            kind: "zonal",
            zones: zonesOfSubnets(graph, domain, ["vpcOptions", "subnetIds"]),
            spread: mapLeaf(readAwareness(domain), (zones) =>
              zones > 1 ? ("hard" as const) : ("best-effort" as const),
            ),
          },
    awareZones: readAwareness(domain),
    data: {
      count: leafWithDefault(domain, config("instanceCount"), asNumber),
      type: leafWithDefault(domain, config("instanceType"), asText),
      ...readDisk(domain),
    },
    managers: readNodes(domain, "dedicatedMaster"),
    warm: readNodes(domain, "warm"),
    security: {
      atRest: leafWithDefault(domain, ["encryptAtRest", "enabled"], asFlag),
      betweenNodes: leafWithDefault(domain, ["nodeToNodeEncryption", "enabled"], asFlag),
      // The provider turns it on where its block is there at all.
      tlsOnly: leafAt(domain, ["domainEndpointOptions", "enforceHttps"], asFlag, {
        default: valueAt(domain, "domainEndpointOptions") !== undefined,
      }),
    },
    runtime: { kind: "opensearch" },
  };
  const nothing = firewallsOf(graph, domain, "vpcOptions");
  return {
    parts: [part],
    claims: [
      ...nothing.map(({ urn }): Claim => ({ urn, part: key, carries: "nothing" })),
      { urn: domain.urn, part: key, carries: "fields" },
    ],
    conflicts: [],
  };
}

/** OpenSearch_2.11 is OpenSearch, 2.11; nothing said is OpenSearch, and AWS chooses. */
function readEngine(domain: Resource): ReadPart<Search>["engine"] {
  if (domain.type === ELASTICSEARCH)
    return {
      name: known("Elasticsearch", domain.urn),
      version: leafWithDefault<string | null>(domain, ["elasticsearchVersion"], asText),
    };
  const said = leafAt(domain, ["engineVersion"], asText, { default: "OpenSearch" });
  return {
    name: mapLeaf(said, (word) => word.split("_")[0] ?? word),
    version: mapLeaf(said, (word): string | null => word.split("_")[1] ?? null),
  };
}

/** With a standby it is always three zones; else as many as are asked for, two unless said. */
function readAwareness(domain: Resource): Leaf<number> {
  const standby = leafAt(domain, ["clusterConfig", "multiAzWithStandbyEnabled"], asFlag, { default: false });
  if (!standby.known) return standby;
  if (standby.value) return { ...standby, value: 3 };
  const aware = leafWithDefault(domain, ["clusterConfig", "zoneAwarenessEnabled"], asFlag);
  if (!aware.known) return aware;
  if (!aware.value) return { ...aware, value: 1 };
  return leafWithDefault(domain, ["clusterConfig", "zoneAwarenessConfig", "availabilityZoneCount"], asNumber);
}

function readDisk(domain: Resource): Pick<Exclude<ReadPart<Search>["data"], { known: false }>, "diskGib" | "diskType"> {
  const on = leafWithDefault(domain, ["ebsOptions", "ebsEnabled"], asFlag);
  if (!on.known) return { diskGib: on, diskType: on };
  if (!on.value) return { diskGib: { ...on, value: 0 }, diskType: { ...on, value: "instance" } };
  return {
    diskGib: leafAt(domain, ["ebsOptions", "volumeSize"], asNumber),
    diskType: leafWithDefault(domain, ["ebsOptions", "volumeType"], asText),
  };
}

/** Managers or warm nodes: none unless enabled. */
function readNodes(domain: Resource, sort: "dedicatedMaster" | "warm"): ReadPart<Search>["managers"] {
  const enabled = leafAt(domain, ["clusterConfig", `${sort}Enabled`], asFlag, { default: false });
  if (!enabled.known) return enabled;
  if (!enabled.value) return { ...enabled, value: null };
  return {
    count: leafAt(domain, ["clusterConfig", `${sort}Count`], asNumber),
    type: leafAt(domain, ["clusterConfig", `${sort}Type`], asText),
  };
}
