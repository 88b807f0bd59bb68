import { nodesWithZoneLost } from "../../capacity";
import { machineTypes } from "../../catalog/aws/machines";
import { karpenterPools, type KarpenterPool } from "../../components/kubernetes/karpenter-pool.read";
import { listAt, numberAt, plain, textAt, type NodePool, type ReadPart } from "../../model";
import { ceilingOf, finding, partsOf, undecided } from "../finding";
import { inProd } from "../rule";
import type { Finding, Rule } from "../rule";

const limitsHold: Rule = {
  id: "karpenter-limits-hold",
  title: "The limits of Karpenter's pools hold the nodes that pods need with a zone lost",
  about:
    "Beyond its limits a pool makes no node, and whoever waits for one stays Pending; nodes of a lost zone count until they are given up.",
  severity: inProd,
  peers: [],
  check: (subject) => {
    const pools = karpenterPools(subject.resources);
    if (pools.length === 0) return [];
    const planned = partsOf(subject.parts, "node-pool").filter(
      (part) => textAt(part, "runtime", "kind") === "kubernetes-nodes",
    );
    if (planned.length === 0)
      return [undecided(null, "which nodes its pods need (cluster.nodes in a demand file)", { why: "elsewhere" })];
    return planned.flatMap((part) => inPool(part, pools));
  },
};

function inPool(part: ReadPart<NodePool>, pools: readonly KarpenterPool[]): readonly Finding[] {
  const zones = (listAt(part, "placement", "zones") ?? []).flatMap((zone) => {
    const name = plain(zone);
    return typeof name === "string" ? [name] : [];
  });
  // A pool that asks for other zones alone is another region's.
  const own = pools.filter((pool) => pool.zones === undefined || pool.zones.some((zone) => zones.includes(zone)));
  if (own.length === 0) return [];
  const ceiling = ceilingOf(part);
  const machine = machineOf(part);
  if (!ceiling.known) return [undecided(part.key, ceiling.property, ceiling)];
  if (machine === undefined) return [undecided(part.key, "what its machines hold", { why: "elsewhere" })];
  const open = own.find(({ cpuMillis, memoryMiB }) => cpuMillis === undefined || memoryMiB === undefined);
  if (open !== undefined) return [undecided(part.key, `a limit of NodePool ${open.name}`, { why: "unreadable" })];
  const nodes = nodesWithZoneLost(ceiling.value, zones.length);
  const cpu = nodes * machine.cpuMillis;
  const memory = nodes * machine.memoryMiB;
  const [mostCpu, mostMemory] = [sumOf(own, "cpuMillis"), sumOf(own, "memoryMiB")];
  const names = own.map(({ name }) => name).join(", ");
  const has = mostCpu === null && mostMemory === null ? "without limits" : `limited to ${said(mostCpu, mostMemory)}`;
  return [
    finding(part.key, {
      ok: (mostCpu === null || mostCpu >= cpu) && (mostMemory === null || mostMemory >= memory),
      message: `${names} ${has}; with a zone lost ${nodes} nodes of ${machine.name} may be counted, ${said(cpu, memory)}`,
      fix: `set limits of ${said(cpu, memory)} at least: beyond them pods stay Pending`,
    }),
  ];
}

/** What Karpenter counts of one machine: all of it; of one that is not known what it leaves to pods, which is less. */
function machineOf(part: ReadPart<NodePool>) {
  const name = textAt(part, "machine", "types", 0);
  const known = name === undefined ? undefined : machineTypes().get(name);
  if (name !== undefined && known !== undefined)
    return { name, cpuMillis: known.vcpus * 1000, memoryMiB: known.memoryMiB };
  const [cpuMillis, memoryMiB] = ["cpuMillis", "memoryMiB"].map((word) =>
    numberAt(part, "runtime", "allocatable", word),
  );
  if (cpuMillis === undefined || memoryMiB === undefined) return undefined;
  return { name: name ?? "a machine", cpuMillis, memoryMiB };
}

/** null: one of them has no limit. */
function sumOf(pools: readonly KarpenterPool[], amount: "cpuMillis" | "memoryMiB"): number | null {
  let sum = 0;
  for (const pool of pools) {
    const value = pool[amount];
    if (value === null || value === undefined) return null;
    sum += value;
  }
  return sum;
}

function said(cpuMillis: number | null, memoryMiB: number | null): string {
  const cpu = cpuMillis === null ? [] : [`${(cpuMillis / 1000).toLocaleString("en-US")} CPU`];
  const memory = memoryMiB === null ? [] : [`${Math.ceil(memoryMiB).toLocaleString("en-US")} MiB`];
  return [...cpu, ...memory].join(" and ");
}

export const karpenterRules: readonly Rule[] = [limitsHold];
