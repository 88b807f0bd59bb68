import type { Base } from "./part";
import type { BalancerTarget, LoadBalancer } from "./load-balancer";

/**
 * A way in through a balancer that somebody else builds: a rule on its listener, and the target group that the rule leads to.
 * The balancer itself is no Part: nothing of it is built and nothing is read.
 */
export interface BalancerRoute extends Base<"balancer-route"> {
  /** ARN of the listener; null: another program hands it over while it runs, and nobody knows it before. */
  readonly listener: string | null;
  /** The lowest is asked first, 1 to 50,000; no two rules of a listener have the same. */
  readonly priority: number;
  /** Host names of which one must match, sorted; empty: any. `*` and `?` stand for other characters. */
  readonly hosts: readonly string[];
  /** Paths of which one must match, sorted; empty: any. `*` and `?` stand for other characters. */
  readonly paths: readonly string[];
  readonly targets: readonly BalancerTarget[];
  readonly routing: LoadBalancer["routing"];
  readonly runtime: { readonly kind: "alb" };
}
