import type { Context } from "../context";
import type { ServiceDemand } from "../service-demand";
import type { QueuesTold } from "../part-planner";
import { clusterOfRequest } from "./cluster-of-request";
import { nodeRoomOf } from "./nodes";

/** kube-proxy draws a pod for each connection (iptables and nftables; the pods of IPVS take turns): none of them knows which are busy. */
export function podQueues({ request }: Context, { behind }: ServiceDemand): QueuesTold {
  const { allocatable } = nodeRoomOf(clusterOfRequest(request));
  const holds: QueuesTold["holds"] = ({ cpuMillis, memoryMiB }) =>
    cpuMillis <= allocatable.cpuMillis && memoryMiB <= allocatable.memoryMiB;
  return behind === "registry"
    ? { because: "a Service draws pods, busy or not", instead: "a Gateway before it (its own system)", holds }
    : {
        because: "an Ingress sends to one pod after the other",
        instead: "kubernetes.door: { gateway: envoy-gateway }",
        holds,
      };
}
