import { nodePoolsOf } from "../../capacity/node-pools";
import { readParts } from "../../components/readers";
import { plansIn, resourceGraph, type Plan, type Resource } from "../../model";
import { comparePlanned } from "../../policies";

/** The one plan among them. */
export function planned(resources: readonly Resource[]): Plan {
  const [found, ...others] = plansIn(resources);
  if (found === undefined || others.length > 0) throw new Error("one plan is expected");
  return found.plan;
}

/** What was registered on Kubernetes, against what was planned. */
export function differences(resources: readonly Resource[]) {
  const plan = planned(resources);
  const { parts, conflicts } = readParts("kubernetes", resourceGraph(resources));
  return { ...comparePlanned(plan.parts, [...parts, ...nodePoolsOf(parts, plan.nodes)]), conflicts };
}

export const same = { mismatches: [], unread: [], conflicts: [] };
