import type { Previewed } from "../by-plan";
import { drainCases, evened, placedAs } from "./cases";
import type { Cluster } from "./cluster";
import { fewestReady } from "./fewest";
import { rolledOrHanging } from "./hanging";
import type { KubernetesObject } from "./objects";
import { waitFor } from "./wait";
import { podsOf, referenceOf, settled, total, type Workload } from "./workload";

/** Nodes beside those that are there: one more in each of the zones, as often as it is named. */
async function oneMoreIn(cluster: Cluster, previewed: Previewed, zones: readonly string[]): Promise<void> {
  const there = await cluster.nodes();
  const shape = previewed.at("floor").nodes;
  const perZone = shape.zones.map(
    (zone) => [...there, ...zones.map((each) => ({ zone: each }))].filter((each) => each.zone === zone).length,
  );
  await cluster.addNodes({ ...shape, perZone });
}

/** A rollout of which the old pods go first where the fewest are: a choice that a ReplicaSet may make where as many share each node. */
async function unluckyRollout(cluster: Cluster, workload: Workload): Promise<string | null> {
  const zones = await podsByZone(cluster, workload);
  for (const { object } of zones.at(-1)!.pods) {
    const annotations = { "controller.kubernetes.io/pod-deletion-cost": "-1" };
    await cluster.client.mergePatch(object, { metadata: { annotations } });
  }
  const annotations = { "nines.test/rollout": new Date().toISOString() };
  await cluster.client.mergePatch(referenceOf(workload), { spec: { template: { metadata: { annotations } } } });
  return rolledOrHanging(cluster, workload);
}

/** The zone with most of them first. */
async function podsByZone(cluster: Cluster, workload: Workload) {
  const pods = await podsOf(cluster, workload);
  const zones = [...new Set(pods.map(({ zone }) => zone!))];
  return zones
    .map((zone) => ({ zone, pods: pods.filter((pod) => pod.zone === zone) }))
    .sort((a, b) => b.pods.length - a.pods.length);
}

/** On the nodes of the floor, and then on those that the preview advises. */
export function unluckyCases(cluster: () => Cluster, previewed: () => Previewed): void {
  test("a rollout whose old pods go where the fewest are stands still where the preview says so, and with the nodes that it advises none does", async () => {
    const { printed, at } = previewed();
    const { nodes, workloads } = at("floor");
    const { waits, enough } = printed.rollouts;
    const workload = workloads.find(({ name }) => waits.includes(name))!;
    let hung: string | null = null;
    const [fewest] = await fewestReady(cluster(), [workload], async () => {
      hung = await unluckyRollout(cluster(), workload);
    });
    expect(hung).toMatch(/nodes are available: .*didn't match pod topology spread constraints/);
    expect(fewest).toBeGreaterThanOrEqual(workload.rolling);

    const more = enough! - (nodes.perZone as readonly number[]).reduce((sum, each) => sum + each, 0);
    const most = (await podsByZone(cluster(), workload)).slice(0, more).map(({ zone }) => zone);
    await oneMoreIn(cluster(), previewed(), most);
    await settled(cluster(), workload, total(workload));
    expect(await unluckyRollout(cluster(), workload)).toBeNull();
  });
}

/** Where every autoscaler is at its ceiling, on the nodes that the plan counts for it. */
export function ceilingCases(cluster: () => Cluster, previewed: () => Previewed): void {
  const promised = () => previewed().at("ceiling");

  test("autoscalers go to their ceilings and no further, and every pod finds a place on the nodes of these", async () => {
    const { objects, nodes, workloads } = promised();
    const now = await cluster().nodes();
    const wanted = nodes.zones.map((zone, at) =>
      Math.max((nodes.perZone as readonly number[])[at]!, now.filter((node) => node.zone === zone).length),
    );
    await cluster().addNodes({ ...nodes, perZone: wanted });
    await evened(cluster(), previewed().at("floor").workloads, nodes.zones);
    const scalers = objects.filter(({ kind }) => kind === "HorizontalPodAutoscaler");
    for (const scaler of scalers) await asked(cluster(), scaler, 0);
    await placedAs(cluster(), workloads, nodes.zones);
    for (const scaler of scalers) await asked(cluster(), scaler, 1);
    for (const workload of workloads) await settled(cluster(), workload, total(workload));
  });
}

/** After these: of a Deployment that was asked for one more the ReplicaSet has chosen which one goes, and a rollout spreads them anew. */
export function ceilingRolloutCases(cluster: () => Cluster, previewed: () => Previewed): void {
  test("there each rollout ends", async () => {
    for (const workload of previewed()
      .at("ceiling")
      .workloads.filter(({ kind }) => kind === "Deployment"))
      expect(await unluckyRollout(cluster(), workload)).toBeNull();
  });
}

/** Drains once the nodes are there that the preview advises for them. */
export function advisedDrainCases(cluster: () => Cluster, previewed: () => Previewed, end: "floor" | "ceiling"): void {
  describe("with the nodes that the preview advises", () => {
    beforeAll(async () => {
      expect(previewed().printed.moreForDrains).not.toEqual([]);
      await oneMoreIn(cluster(), previewed(), previewed().printed.moreForDrains);
    });
    drainCases(cluster, () => ({ ...previewed().at(end), hanging: 0 }));
  });
}

/** So many more than its most are asked of what an autoscaler scales; it takes these back. */
async function asked({ client }: Cluster, scaler: KubernetesObject, more: number): Promise<void> {
  const { scaleTargetRef, maxReplicas } = scaler["spec"] as {
    readonly scaleTargetRef: KubernetesObject & { readonly name: string };
    readonly maxReplicas: number;
  };
  const { apiVersion, kind, name } = scaleTargetRef;
  const target = { apiVersion, kind, metadata: { name, namespace: scaler.metadata.namespace! } };
  await client.mergePatch(target, { spec: { replicas: maxReplicas + more } }, "/scale");
  await waitFor(
    `${name} is at its autoscaler's most`,
    async () => (await client.get(target))?.["spec"].replicas === maxReplicas,
  );
}
