import { kubernetesLags } from "../catalog/kubernetes";
import type { SourcedInterval } from "../catalog";
import { atLeast, wholeAtLeast } from "../model/argument";
import type { Source } from "../model";

/** What passes between a burst and a ready pod, in order. */
export type HpaLagName = "metrics" | "sync" | "stabilisation" | "steps" | "node" | "pull" | "readiness";

export interface HpaLagPart {
  readonly name: HpaLagName;
  readonly seconds: number;
  /** Where it was read; stated: the question said so. */
  readonly source: Source | "stated";
}

export interface HpaLagQuestion {
  /** Pods before the burst and those that it needs: whole, at least 1. */
  readonly from: number;
  readonly to: number;
  /** Container start to first passed readiness probe, at least 0: the application's own. */
  readonly readySeconds: number;
  /** What adds nodes where none has room; room: the nodes are there. */
  readonly nodes: "room" | "clusterAutoscaler" | "karpenter";
  /** Which end of every interval; high is the slow one. @default "mid" */
  readonly end?: "low" | "mid" | "high";
  /** Parts that are known better, in seconds, at least 0. */
  readonly stated?: { readonly [name in Exclude<HpaLagName, "readiness" | "steps">]?: number };
}

/**
 * Steps of the default scale-up policies, the larger of doubling and four more: ceil(log2(to / from)) from four pods on, fewer below.
 * @param from whole, at least 1
 * @throws RangeError that names the argument
 */
export function hpaSteps(from: number, to: number): number {
  const wanted = wholeAtLeast("to", to, 1);
  let steps = 0;
  for (let pods = wholeAtLeast("from", from, 1); pods < wanted; pods = Math.max(2 * pods, pods + 4)) steps += 1;
  return steps;
}

/**
 * Seconds until a HorizontalPodAutoscaler of default behaviour has caught up with a burst, and what each part adds. The parts add up to
 * the whole. Every step of its growth counts 15 s, the first too, which falls on a sync: one period on the safe side. Where `to` is no
 * more than `from` there is nothing to catch up with: every part is 0.
 * @throws RangeError that names the argument
 */
export function hpaLag(question: HpaLagQuestion): {
  readonly seconds: number;
  readonly parts: readonly HpaLagPart[];
} {
  const steps = hpaSteps(question.from, question.to);
  const ready = atLeast("readySeconds", question.readySeconds, 0);
  const { metricPeriodSeconds, syncSeconds, stabiliseUpSeconds, stepSeconds, pullSeconds, nodeSeconds } =
    kubernetesLags;
  const read = (name: keyof NonNullable<HpaLagQuestion["stated"]>, lag: SourcedInterval): HpaLagPart => {
    const own = question.stated?.[name];
    return own === undefined
      ? { name, seconds: lag[question.end ?? "mid"], source: lag.source }
      : { name, seconds: atLeast(`stated.${name}`, own, 0), source: "stated" };
  };
  const parts: readonly HpaLagPart[] = [
    read("metrics", metricPeriodSeconds),
    read("sync", syncSeconds),
    read("stabilisation", stabiliseUpSeconds),
    { name: "steps", seconds: steps * stepSeconds.mid, source: stepSeconds.source },
    ...(question.nodes === "room" ? [] : [read("node", nodeSeconds[question.nodes])]),
    read("pull", pullSeconds),
    { name: "readiness", seconds: ready, source: "stated" },
  ];
  const counted = steps === 0 ? parts.map((part) => ({ ...part, seconds: 0 })) : parts;
  return { seconds: counted.reduce((sum, part) => sum + part.seconds, 0), parts: counted };
}
