import type { InputTable } from "../../model";
import { scalingInputs } from "./scaling.read";
import { taskInputs } from "./task-inputs.read";

const TAGS = "tags are read by nobody";
const WHERE = "where the service is";
const NAME = "a name";
const REACH = "who may reach whom; no Part holds it";
const OPERATED = "how the service is looked after; no Part holds it";

const ruleEnds = {
  securityGroupId: REACH,
  referencedSecurityGroupId: REACH,
  ipProtocol: REACH,
  region: WHERE,
  tags: TAGS,
};

/** Which field of a ReplicaGroup each input sets. */
export const replicaGroupInputs: InputTable = {
  ...taskInputs,
  ...scalingInputs,
  "aws:ecs/service:Service": {
    fields: {
      taskDefinition: "image",
      launchType: "runtime",
      schedulingStrategy: "runtime",
      "capacityProviderStrategies[].capacityProvider": "runtime",
      "capacityProviderStrategies[].weight": "runtime",
      "capacityProviderStrategies[].base": "runtime",
      "orderedPlacementStrategies[].type": "placement",
      "orderedPlacementStrategies[].field": "placement",
      desiredCount: "scaling",
      deploymentMaximumPercent: "rollout.surge",
      deploymentMinimumHealthyPercent: "rollout.unavailable",
      "deploymentCircuitBreaker.enable": "rollout.rollsBack",
      "deploymentCircuitBreaker.rollback": "rollout.rollsBack",
      "alarms.enable": "rollout.watchesAlarms",
      "alarms.alarmNames[]": "rollout.watchesAlarms",
      "alarms.rollback": "rollout.rollsBack",
      availabilityZoneRebalancing: "placement",
      "networkConfiguration.subnets[]": "placement",
      "loadBalancers[].containerName": "ports",
      "loadBalancers[].containerPort": "ports",
      "serviceConnectConfiguration.enabled": "registry",
      "serviceConnectConfiguration.services[].portName": "registry",
      "serviceConnectConfiguration.services[].clientAlias[].dnsName": "registry",
      "serviceConnectConfiguration.services[].clientAlias[].port": "ports",
      "serviceRegistries.registryArn": "registry",
      region: "region",
    },
    ignored: {
      name: NAME,
      cluster: "which cluster; no Part holds it",
      "networkConfiguration.securityGroups": REACH,
      "networkConfiguration.assignPublicIp": REACH,
      "loadBalancers[].targetGroupArn": "the balancer's target, which the balancer's reader finds from here",
      healthCheckGracePeriodSeconds: "the start time, which the demand holds",
      "serviceConnectConfiguration.namespace": "which namespace; no Part holds it",
      "serviceConnectConfiguration.services[].discoveryName": "a name that callers do not use",
      placementConstraints: "which machines; no Part holds it",
      forceNewDeployment: "how a change of the strategy is made; no Part holds it",
      enableExecuteCommand: OPERATED,
      enableEcsManagedTags: OPERATED,
      propagateTags: OPERATED,
      waitForSteadyState: OPERATED,
      tags: TAGS,
    },
  },
  "aws:ecs/cluster:Cluster": { fields: {}, ignored: { name: NAME, settings: OPERATED, region: WHERE, tags: TAGS } },
  "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders": {
    fields: {},
    ignored: {
      clusterName: "which cluster; no Part holds it",
      capacityProviders: "what services may name",
      defaultCapacityProviderStrategies: "for services that name none, where their runtime is read",
      region: WHERE,
    },
  },
  "aws:servicediscovery/httpNamespace:HttpNamespace": {
    fields: {},
    ignored: { name: NAME, description: "words", region: WHERE, tags: TAGS },
  },
  "aws:servicediscovery/privateDnsNamespace:PrivateDnsNamespace": {
    fields: {},
    ignored: { name: NAME, description: "words", vpc: "which network the names are for", region: WHERE, tags: TAGS },
  },
  "aws:servicediscovery/service:Service": {
    fields: { name: "registry.name" },
    ignored: {
      dnsConfig: "how long callers keep an address",
      healthCheckCustomConfig: "ECS says which replica is healthy",
      region: WHERE,
      tags: TAGS,
    },
  },
  "aws:ec2/securityGroup:SecurityGroup": {
    fields: {},
    ignored: { description: "words", vpcId: REACH, region: WHERE, tags: TAGS },
  },
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": {
    fields: { fromPort: "ports" },
    ignored: { ...ruleEnds, toPort: "the end of a range that fromPort starts" },
  },
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": {
    fields: {},
    ignored: { ...ruleEnds, fromPort: REACH, toPort: REACH, cidrIpv4: REACH },
  },
};
