import type { Base, PartKey, Placement, Probe } from "./part";

export type Exposure = "internet" | "private";

export interface Listener {
  readonly port: number;
  /** Least version that is accepted; null: plain text. nines builds 1.2 and 1.3 only. */
  readonly tlsFloor: "1.0" | "1.1" | "1.2" | "1.3" | null;
  /** Answers only with a redirect to a listener with TLS. */
  readonly redirects: boolean;
}

export interface BalancerTarget {
  readonly part: PartKey;
  readonly port: number;
  readonly weight: number;
  readonly priority: number;
  readonly probe: Probe;
  /** How long requests in flight may take after a replica was taken out. */
  readonly drainSeconds: number;
}

/** The front door of a workload: takes requests, and sends each to a replica that passes its probe. */
export interface LoadBalancer extends Base<"load-balancer"> {
  readonly scope: "zonal" | "regional" | "global";
  readonly placement: Placement;
  /** null: what an Ingress cannot say; its controller's own Service does. */
  readonly exposure: Exposure | null;
  /** Sorted by port. */
  readonly listeners: readonly Listener[];
  readonly targets: readonly BalancerTarget[];
  /** least-outstanding behaves like one queue; round-robin like one queue a replica. */
  readonly routing: "least-outstanding" | "round-robin" | "random";
  readonly ejection: { readonly failures: number; readonly seconds: number; readonly maxShare: number } | null;
  readonly protection: {
    readonly deletion: boolean;
    readonly logs: boolean;
    readonly dropsInvalidHeaders: boolean;
    readonly rateLimitPerSecond: number | null;
  };
  /** A zone can be taken out by hand or by the provider. */
  readonly zonalShift: boolean;
  readonly idleTimeoutSeconds: number;
  /** Name that callers use; null: the provider's own name. */
  readonly domain: {
    readonly name: string;
    /** A name below it that leads to this region's door alone; null: the door is the name's only one. */
    readonly ownName: string | null;
    /** The door has a record of it made: of its own name, where it has one. */
    readonly record: boolean;
    readonly certificate: "created" | "existing";
  } | null;
  readonly runtime:
    | { readonly kind: "alb" | "gcp-global" | "haproxy" }
    | {
        readonly kind: "gateway-api";
        /** null: none that is known by its class. */
        readonly implementation: "envoy-gateway" | "istio" | null;
        /** Share of healthy replicas, 0 to 1, below which it sends to all of them, dead ones too; 0: never. */
        readonly panicBelow: number;
        /** Requests in flight beyond which it refuses; null: none. */
        readonly mostRequests: number | null;
      }
    | {
        readonly kind: "ingress";
        readonly className: string | null;
        /** Its balancer is that of another Ingress, with which it is in a group, and is paid there. Absent: its own. */
        readonly sharesBalancer?: true;
      }
    /** A Service of type LoadBalancer, whose cloud passes bytes on to its pods; className: null is the cluster's own. */
    | { readonly kind: "service"; readonly className: string | null }
    /** crossZone: a zone's entry sends to the replicas of every zone, else only to its own zone's. */
    | { readonly kind: "nlb"; readonly crossZone: boolean };
}
