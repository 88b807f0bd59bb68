import type { InputTable } from "../../model";
import { groupInputs, groupScalerInputs } from "./group-inputs.read";
import { machineInputs } from "./machine-inputs.read";

const MACHINE = "runtime.machine";
const mixed = "mixedInstancesPolicy";

/** Which field of a ReplicaGroup each input of an auto-scaling group sets. */
export const instanceGroupInputs: InputTable = {
  ...machineInputs(MACHINE),
  ...groupScalerInputs,
  "aws:autoscaling/group:Group": {
    fields: {
      ...groupInputs.fields,
      "launchTemplate.id": MACHINE,
      "launchTemplate.name": MACHINE,
      launchConfiguration: MACHINE,
      [`${mixed}.launchTemplate.launchTemplateSpecification.launchTemplateId`]: MACHINE,
      [`${mixed}.launchTemplate.launchTemplateSpecification.launchTemplateName`]: MACHINE,
      [`${mixed}.launchTemplate.overrides[].instanceType`]: `${MACHINE}.types`,
      [`${mixed}.launchTemplate.overrides[].instanceRequirements`]: `${MACHINE}.types`,
      [`${mixed}.launchTemplate.overrides[].weightedCapacity`]: "scaling",
      [`${mixed}.instancesDistribution.onDemandBaseCapacity`]: `${MACHINE}.onDemandBase`,
      [`${mixed}.instancesDistribution.onDemandPercentageAboveBaseCapacity`]: `${MACHINE}.spotShare`,
      healthCheckType: "runtime.healthCheck",
      healthCheckGracePeriod: "runtime.autohealingDelaySeconds",
      "targetGroupArns[]": "ports",
      "trafficSources[].identifier": "ports",
      "instanceRefresh.preferences.minHealthyPercentage": "rollout",
      "instanceRefresh.preferences.maxHealthyPercentage": "rollout",
      "instanceRefresh.preferences.autoRollback": "rollout",
      "instanceRefresh.preferences.alarmSpecification.alarms": "rollout",
      "instanceMaintenancePolicy.minHealthyPercentage": "rollout",
      "instanceMaintenancePolicy.maxHealthyPercentage": "rollout",
    },
    ignored: {
      ...groupInputs.ignored,
      "trafficSources[].type": "one kind is read",
      "instanceRefresh.strategy": "one value is possible",
      "instanceRefresh.triggers": "what starts it besides the template",
      "instanceRefresh.preferences": "how soon, not how many",
    },
  },
  "aws:autoscaling/attachment:Attachment": {
    fields: { autoscalingGroupName: "ports", lbTargetGroupArn: "ports" },
    ignored: { region: "where the group is" },
  },
  "aws:lb/targetGroupAttachment:TargetGroupAttachment": {
    fields: { targetGroupArn: "key", targetId: "key", port: "ports" },
    ignored: { availabilityZone: "where the target is, which it says itself", region: "where the group is" },
  },
  "aws:autoscaling/trafficSourceAttachment:TrafficSourceAttachment": {
    fields: { autoscalingGroupName: "ports", trafficSource: "ports" },
    ignored: { region: "where the group is" },
  },
};
