import { partKey, type Infeasible } from "../../model";
import type { Context } from "../context";
import type { GroupCount } from "../group-count";
import { clusterOfRequest } from "./cluster-of-request";
import { nodeRoomOf } from "./nodes";

/** Pods that no node holds. */
export function podsTooLarge({ request }: Context, counts: readonly GroupCount[]): readonly Infeasible[] {
  const { allocatable, machine } = nodeRoomOf(clusterOfRequest(request));
  const source = {
    title: `allocatable of a ${machine}: what its platform leaves to pods (catalog/kubernetes)`,
    date: "2026-11-21",
  };
  return counts.flatMap(({ demand, size }) =>
    (
      [
        ["cpuMillis", "vCPU a pod", 1000],
        ["memoryMiB", "MiB a pod", 1],
      ] as const
    ).flatMap(([field, unit, per]): readonly Infeasible[] =>
      size[field] <= allocatable[field]
        ? []
        : [
            {
              part: partKey("replica-group", demand.workload, request.region),
              field: `size.${field}`,
              asked: size[field] / per,
              unit,
              limit: {
                name: `what a pod can have of a ${machine}; take a larger machine in environment ${request.environment}`,
                value: allocatable[field] / per,
                source,
                raisable: true,
              },
              alternatives: [],
            },
          ],
    ),
  );
}
