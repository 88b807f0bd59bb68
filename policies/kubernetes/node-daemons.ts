import { choosesNodes } from "../../components/kubernetes/asked-of-nodes.read";
import { valueAt } from "../../components/leaf.read";
import type { Basis, NodeFacts, Resource, ResourceGraph, Value } from "../../model";
import { otherNodes, requestOf } from "./node-room";

const DAEMON_SET = "kubernetes:apps/v1:DaemonSet";

/** DaemonSets of a program that stand on every node. Those that are for some nodes alone, by a label, are not among them: how many nodes have it no object says. */
export function daemonsOf(graph: ResourceGraph): readonly Resource[] {
  return graph.ofType(DAEMON_SET).filter((each) => !choosesNodes(podSpecOf(each)));
}

const podSpecOf = (daemon: Resource): Value | undefined => valueAt(daemon, "spec", "template", "spec");

/** What is stated of nodes, less what DaemonSets of the same program take of each before any other pod is there. */
export function besideDaemons(basis: Basis | null, graph: ResourceGraph): Basis | null {
  const daemons = daemonsOf(graph);
  if (basis?.nodes === undefined || daemons.length === 0) return basis;
  const left = Object.entries(basis.nodes).map(([region, facts]) => [region, lessDaemons(facts, daemons)] as const);
  return { ...basis, nodes: Object.fromEntries(left) };
}

/** What a node leaves to other pods once each of the DaemonSets has one on it; those for another processor or system have none. */
export function lessDaemons(given: NodeFacts, daemons: readonly Resource[]): NodeFacts {
  const own = daemons.filter((each) => otherNodes(each, given) === null);
  if (own.length === 0) return given;
  const { allocatable, ...facts } = given;
  const sum = (amount: "cpu" | "memory"): number =>
    own.reduce((total: number, each) => total + requestOf(podSpecOf(each), amount), 0);
  const taken = { cpuMillis: sum("cpu"), memoryMiB: sum("memory"), pods: own.length };
  return {
    ...facts,
    daemons: { ...taken, before: allocatable },
    allocatable: {
      cpuMillis: Math.max(0, allocatable.cpuMillis - taken.cpuMillis),
      memoryMiB: Math.max(0, allocatable.memoryMiB - taken.memoryMiB),
      pods: Math.max(0, allocatable.pods - taken.pods),
    },
  };
}
