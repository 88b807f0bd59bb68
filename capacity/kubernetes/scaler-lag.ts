import { kubernetesLags } from "../../catalog/kubernetes";
import type { Context } from "../context";
import type { ServiceDemand } from "../demand";
import { hpaLag, type HpaLagName } from "../hpa-lag";
import type { ScalerLagTold } from "../part-planner";
import { clusterOfRequest } from "./group-plan";
import { nodeClassOf } from "./karpenter";

/** So many pods that no step is one of four more: how often the count doubles. */
const MANY = 1_000;

const words: Readonly<Record<HpaLagName, string>> = {
  metrics: "metrics",
  sync: "sync",
  stabilisation: "stabilisation",
  steps: "doubling",
  node: "node by Karpenter",
  pull: "image pull",
  readiness: "ready",
};

/** Of a HorizontalPodAutoscaler, part by part. Where Karpenter makes the nodes none is kept empty; of nodes that are there one is taken to have room. */
export function podLag({ assumptions, request }: Context, demand: ServiceDemand): ScalerLagTold {
  const { metricPeriodSeconds, syncSeconds, stepSeconds, nodeSeconds, pullSeconds } = kubernetesLags;
  const made = nodeClassOf(clusterOfRequest(request)) !== null;
  // Listed among the assumptions; the steps take their period from the catalog.
  assumptions.known(stepSeconds);
  const { seconds, parts } = hpaLag({
    from: MANY,
    to: Math.ceil(MANY * request.load.burst.factor),
    readySeconds: demand.startSeconds.high + demand.warmUpSeconds,
    nodes: made ? "karpenter" : "room",
    end: "high",
    stated: {
      metrics: assumptions.known(metricPeriodSeconds).high,
      sync: assumptions.known(syncSeconds).high,
      pull: assumptions.known(pullSeconds).high,
      ...(made ? { node: assumptions.known(nodeSeconds.karpenter).high } : {}),
    },
  });
  const told = parts.map(({ name, seconds: each }) => `${words[name]} ${Math.round(each)}`);
  return { seconds, words: `${told.join(", ")}${made ? "" : "; its node has room"}` };
}
