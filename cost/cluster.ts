import type { Cluster, ReadPart } from "../model";
import { Bill, HOURS_PER_MONTH, steady } from "./bill";

/** Hours of a control plane; dearer once its version is old. What runs on it is billed with its machines. */
export function billCluster(bill: Bill, part: ReadPart<Cluster>): void {
  const region = bill.value<string>(part, "eks-cluster-hour", "region");
  const support = bill.value<Cluster["support"]>(part, "eks-cluster-hour", "support");
  if (region === undefined || support === undefined) return;
  const item = support === "extended" ? "eks-cluster-extended-hour" : "eks-cluster-hour";
  bill.add(part.key, region, item, steady(HOURS_PER_MONTH));
}
