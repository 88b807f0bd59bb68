import { numberAt, plain, textAt } from "../model";
import { clusterHourPrice, clusterPrices, nodeHourPrice, type NodePlatform } from "../catalog/kubernetes";
import type { NodePool, ReadPart } from "../model";
import { Bill, HOURS_PER_MONTH, replicasOf, scaled } from "./bill";
import { billMachines } from "./machine";

/** Machines of a pool: expected as many as it starts with, since no demand says how many its workloads ask for. */
export function billNodePool(bill: Bill, part: ReadPart<NodePool>): void {
  const region = bill.value<string>(part, "machines", "region");
  if (region === undefined) return;
  if (textAt(part, "runtime", "kind") === "kubernetes-nodes") return billNodes(bill, part, region);
  const machines = replicasOf(part, undefined);
  if (typeof machines === "string") return bill.unpriced(part.key, "machines", `${machines} is not known`);
  const first = numberAt(part, "scaling", "initial") ?? machines.min;
  const expected = Math.min(machines.max, Math.max(machines.min, first));
  billMachines(bill, part, region, ["machine"], { ...machines, expected });
}

/** Nodes of a cluster that is there, as many as its pods need. */
function billNodes(bill: Bill, part: ReadPart<NodePool>, region: string): void {
  const machine = plain(bill.value<unknown>(part, "nodes", "machine", "types", "0"));
  const nodes = replicasOf(part, undefined);
  if (typeof machine !== "string") return;
  if (typeof nodes === "string") return bill.unpriced(part.key, "nodes", `${nodes} is not known`);
  const usd = numberAt(part, "runtime", "perHourUsd");
  const platform = textAt(part, "runtime", "platform") as NodePlatform | undefined;
  if (platform !== undefined && platform !== "other") billBeside(bill, part, region, platform);
  if (usd === undefined)
    return bill.unpriced(
      part.key,
      `machine-hour:${machine}`,
      `no price known in ${region}; say kubernetes.nodes.perHourUsd`,
    );
  const listed = platform === undefined ? null : nodeHourPrice(platform, machine, region);
  bill.addPriced(
    part.key,
    `machine-hour:${machine}`,
    "hour",
    scaled(nodes, HOURS_PER_MONTH),
    listed?.usd === usd
      ? listed
      : { usd, grade: "own", source: { title: "kubernetes.nodes.perHourUsd, as stated", date: "stated" } },
  );
}

/** What a cluster that is there costs besides its machines: nobody builds it here, and its nodes' disks are as large as their owner has them. */
function billBeside(bill: Bill, { key }: ReadPart<NodePool>, region: string, platform: "eks" | "gke"): void {
  const fee = clusterHourPrice(platform, region);
  bill.beside({
    part: key,
    item: "the cluster's own fee",
    usd: fee === null ? null : fee.usd * HOURS_PER_MONTH,
    unit: "month",
    why: "paid without these pods too",
  });
  const [disk] = clusterPrices("volume-gb-month", platform, region);
  bill.beside({
    part: key,
    item: "its nodes' own disks",
    usd: disk?.usd ?? null,
    unit: "GiB-month",
    why: "their size nobody says",
  });
}
