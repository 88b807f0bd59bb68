import type { Environment, Mistake, System } from "../../model";
import { requestOf } from "../../capacity/request";
import type { Given } from "../../capacity/given";
import { embedding, storageServer, vectors } from "./a-request";

export const system: System = {
  objectives: { availability: 0.9999, latency: { percentile: 95, withinMs: 100 }, survive: "zone" },
  workloads: { "storage-server": storageServer, embedding, vectors },
};

export const environment: Environment = {
  tier: "prod",
  regions: { "us-east-1": { zones: ["us-east-1a", "us-east-1b", "us-east-1c"] } },
  network: { create: true, nat: "per-zone" },
  alerts: { emails: ["oncall@example.com"] },
};

export const images = {
  embedding: `registry.example.com/embedding@sha256:${"a".repeat(64)}`,
  "storage-server": `registry.example.com/storage-server@sha256:${"b".repeat(64)}`,
};

export const config: Readonly<Record<string, unknown>> = {
  "nines:system": "embedding",
  "nines:environment": "prod",
  "nines:target": "aws",
  "nines:load": { requestsPerSecond: { mean: 400, peak: 1000 } },
  "nines:images": images,
};

/** A sound stack, with what is changed; keys of the YAML without their namespace. */
export function given(
  changes: { readonly yaml?: object; readonly system?: object; readonly environment?: object } = {},
): Given {
  const yaml = Object.entries(changes.yaml ?? {}).map(([key, value]) => [`nines:${key}`, value as unknown]);
  return {
    stack: "embedding-prod",
    file: "stacks/Pulumi.embedding-prod.yaml",
    config: { ...config, ...Object.fromEntries(yaml) },
    systems: { embedding: { ...system, ...changes.system } },
    environments: { prod: { ...environment, ...changes.environment } },
  };
}

/** The system with facts of one workload changed. */
export function withFacts(name: string, facts: object): { readonly system: object } {
  return { system: { workloads: { ...system.workloads, [name]: { ...system.workloads[name], ...facts } } } };
}

export function mistakesOf(input: Given): readonly Mistake[] {
  const result = requestOf(input);
  return result.ok ? [] : result.mistakes;
}

/** The one mistake as `key | given | allowed | fix`; several are several lines. */
export function said(input: Given): string {
  return mistakesOf(input)
    .map(
      ({ key, given: value, allowed, fix }) => `${key} | ${JSON.stringify(value) ?? "nothing"} | ${allowed} | ${fix}`,
    )
    .join("\n");
}

/** The request, where there is no mistake. */
export function request(input: Given) {
  const result = requestOf(input);
  if (!result.ok) throw new Error(JSON.stringify(result.mistakes));
  return result.request;
}
