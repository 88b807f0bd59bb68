// WHAT IS KNOWN OF KUBERNETES: lags of its controllers, what platforms reserve of a node, machines that can be nodes and what they cost;
// each with source and date. Unknown is null, never a guess. Imports model and catalog only.
export * from "./lags";
export * from "./node-machine";
export * from "./allocatable";
export { eksPods } from "./eks-nodes";
export * from "./gke-machines";
export * from "./gke-prices";
export * from "./node-price";
export * from "./cluster-prices";
export * from "./sentinel";
export * from "./limits";
export * from "./defaults";
export * from "./quantity";
export * from "./gateways";
export * from "./hand-on";
export * from "./removed-versions";
export * from "./pod-limits";
export * from "./karpenter";
