import { kubernetesLags } from "../../catalog/kubernetes";
import type { Context } from "../context";
import type { ServiceDemand } from "../service-demand";
import { hpaLag, type HpaLagName } from "../hpa-lag";
import type { ScalerLagTold } from "../part-planner";
import { clusterOfRequest } from "./cluster-of-request";
import { nodeMaker } from "./karpenter";

/** So many pods that no step is one of four more: how often the count doubles. */
const MANY = 1_000;

const words: Readonly<Record<Exclude<HpaLagName, "node">, string>> = {
  metrics: "metrics",
  sync: "sync",
  stabilisation: "stabilisation",
  steps: "doubling",
  pull: "image pull",
  readiness: "ready",
};
/** That Karpenter is there is stated; of nodes that are there nobody says who adds more. */
const makers = {
  karpenter: { node: "node by Karpenter", after: "" },
  clusterAutoscaler: {
    node: "node by Cluster Autoscaler",
    after: "; the nodes of the floor have no room for all, and one that adds nodes is assumed",
  },
} as const;

/** Of a HorizontalPodAutoscaler, part by part. Where Karpenter makes the nodes none is kept empty; of nodes that are there `roomy` says whether they hold a burst. */
export function podLag({ assumptions, request }: Context, demand: ServiceDemand, roomy: boolean): ScalerLagTold {
  const { metricPeriodSeconds, syncSeconds, stepSeconds, nodeSeconds, pullSeconds } = kubernetesLags;
  const maker = nodeMaker(clusterOfRequest(request));
  const made = maker === "karpenter" || !roomy ? maker : null;
  // Listed among the assumptions; the steps take their period from the catalog.
  assumptions.known(stepSeconds);
  const { seconds, parts } = hpaLag({
    from: MANY,
    to: Math.ceil(MANY * request.load.burst.factor),
    readySeconds: demand.startSeconds.high + demand.warmUpSeconds,
    nodes: made ?? "room",
    end: "high",
    stated: {
      metrics: assumptions.known(metricPeriodSeconds).high,
      sync: assumptions.known(syncSeconds).high,
      pull: assumptions.known(pullSeconds).high,
      ...(made === null ? {} : { node: assumptions.known(nodeSeconds[made]).high }),
    },
  });
  const told = parts.map(({ name, seconds: each }) => {
    const word = name === "node" ? makers[maker].node : words[name];
    return `${word} ${Math.round(each)}`;
  });
  return { seconds, words: `${told.join(", ")}${made === null ? "; its node has room" : makers[made].after}` };
}
