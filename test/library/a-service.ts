import * as pulumi from "@pulumi/pulumi";
import { Service, type ServiceArgs } from "../../components/aws/library";
import type { Resource } from "../../model";
import { recordInProcess, RecordingError, type Recording } from "../../preview/record";

/** The least that a service says. */
export const least: ServiceArgs = {
  image: `registry.example.com/web@sha256:${"a".repeat(64)}`,
  port: 8080,
  health: "/healthz",
  load: { requestsPerSecond: { mean: 40, peak: 120 } },
  serviceTimeMs: 30,
  size: { cpuMillis: 500, memoryMiB: 1024 },
  network: { create: true, nat: "one", zones: ["us-east-1a", "us-east-1b", "us-east-1c"] },
  alerts: { emails: ["oncall@example.com"] },
  quotas: { fargateVcpus: 40 },
};

/** Runs a program of one service, as `pulumi preview` would. */
export function recordService(
  args: ServiceArgs,
  opts?: pulumi.ComponentResourceOptions,
  config: Readonly<Record<string, string>> = {},
): Promise<Recording> {
  return recordProgram(() => {
    const { url, replicas, costPerMonthUsd, availability } = new Service("web", args, opts);
    return { url, replicas, costPerMonthUsd, availability };
  }, config);
}

export function recordProgram(
  program: () => unknown,
  config: Readonly<Record<string, string>> = {},
): Promise<Recording> {
  return recordInProcess(program, { project: "shop", stack: "prod", config });
}

export function ofType(resources: readonly Resource[], type: string): readonly Resource[] {
  return resources.filter((resource) => resource.type === type);
}

export function one(resources: readonly Resource[], type: string): Resource {
  const [found, ...others] = ofType(resources, type);
  if (found === undefined || others.length > 0) throw new Error(`${others.length + (found ? 1 : 0)} of ${type}`);
  return found;
}

/** What a program is told that cannot be recorded. */
export async function refused(program: () => Promise<unknown>): Promise<string> {
  const error: unknown = await program().then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof RecordingError)) throw new Error("it was not refused");
  return error.message;
}
