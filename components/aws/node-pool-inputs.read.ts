import type { InputTable } from "../../model";
import { groupInputs, groupScalerInputs } from "./group-inputs.read";
import { machineInputs } from "./machine-inputs.read";

const WHERE = "where the machines are";
const NAME = "a name";
const MAY = "what machines may do; no Part holds it";
const OPERATED = "how machines are looked after; no Part holds it";
const SCHEDULED = "which containers go there; no Part holds it";
const mixed = "mixedInstancesPolicy";

/** Which field of a NodePool each input sets. */
export const nodePoolInputs: InputTable = {
  ...withoutImage(machineInputs("machine")),
  ...groupScalerInputs,
  "aws:autoscaling/group:Group": {
    fields: {
      ...groupInputs.fields,
      "launchTemplate.id": "machine",
      "launchTemplate.name": "machine",
      launchConfiguration: "machine",
      [`${mixed}.launchTemplate.launchTemplateSpecification.launchTemplateId`]: "machine",
      [`${mixed}.launchTemplate.launchTemplateSpecification.launchTemplateName`]: "machine",
      [`${mixed}.launchTemplate.overrides[].instanceType`]: "machine.types",
      [`${mixed}.launchTemplate.overrides[].instanceRequirements`]: "machine.types",
      [`${mixed}.launchTemplate.overrides[].weightedCapacity`]: "scaling",
      [`${mixed}.instancesDistribution.onDemandBaseCapacity`]: "machine.onDemandBase",
      [`${mixed}.instancesDistribution.onDemandPercentageAboveBaseCapacity`]: "machine.spotShare",
    },
    ignored: {
      ...groupInputs.ignored,
      healthCheckType: OPERATED,
      healthCheckGracePeriod: OPERATED,
      instanceRefresh: OPERATED,
      instanceMaintenancePolicy: OPERATED,
      targetGroupArns: "which balancer sends to what they carry",
    },
  },
  "aws:ecs/capacityProvider:CapacityProvider": {
    fields: {},
    ignored: { name: NAME, autoScalingGroupProvider: "how its cluster moves the count", region: WHERE, tags: NAME },
  },
  "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders": {
    fields: {},
    ignored: {
      clusterName: SCHEDULED,
      capacityProviders: SCHEDULED,
      defaultCapacityProviderStrategies: SCHEDULED,
      region: WHERE,
    },
  },
  "aws:eks/nodeGroup:NodeGroup": {
    fields: {
      clusterName: "cluster",
      "instanceTypes[]": "machine.types",
      capacityType: "machine.spotShare",
      diskSize: "machine.disks",
      "launchTemplate.id": "machine",
      "launchTemplate.name": "machine",
      "scalingConfig.minSize": "scaling",
      "scalingConfig.maxSize": "scaling",
      "scalingConfig.desiredSize": "scaling",
      "subnetIds[]": "placement",
      region: "region",
    },
    ignored: {
      "launchTemplate.version": "the newest is what this program makes",
      amiType: "which image; no Part holds it",
      releaseVersion: "which image; no Part holds it",
      version: "which image; no Part holds it",
      forceUpdateVersion: OPERATED,
      nodeRepairConfig: OPERATED,
      updateConfig: OPERATED,
      remoteAccess: MAY,
      nodeRoleArn: MAY,
      nodeGroupName: NAME,
      nodeGroupNamePrefix: NAME,
      labels: SCHEDULED,
      taints: SCHEDULED,
      tags: "tags are read by nobody",
    },
  },
};

/** Which image its machines start from is no field of a pool. */
function withoutImage(table: InputTable): InputTable {
  return Object.fromEntries(
    Object.entries(table).map(([type, { fields, ignored }]) => [
      type,
      {
        fields: Object.fromEntries(Object.entries(fields).filter(([input]) => input !== "imageId")),
        ignored: { ...ignored, imageId: "which image; no Part holds it" },
      },
    ]),
  );
}
