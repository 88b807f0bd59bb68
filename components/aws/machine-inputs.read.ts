import type { InputTable } from "../../model";

const TAGS = "tags are read by nobody";
const WHERE = "where the machines are, which their group says";
const NAME = "a name";
const REACH = "who may reach whom; no Part holds it";
const MAY = "what machines may do; no Part holds it";
const INSIDE = "what runs inside a machine; no Part holds it";
const OPERATED = "how machines are looked after; no Part holds it";

const rule = {
  type: REACH,
  securityGroupId: REACH,
  referencedSecurityGroupId: REACH,
  sourceSecurityGroupId: REACH,
  cidrIpv4: REACH,
  cidrBlocks: REACH,
  ipProtocol: REACH,
  protocol: REACH,
  fromPort: REACH,
  toPort: REACH,
  description: REACH,
  region: WHERE,
  tags: TAGS,
};

/** Which field each input of a machine sets; `at` is the path of the machine in its Part. */
export function machineInputs(at: string): InputTable {
  const size = `${at}.types`;
  const disks = `${at}.disks`;
  const metadata = {
    "metadataOptions.httpTokens": `${at}.metadataNeedsToken`,
    "metadataOptions.httpEndpoint": `${at}.metadataNeedsToken`,
  };
  const ignored = {
    name: NAME,
    namePrefix: NAME,
    description: NAME,
    keyName: MAY,
    iamInstanceProfile: MAY,
    userData: INSIDE,
    userDataBase64: INSIDE,
    vpcSecurityGroupIds: REACH,
    securityGroups: REACH,
    "networkInterfaces[].securityGroups": REACH,
    "networkInterfaces[].deleteOnTermination": OPERATED,
    "networkInterfaces[].deviceIndex": "which of its interfaces",
    "metadataOptions.httpPutResponseHopLimit": REACH,
    "metadataOptions.instanceMetadataTags": INSIDE,
    monitoring: OPERATED,
    enableMonitoring: OPERATED,
    ebsOptimized: "how fast its disks are; no Part holds it",
    updateDefaultVersion: OPERATED,
    tagSpecifications: TAGS,
    volumeTags: TAGS,
    region: WHERE,
    tags: TAGS,
  };
  return {
    "aws:ec2/launchTemplate:LaunchTemplate": {
      fields: {
        ...metadata,
        instanceType: size,
        instanceRequirements: size,
        imageId: "image.reference",
        "instanceMarketOptions.marketType": `${at}.spotShare`,
        "networkInterfaces[].associatePublicIpAddress": `${at}.publicAddress`,
        "blockDeviceMappings[].deviceName": disks,
        "blockDeviceMappings[].ebs.volumeSize": disks,
        "blockDeviceMappings[].ebs.volumeType": disks,
        "blockDeviceMappings[].ebs.iops": disks,
        "blockDeviceMappings[].ebs.throughput": disks,
        "blockDeviceMappings[].ebs.encrypted": disks,
      },
      ignored: { ...ignored, "blockDeviceMappings[].ebs.deleteOnTermination": OPERATED },
    },
    "aws:ec2/launchConfiguration:LaunchConfiguration": {
      fields: {
        ...metadata,
        instanceType: size,
        imageId: "image.reference",
        spotPrice: `${at}.spotShare`,
        associatePublicIpAddress: `${at}.publicAddress`,
        rootBlockDevice: disks,
        ebsBlockDevices: disks,
      },
      ignored,
    },
    "aws:ec2/instance:Instance": {
      fields: {
        ...metadata,
        instanceType: size,
        ami: "image.reference",
        "instanceMarketOptions.marketType": `${at}.spotShare`,
        associatePublicIpAddress: `${at}.publicAddress`,
        rootBlockDevice: disks,
        ebsBlockDevices: disks,
        subnetId: "placement",
        availabilityZone: "placement",
        "launchTemplate.id": at,
        "launchTemplate.name": at,
        region: "region",
      },
      ignored: {
        ...ignored,
        "launchTemplate.version": "the newest is what this program makes",
        "rootBlockDevice.deleteOnTermination": OPERATED,
        "ebsBlockDevices[].deleteOnTermination": OPERATED,
        "ebsBlockDevices[].deviceName": "under which name",
        disableApiTermination: OPERATED,
        privateIp: REACH,
        sourceDestCheck: REACH,
        userDataReplaceOnChange: OPERATED,
      },
    },
    "aws:ec2/securityGroup:SecurityGroup": {
      fields: {},
      ignored: {
        name: NAME,
        description: NAME,
        vpcId: REACH,
        ingress: REACH,
        egress: REACH,
        region: WHERE,
        tags: TAGS,
      },
    },
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": { fields: {}, ignored: rule },
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": { fields: {}, ignored: rule },
    "aws:ec2/securityGroupRule:SecurityGroupRule": { fields: {}, ignored: rule },
    "aws:iam/instanceProfile:InstanceProfile": { fields: {}, ignored: { name: NAME, role: MAY, tags: TAGS } },
    "aws:iam/role:Role": {
      fields: {},
      ignored: { name: NAME, assumeRolePolicy: MAY, managedPolicyArns: MAY, tags: TAGS },
    },
    "aws:iam/rolePolicy:RolePolicy": { fields: {}, ignored: { role: MAY, policy: MAY } },
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment": { fields: {}, ignored: { role: MAY, policyArn: MAY } },
    "aws:ec2/keyPair:KeyPair": { fields: {}, ignored: { keyName: NAME, publicKey: MAY, region: WHERE, tags: TAGS } },
  };
}
