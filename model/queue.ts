import type { Base, Placement } from "./part";

/** Messages that wait until somebody takes them. */
export interface Queue extends Base<"queue"> {
  readonly placement: Placement;
  readonly ordered: boolean;
  readonly keepSeconds: number;
  readonly visibilitySeconds: number;
  /** After so many receipts a message goes to the dead-letter queue; null: there is none, and it comes back until it expires. */
  readonly deadLetterAfter: number | null;
  /** Takes what other queues could not work off. */
  readonly isDeadLetter: boolean;
  readonly atRest: boolean;
  /** Requests without TLS are refused. */
  readonly inTransit: boolean;
  readonly runtime: { readonly kind: "sqs" };
}
