import { wordOfWorkload, type Request, type Store } from "../../model";
import { clusterOfRequest } from "./cluster-of-request";

/** The environment's class; else, where the platform's driver is known, one of the workload's own that waits for its pods. */
export function volumeClass(request: Request, workload: string): Pick<Store["volume"], "class" | "bindsLate"> {
  const { storageClass, nodes, namespace } = clusterOfRequest(request);
  if (storageClass !== null) return { class: storageClass, bindsLate: null };
  if (nodes.platform === "other") return { class: null, bindsLate: null };
  // Classes are of the whole cluster: the namespace keeps those of two stacks apart.
  const { namePrefix } = request;
  return { class: `${namePrefix}${namespace.name}-${wordOfWorkload(request, workload)}`, bindsLate: true };
}
