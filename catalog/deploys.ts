import type { Source } from "../model";
import type { SourcedInterval } from "./interval";

const read = "2026-11-21";

const deployRates: Source = { title: "Assumed around DORA's change failure rates of 2021-24 (5 to 30 %)", date: read };

/** The deploy practice assumed where an environment states none; unavailability is perWeek x failureShare x minutes x exposedShare / 10,080. */
export const defaultDeploys = {
  perWeek: {
    name: "deploys a week",
    unit: "per week",
    low: 1,
    mid: 5,
    high: 10,
    label: "assumed",
    source: deployRates,
    measure: "Count the deploys of the last quarter and divide by 13.",
  },
  failureShare: {
    name: "share of deploys that break something",
    unit: "share",
    low: 0.02,
    mid: 0.05,
    high: 0.2,
    label: "assumed",
    source: deployRates,
    measure: "Deploys of the last year that were rolled back or patched at once, over all deploys.",
  },
  minutes: {
    name: "until a bad deploy is undone",
    unit: "minutes",
    low: 10,
    mid: 30,
    high: 60,
    label: "assumed",
    source: deployRates,
    measure: "Median of first failed request to last over the deploys that were undone.",
  },
  exposedShare: {
    name: "share of traffic that sees a bad deploy",
    unit: "share",
    low: 0.05,
    mid: 0.25,
    high: 1,
    label: "assumed",
    source: deployRates,
    measure: "Share of requests that went to new replicas when the deploy was stopped.",
  },
} as const satisfies Record<string, SourcedInterval>;
