import { fitsAlone, roomOf, type NodeRoom, type PackingQuestion, type PodSet } from "./pod-set";

/** Why a pod stays Pending, the first that applies. */
export type PendingReason =
  /** No node of this size could hold it, were it empty. */
  | "larger-than-a-node"
  /** Its volume is in a zone that has no node for it. */
  | "volume-zone"
  /** The zones that the spread allows have no node for it; others have, or none is allowed at all. */
  | "zone-spread"
  /** Every node with room holds another of its set. */
  | "host"
  | "room";

/** A pod that waits. */
export interface Waiting {
  readonly set: PodSet;
  readonly why: PendingReason;
  /** Where one more node would hold it: the zone that the scheduler would prefer. null: a node does not help, or no zone has one. */
  readonly zone: number | null;
}

interface Node {
  readonly zone: number;
  /** Takes new pods. A dead or cordoned node does not, and is tainted. */
  open: boolean;
  cpuMillis: number;
  memoryMiB: number;
  pods: number;
  /** How many of each set it holds, in the order of the sets. */
  readonly held: number[];
}

/**
 * Nodes that hold pods, filled as the scheduler would: the zone with fewest of the set first; where the set cares for hosts, the node with
 * fewest of it; then the zone with fewest pods; then the first node that has room. Changed in place; `copy` before trying something.
 */
export class Cluster {
  private readonly nodes: Node[] = [];
  private readonly room: NodeRoom;
  /** Pods of each set in each zone, and of all sets. */
  private readonly counts: number[][];
  private readonly podsIn: number[];

  constructor(
    private readonly question: PackingQuestion,
    byZone: readonly number[],
  ) {
    this.room = roomOf(question);
    const none = (): number[] => Array.from({ length: question.zones }, () => 0);
    this.counts = question.sets.map(none);
    this.podsIn = none();
    for (const [zone, count] of byZone.entries())
      for (let at = 0; at < count; at += 1)
        this.nodes.push({ zone, open: true, cpuMillis: 0, memoryMiB: 0, pods: 0, held: question.sets.map(() => 0) });
  }

  copy(): Cluster {
    const copied = new Cluster(this.question, []);
    for (const node of this.nodes) copied.nodes.push({ ...node, held: [...node.held] });
    for (const [at, counts] of this.counts.entries()) copied.counts[at] = [...counts];
    copied.podsIn.splice(0, copied.podsIn.length, ...this.podsIn);
    return copied;
  }

  get size(): number {
    return this.nodes.length;
  }

  zoneOf(node: number): number {
    return this.at(node).zone;
  }

  /** How many of the set stand on a node. */
  heldBy(node: number, set: PodSet): number {
    return this.at(node).held[this.indexOf(set)] ?? 0;
  }

  /** How many more of the set a node has room for. */
  freeFor(node: number, set: PodSet): number {
    const { cpuMillis, memoryMiB, pods } = this.at(node);
    const fit = (room: number, taken: number, each: number): number =>
      each === 0 ? Infinity : Math.max(0, Math.floor((room - taken) / each));
    return Math.min(
      fit(this.room.pods, pods, 1),
      fit(this.room.cpuMillis, cpuMillis, set.cpuMillis),
      fit(this.room.memoryMiB, memoryMiB, set.memoryMiB),
    );
  }

  /** Nodes of which it says the same word are of one zone and hold the same. */
  alike(node: number): string {
    const { zone, held } = this.at(node);
    return `${zone} ${held.join()}`;
  }

  /** How many of the set stand in each zone. */
  byZone(set: PodSet): readonly number[] {
    return this.counts[this.indexOf(set)] ?? [];
  }

  /** Zones where new pods may stand. */
  openZones(): readonly number[] {
    return [...new Set(this.nodes.filter((node) => node.open).map((node) => node.zone))];
  }

  /** No new pods: cordoned, or dead. */
  close(node: number): void {
    this.at(node).open = false;
  }

  /** Takes one of the set off a node. */
  remove(node: number, set: PodSet): void {
    this.change(this.at(node), set, this.indexOf(set), -1);
  }

  /**
   * Places one pod.
   * @param within the zone that it may not leave; undefined: any
   * @returns null when it stands, else why it waits
   */
  place(set: PodSet, within?: number): Waiting | null {
    if (!fitsAlone(set, this.room)) return { set, why: "larger-than-a-node", zone: null };
    const index = this.indexOf(set);
    const counts = this.byZone(set);
    const most = this.mostInZone(set, counts);
    let best: Node | undefined;
    let roomy = false;
    let free = false;
    for (const node of this.nodes) {
      if (!node.open || !this.hasRoom(node, set)) continue;
      roomy = true;
      if (set.hosts === "required" && (node.held[index] ?? 0) > 0) continue;
      free = true;
      if ((within !== undefined && node.zone !== within) || (counts[node.zone] ?? 0) >= most) continue;
      if (best === undefined || this.order(node, best, set, index) < 0) best = node;
    }
    if (best !== undefined) {
      this.change(best, set, index, 1);
      return null;
    }
    const zone = this.preferred(counts, most, within);
    if (within !== undefined) return { set, why: "volume-zone", zone };
    if (free || zone === null) return { set, why: this.openZones().length === 0 ? "room" : "zone-spread", zone };
    return { set, why: roomy ? "host" : "room", zone };
  }

  private hasRoom(node: Node, set: PodSet): boolean {
    return (
      node.pods + 1 <= this.room.pods &&
      node.cpuMillis + set.cpuMillis <= this.room.cpuMillis &&
      node.memoryMiB + set.memoryMiB <= this.room.memoryMiB
    );
  }

  /** A zone that holds so many takes no more: the emptiest one and the skew. */
  private mostInZone(set: PodSet, counts: readonly number[]): number {
    const spread = set.zoneSpread;
    if (spread.kind === "soft") return Infinity;
    if (spread.kind === "one-each") return 1;
    const domains = new Set<number>();
    for (const node of this.nodes) if (node.open || spread.taints !== "honor") domains.add(node.zone);
    let emptiest = domains.size < (spread.minDomains ?? 1) ? 0 : Infinity;
    for (const zone of domains) emptiest = Math.min(emptiest, counts[zone] ?? 0);
    return emptiest + (spread.maxSkew ?? 1);
  }

  private preferred(counts: readonly number[], most: number, within: number | undefined): number | null {
    const zones = this.openZones().filter(
      (zone) => (within === undefined || zone === within) && (counts[zone] ?? 0) < most,
    );
    const [first] = zones.sort(
      (a, b) => (counts[a] ?? 0) - (counts[b] ?? 0) || (this.podsIn[a] ?? 0) - (this.podsIn[b] ?? 0) || a - b,
    );
    return first ?? null;
  }

  private order(node: Node, other: Node, set: PodSet, index: number): number {
    const counts = this.counts[index] ?? [];
    return (
      (counts[node.zone] ?? 0) - (counts[other.zone] ?? 0) ||
      (set.hosts === "any" ? 0 : (node.held[index] ?? 0) - (other.held[index] ?? 0)) ||
      (this.podsIn[node.zone] ?? 0) - (this.podsIn[other.zone] ?? 0)
    );
  }

  private change(node: Node, set: PodSet, index: number, by: 1 | -1): void {
    node.cpuMillis += by * set.cpuMillis;
    node.memoryMiB += by * set.memoryMiB;
    node.pods += by;
    node.held[index] = (node.held[index] ?? 0) + by;
    const counts = this.counts[index];
    if (counts) counts[node.zone] = (counts[node.zone] ?? 0) + by;
    this.podsIn[node.zone] = (this.podsIn[node.zone] ?? 0) + by;
  }

  private indexOf(set: PodSet): number {
    return this.question.sets.indexOf(set);
  }

  private at(node: number): Node {
    const found = this.nodes[node];
    if (!found) throw new RangeError(`node: one of the ${this.nodes.length} that there are; got ${node}`);
    return found;
  }
}

/** The largest first, by the resource of which a pod takes the largest share of a node; equal ones as they were given. */
export function largestFirst(sets: readonly PodSet[], room: NodeRoom): readonly PodSet[] {
  const share = (set: PodSet): number =>
    Math.max(set.cpuMillis / room.cpuMillis, set.memoryMiB / room.memoryMiB, 1 / room.pods);
  return [...sets].sort((a, b) => share(b) - share(a));
}

/** Places `more(set)` pods of every set, the largest pods first; returns those that wait. */
export function placeAll(
  cluster: Cluster,
  question: PackingQuestion,
  more: (set: PodSet) => number,
): readonly Waiting[] {
  const waiting: Waiting[] = [];
  for (const set of largestFirst(question.sets, roomOf(question)))
    for (let at = 0; at < more(set); at += 1) {
      const found = cluster.place(set);
      if (found === null) continue;
      // Nothing changed: the rest of the set waits for the same.
      waiting.push(...Array.from({ length: more(set) - at }, () => found));
      break;
    }
  return waiting;
}
