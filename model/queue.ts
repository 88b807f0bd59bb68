import type { Base, PartKey, Placement } from "./part";

/** Messages that wait until somebody takes them. */
export interface Queue extends Base<"queue"> {
  readonly placement: Placement;
  readonly ordered: boolean;
  readonly keepSeconds: number;
  readonly visibilitySeconds: number;
  /** Where a message goes that was taken so often and never deleted; null: nowhere, and it comes back until it expires. */
  readonly deadLetter: { readonly queue: PartKey; readonly afterReceipts: number } | null;
  /** Takes what others could not work off: queues, functions, subscriptions, rules. */
  readonly isDeadLetter: boolean;
  readonly atRest: boolean;
  /** Requests without TLS are refused. */
  readonly inTransit: boolean;
  readonly runtime: { readonly kind: "sqs" };
}
