// Pods of several systems of one program that stand in one cluster stand on the same nodes, as far as these are of one machine and one price: nothing ties
// pods to the nodes that one system was planned with by itself (docs/decisions/0009).
import type { AskedOfNodes } from "../capacity/node-pools";
import { sharedPool, type NodeUser, type SharedPool } from "../capacity/shared-nodes";
import { withNodeRoom } from "../capacity/node-loss";
import {
  asReading,
  isUnknownValue,
  nameOfUrn,
  partKey,
  plain,
  textAt,
  type Claim,
  type NodePool,
  type PartKey,
  type Plan,
  type ReadPart,
  type ResourceGraph,
} from "../model";

/** One system with what was built of it. */
interface Share {
  readonly plan: Plan | null;
  readonly parts: readonly ReadPart[];
}

interface User extends NodeUser {
  /** Among the shares. */
  readonly index: number;
  readonly plan: Plan;
  readonly cluster: Cluster;
}

interface Cluster {
  readonly id: string;
  /** For a person. */
  readonly name: string;
}

export type PoolOfSystems = SharedPool<User>;

/** Nodes that systems of one program share: pools by cluster, region, machine and price; none where each has its own. */
export function sharedNodes(
  shares: readonly Share[],
  graph: ResourceGraph,
  claims: readonly Claim[],
  asked: AskedOfNodes,
): readonly PoolOfSystems[] {
  if (shares.filter(({ plan }) => plan?.nodes !== undefined).length < 2) return [];
  const providers = providersOf(graph, claims);
  const users = shares.flatMap(({ plan, parts }, index): readonly User[] =>
    plan === null
      ? []
      : Object.entries(plan.nodes ?? {}).flatMap(([region, facts]) => {
          const cluster = clusterOf(parts, region, providers, graph);
          return cluster === undefined ? [] : [{ index, plan, parts, region, facts, cluster }];
        }),
  );
  const groups = new Map<string, User[]>();
  for (const user of users) {
    const { region, cluster, facts } = user;
    const key = JSON.stringify([
      region,
      cluster.id,
      facts.platform,
      facts.machine,
      facts.allocatable,
      facts.perHourUsd,
    ]);
    groups.set(key, [...(groups.get(key) ?? []), user]);
  }
  const together = [...groups.values()].flatMap((group) => alikeIn(group, asked)).filter((group) => group.length > 1);
  return named(together).flatMap(({ group, name }) => sharedPool(group, name, asked) ?? []);
}

/** Users by what their pods ask of nodes: those of whom one asks for what another does too stand together. */
function alikeIn(users: readonly User[], asked: AskedOfNodes): readonly (readonly User[])[] {
  let groups: { readonly users: readonly User[]; readonly words: ReadonlySet<string> }[] = [];
  for (const user of users) {
    const own = new Set(
      user.parts.flatMap((part) =>
        hasPods(part) && textAt(part, "region") === user.region ? [asked.get(part.key) ?? ""] : [],
      ),
    );
    const met = groups.filter(({ words }) => [...own].some((word) => words.has(word)));
    const [first] = met;
    const joined = {
      users: [...met.flatMap((group) => group.users), user],
      words: new Set([...met.flatMap(({ words }) => [...words]), ...own]),
    };
    groups =
      first === undefined
        ? [...groups, joined]
        : groups.flatMap((group) => (group === first ? [joined] : met.includes(group) ? [] : [group]));
  }
  return groups.map((group) => group.users);
}

/** What shared nodes are called: one word, and where a region has several of them what tells them apart. */
function named(
  groups: readonly (readonly User[])[],
): readonly { readonly group: readonly User[]; readonly name: string }[] {
  const taken = new Set<string>();
  return groups.flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const others = groups.flatMap(([other]) =>
      other === undefined || other === first || other.region !== first.region ? [] : [other],
    );
    const told = [
      "nodes",
      ...(others.some(({ cluster }) => cluster.id !== first.cluster.id) ? [first.cluster.name] : []),
      ...(others.some(({ cluster }) => cluster.id === first.cluster.id) ? [first.facts.machine] : []),
    ].join("-");
    let name = told;
    for (let next = 2; taken.has(`${first.region} ${name}`); next += 1) name = `${told}-${next}`;
    taken.add(`${first.region} ${name}`);
    return [{ group, name }];
  });
}

/** Objects that each Part is read from, by the providers that build them. */
export function providersOf(graph: ResourceGraph, claims: readonly Claim[]): ReadonlyMap<PartKey, ReadonlySet<string>> {
  const found = new Map<PartKey, Set<string>>();
  for (const { urn, part } of claims) {
    const resource = graph.byUrn(urn);
    // A password, a record of DNS: what is not in the cluster has a provider of its own, and pods do not stand by it.
    if (part === null || resource?.type.startsWith("kubernetes:") !== true) continue;
    found.set(part, (found.get(part) ?? new Set<string>()).add(resource.provider ?? ""));
  }
  return found;
}

const WITH_PODS: ReadonlySet<string> = new Set(["replica-group", "redis-cache", "store"]);

/** The cluster of a system's pods in a region; undefined: there is none, or more than one. */
export function clusterOf(
  parts: readonly ReadPart[],
  region: string,
  providers: ReadonlyMap<PartKey, ReadonlySet<string>>,
  graph: ResourceGraph,
): Cluster | undefined {
  const own = parts.filter((part) => hasPods(part) && textAt(part, "region") === region);
  const found = new Map(
    own
      .flatMap(({ key }) => [...(providers.get(key) ?? [])])
      .map((provider) => clusterAt(graph, provider))
      .map((cluster) => [cluster.id, cluster]),
  );
  const [only, ...others] = found.values();
  return others.length > 0 ? undefined : only;
}

/** Inputs of a provider that say which cluster it means; kubeconfig alone may hold several. */
const SAYING = ["kubeconfig", "context", "cluster", "renderYamlToDirectory"] as const;

/** Two providers that say the same mean one cluster; of what is not known, or not said, each is taken for a cluster of its own. */
export function clusterAt(graph: ResourceGraph, provider: string): Cluster {
  const inputs = graph.byUrn(provider)?.inputs;
  const name = provider === "" ? "default" : nameOfUrn(provider);
  const said = SAYING.map((word) => inputs?.[word]);
  const open = said.every((value) => value === undefined) || said.some((value) => isUnknownValue(value));
  return { id: open ? provider : JSON.stringify(said), name };
}

/**
 * Plans on the nodes that they share, each at its share's place: what is planned of them is under the pods of all, and so is the room that a member of a store
 * finds where its node is lost.
 */
export function plansOnShared(
  shares: readonly Share[],
  pools: readonly PoolOfSystems[],
  asked: AskedOfNodes,
): readonly (Plan | null)[] {
  const plans = shares.map(({ plan }) => plan);
  for (const { pool, among } of pools) {
    const users = among.map(({ user }) => ({
      ...user,
      parts: user.plan.parts.filter(hasPods).map((part) => asReading(part)),
    }));
    const [first] = users;
    const together = sharedPool(users, pool.workload, asked);
    if (first === undefined || together === undefined) continue;
    const { region, facts } = first;
    const planned = plain(together.pool) as NodePool;
    const carried = users.flatMap(({ parts }) => parts);
    for (const { index, facts: own } of users) {
      const plan = plans[index];
      if (plan === undefined || plan === null) continue;
      const replaced = partKey("node-pool", own.pool, region);
      const here = new Set(plan.parts.flatMap((part) => (part.region === region ? [part.key] : [])));
      const roomy = withNodeRoom(
        plan.demand.filter(({ part }) => here.has(part)),
        carried,
        { [region]: facts },
      );
      const byPart = new Map(roomy.map((each) => [each.part, each]));
      plans[index] = {
        ...plan,
        parts: plan.parts.map((part) => (part.key === replaced ? planned : part)),
        demand: plan.demand.map((each) => byPart.get(each.part) ?? each),
      };
    }
  }
  return plans;
}

export function hasPods({ kind }: Pick<ReadPart, "kind">): boolean {
  return WITH_PODS.has(kind);
}
