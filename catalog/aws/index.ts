// WHAT IS KNOWN of AWS: prices by region, sizes, node types, limits, defaults, replacing inputs, SLAs and lags, each with source
// and date. Data in, typed look-ups out; unknown is null or absent, never a guess. Imports types from model and intervals from
// catalog; never a provider SDK, a schema library or a builder, so that it loads in milliseconds.
export * from "./cache-nodes";
export * from "./defaults";
export * from "./eks-versions";
export * from "./force-new";
export type { ForceNew } from "./force-new-source";
export * from "./lags";
export * from "./limit";
export * from "./limits";
export * from "./machines";
export * from "./price-row";
export * from "./price-sources";
export * from "./prices";
export * from "./sizes";
export * from "./slas";
export * from "./tls-policies";
