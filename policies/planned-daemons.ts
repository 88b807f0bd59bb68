// DaemonSets beside what was planned: each node that a plan counts has a pod of each before any planned pod is there.
import { nodePoolsOf, type AskedOfNodes } from "../capacity/node-pools";
import { withNodeRoom } from "../capacity/node-loss";
import {
  asReading,
  partKey,
  plain,
  type Claim,
  type NodePool,
  type Plan,
  type ReadPart,
  type ResourceGraph,
} from "../model";
import { daemonsOf, lessDaemons } from "./kubernetes/node-daemons";
import { clusterAt, clusterOf, hasPods, providersOf } from "./shared-nodes";

/** One system with what was built of it. */
interface Share {
  readonly plan: Plan | null;
  readonly parts: readonly ReadPart[];
}

/**
 * Systems with their plans on nodes of which DaemonSets of the same cluster have taken theirs: as many as then hold the planned pods. What DaemonSets take no
 * component knows that is built beside them; those for some nodes alone, by a label, take nothing here.
 */
export function besidePlannedDaemons<S extends Share>(
  shares: readonly S[],
  graph: ResourceGraph,
  claims: readonly Claim[],
  asked: AskedOfNodes,
): readonly S[] {
  const daemons = shares.some(({ plan }) => plan?.nodes !== undefined) ? daemonsOf(graph) : [];
  if (daemons.length === 0) return shares;
  const providers = providersOf(graph, claims);
  return shares.map((share) => {
    let { plan } = share;
    for (const [region, facts] of Object.entries(plan?.nodes ?? {})) {
      const cluster = clusterOf(share.parts, region, providers, graph);
      const here = daemons.filter(({ provider }) => clusterAt(graph, provider ?? "").id === cluster?.id);
      if (plan !== null && here.length > 0) plan = onNodesOf(plan, region, lessDaemons(facts, here), asked);
    }
    return { ...share, plan };
  });
}

/** The plan with other nodes in a region. */
function onNodesOf(plan: Plan, region: string, facts: NonNullable<Plan["nodes"]>[string], asked: AskedOfNodes): Plan {
  const carried = plan.parts.filter(hasPods).map((part) => asReading(part));
  const nodes = { ...plan.nodes, [region]: facts };
  const [pool] = nodePoolsOf(carried, { [region]: facts }, asked);
  const replaced = partKey("node-pool", facts.pool, region);
  return {
    ...plan,
    nodes,
    // Where no pod fits beside them there are no nodes to count.
    parts: plan.parts.flatMap((part) =>
      part.key !== replaced ? [part] : pool === undefined ? [] : [plain(pool) as NodePool],
    ),
    demand: withNodeRoom(plan.demand, carried, nodes),
  };
}
