import { isDeepStrictEqual } from "node:util";
import type { Cluster } from "./cluster";
import { uncordon } from "./drain";
import { fewestReady } from "./fewest";
import { drainedOrHanging } from "./hanging";
import type { NodeShape } from "./nodes";
import { called, condition, type KubernetesObject } from "./objects";
import { waitFor } from "./wait";
import { claimsOf, found, podsOf, readyPerZone, referenceOf, settled, total, type Workload } from "./workload";

/** A set of manifests, the nodes it is to run on, and what is promised of it. */
export interface Promised {
  readonly objects: readonly KubernetesObject[];
  readonly nodes: NodeShape;
  readonly workloads: readonly Workload[];
  /** Nodes that cannot be drained until another is there. Default none. */
  readonly hanging?: number;
}

/**
 * The first cases that every set of manifests goes through: accepted, and where it is promised to be. Both functions are asked
 * within a case only; what is promised may be made in a `beforeAll` before this.
 */
export function placedCases(cluster: () => Cluster, promised: () => Promised): void {
  beforeAll(async () => cluster().addNodes(promised().nodes));
  afterAll(async () => {
    // Of a case that failed: without its node no pod ever ends.
    for (const zone of promised().nodes.zones) await cluster().restoreZone(zone);
    await cluster().remove(promised().objects);
    await cluster().removeNodes();
  });

  test("every object is accepted, with strict field validation", async () => {
    await cluster().apply(promised().objects);
  });

  test("as many pods are Ready in each zone as promised", async () => {
    const { workloads, nodes } = promised();
    await placedAs(cluster(), workloads, nodes.zones);
  });

  test("every autoscaler finds what it scales", async () => {
    for (const object of promised().objects.filter(({ kind }) => kind === "HorizontalPodAutoscaler")) {
      const able = async () => condition((await cluster().client.get(object))!, "AbleToScale");
      await waitFor(`${called(object)} finds its target`, async () => (await able())?.status === "True", {
        withinMs: 15_000,
        last: async () => JSON.stringify(await able()),
      });
    }
  });
}

/** Each node is drained, by budgets, and taken up again. */
export function drainCases(cluster: () => Cluster, promised: () => Promised): void {
  test("each node drains in its turn (of more than nine the first of each zone) but for as many as promised, and what is promised stays Ready", async () => {
    const { workloads, hanging = 0 } = promised();
    const all = await cluster().nodes();
    const first = all.filter(({ zone }, index) => all.findIndex((node) => node.zone === zone) === index);
    const hung: string[] = [];
    for (const { name } of all.length > 9 ? first : all) {
      const fewest = await fewestReady(cluster(), workloads, async () => {
        const inTheWay = await drainedOrHanging(cluster(), name, workloads);
        if (inTheWay !== null) hung.push(`${name}: ${inTheWay}`);
      });
      expect({ name, short: atLeast(fewest, workloads, ({ draining }) => draining) }).toEqual({ name, short: [] });
      await uncordon(cluster(), name);
      await settle(cluster(), workloads);
    }
    // All of them are seen where the number is another.
    expect({ hung, count: hung.length }).toEqual({ hung, count: hanging });
  });
}

/** Every pod is made anew, as a changed image has it. */
export function rolloutCases(cluster: () => Cluster, promised: () => Promised): void {
  test("a rollout never leaves fewer than promised, and ends as spread as it began", async () => {
    for (const workload of promised().workloads) {
      const before = (await podsOf(cluster(), workload)).map(({ uid }) => uid);
      const fewest = await fewestReady(cluster(), [workload], () => rollout(cluster(), workload));
      const after = (await podsOf(cluster(), workload)).map(({ uid }) => uid);
      expect(after.filter((uid) => before.includes(uid))).toEqual([]);
      expect(atLeast(fewest, [workload], ({ rolling }) => rolling)).toEqual([]);
    }
    const { workloads, nodes } = promised();
    await placedAs(cluster(), workloads, nodes.zones);
  });
}

/**
 * Disks keep their pods' names and zones, and lost zones their disks.
 * @param deleted the nodes of the first zone are deleted at once, as a cloud's controller does with machines that are gone; @default they fall silent, as all do.
 * Their pods are cleared away a minute later.
 */
export function lossCases(cluster: () => Cluster, promised: () => Promised, { deleted = false } = {}): void {
  test("a store's pod that goes comes back by its name, with its own claim and volume", async () => {
    for (const store of promised().workloads.filter(({ kind }) => kind === "StatefulSet")) {
      const before = await claimsOf(cluster(), store);
      const gone = (await podsOf(cluster(), store))[0]!;
      await cluster().client.delete(gone.object);
      await waitFor(`${gone.name} is another`, async () =>
        (await podsOf(cluster(), store)).some(({ name, uid }) => name === gone.name && uid !== gone.uid),
      );
      await settle(cluster(), promised().workloads);
      expect(await claimsOf(cluster(), store)).toEqual(before);
    }
  });

  test("with any zone lost what is elsewhere stays Ready, and what has no disk there heals", async () => {
    const { nodes, workloads } = promised();
    const found = workloads.map(() => Infinity);
    for (const zone of nodes.zones) {
      await evened(cluster(), workloads, nodes.zones);
      const elsewhere = await each(workloads, async (workload) =>
        (await podsOf(cluster(), workload)).filter((pod) => pod.zone !== zone).map(({ uid }) => uid),
      );
      const byDeletion = deleted && zone === nodes.zones[0];
      await (byDeletion ? cluster().removeNodes(zone) : cluster().loseZone(zone));
      const survivors = await each(workloads, async (workload) =>
        (await podsOf(cluster(), workload))
          .filter((pod) => pod.ready && elsewhere[workload.name]!.includes(pod.uid))
          .map(({ uid }) => uid),
      );
      expect({ zone, survivors }).toEqual({ zone, survivors: elsewhere });
      for (const [index, workload] of workloads.entries()) {
        const left = survivors[workload.name]!.length;
        expect(left).toBeGreaterThanOrEqual(total(workload) - workload.perZone[0]!);
        // Where no node of the cluster answers, nobody is taken from any (Kubernetes, Nodes, rate limits on eviction): its pods stay where they were.
        const ready =
          nodes.zones.length === 1
            ? 0
            : await healed(cluster(), workload, zone, workload.healed === "survivors" ? left : workload.healed);
        found[index] = Math.min(found[index]!, ready);
      }
      await (byDeletion ? cluster().addNodes(nodes) : cluster().restoreZone(zone));
      await settle(cluster(), promised().workloads);
    }
    // In the worst of the zones no more heal than promised either: as many wait for a node as were said to.
    const counted = workloads.flatMap(({ name, healed }, index) =>
      healed === "survivors" ? [] : [[name, healed, found[index]]],
    );
    expect(counted.map(([name, , ready]) => [name, ready])).toEqual(counted.map(([name, healed]) => [name, healed]));
  });
}

/** All the cases: the same whether manifests were written by hand or rendered from a plan. */
export function casesOf(cluster: () => Cluster, promised: () => Promised): void {
  placedCases(cluster, promised);
  rolloutCases(cluster, promised);
  drainCases(cluster, promised);
  lossCases(cluster, promised);
}

/** Every pod is Ready, as many in each zone as promised. */
export async function placedAs(
  cluster: Cluster,
  workloads: readonly Workload[],
  zones: readonly string[],
): Promise<void> {
  await settle(cluster, workloads);
  expect(await each(workloads, (workload) => readyPerZone(cluster, workload, zones))).toEqual(
    await each(workloads, async ({ perZone }) => perZone),
  );
}

/** Returns when every pod of each is Ready, as often as it is promised. */
async function settle(cluster: Cluster, workloads: readonly Workload[]): Promise<void> {
  for (const workload of workloads) await settled(cluster, workload, total(workload));
}

/** What is found of each workload, by its name. */
async function each<Found>(
  workloads: readonly Workload[],
  ask: (workload: Workload) => Promise<Found>,
): Promise<Readonly<Record<string, Found>>> {
  const answers: Record<string, Found> = {};
  for (const workload of workloads) answers[workload.name] = await ask(workload);
  return answers;
}

/** Names of those that had fewer than they are promised. */
function atLeast(
  fewest: readonly number[],
  workloads: readonly Workload[],
  promised: (workload: Workload) => number,
): readonly string[] {
  return workloads.flatMap((workload, index) =>
    fewest[index]! >= promised(workload)
      ? []
      : [`${workload.name}: ${fewest[index]} Ready, ${promised(workload)} promised`],
  );
}

/** What healed elsewhere lies unevenly: nothing but a rollout moves a pod that runs. */
export async function evened(
  cluster: Cluster,
  workloads: readonly Workload[],
  zones: readonly string[],
): Promise<void> {
  for (const workload of workloads)
    if (!isDeepStrictEqual(await readyPerZone(cluster, workload, zones), workload.perZone))
      await rollout(cluster, workload);
}

async function rollout(cluster: Cluster, workload: Workload): Promise<void> {
  const annotations = { "nines.test/rollout": new Date().toISOString() };
  await cluster.client.mergePatch(referenceOf(workload), { spec: { template: { metadata: { annotations } } } });
  await settled(cluster, workload, total(workload), 120_000);
}

/** Returns when at least so many are Ready without the zone, and every other one waits for a node: how many are. */
async function healed(cluster: Cluster, workload: Workload, zone: string, ready: number): Promise<number> {
  let now = 0;
  await waitFor(
    `${workload.name} has at least ${ready} Ready without ${zone}, and nothing more can be done`,
    async () => {
      const pods = await podsOf(cluster, workload);
      const idle = pods.every((pod) => pod.zone !== zone && (pod.ready || pod.unscheduled !== null));
      now = pods.filter((pod) => pod.ready).length;
      return idle && now >= ready;
    },
    { last: () => found(cluster, workload) },
  );
  return now;
}
