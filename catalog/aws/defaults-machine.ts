import { type Default, declarations, unread } from "./default-source";

const by = "provider";
const group = declarations("autoscaling/group");
const disk = { encrypted: { value: false, by: "aws", source: declarations("ec2/instance") } } as const;

const ownDisks = {
  "rootBlockDevice.encrypted": disk.encrypted,
  "ebsBlockDevices[].encrypted": disk.encrypted,
  "ebsBlockDevices[].volumeType": { value: "gp2", by: "aws", source: unread },
} as const;

/** Machines and their groups, by Pulumi type token and input path. What an image decides (its disk, whether metadata asks for a token) has no default. */
export const machineDefaults = {
  "aws:autoscaling/group:Group": {
    "availabilityZoneDistribution.capacityDistributionStrategy": {
      value: "balanced-best-effort",
      by: "aws",
      source: group,
    },
    healthCheckType: { value: "EC2", by: "aws", source: unread },
    healthCheckGracePeriod: { value: 300, by, source: group },
    "instanceRefresh.preferences.autoRollback": { value: false, by: "aws", source: group },
    "instanceRefresh.preferences.maxHealthyPercentage": { value: 100, by, source: group },
    "instanceRefresh.preferences.minHealthyPercentage": { value: 90, by, source: group },
    "mixedInstancesPolicy.instancesDistribution.onDemandBaseCapacity": { value: 0, by: "aws", source: group },
    "mixedInstancesPolicy.instancesDistribution.onDemandPercentageAboveBaseCapacity": {
      value: 100,
      by: "aws",
      source: group,
    },
  },
  "aws:autoscaling/policy:Policy": {
    policyType: { value: "SimpleScaling", by: "aws", source: declarations("autoscaling/policy") },
  },
  "aws:ec2/launchTemplate:LaunchTemplate": {
    "metadataOptions.httpEndpoint": { value: "enabled", by: "aws", source: declarations("ec2/launchTemplate") },
    // An image's or a snapshot's own encryption stays.
    "blockDeviceMappings[].ebs.encrypted": { value: false, by: "aws", source: unread },
  },
  "aws:ec2/launchConfiguration:LaunchConfiguration": {
    "metadataOptions.httpEndpoint": { value: "enabled", by: "aws", source: declarations("ec2/launchConfiguration") },
    ...ownDisks,
  },
  "aws:ec2/instance:Instance": {
    "metadataOptions.httpEndpoint": { value: "enabled", by: "aws", source: declarations("ec2/instance") },
    ...ownDisks,
  },
  "aws:ebs/volume:Volume": {
    encrypted: { value: false, by: "aws", source: unread },
    type: { value: "gp2", by: "aws", source: unread },
  },
  "aws:eks/cluster:Cluster": {
    deletionProtection: { value: false, by: "aws", source: declarations("eks/cluster") },
    "vpcConfig.endpointPublicAccess": { value: true, by: "aws", source: declarations("eks/cluster") },
    "upgradePolicy.supportType": {
      value: "EXTENDED",
      by: "aws",
      source: {
        title: "Amazon EKS User Guide, Kubernetes version lifecycle: extended support is on by default",
        url: "https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html",
        date: "2026-11-21",
      },
    },
  },
  "aws:eks/nodeGroup:NodeGroup": {
    capacityType: { value: "ON_DEMAND", by: "aws", source: unread },
    // 50 for Windows.
    diskSize: { value: 20, by: "aws", source: declarations("eks/nodeGroup") },
  },
} as const satisfies Record<string, Record<string, Default>>;
