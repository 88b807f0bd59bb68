// HOW LONG IT STAYS UP: replicas, zones, regions, common cause, dependencies and failover time in; shares of time, minutes of
// downtime by cause and the share still served out. Pure: no clock, no network, no randomness.
// Imports model and catalog only: never capacity, cost, components, policies, preview or cli.
export { takeoverOf } from "./cache-takeover";
export { commonCause } from "./common-cause";
export { BALANCER_CHECK, dnsFailoverSeconds, FAILOVER_TTL_SECONDS, failoverSecondsOf } from "./dns-failover";
export { downtimeMinutesPerYear, MINUTES_PER_YEAR, shareOfYear } from "./downtime";
export { kOfN, type UpAndDown } from "./k-of-n";
export { zonal, type Zonal } from "./zonal";
export { serviceLevelOf } from "./service-level";
export { availabilityOf } from "./regions";
export { restsOnSpot } from "./group";
