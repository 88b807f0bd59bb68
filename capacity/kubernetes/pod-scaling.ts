import type { Request, Scaling } from "../../model";
import { clusterOfRequest } from "./cluster-of-request";

/** The floor, the ceiling, and what moves the count of pods between them; without metrics, or without room above the floor, nothing does. */
export function podScaling(
  request: Request,
  { count, max, memoryShare }: { readonly count: number; readonly max: number; readonly memoryShare: number },
): Scaling {
  if (max <= count || !clusterOfRequest(request).has.includes("metrics-server")) return { kind: "fixed", count };
  return {
    kind: "range",
    min: count,
    max,
    initial: null,
    signals: [
      { metric: "cpu", target: Math.round(request.chosen.utilisationCeiling * 100) },
      { metric: "memory", target: Math.round(memoryShare * 100) },
    ],
    schedule: [],
  };
}
