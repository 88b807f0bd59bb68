import { alarmDeployChecks } from "./deployable-alarms";
import { balancerDeployChecks } from "./deployable-balancer";
import { cacheDeployChecks } from "./deployable-cache";
import { type DeployCheck, deployableRule } from "./deployable-check";
import { containerDeployChecks } from "./deployable-containers";
import { logDeployChecks } from "./deployable-logs";
import { ecsDeployChecks } from "./deployable-ecs";
import { networkDeployChecks, registryDeployChecks, scalingDeployChecks } from "./deployable-network";
import { ruleDeployChecks } from "./deployable-rules";
import { quotaDeployChecks } from "./deployable-quotas";
import { objectRefusals } from "./kubernetes/refused-objects";
import { podRefusals } from "./kubernetes/refused-pods";
import { typeRefusals } from "./kubernetes/refused-types";
import { wordRefusals } from "./kubernetes/refused-words";
import { versionRefusals } from "./kubernetes/refused-versions";
import type { Rule } from "./rule";

/** What AWS or Kubernetes would refuse, or leave standing still, held against recorded inputs: also those that a `transform` made. */
export const deployChecks: readonly DeployCheck[] = [
  ...balancerDeployChecks,
  ...ruleDeployChecks,
  ...ecsDeployChecks,
  ...containerDeployChecks,
  ...logDeployChecks,
  ...registryDeployChecks,
  ...scalingDeployChecks,
  ...cacheDeployChecks,
  ...alarmDeployChecks,
  ...networkDeployChecks,
  ...quotaDeployChecks,
  ...objectRefusals,
  ...podRefusals,
  ...typeRefusals,
  ...wordRefusals,
  ...versionRefusals,
];

export const deployableRules: readonly Rule[] = deployChecks.map(deployableRule);
