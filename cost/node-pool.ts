import { numberAt } from "../model";
import type { NodePool, ReadPart } from "../model";
import { Bill, replicasOf } from "./bill";
import { billMachines } from "./machine";

/** Machines of a pool: expected as many as it starts with, since no demand says how many its workloads ask for. */
export function billNodePool(bill: Bill, part: ReadPart<NodePool>): void {
  const region = bill.value<string>(part, "machines", "region");
  if (region === undefined) return;
  const machines = replicasOf(part, undefined);
  if (typeof machines === "string") return bill.unpriced(part.key, "machines", `${machines} is not known`);
  const first = numberAt(part, "scaling", "initial") ?? machines.min;
  const expected = Math.min(machines.max, Math.max(machines.min, first));
  billMachines(bill, part, region, ["machine"], { ...machines, expected });
}
