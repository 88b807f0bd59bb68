import { choosesNodes } from "../../components/kubernetes/asked-of-nodes.read";
import { valueAt } from "../../components/leaf.read";
import type { Basis, NodeFacts, ResourceGraph } from "../../model";
import { requestOf } from "./node-room";

const DAEMON_SET = "kubernetes:apps/v1:DaemonSet";

/**
 * What is stated of nodes, less what DaemonSets of the same program take of each before any other pod is there. Those that are for some nodes alone,
 * by a label, take nothing here: how many nodes have it no object says.
 */
export function besideDaemons(basis: Basis | null, graph: ResourceGraph): Basis | null {
  const daemons = graph.ofType(DAEMON_SET).map((each) => valueAt(each, "spec", "template", "spec"));
  const everywhere = daemons.filter((spec) => !choosesNodes(spec));
  if (basis?.nodes === undefined || everywhere.length === 0) return basis;
  const sum = (amount: "cpu" | "memory"): number =>
    everywhere.reduce((total: number, spec) => total + requestOf(spec, amount), 0);
  const taken = { cpuMillis: sum("cpu"), memoryMiB: sum("memory"), pods: everywhere.length };
  const left = ({ allocatable, ...facts }: NodeFacts): NodeFacts => ({
    ...facts,
    daemons: { ...taken, before: allocatable },
    allocatable: {
      cpuMillis: Math.max(0, allocatable.cpuMillis - taken.cpuMillis),
      memoryMiB: Math.max(0, allocatable.memoryMiB - taken.memoryMiB),
      pods: Math.max(0, allocatable.pods - taken.pods),
    },
  });
  return {
    ...basis,
    nodes: Object.fromEntries(Object.entries(basis.nodes).map(([region, facts]) => [region, left(facts)])),
  };
}
