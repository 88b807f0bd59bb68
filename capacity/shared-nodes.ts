import { known, numberAt, type NodeFacts, type NodePool, type Range, type ReadPart } from "../model";
import { nodePoolsOf, type AskedOfNodes } from "./node-pools";

/** Pods of one system in one region, and the nodes that they were planned on. */
export interface NodeUser {
  readonly parts: readonly ReadPart[];
  readonly region: string;
  /** What their nodes hold and cost. */
  readonly facts: NodeFacts;
}

/** Nodes that pods of several systems share, and what each would need of its own. */
export interface SharedPool<U extends NodeUser> {
  readonly pool: ReadPart<NodePool>;
  readonly among: readonly {
    readonly user: U;
    /** Nodes on which it would stand alone. */
    readonly alone: Pick<Range, "min" | "max">;
    /** Of the shared ones, 0 to 1, in proportion to what each would need alone: so that nobody pays more than alone. */
    readonly share: Pick<Range, "min" | "max">;
  }[];
}

/**
 * Nodes of one cluster and region, of one machine and one price, under the pods of all users together, called `name`: packed together, and never more than the
 * nodes of all apart, since pods that stand apart stand on shared nodes too. A user whose pods cannot be counted shares none.
 * @param asked as nodePoolsOf has it
 * @returns undefined where fewer than two share
 */
export function sharedPool<U extends NodeUser>(
  users: readonly U[],
  name: string,
  asked: AskedOfNodes = new Map(),
): SharedPool<U> | undefined {
  const apart = users.flatMap((user) => {
    const [pool] = nodePoolsOf(user.parts, { [user.region]: user.facts }, asked);
    return pool === undefined ? [] : [{ user, alone: endsOf(pool) }];
  });
  const [first] = apart;
  if (first === undefined || apart.length < 2) return undefined;
  const { region, facts } = first.user;
  const [together] = nodePoolsOf(
    apart.flatMap(({ user }) => user.parts),
    { [region]: { ...facts, pool: name } },
    asked,
  );
  if (together === undefined) return undefined;
  const sum = { min: total(apart, "min"), max: total(apart, "max") };
  const share = (end: "min" | "max", nodes: number): number => (sum[end] === 0 ? 1 / apart.length : nodes / sum[end]);
  return {
    pool: atMost(together, sum),
    among: apart.map(({ user, alone }) => ({
      user,
      alone,
      share: { min: share("min", alone.min), max: share("max", alone.max) },
    })),
  };
}

function total(apart: readonly { readonly alone: Pick<Range, "min" | "max"> }[], end: "min" | "max"): number {
  return apart.reduce((sum, { alone }) => sum + alone[end], 0);
}

function endsOf(pool: ReadPart): { readonly min: number; readonly max: number } {
  const min = numberAt(pool, "scaling", "min") ?? 0;
  return { min, max: numberAt(pool, "scaling", "max") ?? min };
}

/** First-fit decreasing may do worse with more pods than with fewer; how they stand apart is a packing as well. */
function atMost(pool: ReadPart<NodePool>, most: { readonly min: number; readonly max: number }): ReadPart<NodePool> {
  const ends = endsOf(pool);
  if (ends.min <= most.min && ends.max <= most.max) return pool;
  const min = known(Math.min(ends.min, most.min), "", "plan");
  const max = known(Math.max(min.value, Math.min(ends.max, most.max)), "", "plan");
  const initial = known<number | null>(min.value, "", "plan");
  return { ...pool, scaling: { kind: "range", min, max, initial, signals: [], schedule: [] } };
}
