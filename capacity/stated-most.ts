import { wordOfWorkload, type Infeasible, type PartKey, type Request } from "../model";

/** More than the stack allows of a workload; null: it allows as many. */
export function beyondStatedMost(
  request: Request,
  part: PartKey,
  workload: string,
  asked: number,
  unit: "replicas" | "members",
): Infeasible | null {
  const max = request.replicas[workload]?.max;
  if (max === undefined || asked <= max) return null;
  return {
    part,
    field: "scaling.max",
    asked,
    unit,
    limit: {
      name: `replicas.${wordOfWorkload(request, workload)}.max of stack ${request.stack}`,
      value: max,
      source: { title: "the stack's YAML", date: "stated" },
      raisable: true,
    },
    alternatives: [],
  };
}
