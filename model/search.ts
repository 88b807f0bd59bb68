import type { Base, Placement } from "./part";

/** A search cluster: data nodes, and nodes that only elect and keep the cluster's state. */
export interface Search extends Base<"search"> {
  readonly engine: { readonly name: string; readonly version: string | null };
  readonly placement: Placement;
  /** Zones that copies of the data are kept apart in; 1: nobody keeps them apart. */
  readonly awareZones: number;
  /** diskGib 0: what the machine brings along. */
  readonly data: { readonly count: number; readonly type: string; readonly diskGib: number; readonly diskType: string };
  /** null: data nodes elect among themselves. */
  readonly managers: { readonly count: number; readonly type: string } | null;
  /** Nodes for what is seldom asked for. */
  readonly warm: { readonly count: number; readonly type: string } | null;
  readonly security: { readonly atRest: boolean; readonly betweenNodes: boolean; readonly tlsOnly: boolean };
  readonly runtime: { readonly kind: "opensearch" };
}
