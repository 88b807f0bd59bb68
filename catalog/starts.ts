import type { Source } from "../model";
import type { SourcedInterval } from "./interval";

const read = "2026-11-21";

const coldStart: Source = {
  title: "Cold starts measured on 1 vCPU without boost, knmts.com; high of Go rounded up",
  date: "2024-03",
};
const springStart: Source = {
  title: "Spring Petclinic to its first 200, rasc.ch (2026): 6.3 s; ends assumed",
  date: read,
};
const modelLoads: Source = {
  title: "Derived: bytes over 320, 26 and 23 MB/s (vertexcover.io, BentoML 2025)",
  date: read,
};

const startMeasure =
  "Time from the container's start to its first passed probe, slowest of ten starts at the size that you run.";

/** Seconds from container start to ready, by what the application is written in; for a workload that states none. */
export const applicationStart = {
  go: {
    name: "start of a Go service",
    unit: "seconds",
    low: 0.05,
    mid: 0.1,
    high: 0.3,
    label: "approx",
    source: coldStart,
    measure: startMeasure,
  },
  python: {
    name: "start of a Python service",
    unit: "seconds",
    low: 1,
    mid: 1.8,
    high: 3,
    label: "approx",
    source: coldStart,
    measure: startMeasure,
  },
  node: {
    name: "start of a Node service",
    unit: "seconds",
    low: 2,
    mid: 3,
    high: 7,
    label: "approx",
    source: coldStart,
    measure: startMeasure,
  },
  jvm: {
    name: "start of a JVM service",
    unit: "seconds",
    low: 3,
    mid: 6,
    high: 15,
    label: "assumed",
    source: springStart,
    measure: startMeasure,
  },
} as const satisfies Record<string, SourcedInterval>;

const loadMeasure = "Time from the process's start to its first answer, less the start without the model.";

/** Seconds to load a model before the first answer, by its size. */
export const modelLoad = {
  megabytes500: {
    name: "loading a model of 500 MB",
    unit: "seconds",
    low: 2,
    mid: 19,
    high: 22,
    label: "approx",
    source: modelLoads,
    measure: loadMeasure,
  },
  gigabytes5: {
    name: "loading a model of 5 GB",
    unit: "seconds",
    low: 16,
    mid: 190,
    high: 217,
    label: "approx",
    source: modelLoads,
    measure: loadMeasure,
  },
} as const satisfies Record<string, SourcedInterval>;
