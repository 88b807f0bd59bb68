import { EKS_ENCRYPTS_FROM_MINOR, minorOf, pastStandardSupport } from "../../catalog/aws/eks-versions";
import {
  readsTogether,
  isUnknownValue,
  known,
  unknown,
  type Claim,
  type Cluster,
  type InputTable,
  type Leaf,
  type PartReader,
  type Read,
  type ReadPart,
  type Resource,
  type ResourceGraph,
  type Unknown,
} from "../../model";
import { keyOf, regionOf, wordOf } from "./identity.read";
import { asFlag, asText, bothLeaves, leafOf, leafWithDefault, listOf, valueAt } from "./leaf.read";

const CLUSTER = "aws:eks/cluster:Cluster";
const ROLE = "aws:iam/role:Role";
const OF_ROLE = ["aws:iam/rolePolicy:RolePolicy", "aws:iam/rolePolicyAttachment:RolePolicyAttachment"];
const SECURITY_GROUP = "aws:ec2/securityGroup:SecurityGroup";
/** What belongs to a cluster and neither costs nor fails by itself. */
const OF_CLUSTER = [
  "aws:eks/accessEntry:AccessEntry",
  "aws:eks/accessPolicyAssociation:AccessPolicyAssociation",
  "aws:eks/addon:Addon",
  "aws:eks/identityProviderConfig:IdentityProviderConfig",
  "aws:eks/podIdentityAssociation:PodIdentityAssociation",
];
/** Who may call where nobody says (EKS API, publicAccessCidrs). */
const EVERYBODY = "0.0.0.0/0";

const REACH = "who may reach whom; no Part holds it";
const MAY = "what it may do; no Part holds it";
const ADDED = "what is installed in it; no Part holds it";
const WHERE = "where the cluster is";
const NAME = "a name";

const inputs: InputTable = {
  [CLUSTER]: {
    fields: {
      version: "version",
      "vpcConfig.endpointPublicAccess": "endpoint.public",
      "vpcConfig.publicAccessCidrs[]": "endpoint.publicRanges",
      "encryptionConfig.resources[]": "encryptsSecrets",
      "enabledClusterLogTypes[]": "logs",
      deletionProtection: "deletionProtection",
      "upgradePolicy.supportType": "support",
      region: "region",
    },
    ignored: {
      name: NAME,
      roleArn: MAY,
      "vpcConfig.subnetIds": "where its machines reach it; the control plane itself is the provider's",
      "vpcConfig.securityGroupIds": REACH,
      "vpcConfig.endpointPrivateAccess": REACH,
      "encryptionConfig.provider": "whose key; no Part holds it",
      accessConfig: MAY,
      kubernetesNetworkConfig: REACH,
      bootstrapSelfManagedAddons: ADDED,
      defaultAddonsToRemoves: ADDED,
      zonalShiftConfig: "no Part holds it",
      tags: "tags are read by nobody",
    },
  },
  [ROLE]: { fields: {}, ignored: { name: NAME, assumeRolePolicy: MAY, managedPolicyArns: MAY, tags: NAME } },
  ...Object.fromEntries(
    OF_ROLE.map((type) => [type, { fields: {}, ignored: { role: MAY, policy: MAY, policyArn: MAY } }]),
  ),
  [SECURITY_GROUP]: {
    fields: {},
    ignored: { name: NAME, description: NAME, vpcId: REACH, ingress: REACH, egress: REACH, region: WHERE, tags: NAME },
  },
  "aws:eks/addon:Addon": {
    fields: {},
    ignored: { addonName: ADDED, addonVersion: ADDED, clusterName: ADDED, configurationValues: ADDED, region: WHERE },
  },
};

/** Reads EKS control planes. */
export const clusterReader: PartReader = { read, inputs };

function read(graph: ResourceGraph, _claimed?: ReadonlySet<string>, asOf?: string): Read {
  const reads = graph.ofType(CLUSTER).map((cluster) => readCluster(graph, cluster, asOf));
  return readsTogether(reads);
}

function readCluster(graph: ResourceGraph, cluster: Resource, asOf: string | undefined): Read {
  const key = keyOf("cluster", graph, cluster);
  const version: Leaf<string | null> = leafOf<string | null>(
    cluster.inputs["version"],
    { urn: cluster.urn, property: "version" },
    asText,
    { default: null },
  );
  const part: ReadPart<Cluster> = {
    kind: "cluster",
    key,
    workload: wordOf(graph, cluster),
    region: regionOf(graph, cluster),
    placement: { kind: "regional" },
    version,
    endpoint: {
      public: leafWithDefault(cluster, ["vpcConfig", "endpointPublicAccess"], asFlag),
      publicRanges: publicRanges(cluster),
    },
    encryptsSecrets: encryptsSecrets(cluster, version),
    logs: texts(cluster, ["enabledClusterLogTypes"], []),
    deletionProtection: leafWithDefault(cluster, ["deletionProtection"], asFlag),
    support: supportOf(cluster, version, asOf),
    runtime: { kind: "eks" },
  };
  const roles = graph.referenced(cluster, "roleArn", ROLE);
  const nothing = [
    ...roles,
    ...roles.flatMap((role) => OF_ROLE.flatMap((type) => graph.referrers(role, "role", type))),
    ...graph.referenced(cluster, "vpcConfig", SECURITY_GROUP),
    ...OF_CLUSTER.flatMap((type) => graph.referrers(cluster, "clusterName", type)),
  ];
  return {
    parts: [part],
    claims: [
      ...nothing.map(({ urn }): Claim => ({ urn, part: key, carries: "nothing" })),
      { urn: cluster.urn, part: key, carries: "fields" },
    ],
    conflicts: [],
  };
}

/** Ranges of a private endpoint let nobody in. */
function publicRanges(cluster: Resource): readonly Leaf<string>[] | Unknown {
  const open = leafWithDefault(cluster, ["vpcConfig", "endpointPublicAccess"], asFlag);
  if (open.known && !open.value) return [];
  return texts(cluster, ["vpcConfig", "publicAccessCidrs"], [EVERYBODY]);
}

function texts(
  cluster: Resource,
  path: readonly string[],
  absent: readonly string[],
): readonly Leaf<string>[] | Unknown {
  const property = path.join(".");
  const given = valueAt(cluster, ...path);
  if (given === undefined) return absent.map((text) => known(text, cluster.urn, "default"));
  if (isUnknownValue(given)) return unknown(cluster.urn, property, given.$unknown);
  const word = (leaf: Leaf<string>) => (leaf.known ? leaf.value : "\uffff");
  return listOf(given)
    .map((text) => leafOf(text, { urn: cluster.urn, property: `${property}[]` }, asText))
    .sort((a, b) => (word(a) < word(b) ? -1 : 1));
}

/** With a key of one's own, or by EKS itself from the version on in which it does so for all; the newest where none is said. */
function encryptsSecrets(cluster: Resource, version: Leaf<string | null>): Leaf<boolean> {
  const resources = valueAt(cluster, "encryptionConfig", "resources");
  if (isUnknownValue(resources)) return unknown(cluster.urn, "encryptionConfig.resources", resources.$unknown);
  if (listOf(resources).some((resource) => resource === "secrets")) return known(true, cluster.urn);
  if (listOf(resources).some(isUnknownValue)) return unknown(cluster.urn, "encryptionConfig.resources", "after-deploy");
  if (!version.known) return version;
  if (version.value === null) return known(true, cluster.urn, "default");
  const minor = minorOf(version.value);
  return minor === undefined
    ? unknown(cluster.urn, "version", "unreadable")
    : known(minor >= EKS_ENCRYPTS_FROM_MINOR, cluster.urn, "default");
}

/** An old version is billed as such unless EKS may move it on by itself. */
function supportOf(
  cluster: Resource,
  version: Leaf<string | null>,
  asOf: string | undefined,
): Leaf<Cluster["support"]> {
  const policy = leafWithDefault(cluster, ["upgradePolicy", "supportType"], asText);
  const old: Leaf<boolean> = !version.known
    ? version
    : known(version.value !== null && pastStandardSupport(version.value, asOf) === true, version.urn, version.via);
  return bothLeaves(old, policy, (past, support) => (past && support === "EXTENDED" ? "extended" : "standard"));
}
