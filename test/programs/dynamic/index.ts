import * as aws from "@pulumi/aws";
import { Clock } from "./clock";

const clock = new Clock("maintenance", 12);

const vpc = new aws.ec2.Vpc("lab", { cidrBlock: "10.9.0.0/16" });
const subnets = ["us-east-1a", "us-east-1b"].map(
  (availabilityZone, index) =>
    new aws.ec2.Subnet(`lab-${index}`, { vpcId: vpc.id, availabilityZone, cidrBlock: `10.9.${index}.0/24` }),
);
const subnetIds = subnets.map(({ id }) => id);
const trust = (service: string) => aws.iam.assumeRolePolicyForPrincipal({ Service: service });
const plane = new aws.iam.Role("plane", { assumeRolePolicy: trust("eks.amazonaws.com") });
new aws.iam.RolePolicyAttachment("plane", {
  role: plane.name,
  policyArn: "arn:aws:iam::aws:policy/AmazonEKSClusterPolicy",
});
const node = new aws.iam.Role("node", { assumeRolePolicy: trust("ec2.amazonaws.com") });
const policies = ["AmazonEKSWorkerNodePolicy", "AmazonEKS_CNI_Policy", "AmazonEC2ContainerRegistryReadOnly"].map(
  (policy) =>
    new aws.iam.RolePolicyAttachment(policy, { role: node.name, policyArn: `arn:aws:iam::aws:policy/${policy}` }),
);

const cluster = new aws.eks.Cluster("lab", {
  roleArn: plane.arn,
  version: "1.33",
  vpcConfig: { subnetIds },
  enabledClusterLogTypes: ["api", "audit"],
  tags: { maintenance: clock.until },
});
new aws.eks.Addon("dns", { clusterName: cluster.name, addonName: "coredns" });
new aws.eks.NodeGroup(
  "steady",
  {
    clusterName: cluster.name,
    nodeRoleArn: node.arn,
    subnetIds,
    instanceTypes: ["m7g.xlarge"],
    amiType: "AL2023_ARM_64_STANDARD",
    scalingConfig: { minSize: 2, desiredSize: 2, maxSize: 6 },
  },
  { dependsOn: policies, ignoreChanges: ["scalingConfig.desiredSize"] },
);
new aws.eks.NodeGroup(
  "spot",
  {
    clusterName: cluster.name,
    nodeRoleArn: node.arn,
    subnetIds,
    capacityType: "SPOT",
    instanceTypes: ["m7g.large", "m6g.large", "c7g.large"],
    scalingConfig: { minSize: 0, desiredSize: 1, maxSize: 10 },
  },
  { dependsOn: policies },
);
const lake = new aws.glue.CatalogDatabase("lake", { name: "lake" });
new aws.athena.Workgroup("lake", { name: "lake" });

export const until = clock.until;
export const endpoint = cluster.endpoint;
export const database = lake.name;
