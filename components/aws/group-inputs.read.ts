import type { InputTable } from "../../model";

const TAGS = "tags are read by nobody";
const WHERE = "where the group is";
const NAME = "a name";
const SOON = "how soon, not how many";
const OPERATED = "how the group is looked after; no Part holds it";
const mixed = "mixedInstancesPolicy.instancesDistribution";
const tracking = "targetTrackingConfiguration";

/** Inputs of an auto-scaling group and its scalers that are the same for replicas and for machines that carry others. */
export const groupInputs = {
  fields: {
    minSize: "scaling",
    maxSize: "scaling",
    desiredCapacity: "scaling",
    "vpcZoneIdentifiers[]": "placement",
    "availabilityZones[]": "placement",
    "availabilityZoneDistribution.capacityDistributionStrategy": "placement",
    region: "region",
  },
  ignored: {
    name: NAME,
    namePrefix: NAME,
    "launchTemplate.version": "the newest is what this program makes",
    "mixedInstancesPolicy.launchTemplate.launchTemplateSpecification.version": "the newest is what this program makes",
    [`${mixed}.onDemandAllocationStrategy`]: "which of the types comes first; the first is taken",
    [`${mixed}.spotAllocationStrategy`]: "which Spot machines; their price moves anyway",
    [`${mixed}.spotInstancePools`]: "which Spot machines; their price moves anyway",
    [`${mixed}.spotMaxPrice`]: "what Spot may cost; its price moves anyway",
    defaultCooldown: SOON,
    defaultInstanceWarmup: SOON,
    capacityRebalance: OPERATED,
    enabledMetrics: OPERATED,
    forceDelete: OPERATED,
    maxInstanceLifetime: OPERATED,
    metricsGranularity: OPERATED,
    protectFromScaleIn: OPERATED,
    terminationPolicies: OPERATED,
    waitForCapacityTimeout: OPERATED,
    minElbCapacity: OPERATED,
    waitForElbCapacity: OPERATED,
    initialLifecycleHooks: OPERATED,
    serviceLinkedRoleArn: OPERATED,
    tags: TAGS,
  },
} as const satisfies InputTable[string];

/** Which field of its Part each input of a group's scalers sets. */
export const groupScalerInputs: InputTable = {
  "aws:autoscaling/policy:Policy": {
    fields: {
      autoscalingGroupName: "scaling.signals",
      policyType: "scaling.signals",
      enabled: "scaling.signals",
      [`${tracking}.predefinedMetricSpecification.predefinedMetricType`]: "scaling.signals",
      [`${tracking}.targetValue`]: "scaling.signals",
    },
    ignored: {
      name: NAME,
      estimatedInstanceWarmup: SOON,
      cooldown: SOON,
      [`${tracking}.disableScaleIn`]: SOON,
      [`${tracking}.predefinedMetricSpecification.resourceLabel`]:
        "which target group's requests; the balancer says who is in it",
      region: WHERE,
    },
  },
  "aws:autoscaling/schedule:Schedule": {
    fields: {
      autoscalingGroupName: "scaling.schedule",
      recurrence: "scaling.schedule",
      minSize: "scaling.schedule",
      maxSize: "scaling.schedule",
    },
    ignored: {
      scheduledActionName: NAME,
      desiredCapacity: "how many at that moment; the bounds are what holds",
      startTime: "from when on",
      endTime: "until when",
      timeZone: "whose hours",
      region: WHERE,
    },
  },
};
