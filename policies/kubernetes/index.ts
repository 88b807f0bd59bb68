// WHAT PODS NEED TO STAY UP: rules over objects of Kubernetes, whoever wrote them. Where there are none they say nothing.
import type { Rule } from "../rule";
import { amountRules } from "./amounts";
import { autoscalerRules } from "./autoscalers";
import { calleeRules } from "./callees";
import { checklistRules } from "./checklist";
import { claimRules } from "./claims";
import { disruptionRules } from "./disruption";
import { drainRules } from "./drains";
import { fallbackRules } from "./fallback";
import { imageRules } from "./images";
import { karpenterRules } from "./karpenter";
import { nodeRules } from "./nodes";
import { pendingRules } from "./pending";
import { podProbeRules } from "./probes";
import { quotaRules } from "./quota";
import { reachRules } from "./reach";
import { cacheRules } from "./redis";
import { referenceRules } from "./references";
import { rolloutRules } from "./rollouts";
import { securityRules } from "./security";
import { selectorRules } from "./selectors";
import { shutdownRules } from "./shutdown";
import { spreadRules } from "./spread";

export const kubernetesRules: readonly Rule[] = [
  ...disruptionRules,
  ...spreadRules,
  ...nodeRules,
  ...drainRules,
  ...rolloutRules,
  ...karpenterRules,
  ...pendingRules,
  ...podProbeRules,
  ...selectorRules,
  ...referenceRules,
  ...claimRules,
  ...reachRules,
  ...calleeRules,
  ...fallbackRules,
  ...amountRules,
  ...autoscalerRules,
  ...shutdownRules,
  ...quotaRules,
  ...securityRules,
  ...imageRules,
  ...cacheRules,
  ...checklistRules,
];
