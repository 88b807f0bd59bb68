import type { Request, Store } from "../../model";
import { clusterOfRequest } from "./group-plan";

/** The environment's class; else, where the platform's driver is known, one of the workload's own that waits for its pods. */
export function volumeClass(request: Request, workload: string): Pick<Store["volume"], "class" | "bindsLate"> {
  const { storageClass, nodes, namespace } = clusterOfRequest(request);
  if (storageClass !== null) return { class: storageClass, bindsLate: null };
  if (nodes.platform === "other") return { class: null, bindsLate: null };
  return { class: `${namespace.name}-${workload}`, bindsLate: true };
}
