import type { Base, PartKey } from "./part";

/** What checkers of the DNS ask of a place, from outside. */
export interface DnsCheck {
  readonly protocol: "http" | "https" | "tcp";
  /** Host name or address that is asked. */
  readonly name: string;
  readonly port: number;
  /** null: of tcp, which only connects. */
  readonly path: string | null;
  /** From one check to the next, of each checker. */
  readonly intervalSeconds: number;
  /** Failed checks in a row before a place counts as gone. */
  readonly failures: number;
  /** The answer must hold a text; billed besides. */
  readonly matchesText: boolean;
  /** How long it takes is kept as a metric; billed besides. */
  readonly measuresLatency: boolean;
}

/** One place that callers of a name may be led to. */
export interface DnsTarget {
  /** The door behind it; null: none that is here. */
  readonly part: PartKey | null;
  /** Where the record leads: the door's own name. */
  readonly name: string;
  /** 1: led to as long as it is well; the others in their order, when those before them are not. Some may have the same. */
  readonly priority: number;
  /** null: nobody asks it, and it counts as well. */
  readonly check: DnsCheck | null;
  /** Its record is an alias of a balancer, and is given out only while that has healthy targets; null: it is no alias. */
  readonly followsBalancer: boolean | null;
}

/** Records by which DNS leads the callers of one name to one of several places that stands. */
export interface DnsFailover extends Base<"dns-failover"> {
  /** Name that callers use. */
  readonly name: string;
  /** Longest that a resolver may keep an answer, of all records on the way. */
  readonly ttlSeconds: number;
  /** By priority, then name. */
  readonly targets: readonly DnsTarget[];
  /** external-dns: annotations of the doors, by which its controller keeps records of Route 53. */
  readonly runtime: { readonly kind: "route53" | "external-dns" };
}
