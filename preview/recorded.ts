import type { Inputs } from "../model";

/** One data-source call: what was asked, and whether a stand-in answered it (else the answer is unknown). */
export interface RecordedCall {
  readonly token: string;
  readonly inputs: Inputs;
  readonly answered: boolean;
}

/** A resource that the program reads and does not make: nobody was asked what it is. */
export interface RecordedRead {
  readonly type: string;
  readonly name: string;
}
