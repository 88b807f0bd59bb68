// HOW MUCH IS NEEDED: load, service times, lags and objectives in; erlangs, least servers and replicas, shards, and the plan of Parts
// with the constraint that bound each count out. One model a file; pure: no clock, no network, no randomness.
// Imports model, catalog, availability and cost only: never components, policies, preview or cli.
export { autoscalerLag, leastReplicasForBurst, type ScalerLag } from "./autoscaling";
// Kubernetes' own laws, held to their vectors. The planner asks none of hpaReplicas, hpaLag and kpaReplicas: what it counts is the floor, and how far a
// scaler has to go is not known before (autoscaling.ts takes one step of it). Nor nodesForPods: it needs nodes many times, and by zone (zone-packing.ts).
export { hpaReplicas, type HpaMetric, type HpaQuestion, type HpaTolerance } from "./hpa-replicas";
export { hpaLag, hpaSteps, type HpaLagName, type HpaLagPart, type HpaLagQuestion } from "./hpa-lag";
export { kpaReplicas, type KpaQuestion } from "./kpa-replicas";
export { burnRate, burnWindows } from "./burn-rate";
export { nodesForPods, type NodesNeeded } from "./node-packing";
export { podsAt } from "./node-pools";
export { pendingPods, type PendingPods } from "./pending-pods";
export { blockedDrains, disruptionsAllowed, type BlockedDrain } from "./node-drain";
export { stuckRollouts, type StuckRollout } from "./node-rollout";
export { majority, quorumAfterZones } from "../availability/quorum";
export type { DisruptionBudget, NodeRoom, PackingQuestion, PodSet, ZoneSpread } from "./pod-set";
export type { PendingReason } from "./pod-scheduling";
export { replicasToSurviveZones } from "./headroom";
export {
  erlangB,
  erlangC,
  leastServers,
  meanWaitMs,
  responseBeyond,
  waitBeyond,
  waitPercentileMs,
  type QueueTarget,
} from "./queueing";
export { bytesPerEntry, redisShards, type Allocator } from "./redis";
export { fitScalingLaw, scalingLaw, type ScalingFactors } from "./scaling-law";
export { plan } from "./explained";
export { certainPlan } from "./plan";
export { planCost, replicasOf } from "./effects";
export { entries, callOrder } from "./call-order";
export { spreadOverZones } from "./zone-count";
export { copiesAsked } from "./across-regions";
export { cachePods } from "./kubernetes/cache-pods";
export { karpenterLimits, nodesWithZoneLost, nodeClassOf, type KarpenterLimits } from "./kubernetes/karpenter";
export { namespaceQuota, snapshotPod, type NamespaceQuota } from "./kubernetes/namespace-quota";
export { existingPlace, placeOfBalancer, placeOfCache } from "./existing";
export { statedBasis } from "./stated";
export { statedPlaces } from "./stated-cluster";
export { namesOf, type StatedSlip } from "./stated-names";
export { pullSecretsOf } from "./registries";
export { registrySecret } from "./sidecar-plan";
export { portOfOutput, routerOf } from "./log-plan";
export { rolloutSignals, watchedNodes } from "./alert-plan";
export { requestOf } from "./request";
export { ownNameOf } from "./own-name";
