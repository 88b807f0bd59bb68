import { Client, Refused } from "./client";
import { called, condition, type KubernetesObject } from "./objects";
import { nodesOf, zoneLabel, type NodeShape } from "./nodes";
import { machineLabel } from "./settings";
import type { Running } from "./running";
import { waitFor } from "./wait";

/** What must be there before what names it. */
const early = [
  "CustomResourceDefinition",
  "Namespace",
  "PriorityClass",
  "StorageClass",
  "ServiceAccount",
  "ResourceQuota",
];

const closed = ["node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable"];

/** A cluster as a test holds it: its objects, its nodes by zone, and its pods. */
export class Cluster {
  readonly client: Client;

  constructor(running: Running) {
    this.client = new Client(running);
  }

  close(): void {
    this.client.close();
  }

  /** Applies in the order that the server needs. Every refusal is collected: one error holds them all. */
  async apply(objects: readonly KubernetesObject[]): Promise<void> {
    const rank = ({ kind }: KubernetesObject): number => (early.includes(kind) ? early.indexOf(kind) : early.length);
    const refusals: string[] = [];
    for (const object of [...objects].sort((a, b) => rank(a) - rank(b))) {
      try {
        await this.client.apply(object);
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        refusals.push(`${called(object)}: ${error.message}`);
      }
    }
    if (refusals.length > 0) throw new Error(`${refusals.length} objects refused:\n${refusals.join("\n")}`);
  }

  /**
   * Deletes, with every pod and claim of the namespaces that they are in, and returns when all are gone. Namespaces go last:
   * with pods in them their controller waits for half a pod's grace period before it looks again.
   */
  async remove(objects: readonly KubernetesObject[]): Promise<void> {
    const namespaces = objects.filter(({ kind }) => kind === "Namespace");
    await Promise.all(objects.filter((object) => !namespaces.includes(object)).map((each) => this.client.delete(each)));
    for (const name of new Set(objects.flatMap(({ metadata }) => metadata.namespace ?? []))) {
      for (const kind of ["pods", "persistentvolumeclaims"]) {
        const path = `/api/v1/namespaces/${name}/${kind}`;
        await this.client.call("DELETE", path);
        await waitFor(`the ${kind} of ${name} are gone`, async () => (await this.client.list(path)).length === 0);
      }
    }
    await Promise.all(namespaces.map((object) => this.client.delete(object)));
    for (const object of objects)
      await waitFor(`${called(object)} is gone`, async () => (await this.client.get(object)) === null, {
        last: async () => JSON.stringify((await this.client.get(object))?.["status"]),
      });
  }

  /** Those that are there already are left as they are. */
  async addNodes(shape: NodeShape): Promise<void> {
    const there = new Set((await this.nodes()).map(({ name }) => name));
    for (const node of nodesOf(shape))
      if (!there.has(node.metadata.name)) await this.client.create("/api/v1/nodes", node);
    await waitFor("the new nodes are Ready and open", async () => {
      const nodes = await this.nodes();
      return nodesOf(shape).every(({ metadata: { name } }) => nodes.some((node) => node.name === name && node.open));
    });
  }

  /** As when machines are handed back: the nodes are deleted. */
  async removeNodes(zone?: string): Promise<void> {
    for (const { object } of (await this.nodes()).filter((node) => zone === undefined || node.zone === zone))
      await this.client.delete(object);
  }

  /** The machines of a zone go without a word. Returns when the cluster has noticed: none of its nodes is Ready. */
  async loseZone(zone: string): Promise<void> {
    await this.machines(zone, null);
    await waitFor(
      `the nodes of ${zone} are lost`,
      async () => !(await this.nodes()).some((node) => node.zone === zone && node.ready),
    );
  }

  async restoreZone(zone: string): Promise<void> {
    await this.machines(zone, machineLabel.value);
    await waitFor(`the nodes of ${zone} are back`, async () =>
      (await this.nodes()).every((node) => node.zone !== zone || node.open),
    );
  }

  private async machines(zone: string, value: string | null): Promise<void> {
    for (const { object } of (await this.nodes()).filter((node) => node.zone === zone))
      await this.client.mergePatch(object, { metadata: { labels: { [machineLabel.key]: value } } });
  }

  async nodes(): Promise<readonly Node[]> {
    return (await this.client.list("/api/v1/nodes")).map((object) => ({
      name: object.metadata.name,
      zone: object.metadata.labels?.[zoneLabel] ?? "",
      ready: isReady(object),
      open:
        isReady(object) && !((object["spec"].taints ?? []) as readonly Taint[]).some(({ key }) => closed.includes(key)),
      object,
    }));
  }

  /** The pods of a namespace with these labels that are not on their way out, by name. */
  async pods(namespace: string, labels: Readonly<Record<string, string>> = {}): Promise<readonly Pod[]> {
    const [pods, nodes] = await Promise.all([
      this.client.list(`/api/v1/namespaces/${namespace}/pods`, labels),
      this.nodes(),
    ]);
    return pods
      .filter(({ metadata }) => metadata.deletionTimestamp === undefined)
      .map((object) => podOf(object, nodes))
      .sort((a, b) => a.name.localeCompare(b.name));
  }
}

interface Node {
  readonly name: string;
  readonly zone: string;
  readonly ready: boolean;
  /** Ready, and the scheduler may know: for a moment after a node is Ready, a spread that honours taints counts no zone of it. */
  readonly open: boolean;
  readonly object: KubernetesObject;
}

interface Taint {
  readonly key: string;
}

export interface Pod {
  readonly name: string;
  readonly uid: string;
  /** Null: no node was found for it. */
  readonly node: string | null;
  readonly zone: string | null;
  /** It says so, and so does its node: the last word of a pod on a lost machine counts for nothing. */
  readonly ready: boolean;
  /** Why no node was found, in the scheduler's words. */
  readonly unscheduled: string | null;
  readonly object: KubernetesObject;
}

function podOf(object: KubernetesObject, nodes: readonly Node[]): Pod {
  const node = nodes.find(({ name }) => name === object["spec"].nodeName);
  const scheduled = condition(object, "PodScheduled");
  return {
    name: object.metadata.name,
    uid: object.metadata.uid!,
    node: node?.name ?? null,
    zone: node?.zone ?? null,
    ready: isReady(object) && node?.ready === true,
    unscheduled: scheduled?.status === "False" ? (scheduled.message ?? "") : null,
    object,
  };
}

function isReady(object: KubernetesObject): boolean {
  return condition(object, "Ready")?.status === "True";
}
