import type { Assumption, Target } from "../model";

/** How a value is found in a cluster, by the last word of its name; elsewhere the provider's own metrics tell. */
const inACluster: Readonly<Record<string, string>> = {
  peak: "highest minute of the requests that the door or the mesh counts, in the last 15 days, divided by 60",
  mean: "sum of the requests that the door or the mesh counts over 30 days, divided by their 2,592,000 seconds",
  startSeconds: "from the container's start to Ready, in the pod's conditions, slowest of ten pods",
  requestBytes: "bytes received and requests that the door or the mesh counts: bytes in a request",
  responseBytes: "bytes sent and requests that the door or the mesh counts: bytes in a response",
  logBytesPerRequest: "bytes of a day's lines of the pods, divided by the requests of that day",
};

/** Assumptions with how to find the true values where the program runs. */
export function measuredIn(target: Target, assumptions: readonly Assumption[]): readonly Assumption[] {
  if (target !== "kubernetes") return assumptions;
  return assumptions.map((each) => {
    const measure = inACluster[each.name.slice(each.name.lastIndexOf(".") + 1)];
    return measure === undefined ? each : { ...each, measure };
  });
}
