import * as pulumi from "@pulumi/pulumi";
import { refusal } from "./refusal";

/** A component that cannot be planned, in a preview that goes on without it. */
export interface Unplanned {
  readonly ok: false;
}

/** A port for what has none: nobody calls it, since the preview fails. */
export const NO_PORT = 1;

/**
 * A preview goes on, so that what is wrong with every component of a program is told at once: the refusal becomes a rejection that nobody handles,
 * which Pulumi's runner tells, and fails by (docs/decisions/0012). An update stops here, before more of it is registered, and so does a program
 * without a runner, whose rejections nobody would tell: one under mocks.
 * @throws pulumi.RunError where the program is not previewed by an engine
 */
export function unplanned(message: string): Unplanned {
  const error = refusal(message);
  if (!pulumi.runtime.isDryRun() || pulumi.runtime.getEngine() === undefined) throw error;
  void Promise.reject(error);
  return { ok: false };
}

/** What is nowhere to be had: unknown, as what is known only after deploy is in a preview. */
export function nowhere(): pulumi.Output<string> {
  return pulumi.output(pulumi.unknown).apply(String);
}

/** Figures of what has no plan: no number at all. */
export const noFigures = { replicas: NaN, costPerMonthUsd: NaN, availability: NaN } as const;
