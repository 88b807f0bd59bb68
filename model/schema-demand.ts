import { z } from "zod";
import type { DemandFile } from "./demand-file";
import { deploys, latency, objectives, prices, quotas, waivers } from "./schema-choices";
import { nodes } from "./schema-kubernetes";
import { flag, list, mapping, named, number, oneOf, optional, uncertain, words, type Mirrors } from "./schema-leaf";
import { salvage } from "./schema-slips";
import { electionSeconds, writeShare } from "./schema-store";
import { call, serviceTimeMs, serviceTimeVariation, slotsPerReplica } from "./schema-system";
import { restMemoryMiB, startSeconds } from "./schema-workload";

const bytes = (about: string) => optional(uncertain(about, { least: 0 }));

const workload = mapping("web: { requestsPerSecond: { mean: 40, peak: 120 }, serviceTimeMs: 30 }", {
  requestsPerSecond: optional(
    mapping("requestsPerSecond: { mean: 40, peak: 120 }", {
      mean: number("Requests a second on average, for example 40", { above: 0 }),
      peak: number("Requests a second in the busiest minutes, for example 120", { above: 0 }),
    }),
  ),
  serviceTimeMs,
  serviceTimeVariation: optional(serviceTimeVariation),
  slotsPerReplica: optional(slotsPerReplica),
  startSeconds: optional(startSeconds),
  restMemoryMiB: optional(restMemoryMiB),
  latency: optional(latency),
  entry: optional(flag("Requests from outside arrive here")),
  callsLeave: optional(flag("Calls leave the network, so that a way out is required")),
  calls: optional(named("calls: { orders-db: { perRequest: 1 } }", call)),
  requestBytes: bytes("Bytes of one request, for example 1024"),
  responseBytes: bytes("Bytes of one response, for example 4096"),
  writeShare: optional(writeShare),
  electionSeconds: optional(electionSeconds),
  logBytesPerRequest: bytes("Bytes logged for one request, for example 200"),
});

export const demandFileSchema = mapping("objectives and workloads", {
  tier: optional(oneOf("How careful rules are", ["dev", "staging", "prod"])),
  objectives,
  deploys: optional(deploys),
  budget: optional(
    mapping("budget: { perMonthUsd: 2500 }", {
      perMonthUsd: number("USD a month, for example 2500", { above: 0 }),
    }),
  ),
  quotas: optional(quotas),
  cluster: optional(
    mapping("cluster: { region: us-east-1, zones: [us-east-1a, us-east-1b, us-east-1c] }", {
      region: words("Region of the cluster, for example us-east-1"),
      zones: list("zones: [us-east-1a, us-east-1b, us-east-1c]", words("Zone that has nodes, for example us-east-1a")),
      nodes: optional(nodes),
    }),
  ),
  waivers: optional(waivers),
  prices: optional(prices),
  workloads: named("workloads: { web: { requestsPerSecond: ..., serviceTimeMs: 30 } }", workload),
});

const mirrored: Mirrors<z.infer<typeof demandFileSchema>, DemandFile> = true;
void mirrored;

/** In the place of what cannot be read: it makes no mistake of its own. */
const standIn = {
  objectives: { availability: 0.9, survive: "nothing" },
  workload: { requestsPerSecond: { mean: 1, peak: 1 }, serviceTimeMs: 1 },
} as const;

/** What can be read of a demand file with mistakes, so that the names in it are checked too: every workload is there by its name. */
export function salvagedDemand(value: unknown): DemandFile {
  const whole = isMapping(value) ? value : {};
  const { objectives: promised, workloads: named, ...rest } = whole;
  const { shape } = demandFileSchema;
  const others = Object.entries(rest).flatMap(([key, given]) => {
    const form: z.ZodType | undefined = Object.hasOwn(shape, key) ? shape[key as keyof typeof shape] : undefined;
    const read = form === undefined ? undefined : salvage(form, given);
    return read === undefined ? [] : [[key, read] as const];
  });
  const workloads = Object.entries(isMapping(named) ? named : {}).map(
    ([name, given]) =>
      [name, readable(workload, given, { serviceTimeMs: standIn.workload.serviceTimeMs }) ?? standIn.workload] as const,
  );
  return demandFileSchema.parse({
    ...Object.fromEntries(others),
    objectives: readable(objectives, promised, standIn.objectives) ?? standIn.objectives,
    workloads: Object.fromEntries(workloads),
  });
}

/** What can be read of a mapping, if need be with what it must hold put in. */
function readable<T>(form: z.ZodType<T>, given: unknown, needed: object): T | undefined {
  return salvage(form, given) ?? (isMapping(given) ? salvage(form, { ...given, ...needed }) : undefined);
}

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The JSON Schema (draft 2020-12) of a demand file. */
export function demandJsonSchema(): object {
  return { ...z.toJSONSchema(demandFileSchema), title: "What a program must carry, for nines" };
}
